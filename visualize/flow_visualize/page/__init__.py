"""The interactive page of a picture: one HTML file that carries all that it needs.

The page's own code is the modules of this folder, joined into one script. Only that script and that
style sheet may run: the page's policy names both by their hash, and a picture enters as data that
the script reads and shows as text.
"""

import base64
import functools
import hashlib
import html
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from string import Template
from typing import Any

MODULES = (
    "dom",
    "reading",
    "graph",
    "store",
    "ranks",
    "layout",
    "lights",
    "draw",
    "scene",
    "camera",
    "panel",
    "search",
    "player",
    "keys",
    "exporting",
    "host",
    "tip",
    "desk",
    "actions",
    "main",
)
"""The scripts, each after those that it needs when it starts. No two export the same name."""

_IMPORT = re.compile(r"^import \{[^}]*\} from \"[^\"]*\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|const) (\w+)", re.MULTILINE)
_TRICKS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def page(picture: Mapping[str, Any], *, title: str) -> str:
    """The page of a picture, which is plain data.

    >>> text = page({"nodes": [{"id": "</script>"}]}, title="a <b>")
    >>> "<title>a &lt;b&gt;</title>" in text, text.count("</script>")
    (True, 2)
    """
    style, script = style_sheet(), scripts()
    return Template(_text("page.html")).substitute(
        policy=policy(style, script),
        title=html.escape(_TRICKS.sub("\N{REPLACEMENT CHARACTER}", title)),
        style=style,
        data=data_block(picture),
        script=script,
    )


def policy(style: str, script: str) -> str:
    """What the page may do: run this script, use this style, show pictures that it made itself."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def data_block(picture: Mapping[str, Any]) -> str:
    r"""JSON that can stand inside of a script element: nothing in it ends the element.

    >>> data_block({"a": "</script>\u2028"})
    '{"a":"\\u003c/script\\u003e\\u2028"}'
    """
    text = json.dumps(picture, separators=(",", ":"), allow_nan=False)
    return text.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")


@functools.cache
def scripts() -> str:
    """All modules as one script."""
    return "\n" + "\n".join(_scoped(_text(f"{name}.js")) for name in MODULES)


def _scoped(text: str) -> str:
    r"""A module in a scope of its own that gives out what it exports.

    >>> print(_scoped('import { a } from "./a.js";\nexport function b() {}\n'))
    const { b } = (() => {
    function b() {}
    return { b };
    })();
    """
    names = ", ".join(name for _, name in _EXPORT.findall(text))
    body = _EXPORT.sub(r"\1 \2", _IMPORT.sub("", text)).strip()
    return f"const {{ {names} }} = (() => {{\n{body}\nreturn {{ {names} }};\n}})();"


@functools.cache
def style_sheet() -> str:
    """The style sheet."""
    return "\n" + _text("page.css")


def _text(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

"""Scalars as source text, with the least quoting that keeps their meaning."""

import json
import re

from flow_core.syntax.resolve import resolve

_INDICATORS = frozenset("!&*|>%@`\"'{}[],#?:-")
_OLD_WORDS = frozenset(("y", "n", "yes", "no", "on", "off"))
_CONTROLS = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]"
_UNSAFE = re.compile(rf":(?=\s|\Z)|\s#|{_CONTROLS}|\A\s|\s\Z")
_FLOW_UNSAFE = re.compile(r"[,\[\]{}]")
_SPECIAL = re.compile(_CONTROLS)
_OLD_NUMBER = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[-+]?0b[01_]+")
_CONSTANTS = {"nan": ".nan", "inf": ".inf", "-inf": "-.inf"}
_SAFE_DASH = re.compile(r"-[^\s,\[\]{}-]")


def quoted(text: str) -> str:
    r"""A text in quotes: double ones, unless those need escapes that single ones do not.

    >>> print(quoted("${{ region == 'eu' }}"), quoted('say "hi"'))
    "${{ region == 'eu' }}" 'say "hi"'
    """
    if _SPECIAL.search(text):
        return _SPECIAL.sub(_escape, '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"')
    if "\\" in text or '"' in text:
        if "'" not in text:
            return f"'{text}'"
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    short = {9: r"\t", 10: r"\n", 13: r"\r"}.get(code)
    return short or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")  # noqa: PLR2004


def plain_text(text: str, *, flow: bool) -> bool:
    """Whether a text can stand without quotes and still be that text, for old readers too."""
    if not text or not isinstance(resolve(text), str) or _UNSAFE.search(text):
        return False
    if text[0] in _INDICATORS and not _SAFE_DASH.match(text):
        return False
    if flow and _FLOW_UNSAFE.search(text):
        return False
    if text.startswith(("---", "...")) or text in {"<<", "="}:
        return False
    return text.lower() not in _OLD_WORDS and not _OLD_NUMBER.fullmatch(text)


def write_text(text: str, *, flow: bool = False) -> str:
    """A text as a YAML scalar on one line.

    >>> [write_text(text) for text in ("eu", "no", "12", "a: b", "")]
    ['eu', '"no"', '"12"', '"a: b"', '""']
    """
    return text if plain_text(text, flow=flow) else quoted(text)


def write_scalar(
    value: bool | float | str | None,  # noqa: FBT001 - data, not a flag
    *,
    flow: bool = False,
) -> str:
    """A scalar as YAML source."""
    if isinstance(value, str):
        return write_text(value, flow=flow)
    return _CONSTANTS.get(str(value)) or json.dumps(value)

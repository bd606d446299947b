"""The formatter: one style for all files, with every comment in its place.

What the style asks for is in `scalars` (quotes and long strings), `flow_line` (what stays on one
line), `block` (indentation, blank lines, comments) and `json_text`. Keys are never reordered, and
a file that is in the style already comes back byte for byte.
"""

import re
from typing import Literal

from flow_core.syntax.compose import compose
from flow_core.syntax.document import Document
from flow_core.syntax.format.block import BlockWriter
from flow_core.syntax.format.gaps import ExplicitKeyError
from flow_core.syntax.format.json_text import json_text
from flow_core.syntax.nodes import Mapping, Sequence, data
from flow_core.syntax.parse import parse

_BREAK = re.compile(r"\r\n?")
_MARK = re.compile(r"^(?:---|\.\.\.|%)", re.MULTILINE)
_HEAD = re.compile(r"\ufeff?(?:(?:[ \t]*(?:#[^\n]*)?\n)*---[ \t]*(?:#[^\n]*)?\n)?")


def format_text(text: str, kind: Literal["yaml", "json"]) -> str:
    r"""The text in Flow's style; a text with syntax problems comes back as it is.

    The result means the same, has the same comments, and does not change when formatted again.
    Line breaks become those that the text uses first, LF or CRLF.

    >>> print(format_text("a: {b: '${{ inputs.x }}'} # why\n\n\nc:\n- 'd'\n", "yaml"), end="")
    a:
      b: ${{ inputs.x }}  # why
    <BLANKLINE>
    c:
      - d
    """
    return format_document(parse(text, kind))


def format_document(document: Document) -> str:
    """The text of a document that is parsed already, as `format_text` has it."""
    text, kind = document.text, document.kind
    if document.problems or document.root is None:
        return text
    source = _BREAK.sub("\n", text)
    result = json_text(source, document.root) if kind == "json" else _yaml_text(source)
    if result is None:
        return text
    if "\r\n" in text and text.index("\r\n") < text.index("\n"):
        result = result.replace("\n", "\r\n")
    return result if result == text or _same(document, parse(result, kind)) else text


def _yaml_text(text: str) -> str | None:
    """A sound YAML text whose lines end with LF, formatted; None where it holds what is left alone.

    That is what no Flow file needs: directives, a mark of the document's end, byte order marks
    inside, explicit keys (``?``) and a scalar as the whole.
    """
    found = _HEAD.match(text)
    start = 0 if found is None else found.end()
    if _MARK.search(text, start) or "\ufeff" in text[1:]:
        return None
    shift = 1 if text.startswith("\ufeff") else 0
    root = compose(text[shift:], shift).root
    if not isinstance(root, Mapping | Sequence):
        return None
    head = re.sub(r"[ \t]+$", "", text[:start], flags=re.MULTILINE)
    try:
        return re.sub(r"\n{3,}", "\n\n", head) + BlockWriter(text, start).write(root)
    except ExplicitKeyError:
        return None


def _same(before: Document, after: Document) -> bool:
    """The safety net: whether two documents mean the same and have the same comments.

    Nothing that the tests know falls into it. `repr` tells 1 from 1.0, and knows the order of keys.
    """
    return (
        not after.problems
        and repr(data(before.root)) == repr(data(after.root))
        and [comment.text.rstrip() for comment in before.comments]
        == [comment.text for comment in after.comments]
    )

"""What libyaml lets pass and YAML forbids: glued comments, lone dashes, keys behind marks."""

import re
from collections.abc import Iterator

from flow_core.diagnostics import Fix
from flow_core.places import Span
from flow_core.syntax.comments import occupied
from flow_core.syntax.nodes import Mapping, Node, Scalar, Sequence, walk
from flow_core.syntax.problems import SyntaxProblem, edit

_GLUED = re.compile(r"""["'\]},|>+\-0-9]#""")
_COMMENT = re.compile(r"(\S?)#[^\r\n]*")
_DASH = re.compile(r"[\[{,]\s*-\s*[,\]}]")


def forbidden(text: str, root: Node | None, shift: int) -> Iterator[SyntaxProblem]:
    """What YAML forbids in a text that was read without complaint."""
    if _GLUED.search(text):
        yield from _glued_comments(text, root, shift)
    if _DASH.search(text):
        for node in walk(root):
            if isinstance(node, Scalar) and node.text == "-" and node.style == "plain":
                yield _dash(node)
    if isinstance(root, Mapping | Sequence) and not root.flow and "---" in text:
        yield from _on_mark(text, root, shift)


def _glued_comments(text: str, root: Node | None, shift: int) -> Iterator[SyntaxProblem]:
    at = 0
    for start, end in (*occupied(text, root, shift), (len(text), len(text))):
        while (found := _COMMENT.search(text, at, max(start, at))) is not None:
            at = found.end()
            if found[1] or (found.start() and not text[found.start() - 1].isspace()):
                hash_at = found.end(1)
                yield _glued(hash_at, at).shifted(shift)
        at = max(at, end)


def _glued(start: int, end: int) -> SyntaxProblem:
    return SyntaxProblem(
        "syntax-error",
        "a comment starts here, but without a space before its `#`",
        Span(start, end),
        "put a space before `#`, or quote the value if the `#` belongs to it",
        Fix("Insert a space", (edit(start, start, " "),)),
    )


def _dash(node: Scalar) -> SyntaxProblem:
    return SyntaxProblem(
        "syntax-error",
        "a `-` alone cannot stand in brackets",
        Span(node.start, node.end),
        'quote it if it is meant as text: `"-"`',
        Fix("Quote the dash", (edit(node.start, node.end, '"-"'),)),
    )


def _on_mark(text: str, root: Mapping | Sequence, shift: int) -> Iterator[SyntaxProblem]:
    """The line of ``---`` may hold a scalar or brackets, but neither keys nor items."""
    start = root.start - shift
    line = text.rfind("\n", 0, start) + 1
    if text.startswith("---", line):
        yield SyntaxProblem(
            "syntax-error",
            "a mapping or list cannot start on the line of `---`",
            Span(start, start + 1),
            "put it on the line below",
        ).shifted(shift)

"""Indentation that libyaml lets pass and YAML forbids."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from flow_core.diagnostics import Fix
from flow_core.places import Span
from flow_core.syntax.nodes import Style
from flow_core.syntax.problems import SyntaxProblem, edit

_LINE = re.compile(r"\n( *)(?=[ \t]*\S)")
_CLOSERS = "]}"
_LEADING_BLANKS = re.compile(r"[|>][-+]?[ \t]*(?:#[^\n]*)?\r?\n((?: *\r?\n)+)( *)(?=[^ \r\n])")


class Layout:
    """Checks the lines of values in one text, whose offsets are ``shift`` behind reported ones.

    ``parent`` tells where the innermost open collection starts, unless it stands in brackets.
    """

    def __init__(
        self,
        text: str,
        shift: int,
        problems: list[SyntaxProblem],
        parent: Callable[[], int | None],
    ) -> None:
        self._text = text
        self._shift = shift
        self._problems = problems
        self._parent = parent

    def check_scalar(self, style: Style, start: int, end: int) -> None:
        """Check a scalar that is not plain; libyaml sees to plain ones."""
        if self._text.find("\n", start, end) < 0 or (parent := self._parent()) is None:
            return
        if style in {"literal", "folded"}:
            self._check_block(start, self._column(parent))
        else:
            self._check_lines(start, end, self._column(parent))

    def check_collection(self, event: Any, start: int, end: Any) -> None:
        """Check brackets, and an anchor or tag above a collection."""
        first = event.start_mark.index
        last = end.end_mark.index if event.flow_style else start
        if not event.flow_style and first < start:
            last = self._text.rfind("\n", 0, start)
        if self._text.find("\n", first, last) >= 0 and (parent := self._parent()) is not None:
            self._check_lines(first, last, self._column(parent))

    def _check_lines(self, start: int, end: int, column: int) -> None:
        """All lines of a value stand deeper than the column of its key or dash.

        But for closing brackets: every reader lets those stand below the key.
        """
        shallow = list(self._shallow(start, end, column))
        if not shallow:
            return
        at, _ = shallow[0]
        stop = self._text.find("\n", at, end)
        edits = tuple(edit(at, at, " " * missing) for at, missing in shallow)
        self._problems.append(
            SyntaxProblem(
                "bad-indentation",
                "this line goes on with a value above, but is not indented deeper than its key",
                Span(at, end if stop < 0 else stop),
                f"indent it by {column + 2} spaces",
                Fix("Indent the lines of the value", edits),
            ).shifted(self._shift)
        )

    def _check_block(self, start: int, column: int) -> None:
        """The empty lines at the start of a block of text are no wider than its indentation."""
        found = _LEADING_BLANKS.match(self._text, start)
        if found is None:
            return
        widest = max(map(len, found[1].split("\n")))
        if widest > len(found[2]) > column:
            self._problems.append(
                SyntaxProblem(
                    "bad-indentation",
                    "the empty line above has more spaces than this first line of the text",
                    Span(found.start(2), found.end(2)),
                    "remove the spaces of the empty line",
                ).shifted(self._shift)
            )

    def _shallow(self, start: int, end: int, column: int) -> Iterator[tuple[int, int]]:
        """Where lines start that are indented too little, and by how many spaces."""
        for found in _LINE.finditer(self._text, start, end):
            depth = len(found[1])
            if depth <= column and self._text[found.end()] not in _CLOSERS:
                yield found.start(1), column + 2 - depth

    def _column(self, at: int) -> int:
        return at - self._text.rfind("\n", 0, at) - 1

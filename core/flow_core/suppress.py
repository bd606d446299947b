"""Suppressions: ``# flow: ignore[FL203] reason``, in JSON ``"x-flow-ignore": ["FL203"]``.

A comment silences its own line; one that stands alone on its line, the next line with something on
it. The key silences all of the mapping it stands in. Without codes a comment silences nothing: what
is ignored must be named.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from flow_core.diagnostics import Diagnostic, Edit, Finding, Mend
from flow_core.places import Place, Span
from flow_core.syntax import Document
from flow_core.syntax.nodes import Mapping, Sequence, Value, data

COMMENT = re.compile(r"#\s*flow:\s*ignore\[(?P<codes>[^\]]*)\]")
KEY = "x-flow-ignore"
OF_SWEEPS = ("FL82", "FL83")
"""How the codes begin that only a sweep of faults finds, so that no check can miss them."""


class _Suppression:
    """One code that is ignored within a span; ``place`` is where it says so."""

    def __init__(self, code: str, within: Span, place: Place, edit: Edit | None) -> None:
        self.code = code
        self.within = within
        self.place = place
        self.edit = edit
        self.used = False


class Suppressions:
    """The suppressions of a document, and which of them were of use."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def _all(self) -> list[_Suppression]:
        found: list[_Suppression] = []
        if COMMENT.search(self._document.text):
            found += self._comments()
        if KEY in self._document.text:
            found += self._keys()
        return found

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._all)

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding is silenced; the suppression then counts as used."""
        covering = [
            s
            for s in self._all
            if diagnostic.code == s.code and s.within.start <= diagnostic.span.start <= s.within.end
        ]
        for suppression in covering:
            suppression.used = True
        return bool(covering)

    def stale(self, ran: frozenset[str]) -> Iterator[Finding]:
        """The suppressions of rules that ran which silenced nothing."""
        from flow_core.rules import codes

        for suppression in self._all:
            if suppression.code.startswith(OF_SWEEPS):
                continue
            if suppression.code not in codes():
                message = f"there is no rule `{suppression.code}` to ignore"
                yield self._finding(suppression, message)
            elif suppression.code in ran and not suppression.used:
                message = f"nothing here breaks `{suppression.code}`"
                yield self._finding(suppression, message)

    def _finding(self, suppression: _Suppression, message: str) -> Finding:
        edit = suppression.edit
        mend = Mend("Delete the suppression", edits=(edit,)) if edit else None
        tags = ("unnecessary",)
        return Finding(suppression.place, message, "delete it", (), mend, tags)

    def _comments(self) -> Iterator[_Suppression]:
        for comment in self._document.comments:
            match = COMMENT.match(comment.text)
            if match is None:
                continue
            codes = [code.strip() for code in match["codes"].split(",") if code.strip()]
            start = comment.span.start + match.start("codes")
            edit = self._deletion(comment.span) if len(codes) == 1 else None
            for code in codes:
                at = start + match["codes"].index(code)
                place = Place(start=at, end=at + len(code))
                yield _Suppression(code, self._line(comment.span), place, edit)

    def _line(self, comment: Span) -> Span:
        """The line a comment is about."""
        lines = self._document.lines
        line, column = lines.position(comment.start)
        text = self._document.text
        start = lines.offset(line, 0)
        while not text[start : start + column].strip() and line + 1 < len(lines):
            line, column = line + 1, 0
            start = lines.offset(line, 0)
            rest = text[start : lines.offset(line + 1, 0) if line + 1 < len(lines) else None]
            if rest.strip() and not rest.lstrip().startswith("#"):
                break
        end = lines.offset(line + 1, 0) - 1 if line + 1 < len(lines) else len(text)
        return Span(start, end)

    def _deletion(self, comment: Span) -> Edit:
        """Delete a comment, the blanks before it, and its line if nothing else stands there."""
        text = self._document.text
        start = comment.start
        while start and text[start - 1] in " \t":
            start -= 1
        alone = start == 0 or text[start - 1] in "\r\n"
        end = comment.end
        if alone:
            end += 2 if text.startswith("\r\n", end) else 1 if end < len(text) else 0
        return Edit("", Span(start, end), "")

    def _keys(self) -> Iterator[_Suppression]:
        pending: list[tuple[tuple[str | int, ...], Value]] = []
        if self._document.root is not None:
            pending.append(((), self._document.root))
        while pending:
            path, node = pending.pop()
            if isinstance(node, Sequence):
                pending += (((*path, i), item) for i, item in enumerate(node.values))
            elif isinstance(node, Mapping):
                if KEY in node.fields:
                    yield from self._of_key(path, node.fields[KEY])
                pending += (((*path, key), value) for key, value in node.fields.items())

    def _of_key(self, path: tuple[str | int, ...], node: Value) -> Iterator[_Suppression]:
        codes = data(node)
        within = self._document.locate(Place(path, "entry")) if path else self._everything()
        for index, code in enumerate(codes if isinstance(codes, list) else ()):
            if isinstance(code, str):
                yield _Suppression(code, within, Place((*path, KEY, index)), None)

    def _everything(self) -> Span:
        return Span(0, len(self._document.text))

"""The ground around a cursor: lines, brackets and commas, and how something is written there."""

import re

from msgspec.structs import replace

from flow_core.diagnostics import Edit
from flow_core.ide.completion.spot import Role, Spot
from flow_core.ide.completion.template import Writer
from flow_core.ide.cursor import Cursor
from flow_core.places import Path, Span
from flow_core.syntax.nodes import Mapping, Sequence
from flow_core.syntax.splice import indentation

_MARGIN = re.compile(r" *")
_REST = re.compile(r"[^\r\n]*")
_BLANKS = re.compile(r"\s*")
_NEXT = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)+(?P<margin> *)(?=[^\s#])")
_ITEMS = re.compile(r" *(?:- +)*")
_NO_KEY = {"yaml": re.compile(r":(?=\s|\Z)"), "json": re.compile(r"\s*:")}
_OPENERS = "{[,:"
_CLOSERS = ",]}"


def margin(cursor: Cursor) -> str:
    """The blanks that the cursor's line begins with."""
    found = _MARGIN.match(cursor.line)
    return found[0] if found else ""


class Ground:
    """What the text around a cursor looks like."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.document = cursor.module.document
        self.text = self.document.text
        self.offset = cursor.offset
        self.margin = len(margin(cursor))
        self.step = indentation(self.document)

    # Lines

    @property
    def line_start(self) -> int:
        """Where the cursor's line starts."""
        return self.offset - len(self.cursor.line)

    def rest(self, at: int) -> str:
        """What stands behind an offset on its line."""
        found = _REST.match(self.text, at)
        return found[0] if found else ""

    def ends(self, at: int) -> bool:
        """Whether nothing comes behind an offset on its line."""
        return not self.rest(at).strip()

    @property
    def is_outdented(self) -> bool:
        """Whether what follows stands deeper than the cursor, so that a line here would part it."""
        following = _NEXT.match(self.text, self.offset)
        return following is not None and len(following["margin"]) > len(self.cursor.line)

    @property
    def is_before_colon(self) -> bool:
        """Whether the cursor is where a key is missing before its colon."""
        before = self.text[: self.offset].rstrip()
        begins = before[-1:] in {"{", ","} or bool(_ITEMS.fullmatch(self.cursor.line))
        return begins and _NO_KEY[self.document.kind].match(self.text, self.offset) is not None

    # Brackets

    def in_brackets(self, path: Path) -> bool:
        """Whether the collection at a path stands in brackets that hold the cursor."""
        if self.document.kind == "json":
            return True
        located, depth = self.document.reach(path)
        if located is None or depth < len(path):
            return False
        node = located.node
        if not isinstance(node, Mapping | Sequence) or not node.flow:
            return False
        return node.start + located.origin < self.offset <= node.end + located.origin

    @property
    def is_taken(self) -> bool:
        """Whether the cursor is right behind a value, or between a colon and its value."""
        before, after = self.text[: self.offset], self.text[self.offset :]
        if before[-1:].strip() not in {"", *_OPENERS} or (after.strip() and not before.strip()):
            return True
        return before.rstrip()[-1:] == ":" and self.rest(self.offset).strip()[:1] not in {
            "",
            *_CLOSERS,
        }

    def with_commas(self, spot: Spot) -> Spot:
        """A spot between brackets with what has to part an item from its neighbours."""
        closer = self._missing_closer(spot)
        after = closer or self._comma_behind(spot)
        last = len(self.text[: spot.span.start].rstrip())
        edits: tuple[Edit, ...] = ()
        if self.document.kind == "json" and last and self.text[last - 1] not in _OPENERS:
            edits = (Edit(spot.module.file, Span(last, last), ","),)
        return replace(spot, after=after, edits=edits)

    def _comma_behind(self, spot: Spot) -> str:
        blanks = _BLANKS.match(self.text, spot.span.end)
        at = blanks.end() if blanks else spot.span.end
        if spot.bound or self.text[at : at + 1] in f":{_CLOSERS}":
            return ""
        return ", " if spot.writer.syntax == "flow" and at == spot.span.end else ","

    def _missing_closer(self, spot: Spot) -> str:
        """The bracket that nobody closed, in a block of YAML that goes on on the next line."""
        path = spot.path if spot.role == "key" else spot.path[:-1]
        located, _ = self.document.reach(path)
        if located is None or self.document.kind == "json" or not spot.ends:
            return ""
        end = located.node.end + located.origin
        closer = "]" if isinstance(located.node, Sequence) else "}"
        return "" if self.text[end - 1 : end] == closer else closer

    # How something is written

    def writer(self, path: Path, at: int, role: Role, *, alone: bool) -> Writer:
        """The writer of a key in the mapping at a path, or of the value at it."""
        around = path if role == "key" else path[:-1]
        if self.document.kind == "json":
            return Writer("json", 0, self.step, spread=self._is_spread(around, at))
        if not alone and self.in_brackets(around):
            return Writer("flow", 0, self.step)
        located, depth = self.document.reach(path)
        if not alone and role == "value" and depth == len(path) and located and located.entry:
            at = located.entry.key.start + located.origin
        return Writer("block", self.document.lines.position(at)[1] - self.margin, self.step)

    def _is_spread(self, path: Path, at: int) -> bool:
        """Whether the members of a mapping stand on lines of their own."""
        located, _ = self.document.reach(path)
        start = 0 if located is None else located.node.start + located.origin
        return "\n" in self.text[start:at]

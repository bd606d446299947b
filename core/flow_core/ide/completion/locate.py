"""From a cursor to the spot that is completed, whatever state the text around it is in.

What stands under the cursor is found in the tree. In blank space the line tells what a word would
be; between brackets the text is read again with a word at the cursor, and the tree tells.
"""

import re

import msgspec

from flow_core.diagnostics import Edit
from flow_core.ide.completion.spot import Role, Spot
from flow_core.ide.completion.template import Writer
from flow_core.ide.cursor import Cursor
from flow_core.places import Part, Path, Span
from flow_core.syntax import parse
from flow_core.syntax.document import Located
from flow_core.syntax.nodes import Mapping, Scalar, Sequence
from flow_core.syntax.splice import indentation

_MARGIN = re.compile(r" *")
_ALONE = re.compile(r" *(?:-(?: +|\Z))*")
_BEHIND_KEY = re.compile(r".*:[ \t]*")
_REST = re.compile(r"[^\r\n]*")
_WORDS = {"yaml": " _ ", "json": ' "_" '}
_BLANKS = re.compile(r"\s*")
_NEXT = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)+(?P<margin> *)(?=[^\s#])")
_COMMENT = re.compile(r"[ \t]+#")
_COLON = re.compile(r"[ \t]*:")


class _Word(msgspec.Struct, frozen=True):
    """A scalar under the cursor: its range, its quote, the text of it before the cursor."""

    path: Path
    part: Part
    span: Span
    typed: str
    quote: str = ""


def locate(cursor: Cursor) -> Spot | None:
    """The spot at a cursor; None where nothing is to be completed, expressions aside."""
    return _Search(cursor).spot()


def is_idle(cursor: Cursor) -> bool:
    """Whether nothing is typed at a cursor: it is in the margin of a line with text."""
    rest = _REST.match(cursor.module.document.text, cursor.offset)
    return bool(rest and rest[0][:1].isspace() and rest[0].strip() and not cursor.line.strip())


def is_in_comment(cursor: Cursor) -> bool:
    """Whether a cursor is in a comment."""
    return "#" in cursor.line and any(
        comment.span.start < cursor.offset <= comment.span.end
        for comment in cursor.module.document.comments
    )


def margin(cursor: Cursor) -> str:
    """The blanks that the cursor's line begins with."""
    found = _MARGIN.match(cursor.line)
    return found[0] if found else ""


class _Search:
    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.document = cursor.module.document
        self.text = self.document.text
        self.offset = cursor.offset
        self.margin = len(margin(cursor))
        self.step = indentation(self.document)

    def spot(self) -> Spot | None:
        """The spot."""
        word = self._word()
        if word is not None:
            return self._at_word(word)
        if self.document.kind == "json" or self._in_brackets(self.cursor.path):
            return self._between_brackets()
        return self._in_block()

    # What stands under the cursor

    def _word(self) -> _Word | None:
        path, part = self.cursor.path, self.cursor.part
        located, depth = self.document.reach(path)
        if located is None or depth < len(path):
            return None
        node = located.entry.key if part == "key" and located.entry else located.node
        if not isinstance(node, Scalar):
            return None
        start, end = node.start + located.origin, node.end + located.origin
        if not start <= self.offset <= end or start == end:
            return None
        quote = self.text[start] if node.style in {"single", "double"} else ""
        if self.offset == end and self._is_closed(start, end, quote):
            return None
        if node.style in {"literal", "folded"} or self.text[start] == "*":
            return _Word(path, part, Span(self.offset, self.offset), "\n")
        return self._cut(_Word(path, part, Span(start, end), "", quote))

    def _cut(self, word: _Word) -> _Word:
        """What of a scalar is on the cursor's line; of one that is never closed, up to there."""
        start, end, quote = word.span.start, word.span.end, word.quote
        closed = self._is_closed(start, end, quote)
        if quote and not closed:
            end = self.offset
        lines = self.text[start:end].splitlines()
        if not quote and len(lines) > 1:
            end = min(end, self.offset + self._rest_length())
        typed = self.text[start + len(quote) : max(min(self.offset, end - bool(closed)), start)]
        if "\n" in typed and not quote and not self.cursor.line[: self.margin].strip():
            start, typed = self._line_start() + self.margin, self.cursor.line.lstrip(" ")
        return msgspec.structs.replace(word, span=Span(start, end), typed=typed)

    def _is_closed(self, start: int, end: int, quote: str) -> bool:
        return bool(quote) and end - start > 1 and self.text[end - 1] == quote

    def _line_start(self) -> int:
        return self.offset - len(self.cursor.line)

    def _rest_length(self) -> int:
        found = _REST.match(self.text, self.offset)
        return len(found[0].rstrip()) if found else 0

    def _at_word(self, word: _Word) -> Spot | None:
        if "\n" in word.typed:
            return None
        brackets = self.document.kind == "json" or self._in_brackets(word.path[:-1])
        role: Role = "key" if word.part == "key" else "value"
        path = word.path[:-1] if role == "key" else word.path
        before = self.text[self._line_start() : word.span.start]
        alone = not brackets and _ALONE.fullmatch(before) is not None
        spot = Spot(
            self.cursor,
            role,
            path,
            word.span,
            word.typed,
            self._writer(path, word.span.start, role, brackets=brackets, alone=alone),
            alone=alone,
            ends=self._ends(word.span.end),
            bound=role == "key" and _COLON.match(self.text, word.span.end) is not None,
        )
        spot = msgspec.structs.replace(
            spot, writer=msgspec.structs.replace(spot.writer, quote=word.quote)
        )
        return self._with_commas(spot) if brackets else spot

    # Blank space in a block

    def _in_block(self) -> Spot | None:
        line, path = self.cursor.line, self.cursor.path
        node = self.document.get(path)
        empty = node is None or (isinstance(node, Scalar) and node.value is None and not node.text)
        if not (self._ends(self.offset) or _COMMENT.match(self.text, self.offset)):
            return None
        if not line.strip():
            if self._is_outdented():
                return None
            if isinstance(node, Mapping):
                return self._blank("key", path, alone=True)
            if isinstance(node, Sequence):
                spot = self._blank("value", (*path, len(node.items)), alone=True)
                return _indented(spot, "- ")
            return self._blank("value", path, alone=True) if empty else None
        if not empty:
            return None
        if _ALONE.fullmatch(line):
            return _indented(self._blank("value", path, alone=True), " " * (line[-1] == "-"))
        if _BEHIND_KEY.fullmatch(line):
            spot = self._blank("value", path, alone=False)
            return msgspec.structs.replace(spot, before=" " * (line[-1] == ":"))
        return None

    def _is_outdented(self) -> bool:
        """Whether what follows stands deeper than the cursor, so that a line here would part it."""
        following = _NEXT.match(self.text, self.offset)
        return following is not None and len(following["margin"]) > len(self.cursor.line)

    def _blank(self, role: Role, path: Path, *, alone: bool) -> Spot:
        return Spot(
            self.cursor,
            role,
            path,
            Span(self.offset, self.offset),
            "",
            self._writer(path, self.offset, role, brackets=False, alone=alone),
            alone=alone,
            ends=self._ends(self.offset),
        )

    # Between brackets

    def _in_brackets(self, path: Path) -> bool:
        """Whether the collection at a path stands in brackets that hold the cursor."""
        located, depth = self.document.reach(path)
        if located is None or depth < len(path):
            return False
        node = located.node
        if not isinstance(node, Mapping | Sequence) or not node.flow:
            return False
        return node.start + located.origin < self.offset <= node.end + located.origin

    def _between_brackets(self) -> Spot | None:
        """Read the text with a word at the cursor, which tells what it would be."""
        if self._is_taken():
            return None
        word = _WORDS[self.document.kind]
        text = self.text[: self.offset] + word + self.text[self.offset :]
        document = parse(text, self.document.kind)
        path, part = document.at(self.offset + word.index("_"))
        if not _is_word(document.reach(path)[0], part):
            return None
        role: Role = "key" if part == "key" else "value"
        path = path[:-1] if role == "key" else path
        spot = Spot(
            self.cursor,
            role,
            path,
            Span(self.offset, self.offset),
            "",
            self._writer(path, self.offset, role, brackets=True, alone=False),
            before=" " if self.text[self.offset - 1 : self.offset] in {":", ","} else "",
        )
        return self._with_commas(spot)

    def _is_taken(self) -> bool:
        """Whether the cursor is right behind a value, or between a colon and its value."""
        before, after = self.text[: self.offset], self.text[self.offset :]
        if before[-1:].strip() not in {"", *"{[,:"} or (after.strip() and not before.strip()):
            return True
        rest = after.partition("\n")[0].strip()
        return before.rstrip()[-1:] == ":" and rest[:1] not in {"", *",]}"}

    def _with_commas(self, spot: Spot) -> Spot:
        """The spot with what has to part an item from its neighbours."""
        closer = self._missing_closer(spot)
        if closer:
            return msgspec.structs.replace(spot, after=closer)
        blanks = _BLANKS.match(self.text, spot.span.end)
        following = self.text[blanks.end() :][:1] if blanks else ""
        after = "" if spot.bound or following in ",]}:" else ","
        if after and spot.writer.syntax == "flow" and blanks and not blanks[0]:
            after = ", "
        last = len(self.text[: spot.span.start].rstrip())
        edits: tuple[Edit, ...] = ()
        if self.document.kind == "json" and last and self.text[last - 1] not in "{[,:":
            edits = (Edit(spot.module.file, Span(last, last), ","),)
        return msgspec.structs.replace(spot, after=after, edits=edits)

    def _missing_closer(self, spot: Spot) -> str:
        """The bracket that nobody closed, in a block of YAML that goes on on the next line."""
        path = spot.path if spot.role == "key" else spot.path[:-1]
        located, _ = self.document.reach(path)
        if located is None or self.document.kind == "json" or not spot.ends:
            return ""
        end = located.node.end + located.origin
        closer = "]" if isinstance(located.node, Sequence) else "}"
        return "" if self.text[end - 1 : end] == closer else closer

    # How it is written

    def _writer(self, path: Path, at: int, role: Role, *, brackets: bool, alone: bool) -> Writer:
        if self.document.kind == "json":
            return Writer("json", 0, self.step, spread=self._is_spread(path, role, at))
        if brackets:
            return Writer("flow", 0, self.step)
        start = at
        located, depth = self.document.reach(path)
        if not alone and role == "value" and depth == len(path) and located and located.entry:
            start = located.entry.key.start + located.origin
        column = self.document.lines.position(start)[1] - self.margin
        return Writer("block", column, self.step)

    def _is_spread(self, path: Path, role: Role, at: int) -> bool:
        """Whether the members of the mapping around stand on lines of their own."""
        located, _ = self.document.reach(path if role == "key" else path[:-1])
        start = 0 if located is None else located.node.start + located.origin
        return "\n" in self.text[start:at]

    def _ends(self, at: int) -> bool:
        """Whether nothing comes behind an offset on its line."""
        found = _REST.match(self.text, at)
        return found is None or not found[0].strip()


def _indented(spot: Spot, before: str) -> Spot:
    """A spot behind a dash, or a blank, that is still to be written."""
    column = spot.writer.column + len(before)
    writer = msgspec.structs.replace(spot.writer, column=column)
    return msgspec.structs.replace(spot, before=before, writer=writer)


def _is_word(located: Located | None, part: Part) -> bool:
    """Whether what was read at the cursor is nothing but the word that was put there."""
    if located is None:
        return False
    node = located.entry.key if part == "key" and located.entry else located.node
    return isinstance(node, Scalar) and node.text == "_"

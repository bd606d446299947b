"""What an accepted item writes: data with places that are still to be filled in.

The same template is written as a block of YAML, on one line between brackets, or as JSON; the
places become the tab stops of a snippet, or end the text where a client knows no snippets.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

from flow_core.syntax.writing import write_scalar, write_text

Syntax: TypeAlias = Literal["block", "flow", "json"]


class Stop(msgspec.Struct, frozen=True):
    """A place to fill in.

    ``text`` is what stands there until then; where it ``holds``, it is good enough to stay. A value
    that is ``quoted`` is a text: ``data`` never is one, a ``name`` needs no quotes in YAML.
    ``before`` and ``after`` are the braces of an expression.
    """

    text: str = ""
    choices: tuple[str, ...] = ()
    quoted: Literal["data", "name", "text"] = "name"
    before: str = ""
    after: str = ""
    holds: bool = False


class Open(msgspec.Struct, frozen=True):
    """A mapping of which nothing is known yet."""


Piece: TypeAlias = str | Stop


class Source(msgspec.Struct, frozen=True):
    """A text that stands as it is, with places in it."""

    pieces: tuple[Piece, ...]


Template: TypeAlias = (
    "bool | int | float | str | Stop | Open | Source | Sequence[Template] | Entries | None"
)
Entries: TypeAlias = "Mapping[str | Stop, Template]"

EXPRESSION = Stop(quoted="text", before="${{ ", after=" }}")
"""An expression that is still to be written."""


class Writer(msgspec.Struct, frozen=True):
    """Writes templates in one syntax.

    ``column`` is where the lines of the mapping stand that is written in, from the margin of the
    line on which the text starts; ``step`` is how much deeper a level is. ``spread`` tells that
    JSON stands on lines of its own; ``quote`` is what a person has opened. ``raw`` text is part of
    a scalar that is there already.
    """

    syntax: Syntax = "block"
    column: int = 0
    step: int = 2
    spread: bool = True
    quote: str = ""
    raw: bool = False

    def entry(self, name: str | Stop, value: Template) -> Iterator[Piece]:
        """A key and its value."""
        yield from self.key(name)
        nested = list(self.without_quotes().behind(value))
        if nested and isinstance(nested[0], str) and nested[0].startswith("\n"):
            yield ":"
        else:
            yield ": "
        yield from nested

    def behind(self, value: Template) -> Iterator[Piece]:
        """A value behind its key; in a block a collection starts on the next line."""
        deeper = msgspec.structs.replace(self, column=self.column + self.step, quote="")
        if self.syntax != "block" or not isinstance(value, Mapping | Open | list | tuple):
            yield from self.value(value)
        elif isinstance(value, Mapping | Open) or _holds_mappings(value):
            yield deeper.newline
            yield from deeper.value(value)
        else:
            yield from self._flow().value(value)

    @property
    def newline(self) -> str:
        """A new line at the column."""
        return "\n" + " " * self.column

    @property
    def separator(self) -> str:
        """What parts an entry from the one before."""
        if self.syntax == "block":
            return self.newline
        return "," + (self.newline if self.syntax == "json" and self.spread else " ")

    def without_quotes(self) -> "Writer":
        """The same for what comes behind the scalar that a person has begun."""
        return msgspec.structs.replace(self, quote="")

    def value(self, value: Template) -> Iterator[Piece]:
        """A value where it stands."""
        match value:
            case Stop():
                yield from self._stop(value)
            case Source(pieces=pieces):
                yield from pieces
            case Open():
                yield from self._between("{}", [[Stop(quoted="data")]])
            case str():
                yield self._text(value)
            case None | bool() | int() | float():
                yield json.dumps(value) if self.syntax == "json" else write_scalar(value)
            case Mapping():
                yield from self._mapping(value)
            case _:
                yield from self._list(value)

    def _mapping(self, value: Entries) -> Iterator[Piece]:
        if self.syntax == "block":
            yield from _joined([list(self.entry(*each)) for each in value.items()], self.newline)
        else:
            inner = self._inner()
            yield from self._between("{}", [list(inner.entry(*each)) for each in value.items()])

    def _list(self, value: "Sequence[Template]") -> Iterator[Piece]:
        if self.syntax == "block":
            item = msgspec.structs.replace(self, column=self.column + len("- "), quote="")
            items = [["- ", *item.value(each)] for each in value]
            yield from _joined(items, self.newline)
        else:
            yield from self._between("[]", [list(self._inner().value(each)) for each in value])

    def _between(self, brackets: str, members: list[list[Piece]]) -> Iterator[Piece]:
        """Members between brackets; in a block those of a mapping stand as they are."""
        if self.syntax == "block":
            yield from members[0]
            return
        spread = self.syntax == "json" and self.spread and bool(members) and brackets == "{}"
        yield brackets[0]
        if spread:
            yield self._inner().newline
        yield from _joined(members, "," + (self._inner().newline if spread else " "))
        if spread:
            yield self.newline
        yield brackets[1]

    def _inner(self) -> "Writer":
        return msgspec.structs.replace(self, column=self.column + self.step, quote="")

    def _flow(self) -> "Writer":
        return msgspec.structs.replace(self, syntax="flow", quote="")

    def key(self, name: str | Stop) -> Iterator[Piece]:
        """A key without its colon."""
        if isinstance(name, str):
            yield self._text(name)
        else:
            yield from self._stop(name)

    def _text(self, text: str) -> str:
        """A text as a scalar, in the quotes that are open."""
        if self.raw:
            return text
        if self.syntax == "json":
            return json.dumps(text, ensure_ascii=False)
        if self.quote == "'":
            return f"'{text.replace(self.quote, self.quote * 2)}'"
        if self.quote:
            return json.dumps(text, ensure_ascii=False)
        return write_text(text, flow=self.syntax == "flow")

    def _stop(self, stop: Stop) -> Iterator[Piece]:
        mark = self._mark(stop)
        if mark:
            stop = msgspec.structs.replace(
                stop, before=mark + stop.before, after=stop.after + mark, quoted="data"
            )
        yield stop

    def _mark(self, stop: Stop) -> str:
        """The quotes around a place."""
        if stop.quoted == "data" or self.raw:
            return ""
        if self.syntax == "json" or self.quote:
            return self.quote or '"'
        if stop.before:
            return '"' if self.syntax == "flow" else ""
        return '"' if stop.quoted == "text" else ""


def _holds_mappings(items: "Sequence[Template]") -> bool:
    return any(isinstance(item, Mapping | Open) for item in items)


def _joined(members: list[list[Piece]], separator: str) -> Iterator[Piece]:
    for index, member in enumerate(members):
        if index:
            yield separator
        yield from member

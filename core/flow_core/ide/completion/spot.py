"""The spot that is completed: what can stand there, what it replaces, how it is written."""

import re
from typing import Literal, TypeAlias

import msgspec
from msgspec.structs import replace

from flow_core.components.refine import takes_type
from flow_core.diagnostics import Edit
from flow_core.ide.completion.template import Writer
from flow_core.ide.cursor import Cursor
from flow_core.ide.levels import Level, level_at, level_in_type
from flow_core.module import Module
from flow_core.places import Path, Span

Role: TypeAlias = Literal["key", "value"]

_LINE = re.compile(r"[^\r\n]*")
_WORD = re.compile(r"[\w.]*")


class Spot(msgspec.Struct, frozen=True):
    """A place for a key in the mapping at a path, or for the value at a path.

    ``span`` is what an item replaces, ``typed`` the text of it before the cursor, without quotes.
    ``before`` and ``after`` are written around an item, ``edits`` made beside it. ``alone`` tells
    that nothing but dashes stands before it on its line; ``ends`` that nothing comes behind it
    there; ``bound`` that a key has its colon already.
    """

    cursor: Cursor
    role: Role
    path: Path
    span: Span
    typed: str
    writer: Writer
    before: str = ""
    after: str = ""
    edits: tuple[Edit, ...] = ()
    alone: bool = False
    ends: bool = True
    bound: bool = False

    @property
    def module(self) -> Module:
        """The module of the text."""
        return self.cursor.module

    @property
    def level(self) -> Level:
        """What may stand at the path."""
        inner = _in_type(self.module, self.path)
        return level_at(self.path, self.cursor.kind) if inner is None else level_in_type(inner)

    @property
    def has_room(self) -> bool:
        """Whether more keys can follow what is written here."""
        return self.ends or self.writer.syntax != "block"

    def within(self, start: int) -> "Spot":
        """The spot of what is typed from an offset of it on, if something stands before that."""
        if not start:
            return self
        end = min(self.cursor.offset + len(_rest(self)), self.span.end)
        first = self.cursor.offset - (len(self.typed) - start)
        span, typed = Span(first, end), self.typed[start:]
        writer = replace(self.writer, quote="", raw=True)
        return replace(self, span=span, typed=typed, writer=writer, before="", after="")

    def as_mapping(self) -> "Spot":
        """The spot of a key in a mapping that starts here."""
        writer = self.writer
        if self.alone and writer.syntax == "block":
            return replace(self, role="key")
        if writer.syntax == "block":
            writer = replace(writer, column=writer.column + writer.step)
            return self._opened("key", writer, writer.newline, "")
        return self._opened("key", replace(writer, spread=False), "{", "}")

    def as_list(self, *, of_mappings: bool) -> "Spot":
        """The spot of the first item of a list that starts here."""
        writer, path = self.writer, (*self.path, 0)
        if writer.syntax != "block" or not (self.alone or of_mappings):
            flow = replace(writer, syntax="flow" if writer.syntax == "block" else writer.syntax)
            return replace(self._opened("value", flow, "[", "]"), path=path)
        margin = 0 if self.alone else writer.column + writer.step
        before = "- " if self.alone else f"\n{' ' * margin}- "
        column = (writer.column if self.alone else margin) + len("- ")
        opened = self._opened("value", replace(writer, column=column), before, "")
        return replace(opened, path=path, alone=True)

    def _opened(self, role: Role, writer: Writer, before: str, after: str) -> "Spot":
        start = self.before.rstrip(" ") if before.startswith("\n") else self.before
        before, after = start + before, after + self.after
        return replace(self, role=role, writer=writer, before=before, after=after, alone=False)


def _in_type(module: Module, path: Path) -> Path | None:
    """A path in the argument that is a type; None for one that is in none."""
    for length in range(len(path), 2, -1):
        *call, key, port = path[:length]
        signature = module.called(tuple(call)) if key == "with" else None
        if signature is not None and takes_type(signature, str(port)):
            return path[length:]
    return None


def line_length(cursor: Cursor) -> int:
    """How long the cursor's line is."""
    found = _LINE.match(cursor.module.document.text, cursor.offset)
    return len(cursor.line) + (len(found[0]) if found else 0)


def _rest(spot: Spot) -> str:
    """What of the word at the cursor stands behind it."""
    found = _WORD.match(spot.module.document.text, spot.cursor.offset)
    return found[0] if found else ""

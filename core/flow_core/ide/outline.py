"""The outline of a text that is being edited: where its parts start, found by indentation.

JSON is split only where it is laid out as formatters do it, one key a line. The outline is kept up
to date line by line, so that an edit inside a part costs nothing for the rest of the file. It knows
no more than a look at the margin tells; what it can't split is one part.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Literal, TypeAlias

import msgspec

from flow_core.syntax.blocks import NESTED

_KEY = r"""(?P<name>\w[^\s:#]*|"[^"]*"|'[^']*')[ \t]*:(?=\s|$)"""
_TOP = re.compile(_KEY)
_CHILD = re.compile(rf" +{_KEY}")
_SHARED = re.compile(r"(?:^|[\s\[{,])[&*][\w-]+(?=[\s,\]}]|$)|<<[ \t]*:|^(?:---|\.\.\.|%)")
"""Anchors, aliases, merge keys and marks of documents: with these, parts are not independent."""

Kind: TypeAlias = Literal["yaml", "json"]


class Part(msgspec.Struct, frozen=True):
    """Lines ``start`` to ``end`` (not included): a child of a section, or a section without any.

    ``name`` is the child's key, ``""`` for a section itself; ``column`` is where such keys stand,
    and ``key`` is its line: comments above it belong to it.
    """

    section: str
    name: str
    column: int
    key: int
    start: int
    end: int


class Outline(msgspec.Struct, frozen=True, dict=True):
    """The parts of a text in order, without gaps. ``whole`` tells that it must not be split."""

    parts: tuple[Part, ...]
    kind: Kind = "yaml"
    whole: bool = False

    @cached_property
    def _starts(self) -> list[int]:
        return [part.start for part in self.parts]

    @cached_property
    def named(self) -> dict[str, tuple[int, ...]]:
        """The indices of the parts of a name: a step and a type may share theirs."""
        found: dict[str, tuple[int, ...]] = {}
        for index, part in enumerate(self.parts):
            if part.name:
                found[part.name] = (*found.get(part.name, ()), index)
        return found

    @cached_property
    def names(self) -> dict[str, tuple[str, ...]]:
        """The names of the parts of each section, in order."""
        found: dict[str, list[str]] = {}
        for part in self.parts:
            if part.name:
                found.setdefault(part.section, []).append(part.name)
        return {section: tuple(names) for section, names in found.items()}

    @cached_property
    def shared(self) -> tuple[int, ...]:
        """The indices of the parts that are sections, or what sections start with."""
        return tuple(index for index, part in enumerate(self.parts) if not part.name)

    @cached_property
    def firsts(self) -> dict[str, int]:
        """For each section with children the index of the first."""
        found: dict[str, int] = {}
        for index, part in enumerate(self.parts):
            if part.name:
                found.setdefault(part.section, index)
        return found

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The names of the steps that are in no group."""
        return tuple(p.name for p in self.parts if p.name and p.section in {"steps", "finally"})

    def at(self, line: int) -> int:
        """The index of the part that holds a line."""
        return max(bisect_right(self._starts, line) - 1, 0)

    def edited(self, first: int, removed: Sequence[str], added: Sequence[str]) -> "Outline | None":
        """The outline after lines were replaced by others; None where it must be made anew.

        It holds as long as the edit stays inside of one part and neither what went nor what came
        looks like the start of another.
        """
        if self.whole or not self.parts:
            return None
        index = self.at(first)
        part = self.parts[index]
        last = first + len(removed)
        inside = part.key < first and last <= part.end
        lines = (*removed, *added)
        if (
            not inside
            or any(_is_border(line, part.column) for line in lines)
            or self._shares(lines)
        ):
            return None
        if last == part.end and not (_is_content(removed) and _is_content(added)):
            return None  # comments may come to stand, or no longer stand, above the next part
        by = len(added) - len(removed)
        return Outline(tuple(self._moved(index, by)), self.kind) if by else self

    def _shares(self, lines: Iterable[str]) -> bool:
        return self.kind == "yaml" and _shares(lines)

    def _moved(self, index: int, by: int) -> Iterator[Part]:
        yield from self.parts[:index]
        part = self.parts[index]
        yield msgspec.structs.replace(part, end=part.end + by)
        for part in self.parts[index + 1 :]:
            key, start, end = part.key + by, part.start + by, part.end + by
            yield Part(part.section, part.name, part.column, key, start, end)


def _is_content(lines: Sequence[str]) -> bool:
    """Whether the last of the lines is there and is no comment."""
    return bool(lines) and not lines[-1].lstrip(" ").startswith("#")


def _is_border(line: str, column: int) -> bool:
    """Whether a line is no deeper than the keys of a section's children."""
    text = line.lstrip(" ")
    return len(line) - len(text) <= column and bool(text.strip())


def _shares(lines: Iterable[str]) -> bool:
    """Whether lines hold what may belong to other lines."""
    return any(
        _SHARED.search(line)
        for line in lines
        if "&" in line or "*" in line or "<<" in line or line[:1] in {"-", ".", "%"}
    )


def outline(lines: Sequence[str], kind: Kind = "yaml") -> Outline:
    """The outline of a text by its lines."""
    if kind == "json" and not _is_laid_out(lines):
        return Outline((), kind, whole=True)
    found = _starts(lines) if kind == "yaml" else _json_starts(lines)
    starts = [("", "", 0, 0, 0), *found]
    last = ("", "", 0, 0, len(lines))
    parts = (Part(*this, following[-1]) for this, following in pairwise((*starts, last)))
    shares = kind == "yaml" and _shares(lines)
    return Outline(tuple(part for part in parts if part.end > part.start), kind, shares)


def _starts(lines: Sequence[str]) -> Iterator[tuple[str, str, int, int, int]]:
    """The section, name and column of each part, the line of its key, and its first line."""
    section, column = "", 0
    for number, line in enumerate(lines):
        if line[:1] == " ":
            if section not in NESTED:
                continue
            found = _CHILD.match(line)
            at = found.start("name") if found else 0
            column = column or at
            if found is not None and at == column:
                name = _bare(found["name"])
                yield section, name, column, number, _with_comments(lines, number)
        elif line[:1] not in {"", "\n", "\r", "#"}:
            top = _TOP.match(line)
            section, column = (_bare(top["name"]) if top else "?"), 0
            yield section, "", 0, number, _with_comments(lines, number)


def _is_laid_out(lines: Sequence[str]) -> bool:
    """Whether a JSON text opens and closes on lines of their own."""
    filled = [line.strip() for line in (*lines[:1], *lines[-2:]) if line.strip()]
    return len(filled) > 1 and filled[0] == "{" and filled[-1] == "}"


def _json_starts(lines: Sequence[str]) -> Iterator[tuple[str, str, int, int, int]]:
    """The same for JSON, where braces that close a section are a part too: all need them."""
    outer = next((m.start("name") for line in lines[1:] if (m := _CHILD.match(line))), 0)
    section, column, nested = "", 0, False
    for number, line in enumerate(lines):
        text = line.lstrip(" ")
        at = len(line) - len(text)
        if at > outer and not nested:
            continue
        found = _CHILD.match(line)
        if at == outer and found is not None:
            section, column = _bare(found["name"]), 0
            nested = section in NESTED and text.rstrip().endswith("{")
            yield section, "", outer, number, number
        elif at <= outer and text.strip():
            nested = False
            yield section, "", outer, number, number
        elif nested and found is not None:
            column = column or at
            if at == column:
                yield section, _bare(found["name"]), column, number, number


def _with_comments(lines: Sequence[str], number: int) -> int:
    """The first of the comment lines directly above a line: they belong to what follows."""
    while number and lines[number - 1].lstrip(" ").startswith("#"):
        number -= 1
    return number


def _bare(name: str) -> str:
    return name.strip("\"'")

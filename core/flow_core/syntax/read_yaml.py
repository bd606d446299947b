"""YAML to a tree, block by block."""

import re
from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from flow_core.places import Path
from flow_core.syntax import faults
from flow_core.syntax.anchors import Anchors
from flow_core.syntax.blocks import Block, Cache, Placed, Section, State, split
from flow_core.syntax.compose import compose
from flow_core.syntax.forbidden import forbidden
from flow_core.syntax.nodes import Entry, Mapping, Node, Scalar, Value, follow
from flow_core.syntax.problems import SyntaxProblem

_MAY_CUT = r"\$\{\{(?:[^\n#}$]|\}(?!\})|(?<![ \t])#)*(?<=[ \t])#"
"""Where a comment may cut an expression off."""


class Reading(msgspec.Struct, frozen=True):
    """A tree, the blocks it was read from, and the offsets its nodes count from, by path."""

    root: Value | None
    problems: tuple[SyntaxProblem, ...]
    blocks: tuple[Placed, ...] = ()
    origins: dict[Path, int] = {}


def read_yaml(text: str, cache: Cache | None = None) -> Reading:
    """Read a text. A valid one means what libyaml makes of the whole of it."""
    sections = split(text)
    blocks = _read_cached(text, sections, Cache() if cache is None else cache)
    if any(block.undefined for block in blocks):
        blocks = _read_shared(text, sections)
    if _straddles(text, sections, blocks):
        sections = [Section(0, len(text))]
        blocks = _read_shared(text, sections)
    return _Assembly(text).run(sections, blocks)


def _read_cached(text: str, sections: list[Section], cache: Cache) -> list[Block]:
    known = cache.blocks
    used: dict[str, Block] = {}
    blocks: list[Block] = []
    for section in sections:
        for start, end in section.ranges:
            source = text[start:end]
            block = known.get(source)
            if block is None:
                block = known[source] = _read_block(source, 0, Anchors())
            used[source] = block
            blocks.append(block)
    cache.keep(used)
    return blocks


def _read_shared(text: str, sections: list[Section]) -> list[Block]:
    """Read blocks in order with anchors in common; all offsets count from the start of the text."""
    anchors = Anchors()
    return [
        _read_block(text[start:end], start, anchors)
        for section in sections
        for start, end in section.ranges
    ]


def _read_block(source: str, shift: int, anchors: Anchors) -> Block:
    """Read one block, tolerantly if it must be."""
    bom = 1 if source.startswith("\ufeff") else 0
    text = source[bom:]
    composed = compose(text, shift + bom, anchors)
    state: State = "sound"
    if composed.failure is not None:
        from flow_core.syntax.recover import recover

        state = "cut" if composed.failure.at >= len(text.rstrip()) else "broken"
        composed = recover(text, shift + bom, anchors)
    problems = (
        *composed.problems,
        *_silent_traps(source, composed.root, shift),
        *forbidden(source, composed.root, shift),
    )
    return Block(source, composed.root, problems, shift, state, composed.undefined)


def _silent_traps(text: str, root: Node | None, shift: int) -> Iterator[SyntaxProblem]:
    """What YAML accepts and means otherwise; few texts hold what may be one."""
    if "${{" in text and re.search(_MAY_CUT, text):
        from flow_core.syntax.traps import silent_traps

        yield from silent_traps(text, root, shift)


def _straddles(text: str, sections: list[Section], blocks: list[Block]) -> bool:
    """Whether the first broken block is only broken because quotes or brackets cross its border.

    libyaml allows their content to start at any column. The text from that block on tells.
    """
    at = next((n for n, block in enumerate(blocks) if block.state != "sound"), None)
    if at is None or blocks[at].state == "broken" or len(blocks) == 1:
        return False
    for section in sections:
        ranges = section.ranges
        if at < len(ranges):
            (start, end), broken = ranges[0], ranges[at][0]
            tail = text[broken:] if at == 0 else text[start:end] + text[broken:]
            return compose(tail.removeprefix("\ufeff")).failure is None
        at -= len(ranges)
    return False


class _Assembly:
    """Puts blocks together to one tree."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._problems: list[SyntaxProblem] = []
        self._placed: list[Placed] = []
        self._origins: dict[Path, int] = {}

    def run(self, sections: list[Section], blocks: list[Block]) -> Reading:
        rest = iter(blocks)
        if len(sections) == 1 and not sections[0].children:
            root = self._place(0, next(rest))
            value = None if root is None else follow(root)
        else:
            value = self._root(sections, rest)
        if not self._problems and _is_nothing(value):
            self._problems.append(faults.empty_file(len(self._text)))
        problems = sorted(self._problems, key=lambda problem: problem.span)
        return Reading(value, tuple(problems), tuple(self._placed), self._origins)

    def _root(self, sections: list[Section], blocks: Iterator[Block]) -> Mapping:
        members: list[_Member] = []
        names: set[str] = set()
        for section in sections:
            found = self._members(section.start, next(blocks), (), names, self._origins)
            if section.children:
                (header, origin) = found[-1]
                name = header.key.text
                origins = self._origins if self._origins[(name,)] == origin else {}
                children = self._children(section, blocks, name, origins)
                found[-1] = (Entry(header.key, _join(children, origin)), origin)
            members += found
        return _join(members, 0)

    def _children(
        self, section: Section, blocks: Iterator[Block], name: str, origins: dict[Path, int]
    ) -> "list[_Member]":
        """The members of a nested section; a repeated one must not say where its paths start."""
        members: list[_Member] = []
        names: set[str] = set()
        for start in section.children:
            members += self._members(start, next(blocks), (name,), names, origins)
        return members

    def _members(
        self,
        start: int,
        block: Block,
        path: Path,
        names: set[str],
        origins: dict[Path, int],
    ) -> "list[_Member]":
        """The entries of a block with their origin; keys of earlier blocks are reported."""
        root = self._place(start, block, path)
        origin = start - block.shift
        entries = self._entries(root, origin)
        for entry in entries:
            name = entry.key.text
            if name in names:
                self._problems.append(faults.duplicate_key(entry.key).shifted(origin))
            origins.setdefault((*path, name), origin)
        names.update([entry.key.text for entry in entries])
        return [(entry, origin) for entry in entries]

    def _entries(self, root: Node | None, origin: int) -> tuple[Entry, ...]:
        """The entries of a block; a word alone is a key whose colon is still to come."""
        if isinstance(root, Mapping) and not root.flow:
            return root.entries
        from flow_core.syntax.recover import half_typed
        from flow_core.syntax.traps import missing_colon, no_entry

        if isinstance(root, Scalar) and root.text:
            self._problems.append(missing_colon(root.text, root.start, root.end).shifted(origin))
            return (half_typed(root),)
        if root is not None:
            self._problems.append(no_entry(root.start, root.end).shifted(origin))
        return ()

    def _place(self, start: int, block: Block, path: Path = ()) -> Node | None:
        placed = Placed(start, block, path)
        self._placed.append(placed)
        if block.problems:
            self._problems += [problem.shifted(placed.origin) for problem in block.problems]
        return block.root


_Member: TypeAlias = tuple[Entry, int]


def _join(members: list[_Member], origin: int) -> Mapping:
    """A mapping of entries that count from different origins; it counts from ``origin``."""
    if not members:
        return Mapping(0, 0)
    (first, begin), (last, end) = members[0], members[-1]
    return Mapping(
        first.key.start + begin - origin,
        last.value.end + end - origin,
        tuple(entry for entry, _ in members),
    )


def _is_nothing(root: Value | None) -> bool:
    return root is None or (isinstance(root, Scalar) and root.start == root.end)

"""Blocks: the parts of a YAML text that can be read one by one, and their memory.

A text is split where its top-level keys start, and below the keys of `NESTED` where their children
start. A line that starts with a key at such a column always ends what came before it, unless it
stands inside quotes or brackets, which `read_yaml` notices. So each block means alone what it means
in the whole.
"""

import re
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, Literal, TypeAlias

import msgspec

from flow_core.places import Path
from flow_core.syntax.comments import Comment, find_comments
from flow_core.syntax.nodes import Node
from flow_core.syntax.problems import SyntaxProblem

NESTED = ("steps", "finally", "components", "types", "scenarios")
"""Top-level keys whose children are blocks of their own."""

_KEY = r"""(?:\w[^\n:#]*|"[^"\\\n]*"|'[^'\n]*')[ \t]*:(?=\s|\Z)"""
_BORDER = r"[^ \t\r\n#:}\]|>\ufeff-]"
_VALUED = rf"""{_KEY}[ \t]*(?:[^\s{{\["'|>&*!#][^\n]*|[{{\[][^\n]*[}}\]][ \t]*)\n"""
"""A line with a key and its value; deeper lines below it can't be its children."""

_OPEN = rf"{_KEY}[ \t]*(?:#[^\n]*)?\n"
_FIRST = re.compile(_KEY)
_ODD = re.compile(rf"{_VALUED} +[^\s#]")
_TOP = re.compile(r"\n(?=[^ \t\r\n#])")
_NO_KEY = ":}]|>\ufeff-"
_CONTINUED = "-:}]"
_MARKS = ("---", "...", "%", "!", "&")
"""Of documents and directives; a tag or an anchor may belong to the lines around it."""
_HEADER = re.compile(rf"(?:{'|'.join(NESTED)}):[ \t]*(?:#[^\n]*)?\r?\n")
_SPACE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*")
_PREFIX = re.compile(rf"\ufeff?{_SPACE.pattern}(?:---[ \t]*(?:#[^\n]*)?\r?\n{_SPACE.pattern})?")


State: TypeAlias = Literal["sound", "broken", "cut"]


class Block(msgspec.Struct, frozen=True, dict=True):
    """A part of a text and what was read from it.

    Offsets count from the start of the block plus ``shift``. A block that is ``cut`` is broken
    because its text ends too early. ``undefined`` tells that an alias stands for nothing in it.
    """

    text: str
    root: Node | None
    problems: tuple[SyntaxProblem, ...] = ()
    shift: int = 0
    state: State = "sound"
    undefined: bool = False

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """The comments of the block; their spans count from its start."""
        return find_comments(self.text, self.root, self.shift)

    @cached_property
    def memo(self) -> dict[object, Any]:
        """What others work out from this block alone, to be forgotten with it."""
        return {}


class Placed(msgspec.Struct, frozen=True):
    """A block, where its text starts, and the path of the mapping its entries belong to."""

    start: int
    block: Block
    path: Path = ()

    @property
    def origin(self) -> int:
        """What the offsets of its nodes count from."""
        return self.start - self.block.shift


class Section(msgspec.Struct, frozen=True):
    """A top-level key: where its block starts and ends, and where its children's start."""

    start: int
    end: int
    children: tuple[int, ...] = ()

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """The ranges of its blocks, the key's own first."""
        return list(pairwise((self.start, *self.children, self.end)))


class Cache:
    """Remembers blocks by their text. Keep one for each document that is being edited."""

    def __init__(self) -> None:
        self.blocks: dict[str, Block] = {}

    def keep(self, used: dict[str, Block]) -> None:
        """Forget what was not used, once that is more than what was."""
        if len(self.blocks) > 2 * len(used) + 64:
            self.blocks = used


def split(text: str) -> list[Section]:
    """The sections of a text; a text that cannot be split is one section."""
    prefix = _PREFIX.match(text)
    first = 0 if prefix is None else prefix.end()
    tops = [found.end() for found in _TOP.finditer(text, first)]
    if not _FIRST.match(text, first) or _marked(text, tops):
        return [Section(0, len(text))]
    odd = {at for at in tops if _ODD.match(text, at)}
    keys = [first, *(at for at in tops if text[at] not in _NO_KEY and at not in odd)]
    continued = [at for at in tops if text[at] in _CONTINUED or at in odd]
    return [
        _section(text, 0 if key == first else key, key, end, continued)
        for key, end in pairwise((*keys, len(text)))
    ]


def _marked(text: str, tops: list[int]) -> bool:
    """Whether lone returns, or what may belong to the lines around it, forbid to split."""
    if any(text.startswith(_MARKS, at) for at in tops):
        return True
    return "\r" in text and re.search(r"\r(?!\n)", text) is not None


def _section(text: str, start: int, key: int, end: int, continued: list[int]) -> Section:
    header = _HEADER.match(text, key, end)
    if header is None:
        return Section(start, end)
    space = _SPACE.match(text, header.end(), end)
    first = header.end() if space is None else space.end()
    column = _indentation(text, first)
    if not column or not _FIRST.match(text, first + column, end):
        return Section(start, end)
    if any(first < at < end for at in continued) or _shallower(column).search(text, first, end):
        return Section(start, end)
    child = _child(column, _step(text, first, column))
    starts = [found.end() - column for found in child.finditer(text, first - 1, end)]
    return Section(start, end, tuple(starts))


def _step(text: str, first: int, column: int) -> int:
    """How much deeper than the first child the line below it is."""
    below = text.find("\n", first) + 1
    return max(_indentation(text, below) - column, 2) if below else 2


def _indentation(text: str, at: int) -> int:
    found = re.compile(" *").match(text, at)
    return 0 if found is None else found.end() - at


@lru_cache(maxsize=32)
def _shallower(column: int) -> re.Pattern[str]:
    """A line less deep than the first child: one of the two is badly indented."""
    return re.compile(rf"\n {{1,{column - 1}}}(?=[^ \t\r\n#])" if column > 1 else r"(?!)")


@lru_cache(maxsize=32)
def _child(column: int, step: int) -> re.Pattern[str]:
    """The start of a child; not one that is probably indented too little."""
    odd = rf"{_VALUED} {{{column + 1},}}[^\s#]|{_OPEN} {{{column + step + 1},}}[^\s#]"
    return re.compile(rf"\n {{{column}}}(?={_BORDER})(?!{odd})")

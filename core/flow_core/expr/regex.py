"""Regular expressions in linear time.

A pattern becomes a nondeterministic automaton, which is made deterministic while it runs, one
state for each set of places that a text can have led to. Nothing is ever tried twice, so no pattern
and no text can make a search hang, as backtracking would.
"""

from functools import lru_cache
from typing import Literal, TypeAlias

import msgspec

from flow_core.expr.charsets import CharSet, perl
from flow_core.expr.regex_syntax import (
    Alternatives,
    Assert,
    Assertion,
    Node,
    One,
    RegexError,
    Repeat,
    Sequence,
    parse_regex,
)

__all__ = ["Regex", "RegexError", "compile_regex"]

MAX_SIZE = 5000
MAX_PATTERN = 10_000
_MAX_STATES = 1000
_MATCH = 0
_is_word = perl("w")


class _Step(msgspec.Struct, frozen=True):
    """Read a character of a set."""

    belongs: CharSet
    following: int


class _Split(msgspec.Struct, frozen=True):
    """Go on in several places."""

    following: tuple[int, ...]


class _Check(msgspec.Struct, frozen=True):
    """Go on if a condition holds between two characters."""

    kind: Assertion
    following: int


_Instruction: TypeAlias = _Step | _Split | _Check
_Before: TypeAlias = Literal["", "\n", "w", "-"]
"""What stands before a place: nothing, a newline, a character of a word, another."""


class _State:
    """A state of the deterministic automaton: places, what came before, where characters lead."""

    __slots__ = ("before", "moves", "places")

    def __init__(self, places: frozenset[int], before: _Before) -> None:
        self.places = places
        self.before: _Before = before
        self.moves: dict[str, _State | None] = {}


class Regex:
    """A compiled pattern; ``size`` is what a character costs at most."""

    def __init__(self, pattern: str) -> None:
        if len(pattern) > MAX_PATTERN:
            raise RegexError(f"it is longer than {MAX_PATTERN} characters")
        self._program: list[_Instruction] = [_Split(())]
        self._start = self._emit(parse_regex(pattern), _MATCH)
        self._states: dict[tuple[frozenset[int], _Before], _State] = {}
        self.size = len(self._program)

    def search(self, text: str) -> bool:
        """Whether the pattern matches somewhere in a text."""
        state = self._state(frozenset(), "")
        for character in text:
            if character not in state.moves:
                state.moves[character] = self._move(state, character)
            following = state.moves[character]
            if following is None:
                return True
            state = following
        return self._move(state, "") is None

    def _move(self, state: _State, character: str) -> _State | None:
        """Where a character leads, or None where a match was complete before it."""
        places = self._reach(state.places | {self._start}, state.before, character)
        if _MATCH in places:
            return None
        following = frozenset(
            step.following
            for step in (self._program[place] for place in places)
            if isinstance(step, _Step) and character and step.belongs(character)
        )
        return self._state(following, _summary(character))

    def _state(self, places: frozenset[int], before: _Before) -> _State:
        """The state of these places; the memory of them is bounded."""
        state = self._states.get((places, before))
        if state is None:
            if len(self._states) >= _MAX_STATES:
                self._states.clear()
            state = self._states[places, before] = _State(places, before)
        return state

    def _reach(self, places: frozenset[int], before: _Before, after: str) -> set[int]:
        """All places that can be reached without reading a character."""
        reached: set[int] = set()
        pending = list(places)
        while pending:
            place = pending.pop()
            if place in reached:
                continue
            reached.add(place)
            instruction = self._program[place]
            if isinstance(instruction, _Split):
                pending.extend(instruction.following)
            elif isinstance(instruction, _Check) and _holds(instruction.kind, before, after):
                pending.append(instruction.following)
        return reached

    # From tree to program, back to front

    def _add(self, instruction: _Instruction) -> int:
        if len(self._program) >= MAX_SIZE:
            raise RegexError("it is too large")
        self._program.append(instruction)
        return len(self._program) - 1

    def _emit(self, node: Node, following: int) -> int:
        """Append the program of a node that goes on at ``following``; where it begins."""
        match node:
            case One():
                return self._add(_Step(node.belongs, following))
            case Assert():
                return self._add(_Check(node.kind, following))
            case Sequence():
                for part in reversed(node.parts):
                    following = self._emit(part, following)
                return following
            case Alternatives():
                return self._add(
                    _Split(tuple(self._emit(branch, following) for branch in node.branches))
                )
            case Repeat():
                return self._emit_repeat(node, following)

    def _emit_repeat(self, node: Repeat, following: int) -> int:
        if node.high is None:
            loop = self._add(_Split(()))
            self._program[loop] = _Split((self._emit(node.part, loop), following))
            following = loop
        else:
            end = following
            for _ in range(node.high - node.low):
                following = self._add(_Split((self._emit(node.part, following), end)))
        for _ in range(node.low):
            following = self._emit(node.part, following)
        return following


@lru_cache(maxsize=256)
def compile_regex(pattern: str) -> Regex:
    """Compile a pattern once.

    Raises:
        RegexError: if it is no pattern of RE2's, or a too large one.
    """
    return Regex(pattern)


def _summary(character: str) -> _Before:
    if character == "\n":
        return "\n"
    return "w" if character and _is_word is not None and _is_word(character) else "-"


def _holds(kind: Assertion, before: _Before, after: str) -> bool:
    """Whether an assertion holds between what stands before and after a place."""
    match kind:
        case "begin":
            return before == ""
        case "end":
            return after == ""
        case "line-begin":
            return before in {"", "\n"}
        case "line-end":
            return after in {"", "\n"}
        case "word" | "no-word":
            boundary = (before == "w") is not (_summary(after) == "w")
            return boundary is (kind == "word")

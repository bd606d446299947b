r"""Regular expressions in linear time, so that no pattern can hang a check.

Python's own parser reads the pattern; a breadth-first machine (Thompson, Pike) runs it. What a
regular language cannot express (back references, look-around) and what would be too big is not
decided: the answer is None, and nobody may complain. As in RE2 and JSON Schema, ``$`` is the very
end of the text, and ``\d``, ``\w``, ``\s`` are ASCII.
"""

import re
import string
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import import_module
from typing import Any, TypeAlias

sre: Any = import_module("re._constants")
parser: Any = import_module("re._parser")
_MAX_PROGRAM = 4_000
_MAX_WORK = 4_000_000
_MAX_TAME = 500
_MAX_REPEATS = 3
_FLAGS = re.UNICODE
_SINGLE = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN)

_Accepts: TypeAlias = Callable[[str], bool]
_WORD = frozenset(string.ascii_letters + string.digits + "_")
_CLASSES = {
    sre.CATEGORY_DIGIT: frozenset(string.digits),
    sre.CATEGORY_WORD: _WORD,
    sre.CATEGORY_SPACE: frozenset(" \t\n\r\f\v"),
}
_COMPLEMENTS = {
    sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
    sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
    sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
}


class _Undecided(Exception):  # noqa: N818 - not an error: the machine declines
    """The pattern is not regular, or too big."""


def regex_problem(pattern: str) -> str:
    """What is wrong with a pattern, or "" if nothing is known to be."""
    try:
        parser.parse(pattern)
    except re.error as error:
        return f"not a regular expression: {error.msg}"
    except (RecursionError, OverflowError):
        return "not a regular expression: it is too deep or too big"
    return ""


def is_tame(pattern: str) -> bool:
    """Whether a backtracking engine runs the pattern in no time worth mentioning.

    True only where no repetition holds a choice or another repetition, and few follow each other.

    >>> is_tame("^[a-z]+-[0-9]{2}$"), is_tame("(a+)+$")
    (True, False)
    """
    try:
        return len(pattern) <= _MAX_TAME and _repeats(parser.parse(pattern)) <= _MAX_REPEATS
    except (re.error, _Undecided, RecursionError, OverflowError):
        return False


def _repeats(tree: Iterable[tuple[Any, Any]]) -> int:
    """How many repetitions a pattern holds; declines one that nests them."""
    found = 0
    for op, argument in tree:
        if op is sre.SUBPATTERN:
            found += _repeats(argument[-1])
        elif op is sre.BRANCH:
            found += max(map(_repeats, argument[1]))
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            if any(inner not in _SINGLE for inner, _ in argument[-1]):
                raise _Undecided
            found += 1
        elif op not in _SINGLE and op is not sre.AT:
            raise _Undecided
    return found


def matches(pattern: str, text: str) -> bool | None:
    """Whether the pattern occurs anywhere in the text; None where that is not decided.

    >>> matches("^[a-z]+(-[a-z]+)*$", "a-slug"), matches("(a+)+$", "a" * 100 + "!")
    (True, False)
    """
    program = _compile(pattern)
    if program is None or len(program) * len(text) > _MAX_WORK:
        return None
    return _run(program, text)


_Instruction: TypeAlias = tuple[str, Any]
"""``("char", accepts)``, ``("split", targets)``, ``("at", anchor)`` or ``("match", None)``."""


@lru_cache(maxsize=256)
def _compile(pattern: str) -> list[_Instruction] | None:
    program: list[_Instruction] = []
    try:
        tree = parser.parse(pattern)
        if tree.state.flags != _FLAGS:
            return None
        _emit(tree, program)
    except (re.error, _Undecided, RecursionError, OverflowError):
        return None
    return [*program, ("match", None)]


def _emit(tree: Iterable[tuple[Any, Any]], program: list[_Instruction]) -> None:
    """Append the instructions of a sequence."""
    for op, argument in tree:
        if len(program) > _MAX_PROGRAM:
            raise _Undecided
        if op is sre.SUBPATTERN:
            _group, added, removed, inner = argument
            if added or removed:
                raise _Undecided
            _emit(inner, program)
        elif op is sre.BRANCH:
            _emit_branches(argument[1], program)
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            least, most, inner = argument
            _emit_repeat(least, most, inner, program)
        elif op is sre.AT:
            program.append(("at", argument))
        else:
            program.append(("char", _accepts(op, argument)))


def _emit_branches(branches: list[Any], program: list[_Instruction]) -> None:
    split = len(program)
    program.append(("split", ()))
    starts: list[int] = []
    jumps: list[int] = []
    for branch in branches:
        starts.append(len(program))
        _emit(branch, program)
        jumps.append(len(program))
        program.append(("split", ()))
    program[split] = ("split", tuple(starts))
    for jump in jumps:
        program[jump] = ("split", (len(program),))


def _emit_repeat(least: int, most: int, inner: Any, program: list[_Instruction]) -> None:
    if least > _MAX_PROGRAM:
        raise _Undecided
    for _ in range(least):
        _emit(inner, program)
    if most is sre.MAXREPEAT:
        split = len(program)
        program.append(("split", ()))
        _emit(inner, program)
        program.append(("split", (split,)))
        program[split] = ("split", (split + 1, len(program)))
        return
    if most - least > _MAX_PROGRAM:
        raise _Undecided
    splits: list[int] = []
    for _ in range(most - least):
        splits.append(len(program))
        program.append(("split", ()))
        _emit(inner, program)
    for split in splits:
        program[split] = ("split", (split + 1, len(program)))


def _accepts(op: Any, argument: Any) -> _Accepts:
    """Which characters an instruction that consumes one accepts."""
    if op is sre.LITERAL:
        return chr(argument).__eq__
    if op is sre.NOT_LITERAL:
        return chr(argument).__ne__
    if op is sre.ANY:
        return "\n".__ne__
    if op is sre.IN:
        return _set(argument)
    if op is sre.RANGE:
        low, high = argument
        return lambda char: low <= ord(char) <= high
    if op is sre.CATEGORY:
        return _category(argument)
    raise _Undecided


def _set(items: list[Any]) -> _Accepts:
    negated = items[0][0] is sre.NEGATE
    tests = [_accepts(*item) for item in items[negated:]]
    return lambda char: any(test(char) for test in tests) is not negated


def _category(name: Any) -> _Accepts:
    if name in _CLASSES:
        return _CLASSES[name].__contains__
    if name not in _COMPLEMENTS:
        raise _Undecided
    excluded = _CLASSES[_COMPLEMENTS[name]]
    return lambda char: char not in excluded


def _run(program: list[_Instruction], text: str) -> bool:
    """Run all threads in step; a new one starts at every character."""
    states: set[int] = set()
    for index in range(len(text) + 1):
        states = _closure({*states, 0}, program, text, index)
        if len(program) - 1 in states:
            return True
        if index < len(text):
            char = text[index]
            states = {
                state + 1
                for state in states
                if program[state][0] == "char" and program[state][1](char)
            }
    return False


def _closure(states: set[int], program: list[_Instruction], text: str, index: int) -> set[int]:
    """The states reached without consuming a character."""
    todo = list(states)
    while todo:
        state = todo.pop()
        op, argument = program[state]
        reached: tuple[int, ...] = ()
        if op == "split":
            reached = argument
        elif op == "at" and _stands(argument, text, index):
            reached = (state + 1,)
        new = [other for other in reached if other not in states]
        states.update(new)
        todo.extend(new)
    return states


def _stands(where: Any, text: str, index: int) -> bool:
    """Whether an anchor holds between two characters."""
    if where in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
        return index == 0
    if where in (sre.AT_END, sre.AT_END_STRING):
        return index == len(text)
    before = index > 0 and text[index - 1] in _WORD
    after = index < len(text) and text[index] in _WORD
    return (before != after) == (where is sre.AT_BOUNDARY)

"""The formats of `text.format([…])`: which clauses there are, and what they write."""

import re
from collections.abc import Callable
from typing import Any

from flow_core.expr.arithmetic import shown
from flow_core.expr.conversions import to_string
from flow_core.expr.errors import Fault, Meter
from flow_core.expr.values import Value, is_list, is_map

_CLAUSE = re.compile(r"%(?:%|(?:\.(\d{1,3}))?([a-zA-Z]))|%")
_VERBS = frozenset("sdfebxXo")
_DEFAULT_PRECISION = 6


def format_problem(text: str, arguments: int) -> str:
    """What is wrong with a constant format for a list of so many values, or ``""``."""
    needed = 0
    for match in _CLAUSE.finditer(text):
        if match[0] == "%%":
            continue
        if match[2] not in _VERBS:
            return f"`{match[0]}` is no clause of a format"
        needed += 1
    if needed > arguments:
        return f"the format has {needed} clauses, the list only {arguments} values"
    return ""


def format_text(meter: Meter, text: str, values: list[Any]) -> Value:
    """The text with its clauses filled in."""
    problem = format_problem(text, len(values))
    if problem:
        raise Fault("bad-argument", problem)
    pending = iter(values)
    meter.write(len(text))

    def write(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        return _WRITERS[match[2]](meter, next(pending), int(match[1] or _DEFAULT_PRECISION))

    return _CLAUSE.sub(write, text)


def _string(meter: Meter, value: Any, _precision: int) -> str:
    """``%s``: any value, lists and maps with all that is in them."""
    meter.spend(1)
    if value is None:
        return "null"
    if is_list(value):
        return f"[{', '.join(_string(meter, item, 0) for item in value)}]"
    if is_map(value):
        entries = [(_string(meter, key, 0), item) for key, item in value.items()]
        entries.sort(key=lambda entry: entry[0])
        return f"{{{', '.join(f'{key}: {_string(meter, item, 0)}' for key, item in entries)}}}"
    text = to_string(meter, value)
    meter.write(len(text))
    return text


def _decimal(_meter: Meter, value: Any, _precision: int) -> str:
    """``%d``."""
    return str(_integer(value, "d"))


def _fixed(_meter: Meter, value: Any, precision: int) -> str:
    """``%f``."""
    return f"{_number(value, 'f'):.{precision}f}"


def _scientific(_meter: Meter, value: Any, precision: int) -> str:
    """``%e``."""
    return f"{_number(value, 'e'):.{precision}e}"


def _binary(_meter: Meter, value: Any, _precision: int) -> str:
    """``%b``; a boolean is 1 or 0."""
    return f"{int(value) if isinstance(value, bool) else _integer(value, 'b'):b}"


def _octal(_meter: Meter, value: Any, _precision: int) -> str:
    """``%o``."""
    return f"{_integer(value, 'o'):o}"


def _hexadecimal(meter: Meter, value: Any, _precision: int) -> str:
    """``%x``: an integer, or the bytes of a text."""
    if isinstance(value, str | bytes):
        meter.write(2 * len(value))
        data = value.encode("utf-8", "replace") if isinstance(value, str) else value
        return data.hex()
    return f"{_integer(value, 'x'):x}"


def _capitals(meter: Meter, value: Any, precision: int) -> str:
    """``%X``."""
    return _hexadecimal(meter, value, precision).upper()


def _integer(value: Any, verb: str) -> int:
    if type(value) is int:
        return value
    raise Fault("bad-argument", f"`%{verb}` can't write {shown(value)}")


def _number(value: Any, verb: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise Fault("bad-argument", f"`%{verb}` can't write {shown(value)}")


_WRITERS: dict[str, Callable[[Meter, Any, int], str]] = {
    "s": _string,
    "d": _decimal,
    "f": _fixed,
    "e": _scientific,
    "b": _binary,
    "o": _octal,
    "x": _hexadecimal,
    "X": _capitals,
}

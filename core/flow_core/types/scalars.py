"""Literal scalars against the refinements of their types."""

from collections.abc import Callable, Iterator

from flow_core.diagnostics import Json
from flow_core.regex import matches
from flow_core.suggest import closest
from flow_core.types.formats import (
    bytes_problem,
    datetime_problem,
    duration_problem,
    format_problem,
)
from flow_core.types.kinds import (
    BooleanType,
    BytesType,
    DatetimeType,
    DurationType,
    NumberType,
    StringType,
    Type,
)
from flow_core.types.mismatch import Mismatch
from flow_core.types.ranges import is_finite, number_range, size_range
from flow_core.types.show import count, show_value, show_values

_MIN_INTEGER, _MAX_INTEGER = -(2**63), 2**63 - 1


_TEXTS: dict[type, Callable[[str], str]] = {
    DurationType: duration_problem,
    DatetimeType: datetime_problem,
    BytesType: bytes_problem,
}


def scalar_problems(data: Json, type_: Type) -> Iterator[Mismatch]:
    """The problems of a scalar of the right kind."""
    match data, type_:
        case bool(), BooleanType(const=bool() as const) if data != const:
            yield Mismatch(
                (), f"{show_values([data])} is not {show_values([const])}", "not-in-enum"
            )
        case bool(), _:
            return
        case int() | float(), NumberType():
            yield from number_problems(data, type_)
        case str(), StringType():
            yield from string_problems(data, type_)
        case str(), _:
            message = _TEXTS[type(type_)](data) if type(type_) in _TEXTS else ""
            if message:
                yield Mismatch((), message, "bad-format")
        case _:
            return


def number_problems(value: float, type_: NumberType) -> Iterator[Mismatch]:
    """What is wrong with a number that stands where a number may stand."""
    if not is_finite(value):
        yield Mismatch((), "a number must be finite and fit a double", "out-of-bounds")
    elif type_.integer and value != int(value):
        yield Mismatch((), f"{show_value(value)} is not a whole number, and an integer is expected")
    elif type_.integer and not _MIN_INTEGER <= value <= _MAX_INTEGER:
        yield Mismatch(
            (), f"{show_value(value)} does not fit an integer of 64 bits", "out-of-bounds"
        )
    else:
        yield from _number_refinements(value, type_)


def _number_refinements(value: float, type_: NumberType) -> Iterator[Mismatch]:
    if type_.enum is not None and value not in type_.enum:
        yield Mismatch((), f"{show_value(value)} is not {show_values(type_.enum)}", "not-in-enum")
    allowed = number_range(type_)
    if not allowed.holds(value):
        yield Mismatch(
            (), f"{show_value(value)} is not {allowed.missed(value).show()}", "out-of-bounds"
        )
    if type_.multiple_of is not None and not is_multiple(value, type_.multiple_of):
        yield Mismatch(
            (), f"{show_value(value)} is not a multiple of {type_.multiple_of}", "out-of-bounds"
        )


def is_multiple(value: float, unit: float) -> bool:
    """Whether a number is a whole multiple of another, as decimals are written: 0.3 is of 0.1."""
    if isinstance(value, int) and isinstance(unit, int):
        return value % unit == 0
    from fractions import Fraction  # slow to import, rarely needed

    return (Fraction(str(value)) / Fraction(str(unit))).denominator == 1


def string_problems(value: str, type_: StringType) -> Iterator[Mismatch]:
    """What is wrong with a string that stands where a string may stand."""
    if type_.enum is not None and value not in type_.enum:
        near = closest(value, type_.enum)
        help_ = f"did you mean `{near}`?" if near else ""
        message = f"{show_values([value])} is not {show_values(type_.enum)}"
        yield Mismatch((), message, "not-in-enum", help_, near)
    sizes = size_range(type_.min_length, type_.max_length)
    if not sizes.holds(len(value)):
        length = count(len(value), "character")
        message = f"the string has {length}, and {sizes.show()} is expected"
        yield Mismatch((), message, "bad-length")
    if type_.pattern is not None and matches(type_.pattern, value) is False:
        message = f"{show_values([value])} does not match the pattern `{type_.pattern}`"
        yield Mismatch((), message, "bad-pattern")
    wrong = format_problem(value, type_.format) if type_.format else ""
    if wrong:
        yield Mismatch((), wrong, "bad-format")

"""Plain data as an expression writes it."""

import json

from flow_core.diagnostics import Json
from flow_core.types import alternatives, member
from flow_core.types.kinds import (
    BytesType,
    DatetimeType,
    DurationType,
    ListType,
    NumberType,
    Type,
)

_ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_CALLS: dict[type, str] = {DurationType: "duration", DatetimeType: "timestamp"}


def literal(data: Json, type_: Type) -> str | None:
    r"""The source of an expression that gives a value of a type; None where there is none.

    >>> from flow_core.types.kinds import NUMBER, STRING
    >>> literal(5, NUMBER), literal("it's", STRING), literal([True, None], ListType(STRING))
    ('5.0', "'it\\'s'", '[true, null]')
    """
    kinds = alternatives(type_)
    if any(isinstance(kind, BytesType) for kind in kinds) and isinstance(data, str):
        return None
    match data:
        case str():
            call = next((_CALLS[type(kind)] for kind in kinds if type(kind) in _CALLS), "")
            text = f"'{data.translate(_ESCAPES)}'"
            return f"{call}({text})" if call else text
        case list():
            return _joined("[]", [literal(item, _item(kinds)) for item in data])
        case dict():
            values = [(name, literal(v, member(type_, name) or type_)) for name, v in data.items()]
            return _joined("{}", [_entry(name, value) for name, value in values])
        case int() if not isinstance(data, bool) and _is_double(kinds):
            return f"{float(data)!r}" if abs(data) < 2**53 else None
        case _:
            return json.dumps(data)


def _joined(brackets: str, parts: list[str | None]) -> str | None:
    known = [part for part in parts if part is not None]
    return f"{brackets[0]}{', '.join(known)}{brackets[1]}" if len(known) == len(parts) else None


def _entry(name: str, value: str | None) -> str | None:
    return None if value is None else f"'{name.translate(_ESCAPES)}': {value}"


def _item(kinds: tuple[Type, ...]) -> Type:
    lists = [kind.item for kind in kinds if isinstance(kind, ListType)]
    return lists[0] if lists else kinds[0]


def _is_double(kinds: tuple[Type, ...]) -> bool:
    """Whether a whole number is a double here: where a number may be, but no integer."""
    numbers = [kind for kind in kinds if isinstance(kind, NumberType)]
    return bool(numbers) and not any(number.integer for number in numbers)

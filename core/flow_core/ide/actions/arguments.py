"""Arguments of a call as they are written elsewhere: as a value, or inside of an expression."""

from functools import cached_property

import msgspec

from flow_core.analysis.check_value import value_references
from flow_core.diagnostics import Json
from flow_core.expr.ast import Call, Index, ListLiteral, Literal, MapLiteral, Name, Select
from flow_core.expr.references import Reference
from flow_core.ide.actions.literals import literal
from flow_core.model.pipeline import (
    Constant,
    Expression,
    Interpolation,
    ListValue,
    MapValue,
    Value,
)
from flow_core.types import Type, alternatives
from flow_core.types.kinds import AnyType, NumberType, StringType

_CLOSED = (Name, Select, Index, Call, Literal, ListLiteral, MapLiteral)
"""Expressions that need no brackets, whatever stands around them."""


class Argument(msgspec.Struct, frozen=True, dict=True):
    """What a call gives for an input: the value in the model, the data, both types."""

    value: Value
    data: Json
    type: Type
    port: Type

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """What it reads."""
        return tuple(reference for reference, _ in value_references(self.value, ()))

    @property
    def text(self) -> str | None:
        """What stands for it in the middle of a text; None where an expression must."""
        is_text = all(isinstance(kind, StringType) for kind in alternatives(self.port))
        if not is_text or not isinstance(self.data, str) or isinstance(self.value, Expression):
            return None
        escaped = isinstance(self.value, Constant) and "${{" in self.data
        return None if escaped else self.data

    @cached_property
    def source(self) -> str | None:
        """Its source as a part of an expression; None where it has none."""
        found = _source(self.value, self.port)
        if found is None or isinstance(self.value, Constant):
            return found
        return f"double({found})" if self._becomes_double() else found

    def _becomes_double(self) -> bool:
        """Whether the port makes a double of an int."""
        wanted = [kind for kind in alternatives(self.port) if isinstance(kind, NumberType)]
        given = [kind for kind in alternatives(self.type) if isinstance(kind, NumberType)]
        return any(kind.integer for kind in given) and not any(kind.integer for kind in wanted)


def _source(value: Value, type_: Type) -> str | None:
    match value:
        case Constant(data=data):
            return literal(data, type_)
        case Expression(source=source, tree=tree):
            text = " ".join(source.split())
            return text if isinstance(tree, _CLOSED) else f"({text})"
        case Interpolation(parts=parts):
            return f"({' + '.join(map(_part, parts))})"
        case ListValue(items=items):
            return _joined("[]", [_source(item, AnyType()) for item in items])
        case MapValue(entries=entries):
            found = {name: _source(item, AnyType()) for name, item in entries.items()}
            members = [
                None if s is None else f"{literal(n, StringType())}: {s}" for n, s in found.items()
            ]
            return _joined("{}", members)


def _part(part: str | Expression) -> str:
    """A part of a text; an expression as the text that it gives."""
    if isinstance(part, str):
        return literal(part, StringType()) or "''"
    return f"string({' '.join(part.source.split())})"


def _joined(brackets: str, parts: list[str | None]) -> str | None:
    known = [part for part in parts if part is not None]
    return f"{brackets[0]}{', '.join(known)}{brackets[1]}" if len(known) == len(parts) else None

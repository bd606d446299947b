"""What is in a type, as lines that people read: its bounds, the fields of its objects."""

import json

from flow_core.markdown import block, code
from flow_core.types import admits_null, show, without_null
from flow_core.types.kinds import (
    FILE,
    Field,
    ListType,
    MapType,
    ObjectType,
    Ref,
    SchemaType,
    Type,
    UnionType,
)
from flow_core.types.schema_out import bounds
from flow_core.types.show import show_values

_MOST_FIELDS = 24
_MOST_TYPES = 4


def bound_words(type_: Type) -> str:
    """The bounds of a type, null aside.

    >>> from flow_core.types.kinds import NumberType
    >>> bound_words(NumberType(minimum=0))
    'minimum `0`'
    """
    found = bounds(without_null(type_))
    values = found.pop("enum", None)
    words = [f"one of {show_values(values)}"] if isinstance(values, list) else []
    return ", ".join([*words, *(f"{word} {code(json.dumps(found[word]))}" for word in found)])


def noted(text: str, *notes: str) -> str:
    """A text of the user's, and what else there is to say."""
    parts = [text.strip(), *notes]
    if any(notes):
        parts[0] = parts[0].removesuffix(".")
    return "; ".join(part for part in parts if part)


def structures(type_: Type) -> str:
    """The objects in a type, each as its declaration."""
    found = [_declaration(name, fields) for name, fields in _objects(type_)]
    return block("\n\n".join(found)) if found else ""


def _objects(type_: Type) -> list[tuple[str, ObjectType]]:
    """The objects that a value of a type is or holds as items, with the names of their types."""
    found: list[tuple[str, ObjectType]] = []
    todo: list[tuple[str, Type]] = [("", type_)]
    seen: set[Ref] = set()
    while todo and len(found) < _MOST_TYPES:
        name, step = todo.pop(0)
        match step:
            case Ref() if step not in seen:
                seen.add(step)
                todo.append((step.name, step.target))
            case SchemaType(base=inner) | ListType(item=inner) | MapType(value=inner):
                todo.append((name if isinstance(step, SchemaType) else "", inner))
            case UnionType(members=members):
                todo += [(name, member) for member in members]
            case ObjectType(fields=fields) if fields and step != FILE:
                found.append((name, step))
            case _:
                continue
    return found


def _declaration(name: str, type_: ObjectType) -> str:
    shown = list(type_.fields.items())[:_MOST_FIELDS]
    lines = [_field(field, inner) for field, inner in shown]
    lines += ["…"] if len(type_.fields) > len(shown) else []
    return "\n".join([f"{name}:", *(f"  {line}" for line in lines)] if name else lines)


def _field(name: str, field: Field) -> str:
    """A field with its type; a comment says what it means."""
    mark = "" if field.required or admits_null(field.type) else "?"
    note = noted(" ".join(field.description.split()), bound_words(field.type).replace("`", ""))
    return f"{name}{mark}: {show(field.type)}" + (f"  # {note}" if note else "")

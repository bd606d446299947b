"""The fields of declared types, and where they are declared."""

from flow_core.ide.names.python import python_field, python_name
from flow_core.ide.names.values import Sources, Typed
from flow_core.ide.symbol import Symbol
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.syntax.nodes import Mapping
from flow_core.types.kinds import ListType, MapType, ObjectType, Ref, SchemaType, Type, UnionType

_MOST = 20
"""How many names of types are followed, one to the next."""


def typed_property(source: Typed, name: str) -> tuple[Symbol | None, Sources]:
    """The field that a name stands for in a value of a type, and where its value comes from."""
    for found in _resolved(source):
        match found.type:
            case ObjectType(fields=fields) if name in fields:
                symbol, place = _field(found, name)
                return symbol, (Typed(found.module, fields[name].type, place),)
            case MapType(value=value):
                return None, (_inner(found, value, "additionalProperties"),)
            case _:
                continue
    return None, ()


def _field(found: Typed, name: str) -> tuple[Symbol | None, Place | None]:
    """The field of a name, and where its type is written."""
    if found.place is not None and found.place.span is not None:
        declared = python_field(found.module, found.place, name)
        return Symbol("field", name, declared) if declared else None, None
    place = _child(found, ("fields", name)) or _child(found, ("properties", name))
    return Symbol("field", name, place.key()) if place else None, place


def typed_item(source: Typed) -> Sources:
    """Where the items of a list of a declared type come from."""
    return tuple(
        _inner(found, found.type.item, "items")
        for found in _resolved(source)
        if isinstance(found.type, ListType)
    )


def _inner(found: Typed, type_: Type, key: str) -> Typed:
    return Typed(found.module, type_, _child(found, (key,)))


def _resolved(source: Typed) -> list[Typed]:
    """The alternatives of a type behind its names, each with where it is written."""
    pending, found = [source], list[Typed]()
    for _ in range(_MOST):
        if not pending:
            break
        step = pending.pop(0)
        match step.type:
            case Ref() as ref:
                pending.append(Typed(step.module, ref.resolve(), _declared(step.module, ref)))
            case SchemaType(base=base):
                pending.append(Typed(step.module, base, step.place))
            case UnionType(members=members):
                pending += [Typed(step.module, member, step.place) for member in members]
            case _:
                found.append(step)
    return found


def _declared(module: Module, ref: Ref) -> Place | None:
    """Where a named type is declared, in Python too."""
    return place_of(ref) or python_name(module, ref.file, ref.name)


def place_of(ref: Ref) -> Place | None:
    """Where a named type is declared in a document."""
    file, mark, pointer = ref.file.partition("#")
    if mark:
        return Place(tuple(pointer.split("/")[1:]), file=file)
    return None if file.endswith(".py") else Place(("types", ref.name), file=file)


def _child(found: Typed, path: Path) -> Place | None:
    """The place of a part of a type, if it is written where the type is."""
    place, module = found.place, found.module
    if place is None or place.span is not None:
        return None
    owner = module if place.file == module.file else module.project.module(place.file)
    inside = (*place.path, *path)
    holder = owner.document.get(inside[:-1]) if owner else None
    if not isinstance(holder, Mapping) or inside[-1] not in holder.fields:
        return None
    return Place(inside, file=place.file)

"""Where the named types are declared that what the cursor is on has."""

from collections.abc import Iterator

from flow_core.expr.ast import Literal
from flow_core.expr.inspection import around, inspect
from flow_core.ide.cursor import Cursor
from flow_core.ide.definition import Targets, located
from flow_core.ide.expected import expected
from flow_core.ide.names.fields import place_of
from flow_core.ide.names.python import python_name
from flow_core.ide.occurrences import Found, found_at
from flow_core.ide.symbol import Symbol
from flow_core.model.pipeline import Group
from flow_core.module import Module
from flow_core.places import Path, Span
from flow_core.types.kinds import (
    ListType,
    MapType,
    ObjectType,
    Ref,
    SchemaType,
    Type,
    UnionType,
)


def type_definition(cursor: Cursor) -> Targets | None:
    """The named types of the value, step or port at the cursor; None where it has none.

    Of a list they are those of its items, of an object without a name those of its fields.
    """
    found = found_at(cursor)
    origin = found.span if found else Span(cursor.offset, cursor.offset)
    type_ = _in_expression(cursor) or _declared(cursor, found) or _wanted(cursor)
    symbols = (_symbol(cursor.module, ref) for ref in _named(type_)) if type_ else ()
    places = (located(cursor.module, symbol) for symbol in symbols)
    known = tuple(dict.fromkeys(place for place in places if place))
    return Targets(origin, known) if known else None


def _in_expression(cursor: Cursor) -> Type | None:
    """The type of the part of an expression at the cursor."""
    inside, scope = cursor.inside, cursor.scope
    if inside is None or scope is None:
        return None
    tree = inside.expression.tree
    seen = inspect(tree, scope)
    nodes = (node for node in around(tree, inside.offset) if not isinstance(node, Literal))
    known = (seen[key] for node in nodes if (key := (node.start, node.end)) in seen)
    return next((each.type for each in known), None)


def _wanted(cursor: Cursor) -> Type | None:
    field = expected(cursor.module, cursor.path)
    return field.type if field else None


def _declared(cursor: Cursor, found: Found | None) -> Type | None:
    """The type of what a name stands for that is no part of an expression."""
    module = cursor.module
    for symbol in found.symbols if found else ():
        if symbol.kind == "step" and (step := module.steps.get(symbol.name)):
            return module.typing.outputs(step.step)
        if symbol.place.file == module.file:
            return _of_place(module, symbol.place.path)
    return None


def _of_place(module: Module, path: Path) -> Type | None:
    match path:
        case ("types", str(name)):
            return module.type_names.own(name)
        case ("inputs", str(name)):
            ports = module.pipeline.inputs
        case ("outputs", str(name)):
            ports = module.signature.outputs
        case ("components", str(component), "inputs", str(name)):
            signature = module.library.components.get(component)
            ports = signature.inputs if signature else {}
        case ("components", str(component), "outputs", str(name)):
            signature = module.library.components.get(component)
            ports = signature.outputs if signature else {}
        case (*call, "outputs", str(name)):
            return _of_group(module, tuple(call), name)
        case _:
            return None
    return ports[name].type if name in ports else None


def _of_group(module: Module, path: Path, name: str) -> Type | None:
    info = module.calls.get(path)
    found = module.typing.activation(path) if info and isinstance(info.call, Group) else None
    known = isinstance(found, ObjectType) and name in found.fields
    return found.fields[name].type if isinstance(found, ObjectType) and known else None


def _named(type_: Type) -> Iterator[Ref]:
    """The names in a type."""
    match type_:
        case Ref():
            yield type_
        case ListType(item=inner) | MapType(value=inner) | SchemaType(base=inner):
            yield from _named(inner)
        case UnionType(members=members):
            for member in members:
                yield from _named(member)
        case ObjectType(fields=fields):
            for field in fields.values():
                yield from _named(field.type)
        case _:
            return


def _symbol(module: Module, ref: Ref) -> Symbol:
    place = place_of(ref)
    return Symbol(
        "type", ref.name, place.key() if place else python_name(module, ref.file, ref.name)
    )

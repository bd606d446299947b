"""Values: what may stand behind a key or in a list, by the place's shape and its meaning."""

from collections.abc import Iterator

from flow_core.fields import fields, texts
from flow_core.ide.completion.components import components
from flow_core.ide.completion.computed import computed
from flow_core.ide.completion.errors import errors
from flow_core.ide.completion.item import Offer
from flow_core.ide.completion.keys import keys
from flow_core.ide.completion.literals import literals
from flow_core.ide.completion.names import names
from flow_core.ide.completion.neighbours import Neighbours
from flow_core.ide.completion.paths import functions, imports, paths
from flow_core.ide.completion.scenarios import values_in_scenario
from flow_core.ide.completion.spot import Spot
from flow_core.ide.completion.steps import listed
from flow_core.ide.completion.types import types
from flow_core.ide.completion.words import words
from flow_core.ide.expected import expected
from flow_core.language.shapes import Data, ListOf, MapOf, Record, Shape, TypeShape, Value
from flow_core.types import alternatives
from flow_core.types.formats import FORMATS
from flow_core.types.kinds import ListType, ObjectType

Offered = Iterator[tuple[Spot, Offer]]


def offers(spot: Spot, neighbours: Neighbours) -> Offered:
    """All that may stand at a spot."""
    if spot.role == "key":
        yield from ((spot, offer) for offer in (*keys(spot), *names(spot)))
    else:
        yield from _values(spot, neighbours)
        yield from _lists(spot, neighbours)
        yield from _mappings(spot)


def _values(spot: Spot, neighbours: Neighbours) -> Offered:
    """What may stand there as it is."""
    yield from ((spot, offer) for offer in words(spot))
    yield from ((spot, offer) for offer in _named(spot, neighbours))
    level = spot.level
    if level.is_type:
        yield from types(spot)
    if level.computes:
        yield from ((spot, offer) for offer in computed(spot))
    if any(map(_is_literal, level.shapes)):
        wanted = expected(spot.module, spot.path)
        if wanted is not None:
            yield from ((spot, offer) for offer in literals(wanted, spot.typed))


def _is_literal(shape: Shape) -> bool:
    """Whether data makes sense in a place; a condition is no constant."""
    return isinstance(shape, Data) or (isinstance(shape, Value) and shape.gives != "boolean")


def _named(spot: Spot, neighbours: Neighbours) -> Iterator[Offer]:
    """What has a name somewhere else."""
    present = texts(spot.module.document.get(spot.path[:-1])) or ()
    others = tuple(name for name in present if name != spot.typed)
    owner = spot.level.owner
    match owner.name if owner else "", spot.path:
        case "uses", _:
            yield from components(spot, neighbours)
        case "imports", (_, str()):
            yield from imports(spot, neighbours())
        case "depends_on", (*_, int()):
            yield from listed(spot, others)
        case "errors", (*_, int()):
            yield from errors(spot, others)
        case (("flow" | "pipeline"), (*_, str())):
            yield from paths(spot, neighbours())
        case "python", _:
            yield from functions(neighbours())
        case "required", (*around, _, int()):
            declared = fields(fields(spot.module.document.get(tuple(around))).get("properties"))
            yield from (Offer(n, "field", n) for n in declared if n not in others)
        case "format", _:
            yield from (Offer(name, "word", name) for name in sorted(FORMATS))
        case "$ref", _:
            yield from paths(spot, (), (".json", ".yaml"))
        case _:
            yield from values_in_scenario(spot, others)


def _mappings(spot: Spot) -> Offered:
    """The keys of a mapping that may start there."""
    level = spot.level
    if any(isinstance(shape, Record | MapOf | TypeShape) for shape in level.shapes):
        inner = spot.as_mapping()
        yield from ((inner, offer) for offer in (*keys(inner), *names(inner)))
    elif spot.alone and _is_object(spot):
        inner = spot.as_mapping()
        yield from ((inner, offer) for offer in names(inner))


def _is_object(spot: Spot) -> bool:
    wanted = expected(spot.module, spot.path)
    kinds = alternatives(wanted.type) if wanted else ()
    return any(isinstance(each, ObjectType) for each in kinds)


def _lists(spot: Spot, neighbours: Neighbours) -> Offered:
    """The first item of a list that may start there."""
    for shape in spot.level.shapes:
        if isinstance(shape, ListOf):
            yield from offers(spot.as_list(of_mappings=_holds_mappings(spot)), neighbours)
            return
    wanted = expected(spot.module, spot.path) if spot.level.computes and spot.alone else None
    if wanted and any(isinstance(each, ListType) for each in alternatives(wanted.type)):
        yield from offers(spot.as_list(of_mappings=False), neighbours)


def _holds_mappings(spot: Spot) -> bool:
    return any(isinstance(shape, Record) for shape in spot.level.item.shapes)

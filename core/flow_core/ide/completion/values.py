"""Values: what may stand behind a key or in a list, by the place's shape and its meaning."""

from collections.abc import Iterator

from msgspec.structs import replace

from flow_core.fields import texts
from flow_core.ide.completion.computed import computed
from flow_core.ide.completion.item import Offer
from flow_core.ide.completion.keys import keys
from flow_core.ide.completion.literals import literals
from flow_core.ide.completion.named import named
from flow_core.ide.completion.names import names
from flow_core.ide.completion.neighbours import Neighbours
from flow_core.ide.completion.spot import Spot
from flow_core.ide.completion.types import types
from flow_core.ide.completion.words import words
from flow_core.ide.expected import expected
from flow_core.language.shapes import Data, ListOf, MapOf, Record, Shape, TypeShape, Value
from flow_core.types import alternatives
from flow_core.types.kinds import ListType, ObjectType

Offered = Iterator[tuple[Spot, Offer]]


def offers(spot: Spot, neighbours: Neighbours) -> Offered:
    """All that may stand at a spot."""
    if spot.role == "key":
        yield from ((spot, offer) for offer in (*keys(spot), *names(spot, neighbours)))
    else:
        yield from _values(spot, neighbours)
        yield from _lists(spot, neighbours)
        yield from _mappings(spot, neighbours)


def _values(spot: Spot, neighbours: Neighbours) -> Offered:
    """What may stand there as it is."""
    present = texts(spot.module.document.get(spot.path[:-1])) or ()
    for offer in words(spot):
        if offer.label == spot.typed or offer.label not in present:
            yield spot, offer
    yield from ((spot, offer) for offer in named(spot, neighbours))
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


def _mappings(spot: Spot, neighbours: Neighbours) -> Offered:
    """The keys of a mapping that may start there; what may be a list too says which it is."""
    inner = spot.as_mapping()
    is_list = any(isinstance(shape, ListOf) for shape in spot.level.shapes)
    is_marked = is_list and not _holds_mappings(spot)
    if _may_be_mapping(spot):
        for offer in (*keys(inner), *names(inner, neighbours)):
            if is_marked:
                yield inner, _marked(offer, f"{offer.label}: …")
            else:  # where a value is computed, that is likelier
                yield inner, replace(offer, rank=offer.rank + 4 * spot.level.computes)
    elif spot.alone and _is_object(spot):
        yield from ((inner, offer) for offer in names(inner, neighbours))


def _may_be_mapping(spot: Spot) -> bool:
    return any(isinstance(shape, Record | MapOf | TypeShape) for shape in spot.level.shapes)


def _marked(offer: Offer, label: str, later: int = 1) -> Offer:
    """The less likely of two offers of one name, which tells by its label what it is."""
    found, rank = offer.filter or offer.label, offer.rank + later
    return replace(offer, label=label, rank=rank, filter=found, source=offer.label)


def _is_object(spot: Spot) -> bool:
    wanted = expected(spot.module, spot.path)
    kinds = alternatives(wanted.type) if wanted else ()
    return any(isinstance(each, ObjectType) for each in kinds)


def _lists(spot: Spot, neighbours: Neighbours) -> Offered:
    """The first item of a list that may start there."""
    for shape in spot.level.shapes:
        if isinstance(shape, ListOf):
            of_mappings = _holds_mappings(spot)
            is_marked = of_mappings and _may_be_mapping(spot)
            for inner, offer in offers(spot.as_list(of_mappings=of_mappings), neighbours):
                yield inner, _marked(offer, f"- {offer.label}", 4) if is_marked else offer
            return
    wanted = expected(spot.module, spot.path) if spot.level.computes and spot.alone else None
    if wanted and any(isinstance(each, ListType) for each in alternatives(wanted.type)):
        yield from offers(spot.as_list(of_mappings=False), neighbours)


def _holds_mappings(spot: Spot) -> bool:
    return any(isinstance(shape, Record) for shape in spot.level.item.shapes)

"""Looking up the language: the root of each kind of file, and the keys that stand at a path."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from flow_core.language.pipeline_keys import PIPELINE
from flow_core.language.scenario_keys import SCENARIOS
from flow_core.language.settings_keys import SETTINGS
from flow_core.language.shapes import Key, ListOf, MapOf, Named, OneOf, Record, Shape, TypeShape
from flow_core.language.step_keys import BRANCH, COMPENSATION, HANDLER, STEP
from flow_core.language.type_keys import TYPE_KEYS
from flow_core.places import Path

FileKind: TypeAlias = Literal["pipeline", "scenario", "settings"]
"""A library is a pipeline without steps, so it has the same root."""

FILES: dict[FileKind, Record] = {"pipeline": PIPELINE, "scenario": SCENARIOS, "settings": SETTINGS}
RECORDS: dict[str, Record] = {r.name: r for r in (STEP, BRANCH, HANDLER, COMPENSATION)}
"""The records that contain themselves, by the name that `Named` gives."""

RESERVED = ("cache", "resources", "rate", "triggers")
"""Words that a later version of the language may give a meaning."""


def resolve(shape: Shape) -> Shape:
    """The shape itself, or the record that it names."""
    return RECORDS[shape.name] if isinstance(shape, Named) else shape


def key_at(path: Path, kind: FileKind = "pipeline") -> Key | None:
    """The key of the language that a path leads to; None for names of the user's own.

    >>> key_at(("steps", "charge", "retry", "delay")).default
    '0s'
    >>> key_at(("steps", "charge")) is None
    True
    """
    if not path or not isinstance(path[-1], str):
        return None
    return next((key for key in keys_for(path[:-1], kind) if key.name == path[-1]), None)


def keys_for(path: Path, kind: FileKind = "pipeline") -> tuple[Key, ...]:
    """The keys that may stand in the mapping at a path; none where names are the user's own."""
    return tuple(key for shape in shapes_at(path, kind) for key in keys_of(shape))


def shapes_at(path: Path, kind: FileKind = "pipeline") -> tuple[Shape, ...]:
    """What may stand at a path, one shape for each form; none where the language knows no place.

    >>> shapes_at(("inputs", "order", "fields", "id"))
    (TypeShape(keys=()),)
    """
    shapes: list[Shape] = [FILES[kind]]
    for step in path:
        shapes = [inner for shape in shapes for inner in below(shape, step)]
    return tuple(shapes)


def keys_of(shape: Shape) -> tuple[Key, ...]:
    """The keys that may stand in a mapping of a shape."""
    match resolve(shape):
        case Record(keys=keys):
            return keys
        case TypeShape(keys=keys):
            own = {key.name for key in keys}
            return (*keys, *(key for key in TYPE_KEYS if key.name not in own))
        case OneOf(variants=variants):
            return tuple(key for variant in variants for key in keys_of(variant))
        case _:
            return ()


def below(shape: Shape, step: str | int) -> Iterator[Shape]:
    """The shapes of what stands under a key or index of a shape."""
    match resolve(shape):
        case ListOf(item=item) if isinstance(step, int):
            yield item
        case MapOf(value=value) if isinstance(step, str):
            yield value
        case OneOf(variants=variants):
            for variant in variants:
                yield from below(variant, step)
        case found:
            yield from (key.shape for key in keys_of(found) if key.name == step)


def records(kind: FileKind) -> tuple[tuple[Record, list[str]], ...]:
    """The records of a kind of file, each with the places where it stands, nearest first.

    >>> {record.name: places for record, places in records("pipeline")}["repeat"]
    ['steps.*.repeat']
    """
    places: dict[str, list[str]] = {}
    found: list[Record] = []
    waiting: list[tuple[Shape, str]] = [(FILES[kind], "")]
    for shape, place in waiting:  # grows while it is walked: breadth first
        match resolve(shape):
            case Record() as record:
                if record.name not in places:
                    found.append(record)
                    waiting += [(key.shape, f"{place}.{key.name}") for key in record.keys]
                places.setdefault(record.name, []).append(place.removeprefix("."))
            case other:
                waiting += _inside(other, place)
    return tuple((record, places[record.name]) for record in found)


def _inside(shape: Shape, place: str) -> list[tuple[Shape, str]]:
    match shape:
        case MapOf(value=value):
            return [(value, f"{place}.*")]
        case ListOf(item=item):
            return [(item, f"{place}[]")]
        case OneOf(variants=variants):
            return [(variant, place) for variant in variants]
        case _:
            return []

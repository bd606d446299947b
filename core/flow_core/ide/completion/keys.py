"""Keys of the language: those that may stand in a mapping and are not there yet."""

from collections.abc import Collection, Iterator

from flow_core.expr.operators import kinds
from flow_core.fields import fields
from flow_core.ide.completion.forms import form
from flow_core.ide.completion.item import Entry, Offer
from flow_core.ide.completion.ports import required
from flow_core.ide.completion.spot import Spot
from flow_core.ide.completion.template import Template
from flow_core.ide.levels import Level
from flow_core.language.roots import OF_RUNS
from flow_core.language.shapes import Choice, Key, Record
from flow_core.language.step_keys import WITH
from flow_core.language.words import key_words
from flow_core.syntax.nodes import data
from flow_core.types import parse_type
from flow_core.types.keywords import OF_KIND

_NEEDS = {"max_parallel": "for_each", "fail_fast": "for_each", "factor": "backoff"}
"""Keys that say nothing without another."""

_KINDS = {"map": "object", "list": "array", "integer": "number", "number": "number"}
_FIRST_OF_TYPES = ("type", "fields", "enum", "default", "description")


def keys(spot: Spot) -> Iterator[Offer]:
    """The keys that may stand at a spot."""
    present = present_names(spot)
    level = _possible(spot.level, present)
    choice = _choice(level)
    for key in level.keys.values():
        if key.name not in present and _goes_with(key.name, present, choice):
            yield _offer(key, _rank(key, spot, present, choice), _value(key, spot))


def _possible(level: Level, present: Collection[str]) -> Level:
    """A level for a mapping that begins with some names: without the records that it can't become.

    What its marker has yet to tell may be any.
    """
    shapes = [
        shape
        for shape in level.shapes
        if not (isinstance(shape, Record) and shape.marker)
        or all(name in shape.index for name in present)
    ]
    return Level(shapes, level.key, level.owner)


def present_names(spot: Spot) -> tuple[str, ...]:
    """The names in the mapping of a spot, but for the one that is being typed there."""
    names = fields(spot.module.document.get(spot.path))
    typed = spot.cursor.path if spot.cursor.part == "key" else ()
    return tuple(name for name in names if (*spot.path, name) != typed)


def _choice(level: Level) -> Choice | None:
    records = (shape for shape in level.shapes if isinstance(shape, Record))
    return next((record.choice for record in records if record.choice), None)


def _goes_with(name: str, present: Collection[str], choice: Choice | None) -> bool:
    """Whether a key does not exclude what is there."""
    if choice is None:
        return True
    heads = {head for head in choice.heads if head in present}
    heads |= {head for other, head in choice.companions.items() if other in present}
    if name in choice.companions:
        return choice.companions[name] in heads
    return name not in choice.heads or not heads or heads == {name}


def _value(key: Key, spot: Spot) -> Template:
    """What a key starts out with: the arguments of a call with those that it must give."""
    signature = spot.module.called(spot.path) if key is WITH else None
    return (required(spot.module, spot.path, signature) if signature else None) or form(key)


def _offer(key: Key, rank: int, value: Template) -> Offer:
    return Offer(
        key.name,
        "key",
        Entry(key.name, value),
        detail=key_words(key),
        rank=rank,
        deprecated=bool(key.deprecated),
    )


def _rank(key: Key, spot: Spot, present: Collection[str], choice: Choice | None) -> int:
    """How early a key is offered: what has to be there, what is chosen among, the rest."""
    name = key.name
    if key.required or (name == "name" and not spot.path):
        return 0
    if choice is not None and (name in choice.heads or name in choice.companions):
        return 1
    if _NEEDS.get(name, name) not in (*present, name) or name.startswith("$"):
        return 7
    if name in _NEEDS:
        return 2
    if not spot.path:
        return _rank_at_root(name, present)
    return _rank_in_type(name, spot) if spot.level.is_type else 4


def _rank_at_root(name: str, present: Collection[str]) -> int:
    if name == "steps":
        return 1
    is_library = "steps" not in present and bool({"components", "types"}.intersection(present))
    return 6 if is_library and name in OF_RUNS else 4


def _rank_in_type(name: str, spot: Spot) -> int:
    """The keywords that suit what the type says already."""
    node = spot.module.document.get(spot.path)
    type_, _ = parse_type(data(node), spot.module.type_names.find)
    found = {_KINDS.get(kind, kind) for kind in kinds(type_)}
    owner = next((kind for kind, words in OF_KIND.items() if name in words), "")
    if name in _FIRST_OF_TYPES:
        return 3
    return 4 if not owner else 3 if owner in found else 6

"""Values that the language itself lists: words, booleans, constants, strings by their format."""

from collections.abc import Iterator

import msgspec

from flow_core.ide.completion.item import Offer
from flow_core.ide.completion.spot import Spot
from flow_core.ide.completion.times import crons, datetimes, durations, time_zones
from flow_core.language.shapes import Boolean, Constant, Format, Key, Shape, Text, Words


def words(spot: Spot) -> Iterator[Offer]:
    """What the language says of the value at a spot."""
    level = spot.level
    for shape in level.shapes:
        yield from _of_shape(shape, level.owner, spot)
    if level.key is not None and level.key.nullable and level.key.name in _defaulted(spot):
        yield Offer("null", "word", None, "removes that of `defaults`", rank=8)


def _defaulted(spot: Spot) -> set[str]:
    defaults = spot.module.pipeline.defaults
    known = {"timeout": defaults.timeout, "retry": defaults.retry}
    return {name for name, value in known.items() if value is not None}


def _of_shape(shape: Shape, key: Key | None, spot: Spot) -> Iterator[Offer]:
    match shape:
        case Words(words=known):
            for word in known:
                yield Offer(word, "word", word, _default(word, key), rank=2)
        case Boolean():
            for flag in (True, False):
                yield Offer(_shown(flag), "word", flag, _default(flag, key), rank=2)
        case Constant(value=value):
            yield Offer(_shown(value), "word", value, rank=2)
        case Text(format=spelled):
            yield from _of_format(spelled, spot)
        case _:
            return


def _shown(value: bool | int) -> str:  # noqa: FBT001 -- a value of the language
    return str(value).lower()


def _default(value: object, key: Key | None) -> str:
    return "default" if key is not None and key.default == value else ""


def _of_format(spelled: Format, spot: Spot) -> Iterator[Offer]:
    match spelled:
        case "duration":
            yield from durations(spot.typed)
        case "cron":
            yield from crons()
        case "timezone":
            yield from time_zones()
        case "datetime":
            yield from datetimes()
        case "version" if not spot.typed:
            yield from (Offer(text, "value", text, rank=4) for text in ("1.0.0", "0.1.0"))
        case "comparison":
            yield from _comparisons(spot)
        case _:
            return


def _comparisons(spot: Spot) -> Iterator[Offer]:
    """Durations, and bounds of them."""
    if spot.path[-1:] != ("elapsed",):
        return
    sign = next((each for each in ("<=", ">=", "<", ">") if spot.typed.startswith(each)), "<")
    for offer in durations(spot.typed.lstrip("<>= ")):
        text = f"{sign} {offer.label}"
        yield msgspec.structs.replace(offer, label=text, write=text)

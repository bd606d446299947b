"""Names that people gave, where they are keys: ports, channels, steps, properties of values."""

from collections.abc import Iterator

from flow_core.ide.completion.item import Entry, Offer
from flow_core.ide.completion.keys import present_names
from flow_core.ide.completion.literals import skeleton
from flow_core.ide.completion.neighbours import Neighbours
from flow_core.ide.completion.paths import whole_imports
from flow_core.ide.completion.ports import inputs_of_call, inputs_of_run, returns
from flow_core.ide.completion.scenarios import names_in_scenario
from flow_core.ide.completion.spot import Spot
from flow_core.ide.completion.steps import awaited
from flow_core.ide.completion.template import EXPRESSION, Stop
from flow_core.ide.completion.undeclared import undeclared
from flow_core.ide.completion.visible import fields_of
from flow_core.ide.expected import expected
from flow_core.types import show

_HEADERS = ("Accept", "Authorization", "Content-Type", "Idempotency-Key", "User-Agent")


def names(spot: Spot, neighbours: Neighbours) -> Iterator[Offer]:
    """The names that may stand at the spot of a key."""
    present = present_names(spot)
    yield from _declared(spot, present)
    yield from _to_declare(spot, present, neighbours)
    if spot.module.is_scenario:
        yield from names_in_scenario(spot, present)
    yield from _properties(spot, present)


def _declared(spot: Spot, present: tuple[str, ...]) -> Iterator[Offer]:
    """What a section of the file, or of another one, declares."""
    module, path = spot.module, spot.path
    key = spot.level.key.name if spot.level.key and not module.is_scenario else ""
    match key, path:
        case "with", (*call, _):
            yield from inputs_of_call(module, tuple(call), present)
        case "returns", (*call, _):
            yield from returns(module, tuple(call), present)
        case "set", _:
            yield from _channels(spot, present)
        case "depends_on", _:
            yield from awaited(spot, present)
        case "inputs", ("schedule", int(), _):
            yield from inputs_of_run(module, present)
        case "headers", _:
            for name in _HEADERS:
                yield Offer(name, "word", Entry(name, Stop()), rank=4)
        case _:
            return


def _to_declare(spot: Spot, present: tuple[str, ...], neighbours: Neighbours) -> Iterator[Offer]:
    """What the file could, or should, declare in one of its sections."""
    match spot.path:
        case ("imports",):
            yield from whole_imports(spot, neighbours())
        case (("inputs" | "state") as section,) if not spot.module.is_scenario:
            yield from undeclared(spot.module, section, present)
        case _:
            return


def _channels(spot: Spot, present: tuple[str, ...]) -> Iterator[Offer]:
    for name, channel in spot.module.pipeline.state.items():
        if name not in present:
            value = [Stop(quoted="data")] if channel.reduce == "append" else EXPRESSION
            detail = f"{show(channel.type)}, {channel.reduce}"
            yield Offer(name, "field", Entry(name, value), detail, rank=3)


def _properties(spot: Spot, present: tuple[str, ...]) -> Iterator[Offer]:
    """The properties of a value whose type is known."""
    wanted = expected(spot.module, spot.path) if spot.path else None
    for name, field in fields_of(wanted.type) if wanted else ():
        if name not in present:
            rank = 2 if field.required else 4
            detail = show(field.type) + (", required" if field.required else "")
            yield Offer(name, "field", Entry(name, skeleton(field.type, name)), detail, rank)

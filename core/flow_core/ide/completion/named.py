"""Values that name something which is declared elsewhere: by the key that they stand under."""

from collections.abc import Iterator, Sequence

from flow_core.fields import fields, texts
from flow_core.ide.completion.components import components
from flow_core.ide.completion.errors import errors
from flow_core.ide.completion.item import Offer
from flow_core.ide.completion.neighbours import Neighbours
from flow_core.ide.completion.paths import functions, imports, paths, pipelines
from flow_core.ide.completion.scenarios import values_in_scenario
from flow_core.ide.completion.spot import Spot
from flow_core.ide.completion.steps import listed
from flow_core.ide.completion.suppressions import codes
from flow_core.ide.completion.undeclared import undeclared_secrets
from flow_core.suppress import KEY
from flow_core.types.formats import FORMATS


def named(spot: Spot, neighbours: Neighbours) -> Iterator[Offer]:
    """What has a name somewhere else and may stand at a spot."""
    present = texts(spot.module.document.get(spot.path[:-1])) or ()
    others = tuple(name for name in present if name != spot.typed)
    if spot.path[-2:-1] == (KEY,):
        yield from codes()
    elif spot.path and isinstance(spot.path[-1], int):
        yield from _item(spot, others)
    else:
        yield from _alone(spot, neighbours)
    yield from values_in_scenario(spot, others)


def _item(spot: Spot, others: Sequence[str]) -> Iterator[Offer]:
    """An item of a list."""
    match spot.level.owner.name if spot.level.owner else "":
        case "depends_on":
            yield from listed(spot, others)
        case "errors":
            yield from errors(spot, others)
        case "secrets":
            yield from undeclared_secrets(spot.module, others)
        case "required":
            schema = spot.module.document.get(spot.path[:-2])
            names = fields(fields(schema).get("properties"))
            yield from (Offer(name, "field", name) for name in names if name not in others)
        case _:
            return


def _alone(spot: Spot, neighbours: Neighbours) -> Iterator[Offer]:
    """The value of a key or name."""
    match spot.level.owner.name if spot.level.owner else "":
        case "uses":
            yield from components(spot, neighbours)
        case "imports":
            yield from imports(spot, neighbours())
        case "flow" | "pipeline":
            yield from pipelines(spot, neighbours())
        case "python":
            yield from functions(spot, neighbours())
        case "format":
            yield from (Offer(name, "word", name) for name in sorted(FORMATS))
        case "$ref":
            own = (f"#/types/{name}" for name in spot.module.type_names.all_own())
            yield from (Offer(name, "type", name, rank=3) for name in own)
            yield from paths(spot, (".json", ".yaml"))
        case _:
            return

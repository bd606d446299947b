"""Steps to wait for: by name in a list, with what must have become of them in a map."""

from collections.abc import Collection, Iterator

from flow_core.document_page import call_text
from flow_core.ide.completion.item import Entry, Offer
from flow_core.ide.completion.spot import Spot
from flow_core.ide.completion.template import Stop
from flow_core.ide.completion.visible import step_around, steps_seen, waiting_for
from flow_core.language.step_keys import STATUSES


def awaited(spot: Spot, present: Collection[str]) -> Iterator[Offer]:
    """The steps as keys of a map."""
    for name, detail, rank in _steps(spot, present):
        yield Offer(name, "step", Entry(name, Stop(choices=STATUSES)), detail, rank)


def listed(spot: Spot, present: Collection[str]) -> Iterator[Offer]:
    """The steps as items of a list."""
    for name, detail, rank in _steps(spot, present):
        yield Offer(name, "step", name, detail, rank)


def _steps(spot: Spot, present: Collection[str]) -> Iterator[tuple[str, str, int]]:
    """The steps that may be waited for, but for those that would close a cycle."""
    step = step_around(spot.cursor, spot.path)
    if step is None:
        return
    infos = spot.module.graph.infos
    after = waiting_for(spot.module.graph, step.name)
    for name in steps_seen(spot.cursor, step.path, step.name):
        if name not in present and name not in after:
            detail = call_text(infos[name].step.call).replace("`", "") if name in infos else ""
            yield name, detail, 3

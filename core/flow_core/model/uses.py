"""Where a file names its steps: in `depends_on`, and in expressions."""

from collections.abc import Iterator

import msgspec

from flow_core.expr.references import Reference
from flow_core.fields import text
from flow_core.model.check_value import value_references
from flow_core.model.pipeline import SETTLED, Status, Step
from flow_core.model.sites import Site
from flow_core.places import Place
from flow_core.syntax import Document
from flow_core.syntax.nodes import Sequence

_SUCCEEDED: tuple[Status, ...] = ("succeeded",)
_GUARDED: tuple[Status, ...] = ("succeeded", "skipped")


class Use(msgspec.Struct, frozen=True):
    """One mention of step ``target`` in step ``step`` (``""``: in an output of the pipeline).

    ``statuses`` are those that it asks for; ``place`` is the entry or the whole reference, ``name``
    the target's name alone. ``explicit`` tells an entry of `depends_on` from a reference.
    """

    step: str
    target: str
    statuses: tuple[Status, ...]
    place: Place
    name: Place
    explicit: bool = False


def explicit_uses(step: Step, document: Document) -> Iterator[Use]:
    """The entries of a step's `depends_on`."""
    if not step.depends_on:
        return
    path = (*step.path, "depends_on")
    node = document.get(path)
    items = map(text, node.values) if isinstance(node, Sequence) else ()
    listed = {target: Place((*path, index)) for index, target in enumerate(items)}
    for target, statuses in step.depends_on.items():
        place = listed.get(target) or Place((*path, target), "key")
        yield Use(step.name, target, statuses, place, place, explicit=True)


def implied_uses(site: Site) -> Iterator[Use]:
    """The references to steps in a site, with the conditions that they imply."""
    for reference, place in value_references(site.value, site.path):
        match reference.path:
            case ("steps", step, "outputs", *_):
                statuses = _GUARDED if reference.guarded else _SUCCEEDED
            case ("steps", step, *_):
                statuses = SETTLED
            case _:
                continue
        yield Use(site.context.step, step, statuses, place, _name(reference, place))


def _name(reference: Reference, place: Place) -> Place:
    """The range of the second name of a reference."""
    segment = reference.segments[1]
    start = place.start - reference.start
    return msgspec.structs.replace(place, start=start + segment.start, end=start + segment.end)

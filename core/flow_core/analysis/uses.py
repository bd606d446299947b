"""Where a file names its steps: in `depends_on`, and in expressions."""

from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace

from flow_core.analysis.check_value import value_references
from flow_core.expr.references import NamePath, Reference
from flow_core.fields import text
from flow_core.model.pipeline import SETTLED, Status, Step
from flow_core.model.sites import Site
from flow_core.places import Place
from flow_core.syntax import Document
from flow_core.syntax.nodes import Sequence

_SUCCEEDED: tuple[Status, ...] = ("succeeded",)
_GUARDED: tuple[Status, ...] = ("succeeded", "skipped")


class Mention(msgspec.Struct, frozen=True):
    """A reference in a site, to whatever it is; ``place`` is all of it."""

    site: Site
    reference: Reference
    place: Place

    @property
    def path(self) -> NamePath:
        """What it refers to."""
        return self.reference.path

    def name(self, index: int) -> Place:
        """Where one of its names stands."""
        segment = self.reference.segments[index]
        start = self.place.start - self.reference.start
        return replace(self.place, start=start + segment.start, end=start + segment.end)


def mentions(sites: Iterable[Site]) -> Iterator[Mention]:
    """The references in all sites."""
    for site in sites:
        for reference, place in value_references(site.value, site.path):
            yield Mention(site, reference, place)


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
    """The entries of a step's `depends_on`; a condition that can't be read asks for nothing."""
    if not step.depends_on:
        return
    path = (*step.path, "depends_on")
    node = document.get(path)
    items = map(text, node.values) if isinstance(node, Sequence) else ()
    listed = {target: Place((*path, index)) for index, target in enumerate(items)}
    for target, statuses in step.depends_on.items():
        place = listed.get(target) or Place((*path, target), "key")
        known = statuses or SETTLED
        yield Use(step.name, target, known, place, place, explicit=bool(statuses))


def implied_uses(found: Iterable[Mention]) -> Iterator[Use]:
    """The references to steps, with the conditions that they imply."""
    for mention in found:
        match mention.path:
            case ("steps", step, "outputs", *_):
                statuses = _GUARDED if mention.reference.guarded else _SUCCEEDED
            case ("steps", step, *_):
                statuses = SETTLED
            case _:
                continue
        name = mention.name(1)
        yield Use(mention.site.context.step, step, statuses, mention.place, name)

"""The concurrency limits of a file and of the pipelines that it calls."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from flow_core.model.pipeline import Constant
from flow_core.places import Path, Place

if TYPE_CHECKING:
    from flow_core.module import Module


class Limit(msgspec.Struct, frozen=True):
    """A limit of a group whose name is written out. ``place`` has a file if it is another one's."""

    group: str
    limit: int
    place: Place


def own_limits(module: "Module", file: str = "") -> Iterator[Limit]:
    """The limits that a file writes, in its order; ``file`` is what their places say."""
    for info in module.steps.values():
        concurrency = info.step.concurrency
        match concurrency.group if concurrency else None:
            case Constant(data=str() as group) if concurrency:
                place = Place((*info.step.path, "concurrency", "limit"), file=file)
                yield Limit(group, concurrency.limit, place)
            case _:
                continue


def limits_below(module: "Module") -> Iterator[tuple[Path, Limit]]:
    """The limits of all pipelines below, each once, with the path of the call that leads there."""
    seen = {module.file}
    for path, inner in _called(module):
        pending = [inner]
        while pending:
            found = pending.pop()
            if found.file not in seen:
                seen.add(found.file)
                yield from ((path, limit) for limit in own_limits(found, found.file))
                pending += [deeper for _, deeper in _called(found)]


def _called(module: "Module") -> Iterator[tuple[Path, "Module"]]:
    """The pipelines that a file calls."""
    for path in module.calls:
        resolution = module.resolved(path)
        signature = resolution.signature
        if resolution.module is not None and signature and signature.kind == "pipeline":
            yield path, resolution.module

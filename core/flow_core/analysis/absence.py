"""Why a value may be null: the reason in words, and where it lies."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from flow_core.expr.references import NamePath, path_of, references
from flow_core.model.pipeline import SETTLED, Expression, Skip, Status, Step, Switch, Value
from flow_core.places import Place
from flow_core.types import Type, admits_null, member, show
from flow_core.types.kinds import AnyType

if TYPE_CHECKING:
    from flow_core.model.sites import Context
    from flow_core.module import Module

_OUTPUT = 4
"""The length of the path ``steps.x.outputs.y``."""


class Absence(msgspec.Struct, frozen=True):
    """Why something may be null; ``place`` is where that is decided, None if nowhere in a file."""

    reason: str
    place: Place | None = None


def why_null(module: "Module", context: "Context", path: NamePath) -> Absence | None:
    """Why a path may be null where it is read; None if its type simply says so."""
    match path:
        case ("steps", str(name), "outputs", *_) if name in module.graph.infos:
            return _of_step(module, context, name, path)
        case ("inputs", str(name)) if name in module.pipeline.inputs:
            port = module.pipeline.inputs[name]
            return Absence(f"input `{name}` is declared as `{show(port.type)}`", port.place)
        case ("inputs", str(name), *inside) if name in module.pipeline.inputs:
            return _inside(path, module.pipeline.inputs[name].type, inside)
        case ("state", str(name), *_) if name in module.pipeline.state:
            reason = f"channel `{name}` has no `default`, so it is null before the first write"
            return Absence(reason, Place(("state", name), "key"))
        case ("previous", *_):
            return Absence("`previous` is null in the first iteration")
        case ("run", "scheduled_at"):
            return Absence("only a scheduled run has a `run.scheduled_at`")
        case ("run", "error", *_):
            return Absence("a run that succeeded has no error")
        case _:
            return None


def why_value_null(module: "Module", context: "Context", value: Value | None) -> Absence | None:
    """Why an expression may be null, as far as one of the paths in it tells."""
    if not isinstance(value, Expression):
        return None
    paths = [path_of(value.tree), *(use.path for use in references(value.tree) if not use.guarded)]
    found = (why_null(module, context, path) for path in paths if path)
    return next((absence for absence in found if absence), None)


def _of_step(module: "Module", context: "Context", name: str, path: NamePath) -> Absence | None:
    """Why an output of a step may be null: its port may be, or the step need not have succeeded."""
    statuses = module.typing.statuses(context, name)
    if statuses == ("succeeded",):
        return _of_port(module, name, path)
    edge = module.graph.edges.get(context.step, {}).get(name)
    if edge is not None and edge.explicit:
        others = _either(tuple(status for status in statuses if status != "succeeded"))
        reason = f"`depends_on` lets this step run where `{name}` has {others}"
        return Absence(reason, edge.places[0])
    if statuses == SETTLED:
        return Absence(f"`finally` runs also where step `{name}` did not succeed")
    return why_skipped(module, name)


def _inside(path: NamePath, type_: Type, names: Sequence[str]) -> Absence | None:
    """Why a property may be null: its own declaration, or that it may be left out, says so."""
    for name in names:
        found = member(type_, name)
        if found is None:
            return None
        type_ = found
    if isinstance(type_, AnyType) or not admits_null(type_):
        return None
    return Absence(f"`{'.'.join(path)}` is declared as `{show(type_)}`")


def _of_port(module: "Module", name: str, path: NamePath) -> Absence | None:
    signature = module.called(module.graph.infos[name].step.path)
    port = signature.outputs.get(path[3]) if signature and len(path) >= _OUTPUT else None
    if port is not None and len(path) > _OUTPUT:
        return _inside(path, port.type, path[_OUTPUT:])
    if port is None or isinstance(port.type, AnyType) or not admits_null(port.type):
        return None
    return Absence(f"step `{name}` gives `{port.name}` as `{show(port.type)}`", port.place)


def why_skipped(module: "Module", name: str) -> Absence | None:
    """Why a step may be skipped in a run that does not fail: for its own sake, or with another."""
    chain = [name]
    while True:
        step = module.graph.infos[chain[-1]].step
        own = next(_own_reasons(module, step), None)
        if own is not None:
            subject = f"step `{name}` may be skipped"
            through = f", as `{step.name}` may be," if step.name != name else ""
            return Absence(f"{subject}{through} {own.reason}", own.place)
        waits_for = _skipping_with(module, step.name)
        if waits_for is None or waits_for in chain:
            return None
        chain.append(waits_for)


def _own_reasons(module: "Module", step: Step) -> Iterator[Absence]:
    """What in a step's own keys may skip it."""
    if module.outcomes.has_condition(step):
        yield Absence("because of its `when`", Place((*step.path, "when")))
    for index, handler in enumerate(step.catch):
        if isinstance(handler.call, Skip):
            place = Place((*step.path, "catch", index, "skip"), "entry")
            yield Absence("because a handler skips it", place)
    if isinstance(step.call, Switch) and not module.outcomes.is_total(step.call):
        place = Place((*step.path, "switch"), "key")
        yield Absence("because no branch of its `switch` may give anything", place)


def _skipping_with(module: "Module", name: str) -> str | None:
    """A dependency whose skipping skips a step."""
    edges = module.graph.edges[name]
    for target in module.graph.siblings[name]:
        if module.outcomes.may_skip(target) and "skipped" not in edges[target].statuses:
            return target
    return None


def _either(statuses: tuple[Status, ...]) -> str:
    *most, last = statuses
    words = {"failed": "failed", "skipped": "been skipped", "cancelled": "been cancelled"}
    shown = [words.get(status, status) for status in (*most, last)]
    return " or ".join(shown)

"""What runs leave behind: effects that nothing undoes, and gates that hold nothing."""

from collections.abc import Iterable, Iterator

from flow_core.analysis.resolve import resolve_import
from flow_core.components.signature import Signature
from flow_core.model.pipeline import Uses
from flow_core.model.walk import CallInfo, walk_calls
from flow_core.plan.find import without_indices
from flow_core.plan.plan import Leaf
from flow_core.simulate.run import Run
from flow_testing.sweeps.evidence import Evidence, Flaw, succeeded_effects
from flow_testing.sweeps.spots import Spot

_GATES = frozenset({"std.assert", "std.fail"})


def left_behind(evidence: Evidence) -> Iterator[Flaw]:
    """FL824: the run failed, and what was done beside the failure stays done."""
    if not evidence.compensates:
        return
    for world, case, run in evidence.failed():
        fault = case.plan.faults[-1] if case.plan.faults else None
        if fault is None or "!" in fault.path:
            continue
        for spot in _done(evidence, run):
            if _is_lost(evidence, run, spot, fault.path):
                message = f"`{spot.path}` is done and not undone in a run that fails since {fault}"
                other = without_indices(fault.path)
                help_ = f"let it wait for `{other}` (`depends_on`), or give it a `compensate`"
                yield Flaw("FL824", spot.place, message, help_, world, case)


def _done(evidence: Evidence, run: Run, *, handlers: bool = False) -> Iterator[Spot]:
    """The steps that did something in a run and that nothing undoes; ``handlers`` too."""
    for path in succeeded_effects(run, handlers=handlers):
        spot = evidence.spots.get(path)
        if spot and spot.has_effect and not spot.final and not _is_undone(evidence, path):
            yield spot


def _is_undone(evidence: Evidence, path: str) -> bool:
    """Whether the step at a path, or one around it, has a compensation."""
    parts = path.split("/")
    around = ("/".join(parts[: depth + 1]) for depth in range(len(parts)))
    return any(f"{each}!compensate" in evidence.spots for each in around)


def _is_lost(evidence: Evidence, run: Run, spot: Spot, culprit: str) -> bool:
    """Whether an effect was let through beside a failure, at the end or amid a transaction."""
    order = evidence.order
    if order.is_between(spot.path, culprit):
        return False
    if not _is_awaited(evidence, spot.path):
        return True
    registered = {without_indices(n.path) for n in run.notes if n.what == "registered"}
    amid = any(order.is_after(spot.path, each) for each in registered)
    return amid and _is_undone(evidence, without_indices(culprit))


def _is_awaited(evidence: Evidence, path: str) -> bool:
    """Whether some step waits for another."""
    return any(evidence.order.is_after(other, path) for other in evidence.steps)


# What would undo a step is not called for it


def not_undone(evidence: Evidence) -> Iterator[Flaw]:
    """FL823: a component that takes back what a step gives, and that nothing calls for it."""
    for world, case, run in evidence.failed():
        for spot in _done(evidence, run, handlers=True):
            name = next(_undoers(evidence, spot), None)
            if name and not _undoes_another(evidence, name, spot.path):
                message = (
                    f"`{spot.path}` stays done in a run that fails: `{name}` takes back what it "
                    "gives, and nothing calls that"
                )
                help_ = f"add `compensate: {{uses: {name}, with: …}}`"
                yield Flaw("FL823", spot.place, message, help_, world, case)


def _undoers(evidence: Evidence, spot: Spot) -> Iterator[str]:
    """The components beside a step's own that give nothing and take what the step gives.

    Those that some step calls do something else than undo.
    """
    module = evidence.module.project.module(spot.file)
    if module is None:
        return
    called = {_target(info) for info in walk_calls(module.pipeline) if _does(info)}
    for leaf in spot.leaves:
        alias, dot, _ = leaf.target.name.rpartition(".")
        beside = resolve_import(module, alias).components if dot else module.library.components
        for name, signature in (beside or {}).items():
            full = alias + dot + name
            if full not in called and not signature.outputs and _takes_back(leaf, signature):
                yield full


def _does(info: CallInfo) -> bool:
    return info.role in ("step", "branch")


def _target(info: CallInfo) -> str:
    return info.call.target if isinstance(info.call, Uses) else ""


def _takes_back(leaf: Leaf, undo: Signature) -> bool:
    """Whether the inputs of a component are outputs of a call, and some of its inputs."""
    required = [name for name, port in undo.inputs.items() if port.required]
    given = any(name in leaf.outputs for name in required)
    return given and all(name in leaf.outputs or name in leaf.inputs for name in required)


def _undoes_another(evidence: Evidence, undo: str, path: str) -> bool:
    """Whether a component undoes a step that comes before, of which this one is a continuation."""
    return any(
        spot.role == "compensate"
        and any(leaf.target.name == undo for leaf in spot.leaves)
        and evidence.order.is_after(path, other)
        for other, spot in evidence.spots.items()
    )


# Gates


def gates_that_hold_nothing(evidence: Evidence) -> Iterator[Flaw]:
    """FL829: a step that may stop the run, or only waits, and nothing waits for it."""
    for path in evidence.steps:
        spot = evidence.spots[path]
        if spot.final or _is_awaited(evidence, path):
            continue
        if any(leaf.waits == "timer" for leaf in spot.leaves) and len(evidence.steps) > 1:
            message = f"nothing waits for `{path}`, which does nothing but wait"
            yield Flaw("FL829", spot.place, message, "let what is to come later depend on it")
        elif any(leaf.waits or leaf.target.name in _GATES for leaf in spot.leaves):
            yield from _passed(evidence, spot)


def _passed(evidence: Evidence, gate: Spot) -> Iterator[Flaw]:
    """A run that a gate failed, and in which something was done that does not come before it."""
    for world, case, run in evidence.failed():
        if run.error is None or without_indices(run.error.step) != gate.path:
            continue
        for spot in _after_others(evidence, succeeded_effects(run)):
            if not evidence.order.is_between(spot.path, gate.path):
                message = (
                    f"nothing waits for `{gate.path}`: `{spot.path}` is done in a run that it fails"
                )
                help_ = f"let `{spot.path}` depend on `{gate.path}`"
                yield Flaw("FL829", gate.place, message, help_, world, case)


def _after_others(evidence: Evidence, paths: Iterable[str]) -> Iterator[Spot]:
    """Those of some effects that come after other steps, so that they are more than sources."""
    for path in paths:
        spot = evidence.spots.get(path)
        if spot and spot.has_effect and not spot.final and evidence.order.above(path):
            yield spot

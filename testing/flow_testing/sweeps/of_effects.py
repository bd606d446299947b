"""What runs leave behind: effects that are undone, by what undoes them, and gates that hold."""

from collections.abc import Iterable, Iterator

from flow_core.analysis.resolve import resolve_import
from flow_core.components.signature import Signature
from flow_core.diagnostics import Json
from flow_core.model.pipeline import Uses
from flow_core.model.walk import CallInfo, walk_calls
from flow_core.plan.find import without_indices
from flow_core.plan.plan import Leaf
from flow_core.simulate.fault_sweep import Case
from flow_core.simulate.run import Run
from flow_testing.sweeps.evidence import Evidence, Flaw, succeeded_effects
from flow_testing.sweeps.spots import Spot
from flow_testing.sweeps.worlds import World

_GATES = ("std.assert", "std.fail")


def left_behind(evidence: Evidence) -> Iterator[Flaw]:
    """FL824: the run failed, and what was done beside the failure stays done."""
    if not evidence.compensates:
        return
    for world, case, run in evidence.runs():
        if run.status != "failed" or not case.plan.faults:
            continue
        culprit = case.plan.faults[-1].path
        if "!" in culprit:
            continue
        for path in succeeded_effects(run):
            if _stays(evidence, run, path, culprit):
                yield _beside(evidence, path, culprit, world, case)


def _stays(evidence: Evidence, run: Run, path: str, culprit: str) -> bool:
    """Whether an effect that can't be undone was let through beside a failure."""
    spot, order = evidence.spots.get(path), evidence.order
    if spot is None or spot.final or not _is_effect(spot) or _is_undone(evidence, path):
        return False
    if order.is_between(path, culprit):
        return False
    is_last = not any(order.is_after(other, path) for other in _beside_of(evidence, path))
    return is_last or _amid_a_transaction(evidence, run, path, culprit)


def _is_effect(spot: Spot) -> bool:
    return any(leaf.target.effect and not leaf.waits for leaf in spot.leaves)


def _is_undone(evidence: Evidence, path: str) -> bool:
    """Whether the step at a path, or one around it, has a compensation."""
    parts = path.split("/")
    around = ("/".join(parts[: depth + 1]) for depth in range(len(parts)))
    return any(f"{each}!compensate" in evidence.spots for each in around)


def _beside_of(evidence: Evidence, path: str) -> Iterable[str]:
    return (each for each in evidence.spots if "!" not in each)


def _amid_a_transaction(evidence: Evidence, run: Run, path: str, culprit: str) -> bool:
    """Whether something that is undone came before, and the failed step is undone otherwise."""
    registered = {without_indices(n.path) for n in run.notes if n.what == "registered"}
    after = any(evidence.order.is_after(path, each) for each in registered)
    return after and _is_undone(evidence, without_indices(culprit))


def _beside(evidence: Evidence, path: str, culprit: str, world: World, case: Case) -> Flaw:
    fault = case.plan.faults[-1]
    message = f"`{path}` is done and not undone in a run that fails since {fault}"
    other = without_indices(culprit)
    help_ = f"let it wait for `{other}` (`depends_on`), or give it a `compensate`"
    return Flaw("FL824", evidence.spots[path].place, message, help_, world, case)


# What undoes a step is not called for it


def not_undone(evidence: Evidence) -> Iterator[Flaw]:
    """FL823: a component that takes back what a step gives, and that nothing calls for it."""
    for world, case, run in evidence.runs():
        if run.status != "failed":
            continue
        for path in succeeded_effects(run):
            spot = evidence.spots.get(path)
            if spot is None or spot.final or _is_undone(evidence, path):
                continue
            name = next(_undoers(evidence, spot), None)
            if name and not _undoes_another(evidence, name, path):
                message = (
                    f"`{path}` stays done in a run that fails: `{name}` takes back what it gives, "
                    "and nothing calls that"
                )
                help_ = f"add `compensate: {{uses: {name}, with: …}}`"
                yield Flaw("FL823", spot.place, message, help_, world, case)


def _undoes_another(evidence: Evidence, undo: str, path: str) -> bool:
    """Whether a component undoes a step that comes before, of which this one is a continuation."""
    return any(
        spot.role == "compensate"
        and any(leaf.target.name == undo for leaf in spot.leaves)
        and evidence.order.is_after(path, other)
        for other, spot in evidence.spots.items()
    )


def _does(info: CallInfo) -> bool:
    return isinstance(info.call, Uses) and info.role in ("step", "branch")


def _undoers(evidence: Evidence, spot: Spot) -> Iterator[str]:
    """The components beside a step's own that give nothing and take what the step gives.

    Those that some step calls do something else than undo.
    """
    module = evidence.module.project.module(spot.file)
    if module is None:
        return
    called = {info.call.target for info in walk_calls(module.pipeline) if _does(info)}
    for leaf in spot.leaves:
        alias, dot, _ = leaf.target.name.rpartition(".")
        beside = resolve_import(module, alias).components if dot else module.library.components
        for name, signature in (beside or {}).items():
            full = alias + dot + name
            if full not in called and not signature.outputs and _takes_back(leaf, signature):
                yield full


def _takes_back(leaf: Leaf, undo: Signature) -> bool:
    """Whether the inputs of a component are outputs of a call, and some of its inputs."""
    required = [name for name, port in undo.inputs.items() if port.required]
    given = [name for name in required if name in leaf.outputs]
    return bool(given) and all(name in leaf.outputs or name in leaf.inputs for name in required)


# What undoes a step is called with something else


def undone_wrongly(evidence: Evidence) -> Iterator[Flaw]:
    """FL825: a compensation is given another value than what the step gave under that name."""
    for world, case, _ in evidence.runs():
        gave: dict[str, list[dict[str, Json]]] = {}
        took: dict[str, list[dict[str, Json]]] = {}
        for call in case.calls:
            if call.outputs is not None:
                gave.setdefault(call.start.path, []).append(call.outputs)
                took.setdefault(call.start.path, []).append(call.start.inputs)
        for path, inputs in _undoing(case):
            undone = path.removesuffix("!compensate")
            if undone not in gave:
                continue
            name = _other_value(inputs, gave[undone], took[undone])
            if name:
                spot = evidence.spot(path)
                source = "outputs" if any(name in each for each in gave[undone]) else "own inputs"
                message = f"`{name}` of this compensation is another value than that of the {source} of `{undone}`"
                help_ = (
                    f"write `${{{{ outputs.{name} }}}}`"
                    if source == "outputs"
                    else "pass what the step was given"
                )
                if spot:
                    yield Flaw("FL825", spot.place, message, help_, world, case)


def _undoing(case: Case) -> Iterator[tuple[str, dict[str, Json]]]:
    """The compensations of a run that were called, or that would be if it failed later."""
    for call in case.calls:
        if call.start.path.endswith("!compensate"):
            yield call.start.path, call.start.inputs
    for kept in case.run.kernel.root.registrations if case.run else ():
        yield kept.path, kept.inputs


def _other_value(
    given: dict[str, Json], outputs: list[dict[str, Json]], inputs: list[dict[str, Json]]
) -> str:
    """The name of an argument that is none of the values that the step had under that name."""
    for name, value in given.items():
        known = [each[name] for each in outputs if name in each]
        known = known or [each[name] for each in inputs if name in each]
        if known and value not in known:
            return name
    return ""


# Gates


def gates_that_hold_nothing(evidence: Evidence) -> Iterator[Flaw]:
    """FL829: a step that may stop the run, or only waits, and nothing waits for it."""
    for path, spot in evidence.spots.items():
        names = {leaf.target.name for leaf in spot.leaves}
        if "!" in path or spot.final or _has_dependents(evidence, path):
            continue
        if any(leaf.waits == "timer" for leaf in spot.leaves) and len(evidence.spots) > 1:
            message = f"nothing waits for `{path}`, which does nothing but wait"
            yield Flaw("FL829", spot.place, message, "let what is to come later depend on it")
        elif names & {*_GATES} or any(leaf.waits == "signal" for leaf in spot.leaves):
            yield from _passed(evidence, path, spot)


def _has_dependents(evidence: Evidence, path: str) -> bool:
    return any(evidence.order.is_after(other, path) for other in evidence.spots if "!" not in other)


def _passed(evidence: Evidence, gate: str, spot: Spot) -> Iterator[Flaw]:
    """A run that a gate failed, and in which something was done that does not come before it."""
    for world, case, run in evidence.runs():
        error = run.error
        if error is None or without_indices(error.step) != gate:
            continue
        for path in succeeded_effects(run):
            done = evidence.spots.get(path)
            if (
                done
                and _is_effect(done)
                and not done.final
                and not evidence.order.is_between(path, gate)
                and _waits_for_something(evidence, path)
            ):
                message = f"nothing waits for `{gate}`: `{path}` is done in a run that it fails"
                help_ = f"let `{path}` depend on `{gate}`"
                yield Flaw("FL829", spot.place, message, help_, world, case)
                return


def _waits_for_something(evidence: Evidence, path: str) -> bool:
    """Whether a step comes after others, so that it is more than a source of data."""
    return bool(evidence.order.above(path))

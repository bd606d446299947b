"""Give a step what it lacks to be robust: retry, timeout, catch, compensate, a description."""

from collections.abc import Callable, Iterator

from flow_core.analysis.in_force import WAITING
from flow_core.analysis.raises import NEVER_RETRIED
from flow_core.analysis.resolve import PATHS
from flow_core.components.signature import Estimate, Signature
from flow_core.diagnostics import Json, Patch
from flow_core.durations import show_duration
from flow_core.fields import fields
from flow_core.ide.actions.action import Action
from flow_core.ide.actions.request import Request, patched, sentence
from flow_core.model.pipeline import Step, Uses
from flow_core.model.walk import StepInfo, step_calls
from flow_core.module import Module
from flow_core.types import Type, deref, fits, member
from flow_core.types.example import example
from flow_core.types.kinds import ANY

_SHORTEST = 30_000_000
_AMPLE = 3
"""How many times as long as usual an attempt may take."""

_UNDOING = ("refund", "release", "cancel", "undo", "revert", "reverse", "put_back", "delete")


def actions(request: Request) -> Iterator[Action]:
    """One for each of these keys that the step lacks whose name, or one of whose keys, is here."""
    info, path = request.step, request.path
    if info is None or path not in (info.step.path, (*info.step.path, *path[-1:])):
        return
    written = fields(request.module.document.get(info.step.path))
    for key, value_of in _VALUES.items():
        value = value_of(request.module, info) if key not in written else None
        if value is not None:
            edits = patched(request.module, Patch("insert", (*info.step.path, key), value))
            yield Action(f"Add `{key}` to `{info.step.name}`", "refactor.rewrite", edits)


def _called(module: Module, step: Step) -> Signature | None:
    return module.called(step.path) if isinstance(step.call, Uses) else None


def _errors(module: Module, step: Step) -> list[Json]:
    """The errors of what a step calls that somebody may do something about."""
    called = _called(module, step)
    names = called.errors if called else ()
    return [name for name in names if name not in (*NEVER_RETRIED, "unexpected")]


def _retry(module: Module, info: StepInfo) -> Json:
    step = info.step
    called = _called(module, step)
    if step.call is None or (called is not None and not _may_be_retried(called)):
        return None
    errors = _errors(module, step)
    if "timeout" in module.raises.attempt(step) and errors and "timeout" not in errors:
        errors.insert(0, "timeout")
    retry: dict[str, Json] = {"max_attempts": 3, "delay": "1s", "backoff": "exponential"}
    return {**retry, "errors": errors} if errors else retry


def _may_be_retried(called: Signature) -> bool:
    """Whether another attempt may go otherwise: of what has an effect and does not just wait."""
    waits = called.kind == "std" and f"std.{called.name}" in WAITING
    return called.effect and not waits


def _timeout(module: Module, info: StepInfo) -> Json:
    """Longer than it takes for certain and usually, and enough for all bounds inside.

    None where a bound around the step would forestall it.
    """
    step = info.step
    if step.call is None:
        return None
    usual = max((each.p95 or each.p50 or 0 for each in _estimates(module, step)), default=0)
    known = module.worst_case.attempt(step.call, step.path, step).duration
    timeout = max(_SHORTEST, _AMPLE * usual, 2 * int(known.least), int(known.most))
    return (
        None if any(bound < timeout for bound in _bounds(module, info)) else show_duration(timeout)
    )


def _bounds(module: Module, info: StepInfo) -> Iterator[int]:
    """The timeouts of the groups around a step, and the budget of what is not in `finally`."""
    for parent in module.graph.parents(info.step.name):
        timeout = module.steps[parent].step.timeout
        if timeout is not None:
            yield timeout
    budget = module.pipeline.budget.duration
    if budget is not None and info.section != "finally":
        yield budget


def _estimates(module: Module, step: Step) -> Iterator[Estimate]:
    """The step's own estimate, and those of what it calls."""
    if step.estimate is not None:
        yield step.estimate
    for info in step_calls(step):
        called = module.called(info.path) if info.role in ("step", "branch") else None
        if called is not None and called.estimate is not None:
            yield called.estimate


def _catch(module: Module, info: StepInfo) -> Json:
    """A handler of its errors, with outputs that others can go on with."""
    step = info.step
    if step.call is None:
        return None
    wanted = module.typing.recovered(step)
    named = _errors(module, step)
    errors = [name for name in named if name not in (module.pipeline.errors or ())]
    if named and not errors:
        return None  # the pipeline says that these are for its callers
    handler: dict[str, Json] = {"errors": errors} if errors else {}
    return [{**handler, "value": {} if wanted == ANY else example(wanted)}]


def _compensate(module: Module, info: StepInfo) -> Json:
    """What seems to undo the call, with what it has given; else a note that nothing does."""
    step = info.step
    if info.section == "finally" or step.call is None:
        return None
    outputs = module.typing.activation(step.path)
    undoing = next(_undoing(module, step, outputs), None)
    if undoing is None:
        return {"uses": "std.log", "with": {"message": f"undo {step.name}"}}
    target, names = undoing
    return {"uses": target, "with": {name: f"${{{{ outputs.{name} }}}}" for name in names}}


def _undoing(module: Module, step: Step, outputs: Type) -> Iterator[tuple[str, list[str]]]:
    """The components beside the one that is called that take what it gives, the likely first."""
    target = step.call.target if isinstance(step.call, Uses) else ""
    alias = target.rpartition(".")[0]
    if not target or alias == "std" or target.startswith(PATHS):
        return
    beside = (module.imported(alias).components if alias else module.library.components) or {}
    for name in sorted(beside, key=lambda name: not name.startswith(_UNDOING)):
        needed = [port for port in beside[name].inputs.values() if port.required]
        if (
            needed
            and name != target.rpartition(".")[2]
            and all(_gives(outputs, port.name, port.type) for port in needed)
        ):
            yield f"{alias}.{name}" if alias else name, [port.name for port in needed]


def _gives(outputs: Type, name: str, wanted: Type) -> bool:
    found = member(deref(outputs), name)
    return found is not None and deref(found) != ANY and fits(found, wanted).verdict == "yes"


def _description(module: Module, info: StepInfo) -> Json:
    called = _called(module, info.step)
    told = called.description.strip().partition("\n")[0] if called else ""
    return told or sentence(info.step.name)


_VALUES: dict[str, Callable[[Module, StepInfo], Json]] = {
    "retry": _retry,
    "timeout": _timeout,
    "catch": _catch,
    "compensate": _compensate,
    "description": _description,
}

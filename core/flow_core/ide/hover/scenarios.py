"""Hover in scenario files: what mocks stand in for, and what expectations are about."""

from flow_core.analysis.raises import BUILT_IN
from flow_core.analysis.tested import ComponentTarget, StepTarget, Target
from flow_core.document_page import call_text
from flow_core.durations import show_duration
from flow_core.fields import text
from flow_core.ide.cursor import Cursor
from flow_core.ide.describe import describe_component
from flow_core.ide.hover.errors import describe_error, describe_own_error
from flow_core.ide.hover.found import Found
from flow_core.ide.hover.keys import describe_key_at
from flow_core.ide.hover.steps import describe_step
from flow_core.ide.step_keys import key_at_cursor
from flow_core.markdown import code, paragraphs
from flow_core.model.scenario import Scenario
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.types.show import count


def in_scenario(cursor: Cursor) -> Found | None:
    """What is under the cursor in a scenario file, where that is special to such files."""
    if not cursor.module.is_scenario:
        return None
    if cursor.part == "key":
        return Found(described, Place(cursor.path, "key")) if (described := _key(cursor)) else None
    described = "" if cursor.inner is None else _value(cursor)
    return Found(described, Place(cursor.path)) if described else None


def _key(cursor: Cursor) -> str:
    module = cursor.module
    match cursor.path:
        case ("scenarios", str(name)) if name in module.scenario.scenarios:
            return _scenario(module.scenario.scenarios[name])
        case ("scenarios", str(), "mocks", str()):
            found = _mocked(module, key_at_cursor(cursor))
            return paragraphs("Stands in for:", found) if found else ""
        case ("scenarios", str(), "expect", "steps", str()):
            return _step(module, key_at_cursor(cursor))
        case ("scenarios", str(), "mocks", str(key), *_, "takes"):
            return paragraphs(describe_key_at(cursor), _usual(_target(module, key)))
        case ("scenarios", str(), "secrets", str(name)):
            return f"**{code(name)}**: a secret of this run, in clear"
        case _:
            return ""


def _value(cursor: Cursor) -> str:
    module, found = cursor.module, text(cursor.node)
    match cursor.path:
        case ("pipeline",) if module.tested is not None:
            return describe_component(module.tested.module.signature)
        case ("scenarios", str(), "expect", "ran", int()):
            return _step(module, found)
        case ("scenarios", str(), "expect", "error"):
            return _error(module, found, None)
        case ("scenarios", str(), "mocks", str(key), *_, "fail"):
            return _error(module, found, _target(module, key))
        case ("scenarios", str(), "expect", "steps", str(key), "error"):
            return _error(module, found, _target(module, key))
        case _:
            return ""


def _scenario(scenario: Scenario) -> str:
    """What it is about, in a few words."""
    status = scenario.expect.status
    facts = [count(len(scenario.mocks), "mock"), f"expects {code(status)}" if status else ""]
    return paragraphs(
        f"**{scenario.name}**: a scenario",
        scenario.description,
        ", ".join(fact for fact in facts if fact),
    )


def _target(module: Module, key: str) -> Target | None:
    return module.tested.mocked(key) if module.tested else None


def _mocked(module: Module, key: str) -> str:
    """The step or component that a mock stands in for."""
    match _target(module, key):
        case ComponentTarget(signature=signature):
            return describe_component(signature, key)
        case StepTarget(module=inner, step=step, call=call) if call != step.path:
            return _handler(inner, call, key)
        case StepTarget(module=inner, step=step):
            return _of(inner, step.name)
        case _:
            return ""


def _handler(module: Module, call: Path, key: str) -> str:
    """The handler or compensation that a mock stands in for."""
    calls, signature = call_text(module.calls[call].call), module.called(call)
    described = describe_component(signature) if signature else ""
    return paragraphs(f"**{code(key)}**: calls {calls}", described)


def _usual(target: Target | None) -> str:
    """How long a mock takes that does not say so: what the step says, else what it calls."""
    match target:
        case ComponentTarget(signature=signature):
            estimates = [signature.estimate]
        case StepTarget(module=module, step=step, call=call):
            called = module.called(call)
            estimates = [step.estimate, called.estimate if called else None]
        case _:
            return ""
    times = [each.p50 for each in estimates if each is not None and each.p50 is not None]
    return f"* without it, {show_duration(times[0] if times else 0)}"


def _step(module: Module, key: str) -> str:
    found = module.tested.step(key) if module.tested else None
    if not isinstance(found, StepTarget):
        return ""
    return _of(found.module, found.step.name)


def _of(module: Module, step: str) -> str:
    """A step of the pipeline under test, or of one that it calls."""
    return describe_step(module, step, module.graph.dependents[step])


def _error(module: Module, name: str, target: Target | None) -> str:
    """An error of a run, or of the step or component that is meant."""
    match target:
        case ComponentTarget(signature=signature) if name not in BUILT_IN:
            return describe_own_error(signature, name)
        case StepTarget(module=inner, call=call):
            return describe_error(inner, name, call)
        case _:
            return describe_error(module.tested.module, name) if module.tested else ""

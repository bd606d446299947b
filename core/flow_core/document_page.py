"""One pipeline as a Markdown page: its ports, its steps, what can go wrong, and its graph.

The page is a pure function of the module: the same file gives the same bytes.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import PurePath

import msgspec

from flow_core.analysis.in_force import governing
from flow_core.components.signature import Port
from flow_core.durations import show_duration
from flow_core.markdown import table
from flow_core.mermaid import mermaid
from flow_core.model.pipeline import (
    Call,
    Give,
    Group,
    Output,
    Pipeline,
    Retry,
    Skip,
    Step,
    Switch,
    Uses,
)
from flow_core.model.show import show_value
from flow_core.module import Module
from flow_core.types import show


def page(module: Module) -> str:
    """The page of a module's pipeline, or of its components where it has no steps."""
    pipeline = module.pipeline
    parts = [
        f"# {pipeline.name or PurePath(module.file).name}",
        *_heading(pipeline),
        *_section("Inputs", _inputs(pipeline.inputs.values())),
        *_section("Outputs", _outputs(module)),
        *_section("Secrets", _list(pipeline.secrets)),
        *_section("State", _state(pipeline)),
        *_section("Graph", _graph(module)),
        *_section("Steps", _steps(module)),
        *_section("Errors", _errors(module)),
        *_section("Schedule", _schedule(pipeline)),
        *_section("Components", _components(module)),
    ]
    return "\n\n".join(parts) + "\n"


def _heading(pipeline: Pipeline) -> Iterator[str]:
    if pipeline.description:
        yield pipeline.description.strip()
    facts = [f"Version {pipeline.version}"] if pipeline.version else []
    if pipeline.tags:
        facts.append("tags " + ", ".join(f"`{tag}`" for tag in pipeline.tags))
    budget = pipeline.budget
    if budget.duration is not None:
        facts.append(f"at most {show_duration(budget.duration)}")
    if budget.cost is not None:
        facts.append(f"at most {budget.cost:g} in cost")
    if budget.attempts is not None:
        facts.append(f"at most {budget.attempts} attempts")
    if facts:
        yield " · ".join(facts)


def _section(title: str, lines: Iterable[str]) -> list[str]:
    """A section, or nothing where there is nothing to say."""
    found = list(lines)
    return [f"## {title}", "\n".join(found)] if found else []


def _list(names: Iterable[str]) -> Iterator[str]:
    return (f"* `{name}`" for name in names)


def _inputs(ports: Iterable[Port]) -> Iterator[str]:
    rows = ((f"`{p.name}`", f"`{show(p.type)}`", default_text(p), p.description) for p in ports)
    return table(("name", "type", "default", "meaning"), rows)


def default_text(port: Port) -> str:
    """What holds where nothing is given to a port."""
    if port.default is msgspec.UNSET:
        return "required" if port.required else "null"
    return f"`{json.dumps(port.default, ensure_ascii=False)}`"


def _outputs(module: Module) -> Iterator[str]:
    rows = (
        (f"`{name}`", f"`{_output_type(module, output)}`", output.description)
        for name, output in module.pipeline.outputs.items()
    )
    return table(("name", "type", "meaning"), rows)


def _output_type(module: Module, output: Output) -> str:
    if output.type is not None or output.value is None:
        return show(output.type) if output.type is not None else "any"
    return show(module.typing.checked(output.path).result.type)


def _state(pipeline: Pipeline) -> Iterator[str]:
    rows = (
        (f"`{name}`", f"`{show(channel.type)}`", channel.reduce, channel.description)
        for name, channel in pipeline.state.items()
    )
    return table(("name", "type", "reducer", "meaning"), rows)


def _graph(module: Module) -> Iterator[str]:
    if module.steps:
        yield f"```mermaid\n{mermaid(module)}```"


def _steps(module: Module) -> Iterator[str]:
    rows = (
        (
            f"`{name}`",
            call_text(info.step.call),
            "; ".join((*_after(module, info.step), *condition_texts(info.step))),
            "; ".join(_resilience(module, info.step)),
            info.step.description or _called_description(module, info.step),
        )
        for name, info in module.steps.items()
    )
    return table(("step", "calls", "runs", "resilience", "meaning"), rows)


def _called_description(module: Module, step: Step) -> str:
    signature = module.called(step.path)
    return signature.description if signature else ""


def call_text(call: Call | None) -> str:
    """What a step, branch or handler calls."""
    match call:
        case Uses(target=target, range=range_):
            return f"`{target}@{range_}`" if range_ else f"`{target}`"
        case Group(steps=steps):
            return "group of " + ", ".join(f"`{name}`" for name in steps)
        case Switch(branches=branches):
            return "one of " + ", ".join(call_text(branch.call) for branch in branches)
        case Give():
            return "a value"
        case Skip() | None:
            return "nothing"


def _after(module: Module, step: Step) -> Iterator[str]:
    after = [f"`{target}`" for target in module.graph.siblings.get(step.name, ())]
    if after:
        yield "after " + ", ".join(after)


def condition_texts(step: Step) -> Iterator[str]:
    """On which condition a step runs, and how often."""
    if step.when is not None:
        yield f"when `{show_value(step.when)}`"
    if step.for_each is not None:
        yield f"for each of `{show_value(step.for_each)}`"
    if step.repeat is not None and step.repeat.until is not None:
        most = step.repeat.max_iterations
        yield f"until `{show_value(step.repeat.until)}`, at most {most} times"


def _resilience(module: Module, step: Step) -> Iterator[str]:
    force = governing(step, module.called(step.path), module.pipeline.defaults)
    if force.timeout is not None:
        yield f"timeout {show_duration(force.timeout)}"
    if force.retry is not None:
        yield retry_text(force.retry)
    for handler in step.catch:
        caught = ", ".join(handler.errors) if handler.errors is not None else "any error"
        yield f"{caught} → {call_text(handler.call)}"
    if step.compensate is not None:
        yield f"undone by {call_text(step.compensate.call)}"


def retry_text(retry: Retry) -> str:
    """A retry policy in a few words.

    >>> retry_text(Retry(4, 500_000, "exponential"))
    '4 attempts, exponential from 500ms'
    """
    waits = f", {retry.backoff} from {show_duration(retry.delay)}" if retry.delay else ""
    return f"{retry.max_attempts} attempts{waits}"


def _errors(module: Module) -> Iterator[str]:
    rows = (
        (f"`{error}`", ", ".join(f"`{step}`" for step in steps))
        for error, steps in _raised(module).items()
    )
    return table(("error", "raised by"), rows)


def _raised(module: Module) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for step in (*module.pipeline.steps.values(), *module.pipeline.finally_.values()):
        for error in sorted(module.raises.step(step)):
            found.setdefault(error, []).append(step.name)
    declared = {name for call in module.calls for name in _declared(module, call)}
    return {error: found[error] for error in sorted(found) if error in declared}


def _declared(module: Module, path: tuple[str | int, ...]) -> Iterable[str]:
    signature = module.called(path)
    return signature.errors if signature else ()


def _schedule(pipeline: Pipeline) -> Iterator[str]:
    for entry in pipeline.schedule:
        inputs = f" with `{json.dumps(entry.inputs, ensure_ascii=False)}`" if entry.inputs else ""
        yield f"* `{entry.cron}` ({entry.timezone}, overlap: {entry.overlap}){inputs}"


def _components(module: Module) -> Iterator[str]:
    rows = (
        (f"`{name}`", _ports(found.inputs), _ports(found.outputs), found.description)
        for name, found in module.library.components.items()
    )
    return table(("component", "inputs", "outputs", "meaning"), rows)


def _ports(ports: dict[str, Port]) -> str:
    return ", ".join(f"`{name}: {show(port.type)}`" for name, port in ports.items())

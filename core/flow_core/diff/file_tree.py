"""A module as a tree of facts."""

from typing import TYPE_CHECKING

import msgspec

from flow_core.analysis.raises import BUILT_IN
from flow_core.diff import show
from flow_core.diff.canonical import canonical_data, canonical_value
from flow_core.diff.elsewhere import borrowed, called
from flow_core.diff.names import Names
from flow_core.diff.port_tree import PortTrees, names_of
from flow_core.diff.step_tree import StepTrees
from flow_core.diff.tree import Branch, Leaf, Row, Tree, branch, listed, plain, time
from flow_core.fields import fields
from flow_core.model import pipeline as m
from flow_core.model.read_values import read_value
from flow_core.model.show import show_value
from flow_core.syntax.nodes import Value

if TYPE_CHECKING:
    from flow_core.module import Module
    from flow_core.places import Path

_EXECUTOR = ("executor", m.Constant("thread"))
"""What holds where a component of Python does not say it."""


def file_tree(module: "Module", names: Names) -> Branch:
    """All that a file says; steps of groups stand beside the others."""
    trees = StepTrees(module, names)
    return branch({**_head(module, trees), **_sections(module, names, trees)}, module.file, ())


def _head(module: "Module", trees: StepTrees) -> dict[str, Tree | None]:
    pipeline = module.pipeline
    return {
        "name": plain(pipeline.name or None, ("name",)),
        "version": plain(pipeline.version or None, ("version",)),
        "description": plain(pipeline.description or None, ("description",)),
        "tags": listed(pipeline.tags or None, ("tags",)),
        "metadata": trees.metadata(pipeline.metadata, ("metadata",)),
        "max_parallel": plain(pipeline.max_parallel, ("max_parallel",)),
        "budget": _budget(pipeline.budget),
        "defaults": _defaults(pipeline.defaults, trees),
        "schedule": _schedules(pipeline.schedule),
        **trees.extensions(()),
    }


def _sections(module: "Module", names: Names, trees: StepTrees) -> dict[str, Tree | None]:
    pipeline = module.pipeline
    ports = PortTrees(module.file, names)
    types: dict[str, Tree | None] = {
        name: ports.type(found, ("types", name)) for name, found in pipeline.types.items()
    }
    steps: dict[str, Tree | None] = {
        name: trees.step(info.step) for name, info in module.steps.items()
    }
    imports: dict[str, Tree | None] = {
        alias: plain(each.target, ("imports", alias)) for alias, each in pipeline.imports.items()
    }
    return {
        "imports": branch(imports, "", ("imports",)),
        "types": branch(types, "", ("types",)),
        "inputs": ports.ports(pipeline.inputs, ("inputs",)),
        "outputs": _outputs(module, names, ports),
        "errors": names_of(_errors(module), ("errors",)),
        "secrets": names_of(pipeline.secrets, ("secrets",)),
        "state": _state(pipeline, ports),
        "components": _components(module, ports),
        "steps": branch(steps, "", ("steps",)),
        "calls": called(module, names),
        "borrowed": borrowed(module, names),
    }


def _outputs(module: "Module", names: Names, ports: PortTrees) -> Branch:
    found: dict[str, Tree | None] = {}
    known = module.signature.outputs
    for name, output in module.pipeline.outputs.items():
        at: Path = ("outputs", name)
        written = (*at, "type") if output.type is not None else at
        value = canonical_value(output.value, names)
        shown = show.cut(show_value(output.value)) if output.value is not None else ""
        entries: dict[str, Tree | None] = {
            "value": Leaf(value, shown, at, output.value),
            "type": ports.type(known[name].type, written) if name in known else None,
            "description": plain(output.description or None, at),
        }
        found[name] = branch(entries, shown, at, output)
    return branch(found, "", ("outputs",))


def _errors(module: "Module") -> tuple[str, ...]:
    """The errors that the pipeline promises, or else can raise, but for the language's own."""
    if module.pipeline.errors is not None:
        return module.pipeline.errors
    return tuple(name for name in module.raises.pipeline if name not in BUILT_IN)


def _state(pipeline: m.Pipeline, ports: PortTrees) -> Branch:
    found: dict[str, Tree | None] = {}
    for name, channel in pipeline.state.items():
        at: Path = ("state", name)
        unset = channel.default is msgspec.UNSET
        default = (
            None
            if unset
            else Leaf(
                canonical_data(channel.default), show.show_data(channel.default), (*at, "default")
            )
        )
        entries: dict[str, Tree | None] = {
            "type": ports.type(channel.type, at),
            "reduce": plain(channel.reduce, (*at, "reduce")),
            "default": default,
            "description": plain(channel.description or None, (*at, "description")),
        }
        found[name] = branch(entries, show.show_type(channel.type), at)
    return branch(found, "", ("state",))


def _components(module: "Module", ports: PortTrees) -> Branch:
    found: dict[str, Tree | None] = {}
    for name, signature in module.library.components.items():
        at: Path = ("components", name)
        tree = ports.signature(signature, at)
        keys = fields(module.document.get(at))
        entries: dict[str, Tree | None] = {**tree.entries, "run": _run(keys.get("run"), at)}
        found[name] = branch(entries, tree.shown, at, signature)
    return branch(found, "", ("components",))


def _run(node: Value | None, at: "Path") -> Tree | None:
    """What runs a component: data, in which texts may hold expressions over its own inputs."""
    keys = {key: read_value(value, at, []) for key, value in fields(node).items()}
    entries: dict[str, Tree | None] = {
        key: Leaf(canonical_value(value, Names()), show.show_expression(value), (*at, "run", key))
        for key, value in keys.items()
        if value is not None and (key, value) != _EXECUTOR
    }
    shown = ", ".join(f"{key} {entry.shown}" for key, entry in entries.items() if entry)
    return branch(entries, show.cut(shown), (*at, "run")) if entries else None


def _budget(budget: m.Budget) -> Tree | None:
    entries: dict[str, Tree | None] = {
        "duration": time(budget.duration, ("budget", "duration")),
        "cost": plain(budget.cost, ("budget", "cost")),
        "attempts": plain(budget.attempts, ("budget", "attempts")),
    }
    return branch(entries, "", ("budget",))


def _defaults(defaults: m.Defaults, trees: StepTrees) -> Tree:
    entries: dict[str, Tree | None] = {
        "timeout": time(defaults.timeout, ("defaults", "timeout")),
        "retry": trees.retry(defaults.retry, ("defaults", "retry")),
    }
    return branch(entries, "", ("defaults",))


def _schedules(entries: tuple[m.Schedule, ...]) -> Row:
    return Row(
        tuple(_schedule(each, ("schedule", i)) for i, each in enumerate(entries)), ("schedule",)
    )


def _schedule(entry: m.Schedule, at: "Path") -> Branch:
    inputs: dict[str, Tree | None] = {
        name: Leaf(canonical_data(value), show.show_data(value), (*at, "inputs", name))
        for name, value in entry.inputs.items()
    }
    entries: dict[str, Tree | None] = {
        "cron": Leaf(" ".join(entry.cron.split()), entry.cron, (*at, "cron")),
        "timezone": plain(entry.timezone, (*at, "timezone")),
        "overlap": plain(entry.overlap, (*at, "overlap")),
        "inputs": branch(inputs, "", (*at, "inputs")),
    }
    return branch(entries, f"{entry.cron} {entry.timezone}", at)

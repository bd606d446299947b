"""From a module to its picture: every step, the pipelines that it calls, handlers and branches."""

import os
from collections.abc import Iterator, Mapping
from pathlib import PurePath

import msgspec

from flow_core.analysis.cycles import components
from flow_core.analysis.in_force import governing
from flow_core.components.signature import Signature
from flow_core.model.pipeline import Call, Give, Group, Handler, Skip, Step, Switch, Uses
from flow_core.model.show import show_statuses
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.types import show
from flow_visualize import words
from flow_visualize.picture import Edge, EdgeKind, Kind, Mark, Node, Picture, PortText, Role

MOST_EXPANDED = 20_000
"""Boxes; once there are so many, the insides of further sub-pipelines are not drawn."""
MOST_SOURCE = 4_000
"""Characters of a step's text."""


class Scope(msgspec.Struct, frozen=True):
    """Where the reading is: in which file, below which step path, inside of which box."""

    module: Module
    prefix: str = ""
    parent: str = ""
    files: tuple[str, ...] = ()

    def inside(self, box: str, prefix: str) -> "Scope":
        """The same file, one box further in."""
        return msgspec.structs.replace(self, parent=box, prefix=prefix)

    def entering(self, module: Module, box: str, prefix: str) -> "Scope":
        """Another file, whose pipeline is drawn inside of a box."""
        return Scope(module, prefix, box, (*self.files, module.file))


class _Sheet:
    """What is drawn so far."""

    def __init__(self, base: str) -> None:
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []
        self.notes: dict[str, None] = {}
        self.base = base

    def add(self, node: Node) -> None:
        """Draw a box; of two with one name, which the checker reports, the first."""
        self.nodes.setdefault(node.id, node)

    def join(self, source: str, target: str, kind: EdgeKind, label: str = "") -> None:
        """Draw an arrow."""
        self.edges.append(Edge(source, target, kind, label))


def picture_of(module: Module) -> Picture:
    """The picture of a module's pipeline; one with errors is drawn as far as it can be read."""
    sheet = _Sheet(os.path.dirname(module.file))  # noqa: PTH120 - names of files are strings
    _pipeline(sheet, Scope(module, files=(module.file,)))
    pipeline = module.pipeline
    return Picture(
        name=pipeline.name or PurePath(module.file).name,
        nodes=tuple(sheet.nodes.values()),
        edges=tuple(_sound(sheet)),
        description=" ".join(pipeline.description.split()),
        version=pipeline.version,
        inputs=words.port_words(pipeline.inputs.values()),
        outputs=tuple(_outputs(module)),
        notes=tuple(sheet.notes),
    )


def _outputs(module: Module) -> Iterator[PortText]:
    """The outputs of a pipeline, with the types that they have where none is declared."""
    for name, output in module.pipeline.outputs.items():
        found = output.type
        if found is None and output.value is not None:
            found = module.typing.checked(output.path).result.type
        yield PortText(name, words.cut(show(found)) if found is not None else "any")


def _sound(sheet: _Sheet) -> list[Edge]:
    """The arrows between boxes that are there, each once; those of cycles are marked."""
    known = [e for e in sheet.edges if e.source in sheet.nodes and e.target in sheet.nodes]
    graph: dict[str, list[str]] = {name: [] for name in sheet.nodes}
    for edge in known:
        graph[edge.source].append(edge.target)
    rings = {name: index for index, ring in enumerate(components(graph)) for name in ring}
    return [
        msgspec.structs.replace(edge, broken=True)
        if edge.source in rings and rings[edge.source] == rings.get(edge.target)
        else edge
        for edge in dict.fromkeys(known)
    ]


def _pipeline(sheet: _Sheet, scope: Scope) -> None:
    pipeline = scope.module.pipeline
    _steps(sheet, scope, pipeline.steps)
    if pipeline.finally_:
        box = f"{scope.prefix}!finally"
        sheet.add(Node(box, "finally", "finally", "section", scope.parent, cluster=True))
        _steps(sheet, scope.inside(box, scope.prefix), pipeline.finally_)
        _watched(sheet, scope, pipeline.finally_, box)


def _watched(sheet: _Sheet, scope: Scope, steps: Mapping[str, Step], box: str) -> None:
    """Arrows from the steps that `finally` asks about: they condition it and do not order it."""
    for step in steps.values():
        for target, statuses in step.depends_on.items():
            if target not in steps and target in scope.module.pipeline.steps:
                label = f"{step.name}: {show_statuses(statuses) or 'succeeded'}"
                sheet.join(scope.prefix + target, box, "condition", label)


def _steps(sheet: _Sheet, scope: Scope, steps: Mapping[str, Step]) -> None:
    graph = scope.module.graph
    for step in steps.values():
        _step(sheet, scope, step)
        known = scope.module.steps.get(step.name)
        if known is None or known.step is not step:
            continue
        for target in graph.siblings[step.name]:
            edge = graph.edges[step.name][target]
            label = show_statuses(edge.statuses)
            kind: EdgeKind = "condition" if label else "order" if edge.explicit else "data"
            sheet.join(scope.prefix + target, scope.prefix + step.name, kind, label)


def _step(sheet: _Sheet, scope: Scope, step: Step) -> None:
    box = scope.prefix + step.name
    node = _node(sheet, scope, step, box)
    _call(sheet, scope, node, step.call, step.path)
    for index, handler in enumerate(step.catch):
        path = (*step.path, "catch", index)
        _handler(sheet, scope, handler, path, box, f"{box}!catch[{index}]", "catch")
    if step.compensate is not None:
        path = (*step.path, "compensate")
        _handler(sheet, scope, step.compensate, path, box, f"{box}!compensate", "compensate")


def _node(sheet: _Sheet, scope: Scope, step: Step, box: str) -> Node:
    """The box of a step, but for what it calls."""
    force = governing(step, scope.module.called(step.path), scope.module.pipeline.defaults)
    handler = step.compensate
    node = Node(
        id=box,
        name=step.name,
        role="step",
        kind="unknown",
        parent=scope.parent,
        description=" ".join(step.description.split()),
        when=words.value_words(step.when),
        for_each=words.value_words(step.for_each),
        max_parallel=step.max_parallel,
        repeat=words.repeat_words(step.repeat),
        timeout=words.timeout_words(force.timeout),
        retry=words.retry_words(force.retry),
        inherited=force.inherited,
        catch=tuple(words.handler_words(step.catch)),
        compensate=words.call_words(handler.call) if handler else "",
        writes=tuple(step.set),
    )
    return _found_at(sheet, scope, step.path, node)


def _found_at(sheet: _Sheet, scope: Scope, path: Path, node: Node) -> Node:
    """A box with where it stands in its file, and its text there."""
    document = scope.module.document
    span = document.locate(Place(path, "entry"))
    return msgspec.structs.replace(
        node,
        file=os.path.relpath(scope.module.file, sheet.base).replace(os.sep, "/"),
        line=document.lines.line(span.start) + 1,
        source=document.text[span.start : span.end][:MOST_SOURCE],
        at=(span.start, span.end),
    )


def _handler(  # noqa: PLR0913, PLR0917 - what a handler hangs on
    sheet: _Sheet, scope: Scope, handler: Handler, path: Path, of: str, box: str, role: Role
) -> None:
    """A handler or compensation: a box beside the one that it serves."""
    is_catch = role == "catch"
    node = Node(
        id=box,
        name="",
        role=role,
        kind="unknown",
        parent=scope.parent,
        when=words.value_words(handler.when),
        timeout=words.timeout_words(handler.timeout),
        retry=words.retry_words(handler.retry),
    )
    node = _found_at(sheet, scope, path, node)
    _call(sheet, scope, node, handler.call, path)
    label = words.error_words(handler) if is_catch else "undo"
    sheet.join(of, box, "catch" if is_catch else "compensate", label)
    if handler.compensate is not None:
        inner = (*path, "compensate")
        below = f"{box}!compensate"
        _handler(sheet, scope, handler.compensate, inner, box, below, "compensate")


def _call(sheet: _Sheet, scope: Scope, node: Node, call: Call | None, path: Path) -> None:
    """Draw a box with what it calls; its insides, if it has any, below its own step path."""
    change = msgspec.structs.replace
    match call:
        case Uses():
            _uses(sheet, scope, node, call, path)
        case Group(steps=steps):
            name = node.name or "group"
            sheet.add(change(node, name=name, kind="group", cluster=bool(steps)))
            _steps(sheet, scope.inside(node.id, f"{_step_path(node)}/"), steps)
        case Switch():
            name = node.name or "switch"
            sheet.add(change(node, name=name, kind="switch", cluster=True))
            _branches(sheet, scope.inside(node.id, scope.prefix), node, call, path)
        case Give():
            told = words.call_words(call)
            sheet.add(change(node, name=node.name or "value", kind="value", component=told))
        case Skip():
            sheet.add(change(node, name=node.name or "skip", kind="skip"))
        case None:
            mark = Mark("error", "", "nothing is called here")
            sheet.add(change(node, name=node.name or "?", marks=(mark,)))


def _step_path(node: Node) -> str:
    """The path below which runs name what is inside of a box: that of its step or handler."""
    return node.id.partition("!switch[")[0] if node.role == "branch" else node.id


def _branches(sheet: _Sheet, scope: Scope, of: Node, switch: Switch, path: Path) -> None:
    """A diamond, and an arrow to each branch."""
    choice = f"{of.id}!switch"
    sheet.add(Node(choice, "", "choice", "switch", of.id))
    for index, branch in enumerate(switch.branches):
        where = (*path, "switch", index)
        box = f"{choice}[{index}]"
        node = _found_at(sheet, scope, where, Node(box, "", "branch", "unknown", of.id))
        _call(sheet, scope, node, branch.call, where)
        sheet.join(choice, box, "branch", words.branch_words(branch))


def _uses(sheet: _Sheet, scope: Scope, node: Node, call: Uses, path: Path) -> None:
    """A call of a component; a pipeline with its insides, if it is not inside of itself."""
    found = scope.module.resolved(path)
    node = msgspec.structs.replace(
        node,
        name=node.name or _short(call.target),
        component=words.call_words(call),
        arguments={name: words.value_words(value) for name, value in call.arguments.items()},
    )
    if found.signature is None:
        mark = Mark("error", "", found.problem.message if found.problem else "it is not known")
        sheet.add(msgspec.structs.replace(node, marks=(mark,)))
        return
    node = _described(node, found.signature)
    inner = found.module
    if inner is None or inner.file in scope.files or not inner.pipeline.steps:
        sheet.add(node)
    elif len(sheet.nodes) >= MOST_EXPANDED:
        sheet.add(msgspec.structs.replace(node, holds=len(inner.steps)))
        sheet.notes[f"beyond {MOST_EXPANDED:,} boxes sub-pipelines are shown closed"] = None
    else:
        sheet.add(msgspec.structs.replace(node, cluster=True))
        _pipeline(sheet, scope.entering(inner, node.id, f"{_step_path(node)}/"))


def _described(node: Node, signature: Signature) -> Node:
    kind: Kind = signature.kind
    estimate = signature.estimate
    painted = node.painted
    if estimate is not None and estimate.failure_rate:
        painted = msgspec.structs.replace(painted, failure_rate=estimate.failure_rate)
    return msgspec.structs.replace(
        node,
        kind=kind,
        description=node.description or " ".join(signature.description.split()),
        tags=signature.tags,
        inputs=words.port_words(signature.inputs.values()),
        outputs=words.port_words(signature.outputs.values()),
        errors=tuple(signature.errors),
        painted=painted,
    )


def _short(target: str) -> str:
    """The last name of a component's.

    >>> _short("payments.refund"), _short("./flows/pay.flow.yaml")
    ('refund', 'pay')
    """
    if "/" in target:
        return PurePath(target).name.partition(".")[0]
    return target.rpartition(".")[2]

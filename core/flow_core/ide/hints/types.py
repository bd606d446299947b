"""Hints of types that are inferred: of outputs and of the elements of lists."""

from collections.abc import Collection, Iterator

from flow_core.analysis.check_value import mentioned_steps
from flow_core.diagnostics import Edit, Patch
from flow_core.ide.describe import describe_type
from flow_core.ide.hints.hint import Hint, behind, edits_of, is_in
from flow_core.ide.naming import reaches
from flow_core.model.pipeline import Constant, Group, Output, Step
from flow_core.module import Module
from flow_core.places import Path, Span
from flow_core.syntax.nodes import Scalar
from flow_core.types import Type, deref, parse_type, show
from flow_core.types.kinds import ANY, ListType


def step_types(module: Module, step: Step) -> Iterator[Hint]:
    """The hints of one step: of its elements, and of its outputs where it is a group."""
    path = (*step.path, "for_each")
    if path in module.sites and not isinstance(step.for_each, Constant):
        found = deref(module.typing.checked(path).result.type)
        if isinstance(found, ListType) and found.item != ANY:
            label = f"item: {show(found.item)}"
            yield Hint(behind(module, path), label, "types", describe_type(found.item))
    for info in module.calls.values():
        if info.step == step.name and isinstance(info.call, Group):
            for name, output in info.call.outputs.items():
                yield from _output(module, (*info.path, "outputs", name), output)


def output_types(module: Module, span: Span, others: Collection[str]) -> Iterator[Hint]:
    """The hints of the pipeline's outputs in a range.

    ``others`` are steps that the module lacks: what depends on one has no hint.
    """
    for name, output in module.pipeline.outputs.items():
        steps = mentioned_steps(output.value) if output.value is not None else []
        if is_in(module, ("outputs", name), span) and not reaches(module, steps, others):
            yield from _output(module, ("outputs", name), output)


def _output(module: Module, path: Path, output: Output) -> Iterator[Hint]:
    """The type of an output that neither declares nor plainly shows it."""
    value = output.value
    if output.type is not None or value is None or isinstance(value, Constant):
        return
    type_ = module.typing.checked(output.path).result.type
    if type_ != ANY:
        edits = _declared(module, path, output, type_)
        tooltip = describe_type(type_)
        yield Hint(behind(module, output.path), f": {show(type_)}", "types", tooltip, edits)


def _declared(module: Module, path: Path, output: Output, type_: Type) -> tuple[Edit, ...]:
    """The edits that declare the type of an output, where it can be written in a word."""
    text = show(type_)
    read, problems = parse_type(text, module.type_names.find)
    node = module.document.get(output.path)
    if problems or read != type_ or not isinstance(node, Scalar):
        return ()
    if output.path != path:  # `value` has a mapping of its own
        return edits_of(module, [Patch("insert", (*path, "type"), text)])
    return edits_of(module, [Patch("replace", path, {"type": text, "value": node.value})])

"""What there is to know about a step: what it calls, waits for, gives, takes and raises."""

from collections.abc import Iterator, Sequence

from flow_core.analysis.absence import why_skipped
from flow_core.analysis.in_force import governing
from flow_core.analysis.raises import BUILT_IN
from flow_core.document_page import call_text, condition_texts, retry_text
from flow_core.durations import show_duration
from flow_core.markdown import code, paragraphs, table
from flow_core.model.pipeline import Group, Step
from flow_core.model.show import show_statuses
from flow_core.module import Module
from flow_core.types import Type, alternatives, show
from flow_core.types.kinds import ListType, ObjectType

_MOST = 12
"""Steps that are named one by one."""


def describe_step(module: Module, name: str, dependents: Sequence[str]) -> str:
    """A step of a module, and the steps that are known to wait for it."""
    step = module.graph.infos[name].step
    signature = module.called(step.path)
    description = step.description or (signature.description if signature else "")
    return paragraphs(
        f"**{code(name)}**: {_kind(step)}",
        f"**Deprecated:** {signature.deprecated}" if signature and signature.deprecated else "",
        description,
        "\n".join(f"* {fact}" for fact in _facts(module, step, dependents)),
        outputs_table(module.typing.outputs(step)),
    )


def _kind(step: Step) -> str:
    """What sort of step it is, by its call."""
    calls = call_text(step.call)
    return f"a {calls}" if isinstance(step.call, Group) else f"a step that calls {calls}"


def _facts(module: Module, step: Step, dependents: Sequence[str]) -> Iterator[str]:
    """When it runs, for how long, and how it can end."""
    yield from _order(module, step, dependents)
    yield from condition_texts(step)
    yield from _policies(module, step)
    yield from _endings(module, step)


def _order(module: Module, step: Step, dependents: Sequence[str]) -> Iterator[str]:
    """What it waits for, and what waits for it."""
    edges = module.graph.edges[step.name]
    targets = [(each, show_statuses(edges[each].statuses)) for each in edges]
    if targets:
        shown = (code(each) + (f" ({words})" if words else "") for each, words in targets)
        yield f"waits for {', '.join(shown)}"
    if dependents:
        verb = "waits" if len(dependents) == 1 else "wait"
        more = ", …" if len(dependents) > _MOST else ""
        yield f"{', '.join(map(code, dependents[:_MOST]))}{more} {verb} for it"


def _policies(module: Module, step: Step) -> Iterator[str]:
    """What governs its attempts, and how long all of them take."""
    force = governing(step, module.called(step.path), module.pipeline.defaults)
    source = dict.fromkeys(force.inherited, " (from `defaults`)")
    if force.timeout is not None:
        yield f"timeout {show_duration(force.timeout)}{source.get('timeout', '')}"
    if force.retry is not None:
        yield f"{retry_text(force.retry)}{source.get('retry', '')}"
    limit = module.worst_case.step(step).duration.limit
    if limit:
        yield f"takes at most {show_duration(round(limit))}"


def _endings(module: Module, step: Step) -> Iterator[str]:
    """How it can end other than by success."""
    if module.outcomes.may_skip(step.name):
        absence = why_skipped(module, step.name)
        yield absence.reason if absence else "may be skipped"
    raised = module.raises.step(step) if module.outcomes.may_fail(step.name) else frozenset[str]()
    own = [*sorted(raised.difference(BUILT_IN)), *(name for name in BUILT_IN if name in raised)]
    if own:
        yield f"may fail with {', '.join(map(code, own))}"


def outputs_table(type_: Type) -> str:
    """The outputs that a type says a step gives; of a list, those of an element."""
    is_list = isinstance(type_, ListType)
    item = type_.item if isinstance(type_, ListType) else type_
    rows = [
        (code(name), code(show(field.type)))
        for each in alternatives(item)
        if isinstance(each, ObjectType)
        for name, field in each.fields.items()
    ]
    return "\n".join(table(("output of each element" if is_list else "output", "type"), rows))

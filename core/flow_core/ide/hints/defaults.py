"""Hints of what is in force though it is written elsewhere: defaults, and versions."""

from collections.abc import Iterator

from flow_core.analysis.in_force import Governing, governing
from flow_core.components.versions import matches
from flow_core.diagnostics import Patch
from flow_core.document_page import retry_text
from flow_core.durations import show_duration
from flow_core.ide.hints.hint import Hint, behind, edits_of
from flow_core.markdown import code, paragraphs
from flow_core.model.pipeline import Step, Uses
from flow_core.model.walk import CallInfo
from flow_core.module import Module
from flow_core.places import Path
from flow_core.syntax.nodes import data
from flow_core.types.show import count


def step_defaults(module: Module, step: Step) -> Iterator[Hint]:
    """The hints at the calls of one step."""
    for info in module.calls.values():
        if info.step == step.name and isinstance(info.call, Uses):
            yield from _version(module, info.path, info.call)
            yield from _inherited(module, step, info)


def _version(module: Module, path: Path, call: Uses) -> Iterator[Hint]:
    """The version that a call gets of those that it asks for."""
    signature = module.called(path)
    version = signature.version if signature is not None else ""
    if not call.range or version in {"", call.range} or not matches(call.range, version):
        return
    uses = (*path, "uses")
    edits = edits_of(module, [Patch("replace", uses, f"{call.target}@{version}")])
    tooltip = f"{code(call.target)} is version {version}."
    yield Hint(behind(module, uses), f"= {version}", "defaults", tooltip, edits)


def _inherited(module: Module, step: Step, info: CallInfo) -> Iterator[Hint]:
    """What `defaults` give to the attempts of a step's own call, or of one of its branches.

    Of a call that touches nothing, and so would only fail again, nobody wants to know.
    """
    signature = module.called(info.path)
    force = governing(step, signature, module.pipeline.defaults)
    is_own = info.role in {"step", "branch"} and signature is not None and signature.effect
    if not force.inherited or not is_own:
        return
    given = {key: data(module.document.get(("defaults", key))) for key in force.inherited}
    edits = edits_of(module, [Patch("insert", (*step.path, key), given[key]) for key in given])
    label = f"{', '.join(_shown(force))} (defaults)"
    yield Hint(behind(module, (*info.path, "uses")), label, "defaults", _tooltip(force), edits)


def _shown(force: Governing) -> Iterator[str]:
    if "timeout" in force.inherited and force.timeout is not None:
        yield f"timeout: {show_duration(force.timeout)}"
    if "retry" in force.inherited and force.retry is not None:
        yield f"retry: {count(force.retry.max_attempts, 'attempt')}"


def _tooltip(force: Governing) -> str:
    """Where it comes from, the policy in full, and how to be rid of it."""
    retry = force.retry if "retry" in force.inherited else None
    keys = " and ".join(f"`{key}: null`" for key in force.inherited)
    return paragraphs(
        f"From the `defaults` of this file; {keys} would keep them away.",
        retry_text(retry) if retry is not None else "",
    )

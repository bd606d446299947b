"""Hints of what is in force though it is written elsewhere: defaults, and versions."""

from collections.abc import Iterator

from flow_core.analysis.in_force import Governing, governing
from flow_core.components.versions import matches
from flow_core.diagnostics import Json, Patch
from flow_core.document_page import retry_text
from flow_core.durations import show_duration
from flow_core.ide.hints.hint import Hint, behind, edits_of
from flow_core.markdown import code, paragraphs
from flow_core.model.pipeline import Step, Uses
from flow_core.model.walk import CallInfo
from flow_core.module import Module
from flow_core.places import Path
from flow_core.syntax.nodes import data

_TAKEN = "From the `defaults` of this file."


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
    """What `defaults` give to the attempts of a step's own call, or of one of its branches."""
    if info.role not in {"step", "branch"}:
        return
    force = governing(step, module.called(info.path), module.pipeline.defaults)
    offset = behind(module, (*info.path, "uses"))
    for key in force.inherited:
        written: Json = data(module.document.get(("defaults", key)))
        edits = edits_of(module, [Patch("insert", (*step.path, key), written)])
        label = f"{key}: {_shown(key, force)} (defaults)"
        tooltip = paragraphs(_TAKEN, f"`{key}: null` keeps them away.")
        yield Hint(offset, label, "defaults", tooltip, edits)


def _shown(key: str, force: Governing) -> str:
    if key == "timeout" and force.timeout is not None:
        return show_duration(force.timeout)
    return retry_text(force.retry) if force.retry is not None else ""

"""Put steps into a group of their own in the same file."""

from collections.abc import Iterator

from flow_core.diagnostics import Edit, Json
from flow_core.ide.actions.action import Action, RefusedError
from flow_core.ide.actions.border import border_of
from flow_core.ide.actions.draft import edits_between
from flow_core.ide.actions.refusal import refusal
from flow_core.ide.actions.request import Request
from flow_core.ide.actions.rewiring import Rewiring
from flow_core.ide.actions.scenarios import in_scenarios
from flow_core.ide.actions.selection import restored, selected
from flow_core.ide.actions.source import Content, Members
from flow_core.ide.actions.verdict import require_as_right
from flow_core.module import Module
from flow_core.syntax.patch import apply_edits, apply_patches

ID = "extract_group"


def actions(request: Request) -> Iterator[Action]:
    """One for the steps of the range; disabled where a group would mean something else."""
    selection = selected(request)
    if selection is None:
        return
    reason = refusal(border_of(selection))
    title = f"Put {selection.title} into a group"
    yield Action(
        title, "refactor.extract", disabled=reason, id="" if reason else ID, data=selection.data
    )


def changes(module: Module, data: Json) -> Iterator[Edit]:
    """The edits: the group, and what is led to it."""
    selection = restored(module, data)
    border = border_of(selection)
    if reason := refusal(border):
        raise RefusedError(reason)
    rewiring = Rewiring(border, selection.free_name())
    members = Members(module.document, selection.level, selection.names)
    left = apply_patches(module.document, rewiring.deletions())
    group: dict[str, Content] = {**rewiring.left()}
    group["steps"] = members.lines(left, flow=members.flow)
    if rewiring.outputs:
        group["outputs"] = dict(rewiring.values)
    edits = [*rewiring.references(), *rewiring.dependents()]
    edits.append(members.replaced(rewiring.name, group))
    text = apply_edits(module.document.text, edits)
    require_as_right(module, {module.file: text})
    yield from edits_between(module.file, module.document.text, text)
    yield from in_scenarios(selection, rewiring.name, of_file=False)

"""Delete a step, and let what waited for it wait for what it waited for."""

from collections.abc import Iterator

from flow_core.analysis.uses import Mention
from flow_core.diagnostics import Edit, Json, Patch, Severity
from flow_core.ide.actions.action import UNSAFE, Action, RefusedError
from flow_core.ide.actions.draft import edits_between
from flow_core.ide.actions.references import waits
from flow_core.ide.actions.request import Request
from flow_core.ide.actions.rewiring import depends_on
from flow_core.ide.actions.scenarios import without_strangers
from flow_core.ide.actions.verdict import require_as_right, tidied
from flow_core.model.pipeline import SETTLED, Step
from flow_core.module import Module
from flow_core.places import show_path
from flow_core.syntax.patch import apply_edits, apply_patches

ID = "delete_step"
_MOST = 3
"""So many places that keep a step from going are named."""


def actions(request: Request) -> Iterator[Action]:
    """One on the name of a step; disabled where something reads what it gives."""
    info = request.step
    if info is not None and request.path == info.step.path and request.part == "key":
        name = info.step.name
        reason = _refusal(request.module, info.step)
        title = f"Delete `{name}`, and rewire what waits for it{UNSAFE}"
        yield Action(title, "refactor.rewrite", disabled=reason, id="" if reason else ID, data=name)


def _refusal(module: Module, step: Step) -> str:
    readers = [m for m in module.mentions if m.path[:2] == ("steps", step.name)]
    readers = [m for m in readers if m.site.path[: len(step.path)] != step.path]
    if readers:
        places = ", ".join(f"`{_shown(mention)}`" for mention in readers[:_MOST])
        more = f" and {len(readers) - _MOST} more" if len(readers) > _MOST else ""
        return f"it is read in {places}{more}"
    level = module.graph.level(step.name)
    if all(module.graph.level(name) != level for name in module.graph.infos if name != step.name):
        return "it is the only step there"
    return ""


def _shown(mention: Mention) -> str:
    return show_path(mention.place.path)


def changes(module: Module, data: Json) -> Iterator[Edit]:
    """The step's end, and new entries for those that waited for it."""
    info = module.steps.get(data) if isinstance(data, str) else None
    if info is None:
        raise RefusedError("the step is not there any more")
    if reason := _refusal(module, info.step):
        raise RefusedError(reason)
    patches = [Patch("delete", info.step.path)]
    for other in module.steps.values():
        held = other.step.path[: len(info.step.path)] == info.step.path
        patches += [] if held else _rewired(module, other.step, info.step)
    old = module.document.text
    text = apply_edits(old, apply_patches(module.document, patches))
    text = tidied(module, {module.file: text})[module.file]
    require_as_right(module, {module.file: text}, Severity.ERROR)
    yield from edits_between(module.file, old, text)
    yield from without_strangers(module, text)


def _rewired(module: Module, step: Step, gone: Step) -> Iterator[Patch]:
    """A step's entry for the one that goes becomes entries for what that one waits for."""
    entries = waits(module, step)
    if gone.name not in (name for _, name in entries):
        return
    edges = module.graph.edges
    asked = edges[step.name][gone.name].statuses if gone.name in edges[step.name] else SETTLED
    found = {
        name: edges[step.name][name].statuses for _, name in entries if name in edges[step.name]
    }
    found.pop(gone.name, None)
    for target, edge in edges[gone.name].items():
        if target not in edges[step.name]:
            found[target] = SETTLED if "skipped" in asked else edge.statuses
    path = (*step.path, "depends_on")
    yield Patch("replace", path, depends_on(found)) if found else Patch("delete", path)

"""The ways to say what a step waits for: a list, a map, or nothing but the references."""

from collections.abc import Iterator

from flow_core.analysis.graph import Graph
from flow_core.diagnostics import Json, Patch
from flow_core.fields import texts
from flow_core.ide.actions.action import Action, Kind
from flow_core.ide.actions.request import Request, patched
from flow_core.ide.actions.rewiring import condition
from flow_core.model.pipeline import Step
from flow_core.module import Module
from flow_core.syntax.nodes import data

_KIND: Kind = "refactor.rewrite"


def actions(request: Request) -> Iterator[Action]:
    """The ways that say the same, on `depends_on`; what a step's references imply, on its name."""
    info = request.step
    if info is None:
        return
    path = (*info.step.path, "depends_on")
    on_key = request.path[: len(path)] == path
    if on_key:
        yield from _other_form(request.module, info.step)
    if on_key or request.path == info.step.path:
        yield from _written_out(request.module, info.step)
        yield from _left_out(request.module, info.step)


def _other_form(module: Module, step: Step) -> Iterator[Action]:
    path = (*step.path, "depends_on")
    node = module.document.get(path)
    names, conditions = texts(node), data(node)
    if names:
        found: dict[str, Json] = dict.fromkeys(names, "succeeded")
        edits = patched(module, Patch("replace", path, found))
        yield Action("Write `depends_on` as a map", _KIND, edits)
    elif isinstance(conditions, dict) and conditions and all(map(_is_plain, conditions.values())):
        edits = patched(module, Patch("replace", path, list(conditions)))
        yield Action("Write `depends_on` as a list", _KIND, edits)


def _is_plain(entry: Json) -> bool:
    return entry in ("succeeded", ["succeeded"])


def _written_out(module: Module, step: Step) -> Iterator[Action]:
    """All that the references imply as entries."""
    edges = module.graph.edges.get(step.name, {})
    implied = {name: edge.statuses for name, edge in edges.items() if not edge.explicit}
    implied = {name: statuses for name, statuses in implied.items() if statuses}
    if not implied:
        return
    path = (*step.path, "depends_on")
    node = module.document.get(path)
    listed = texts(node)
    plain = all(condition(statuses) == "succeeded" for statuses in implied.values())
    found: Json
    if plain and (node is None or listed is not None):
        found = [*(listed or ()), *implied]
    else:
        known = data(node)
        own = (
            known
            if isinstance(known, dict)
            else dict[str, Json].fromkeys(listed or (), "succeeded")
        )
        found = {**own, **{name: condition(statuses) for name, statuses in implied.items()}}
    edits = patched(module, Patch("insert", path, found))
    names = ", ".join(f"`{name}`" for name in implied)
    yield Action(f"Write out that `{step.name}` waits for {names}", _KIND, edits)


def _left_out(module: Module, step: Step) -> Iterator[Action]:
    """Without the entries that the references imply in the same way."""
    own = [use for use in module.uses if use.step == step.name]
    implied = Graph(module.steps, (use for use in own if not use.explicit)).edges[step.name]
    known = [
        use
        for use in own
        if use.explicit and use.target in implied and implied[use.target].statuses == use.statuses
    ]
    if not known:
        return
    whole = len(known) == len(step.depends_on)
    paths = [(*step.path, "depends_on")] if whole else [use.place.path for use in known]
    edits = patched(module, *(Patch("delete", path) for path in paths))
    names = ", ".join(f"`{use.target}`" for use in known)
    yield Action(f"Leave it to references that `{step.name}` waits for {names}", _KIND, edits)

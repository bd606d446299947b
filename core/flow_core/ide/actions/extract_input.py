"""Let callers give what is fixed: a constant becomes an input with that default."""

from collections.abc import Iterator

from flow_core.diagnostics import Edit, Json, Patch
from flow_core.ide.actions.action import Action, RefusedError
from flow_core.ide.actions.request import Request, patched, path_from, unique
from flow_core.ide.actions.spelling import spell
from flow_core.ide.actions.type_names import Naming
from flow_core.ide.actions.verdict import require_as_right
from flow_core.ide.levels import level_at
from flow_core.ide.pieces import kind_of_module
from flow_core.model.sites import Site
from flow_core.module import Module
from flow_core.places import Path
from flow_core.syntax.nodes import Scalar
from flow_core.syntax.patch import apply_edits
from flow_core.types import (
    Type,
    alternatives,
    literal_problems,
    member,
    type_of_literal,
    without_null,
)
from flow_core.types.by_value import widened
from flow_core.types.kinds import ListType

ID = "extract_input"


def actions(request: Request) -> Iterator[Action]:
    """One where a constant stands in a place that an expression could take."""
    found = _constant(request.module, request.path) if request.part == "value" else None
    if found is not None:
        title = f"Extract the value to an input `{_name(request.module, request.path)}`"
        yield Action(title, "refactor.extract", id=ID, data=list(request.path))


def _constant(module: Module, path: Path) -> tuple[Scalar, Site] | None:
    """The scalar at a path and the site it is in, if it is a constant of a computed value."""
    node = module.document.get(path)
    starts = (path[:length] for length in range(len(path), 0, -1))
    site = next((module.sites[start] for start in starts if start in module.sites), None)
    if site is None or not isinstance(node, Scalar) or node.value is None or "${{" in node.text:
        return None
    return (node, site) if level_at(path, kind_of_module(module)).computes else None


def _name(module: Module, path: Path) -> str:
    """A name for the input: that of the key, or of the list's."""
    word = next((str(step) for step in reversed(path) if isinstance(step, str)), "value")
    name = word if word.isidentifier() else "value"
    return unique(name, set(module.pipeline.inputs))


def changes(module: Module, data: Json) -> Iterator[Edit]:
    """The input, and the expression that reads it."""
    path = path_from(data)
    found = _constant(module, path)
    if found is None:
        raise RefusedError("the value is not there any more")
    node, site = found
    naming, name = Naming(module), _name(module, path)
    spelled = spell(_type(module, site, path, node.value), naming)
    declared: dict[str, Json] = spelled if isinstance(spelled, dict) else {"type": spelled}
    imports = (Patch("insert", ("imports", k), target) for k, target in naming.imports.items())
    edits = patched(
        module,
        Patch("replace", path, f"${{{{ inputs.{name} }}}}"),
        Patch("insert", ("inputs", name), {**declared, "default": node.value}),
        *imports,
    )
    require_as_right(module, {module.file: apply_edits(module.document.text, edits)})
    yield from edits


def _type(module: Module, site: Site, path: Path, value: Json) -> Type:
    """The type that is wanted there, if that is known; else the value's kind."""
    wanted = module.typing.expected(site)
    for step in path[len(site.path) :]:
        wanted = None if wanted is None else _part(wanted, step)
    if wanted is None or any(literal_problems(value, wanted)):
        return widened(type_of_literal(value))
    return without_null(wanted)


def _part(type_: Type, step: str | int) -> Type | None:
    """The type of a property, or of an item."""
    if isinstance(step, str):
        return member(type_, step)
    lists = (kind.item for kind in alternatives(type_) if isinstance(kind, ListType))
    return next(lists, None)

"""Where the names in expressions come from, and why what they stand for may be null."""

from collections.abc import Mapping

from flow_core.analysis.absence import why_null
from flow_core.analysis.scopes import VARIABLES
from flow_core.components.signature import Port
from flow_core.expr.inspection import Seen
from flow_core.expr.references import NamePath
from flow_core.ide.cursor import Cursor
from flow_core.ide.expected import part_of
from flow_core.ide.hover.steps import describe_step, outputs_table
from flow_core.ide.naming import reaches
from flow_core.ide.type_text import bound_words, structures
from flow_core.markdown import block, code, paragraphs, sentence
from flow_core.model.pipeline import Uses
from flow_core.model.sites import Site
from flow_core.module import Module
from flow_core.types import Type, admits_null, show
from flow_core.types.kinds import AnyType, Field

_DECLARED = ("inputs", "state", "secrets")
"""Variables whose properties are each declared somewhere."""


def describe_path(cursor: Cursor, site: Site, path: NamePath, seen: Seen) -> str:
    """A path of names in an expression of a site."""
    module = cursor.module
    if path == ("steps",):
        return paragraphs(f"**{code('steps')}**", VARIABLES["steps"])
    if len(path) == 2 and path[0] == "steps":  # noqa: PLR2004 -- `steps.x`
        name = path[1]
        known = name in module.graph.infos
        return describe_step(module, name, cursor.dependents(name)) if known else ""
    declared = _declared(path, seen)
    return paragraphs(
        block(f"{'.'.join(path)}: {show(seen.type)}"),
        _origin(module, site, path),
        sentence(_meaning(module, site, path) or (declared.description if declared else "")),
        _absence(module, site, path, seen.type, declared) or _unsure(cursor, path, seen.type),
        bound_words(seen.type),
        _contents(path, seen.type),
    )


def _declared(path: NamePath, seen: Seen) -> Field | None:
    """What it is by declaration, whatever else is known where it stands."""
    root = seen.scope.lookup(path[0])
    return part_of(Field(root), path[1:]) if root is not None else None


def _origin(module: Module, site: Site, path: NamePath) -> str:
    """Which declaration it leads to."""
    match path:
        case (name,) if name in VARIABLES:
            return ""
        case ("inputs", name, *_):
            return f"Input {code(name)} of {_owner(module, site)}"
        case ("state", name, *_) if name in module.pipeline.state:
            channel = module.pipeline.state[name]
            return f"Channel {code(name)}, reduced by {code(channel.reduce)}"
        case ("secrets", name, *_):
            return f"Secret {code(name)}, which only a secret port may take"
        case ("steps", name, "outputs", port, *_):
            return f"Output {code(port)} of step {code(name)}{_calling(module, name)}"
        case ("steps", name, *_):
            return f"Of step {code(name)}{_calling(module, name)}"
        case _:
            return ""


def _owner(module: Module, site: Site) -> str:
    if site.role == "request":
        return f"component {code(str(site.path[1]))}"
    return f"{code(module.pipeline.name)}" if module.pipeline.name else "the pipeline"


def _calling(module: Module, name: str) -> str:
    call = module.steps[name].step.call if name in module.steps else None
    return f", which calls {code(call.target)}" if isinstance(call, Uses) else ""


def _meaning(module: Module, site: Site, path: NamePath) -> str:
    """What its declaration says that it means; "" where its type may say it."""
    match path:
        case ("inputs",):
            return f"The inputs of {_owner(module, site)}."
        case (name,):
            return VARIABLES.get(name, "")
        case ("inputs", name):
            return _described(_inputs(module, site), name)
        case ("steps", name, "outputs", port) if name in module.steps:
            signature = module.called(module.steps[name].step.path)
            return _described(signature.outputs, port) if signature else ""
        case ("state", name) if name in module.pipeline.state:
            return module.pipeline.state[name].description
        case _:
            return ""


def _inputs(module: Module, site: Site) -> Mapping[str, Port]:
    """The inputs that are seen: the pipeline's, but in a request those of its component."""
    if site.role != "request":
        return module.pipeline.inputs
    component = module.library.components.get(str(site.path[1]))
    return component.inputs if component else {}


def _described(ports: Mapping[str, Port], name: str) -> str:
    return ports[name].description if name in ports else ""


def _absence(
    module: Module, site: Site, path: NamePath, type_: Type, declared: Field | None
) -> str:
    """Why it may be null, or that only here it is not."""
    if isinstance(type_, AnyType) or site.role == "request":
        return ""
    if not admits_null(type_):
        was_null = declared is not None and admits_null(declared.type)
        return "Not null here: it was tested." if was_null else ""
    absence = why_null(module, site.context, path)
    return f"May be null: {absence.reason}." if absence else ""


def _unsure(cursor: Cursor, path: NamePath, type_: Type) -> str:
    """That it may be null for a reason that lies in steps which are not looked at."""
    is_output = path[0] == "steps" and path[2:3] == ("outputs",) and not admits_null(type_)
    if not is_output or not reaches(cursor.module, [path[1]], cursor.others):
        return ""
    return f"May still be null: {code(path[1])} depends on steps that are not looked at here."


def _contents(path: NamePath, type_: Type) -> str:
    """What is in it; that of what a file declares would be long."""
    if path[-1] == "outputs":
        return outputs_table(type_)
    return "" if len(path) == 1 and path[0] in _DECLARED else structures(type_)

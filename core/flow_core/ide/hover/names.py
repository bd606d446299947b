"""Where the names in expressions come from, and why what they stand for may be null."""

from flow_core.analysis.absence import why_null
from flow_core.analysis.scopes import VARIABLES
from flow_core.components.signature import Port
from flow_core.expr.inspection import Seen
from flow_core.expr.references import NamePath
from flow_core.ide.cursor import Cursor
from flow_core.ide.describe import bound_words, structures
from flow_core.ide.expected import part_of
from flow_core.ide.hover.steps import describe_step, outputs_table
from flow_core.markdown import block, code, paragraphs, sentence
from flow_core.model.pipeline import Uses
from flow_core.model.sites import Site
from flow_core.module import Module
from flow_core.types import admits_null, show
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
    return paragraphs(
        block(f"{'.'.join(path)}: {show(seen.type)}"),
        _origin(module, site, path),
        sentence(_meaning(module, path, seen)),
        _absence(module, site, path, seen),
        bound_words(seen.type),
        _contents(path, seen),
    )


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


def _meaning(module: Module, path: NamePath, seen: Seen) -> str:
    """What is said of it where it is declared."""
    if len(path) == 1:
        return "" if path[0] in seen.scope.locals else VARIABLES.get(path[0], "")
    port = _port(module, path)
    if port is not None:
        return port.description
    if path[0] == "state" and len(path) == 2 and path[1] in module.pipeline.state:  # noqa: PLR2004 -- `state.x`
        return module.pipeline.state[path[1]].description
    root = seen.scope.lookup(path[0])
    field = part_of(Field(root), path[1:]) if root is not None else None
    return field.description if field else ""


def _port(module: Module, path: NamePath) -> Port | None:
    """The input of the pipeline, or the output of a step's component, that it is."""
    match path:
        case ("inputs", name):
            return module.pipeline.inputs.get(name)
        case ("steps", name, "outputs", port) if name in module.steps:
            signature = module.called(module.steps[name].step.path)
            return signature.outputs.get(port) if signature else None
        case _:
            return None


def _absence(module: Module, site: Site, path: NamePath, seen: Seen) -> str:
    """Why it may be null, or that it is known not to be."""
    if path in seen.scope.facts.not_null:
        return "Not null here: it was tested."
    if isinstance(seen.type, AnyType) or not admits_null(seen.type) or site.role == "request":
        return ""
    absence = why_null(module, site.context, path)
    return f"May be null: {absence.reason}." if absence else ""


def _contents(path: NamePath, seen: Seen) -> str:
    """What is in it."""
    if path[-1] == "outputs":
        return outputs_table(seen.type)
    return structures(seen.type) if path not in {(name,) for name in _DECLARED} else ""

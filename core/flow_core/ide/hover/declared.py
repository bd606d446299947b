"""What there is to know about the names that a file declares, and that it gives values by."""

from collections.abc import Mapping

from flow_core.analysis.scopes import channel_type
from flow_core.components.signature import Port, Signature
from flow_core.ide.cursor import Cursor
from flow_core.ide.describe import describe_component, describe_field, describe_port, describe_type
from flow_core.ide.expected import expected
from flow_core.ide.hover.errors import describe_own_error
from flow_core.ide.hover.imports import describe_import
from flow_core.ide.hover.steps import describe_step
from flow_core.ide.type_text import structures
from flow_core.language.keys import shapes_at
from flow_core.language.shapes import TypeShape
from flow_core.markdown import block, code, paragraphs
from flow_core.model.pipeline import Group, Output
from flow_core.module import Module
from flow_core.places import Path
from flow_core.syntax.nodes import data
from flow_core.types import Type, parse_type, show
from flow_core.types.kinds import Field


def describe_name(cursor: Cursor) -> str:
    """The name that is the key at the cursor; "" where it is none, or stands for nothing."""
    module, path = cursor.module, cursor.path
    if not path:
        return ""
    name = str(path[-1])
    info = module.steps.get(name)
    if info is not None and info.step.path == path:
        return describe_step(module, name, cursor.dependents(name))
    found = _at_root(module, path) or _in_step(cursor)
    return found or _part(module, path)


def _at_root(module: Module, path: Path) -> str:
    """A name that a section of the file declares."""
    pipeline = module.pipeline
    match path:
        case ("imports", str(alias)):
            return describe_import(module, alias)
        case ("types", str(name)):
            type_ = module.type_names.own(name)
            return describe_type(type_) if type_ is not None else ""
        case ("inputs", str(name)):
            return _port(pipeline.inputs, name)
        case ("outputs", str(name)) if name in pipeline.outputs:
            return _output(module, name, pipeline.outputs[name])
        case ("state", str(name)):
            return describe_channel(module, name)
        case ("components", str(name), *rest) if name in module.library.components:
            return _of_component(module.library.components[name], tuple(rest))
        case _:
            return ""


def _of_component(signature: Signature, path: Path) -> str:
    match path:
        case ():
            return describe_component(signature)
        case ("inputs", str(name)):
            return _port(signature.inputs, name)
        case ("outputs", str(name)):
            return _port(signature.outputs, name)
        case ("errors", str(name)):
            return describe_own_error(signature, name)
        case _:
            return ""


def _in_step(cursor: Cursor) -> str:
    """A name that a step gives a value by, or whose step it waits for."""
    module, path = cursor.module, cursor.path
    around, name = path[:-2], str(path[-1])
    signature = module.called(around)
    match path[-2:-1]:
        case ("with",) if signature is not None:
            return _port(signature.inputs, name)
        case ("returns",) if signature is not None:
            return _port(signature.outputs, name)
        case ("set",):
            return describe_channel(module, name)
        case ("depends_on",) if name in module.graph.infos:
            return describe_step(module, name, cursor.dependents(name))
        case ("outputs",) if around in module.calls:
            call = module.calls[around].call
            output = call.outputs.get(name) if isinstance(call, Group) else None
            return _output(module, name, output) if output is not None else ""
        case _:
            return ""


def _port(ports: Mapping[str, Port], name: str) -> str:
    return describe_port(ports[name]) if name in ports else ""


def _output(module: Module, name: str, output: Output) -> str:
    """An output, with its type as it is declared or as it follows from its value."""
    inferred = output.type is None and output.path in module.sites
    type_ = module.typing.checked(output.path).result.type if inferred else output.type
    shown = show(type_) if type_ is not None else "any"
    return paragraphs(
        block(f"{name}: {shown}"),
        output.description,
        structures(type_) if type_ is not None else "",
    )


def describe_channel(module: Module, name: str) -> str:
    """A channel of the state; "" for one that is not declared."""
    channel = module.pipeline.state.get(name)
    if channel is None:
        return ""
    return paragraphs(
        block(f"{name}: {show(channel_type(channel))}"),
        f"Channel {code(name)}, reduced by {code(channel.reduce)}",
        channel.description,
        structures(channel.type),
    )


def _part(module: Module, path: Path) -> str:
    """A property of a value that is given, or of a type that is declared."""
    type_ = declared_type(module, path)
    field = Field(type_) if type_ is not None else expected(module, path)
    return describe_field(str(path[-1]), field) if field is not None else ""


def declared_type(module: Module, path: Path) -> Type | None:
    """The type that is written at a path; None where no type may stand."""
    if module.is_scenario or not any(isinstance(each, TypeShape) for each in shapes_at(path)):
        return None
    return parse_type(data(module.document.get(path)), module.type_names.find)[0]

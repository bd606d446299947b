"""Signature help in `with`: the inputs of what is called."""

import re
from collections.abc import Collection

import msgspec

from flow_core.components.signature import Port
from flow_core.components.signature import Signature as Component
from flow_core.document_page import default_text
from flow_core.ide.cursor import Cursor
from flow_core.ide.describe import port_words
from flow_core.ide.signature.help import Help, Parameter, Signature
from flow_core.markdown import paragraphs
from flow_core.model.pipeline import Uses
from flow_core.module import Module
from flow_core.places import Path, Span
from flow_core.types import show

_BEFORE = re.compile(r"""(\w+)["']?[ \t]*:[ \t]+$""")


def component_help(cursor: Cursor) -> Help | None:
    """The component whose arguments hold the cursor."""
    module, path = cursor.module, cursor.path
    call = _call_around(module, path)
    signature = module.called(call) if call is not None else None
    uses = module.calls[call].call if call is not None else None
    if signature is None or call is None or not isinstance(uses, Uses) or not signature.inputs:
        return None
    found = _signature(uses.target, signature)
    name = _name(cursor, path[len(call) + 1 :])
    return Help((found,), 0, _active(list(signature.inputs), name, uses.arguments))


def _call_around(module: Module, path: Path) -> Path | None:
    """The path of the call whose `with` holds a path."""
    for length in range(len(path) - 1, -1, -1):
        if path[length] == "with" and path[:length] in module.calls:
            return path[:length]
    return None


def _name(cursor: Cursor, within: Path) -> str:
    """The argument at the cursor; within braces its value may still be to be written."""
    if within:
        return str(within[0])
    found = _BEFORE.search(cursor.line)
    return found[1] if found else ""


def _active(inputs: list[str], name: str, arguments: Collection[str]) -> int:
    """The input of a name; where it is none, the first that is still to be given."""
    if name in inputs:
        return inputs.index(name)
    return next((n for n, name in enumerate(inputs) if name not in arguments), 0)


def _signature(target: str, component: Component) -> Signature:
    """The component as a function of its inputs."""
    label = f"{target}("
    parameters: list[Parameter] = []
    for port in component.inputs.values():
        start = len(label) + (2 if parameters else 0)
        label += f"{', ' if parameters else ''}{_parameter(port)}"
        parameters.append(Parameter(Span(start, len(label)), _meaning(port)))
    outputs = ", ".join(f"{name}: {show(port.type)}" for name, port in component.outputs.items())
    result = f" -> {{{outputs}}}" if outputs else ""
    return Signature(f"{label}){result}", component.description, tuple(parameters))


def _parameter(port: Port) -> str:
    return f"{port.name}{'' if port.required else '?'}: {show(port.type)}"


def _meaning(port: Port) -> str:
    default = "" if port.default is msgspec.UNSET else f"Default: {default_text(port)}"
    return paragraphs(port_words(port), default)

"""The file that steps move to: its ports with their types, and what they need besides."""

import json
from collections.abc import Mapping

import msgspec

from flow_core.diagnostics import Json
from flow_core.expr.references import NamePath
from flow_core.ide.actions.border import Border
from flow_core.ide.actions.carried import defaults, entries, needs
from flow_core.ide.actions.draft import Draft
from flow_core.ide.actions.source import Content, Lines, block_text, object_text
from flow_core.ide.actions.spelling import spell
from flow_core.ide.actions.type_names import Naming
from flow_core.module import Module
from flow_core.project import kind_of
from flow_core.syntax.format import format_text
from flow_core.syntax.nodes import data
from flow_core.syntax.splice import indentation


class New(msgspec.Struct, frozen=True):
    """What is known of it: its steps, what its inputs stand for, what its outputs give."""

    border: Border
    name: str
    steps: Lines
    ports: Mapping[NamePath, str]
    outputs: Mapping[str, Json]


def written(new: New, outer: str, file: str) -> str:
    """Its text; ``outer`` is that of the file that calls it."""
    module = new.border.selection.module
    naming = Naming(module)
    inputs = _inputs(new, _caller(new, outer, file), naming)
    needed = needs(new.border, inputs)
    sections: dict[str, Content] = {
        "flow": 1,
        "name": new.name,
        "description": f"Taken out of {module.pipeline.name or 'another file'}.",
        "imports": entries(module, "imports", needed.imports, naming.imports),
        "types": entries(module, "types", needed.types),
        "inputs": inputs,
        "secrets": _secrets(new.border),
        "defaults": defaults(module),
        "components": entries(module, "components", needed.components),
        "steps": new.steps,
        "outputs": dict(new.outputs),
    }
    return _text({name: content for name, content in sections.items() if content}, module, file)


def _caller(new: New, outer: str, file: str) -> Module:
    """The file that calls it, while nothing is known of it yet but the names of its ports."""
    inputs = dict.fromkeys(new.ports.values(), "any")
    stub = {"flow": 1, "name": new.name, "inputs": inputs, "steps": {"stub": {"uses": "std.log"}}}
    module = new.border.selection.module
    return Draft(module.project, {file: json.dumps(stub)}).add(module.file, outer)


def _inputs(new: New, caller: Module, naming: Naming) -> dict[str, Json]:
    """Its inputs: with the types that their arguments have there."""
    found: dict[str, Json] = {}
    for path, name in new.ports.items():
        result = caller.typing.checked((*new.border.selection.level, new.name, "with", name)).result
        spelled = spell(result.type, naming)
        own = _written_type(new, path) if path[0] == "inputs" else None
        port = new.border.selection.module.pipeline.inputs.get(path[-1]) if own else None
        declared = own if port is not None and port.type == result.type else None
        found[name] = declared or _with(spelled, own, secret=result.secret)
    return found


def _written_type(new: New, path: NamePath) -> Json:
    """The declaration of an input, but for what concerns its own callers alone."""
    found = data(new.border.selection.module.document.get(path))
    if not isinstance(found, dict):
        return found
    kept = {key: value for key, value in found.items() if key not in ("default", "env")}
    return kept["type"] if kept.keys() == {"type"} else kept


def _with(spelled: Json, own: Json, *, secret: bool) -> Json:
    """A type with what else is said of the value."""
    more: dict[str, Json] = {"secret": True} if secret else {}
    if isinstance(own, dict) and "description" in own:
        more["description"] = own["description"]
    if not more:
        return spelled
    return {**(spelled if isinstance(spelled, dict) else {"type": spelled}), **more}


def _secrets(border: Border) -> list[Json]:
    """The secrets that the steps inside read, and those of the files that they call."""
    module = border.selection.module
    found = {m.path[1] for m in border.inside if m.path[0] == "secrets"}
    for path in module.calls:
        signature = module.called(path) if border.holds(path) else None
        found |= set(signature.secrets) if signature else set()
    return [name for name in module.pipeline.secrets if name in found]


def _text(sections: Mapping[str, Content], module: Module, file: str) -> str:
    step = indentation(module.document)
    if kind_of(file) == "json":
        return format_text(object_text(sections, step) + "\n", "json")
    return format_text(block_text(sections, step) + "\n", "yaml")

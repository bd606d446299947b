"""Make what a call names and nobody has written: a component, or the file of a pipeline."""

import os
from collections.abc import Iterator

from flow_core.analysis.resolve import PATHS, SUFFIXES
from flow_core.diagnostics import Edit, Json, Patch
from flow_core.ide.actions.action import Action, Change, Create, RefusedError
from flow_core.ide.actions.missing_keys import TODO
from flow_core.ide.actions.request import Request, patched, path_from, sentence
from flow_core.ide.actions.source import block_text, object_text
from flow_core.ide.actions.type_names import Naming
from flow_core.ide.actions.uses_of import Ports, ports_of
from flow_core.model.pipeline import Uses
from flow_core.module import Module
from flow_core.places import Path
from flow_core.project import kind_of
from flow_core.rules import unknown_component, unknown_import
from flow_core.types import parse_type
from flow_core.types.example import example

ID = "create_component"


def actions(request: Request) -> Iterator[Action]:
    """One for each call here that calls nothing, if it can be told where that belongs."""
    module = request.module
    for found in request.here:
        if found.code not in (unknown_component.RULE.code, unknown_import.RULE.code):
            continue
        path = module.document.at(found.span.start)[0][:-1]
        info = module.calls.get(path)
        if info is not None and isinstance(info.call, Uses):
            target = info.call.target
            what = "file" if target.startswith(PATHS) else "component"
            if what == "file" or _home(module, target) is not None:
                title = f"Create the {what} `{target}`"
                yield Action(title, "quickfix", mends=(found,), id=ID, data=list(path))


def _home(module: Module, target: str) -> Module | None:
    """The file that a component belongs to: this one, or an imported one that is there."""
    if target.endswith(SUFFIXES):
        return None
    alias, _, name = target.rpartition(".")
    if not name.isidentifier() or alias == "std":
        return None
    return module.imported(alias).module if alias else module


def changes(module: Module, data: Json) -> Iterator[Change]:
    """The component or the file, with the ports that the call and its readers make use of."""
    path = path_from(data)
    info = module.calls.get(path)
    if info is None or not isinstance(info.call, Uses):
        raise RefusedError("the call is not there any more")
    target = info.call.target
    home = None if target.startswith(PATHS) else _home(module, target)
    if home is module:
        yield from _here(module, target, path)
        return
    ports = ports_of(module, path, lambda _: None)
    if home is None:
        yield _file(module, target, ports)
        return
    name = target.rpartition(".")[2]
    entry = ("components", name)
    yield from patched(module, Patch("insert", entry, _component(name, ports), home.file))


def _here(module: Module, name: str, path: Path) -> Iterator[Edit]:
    """A component of the file itself, and the imports that its types need."""
    naming = Naming(module)
    component = _component(name, ports_of(module, path, naming))
    imports = (Patch("insert", ("imports", k), target) for k, target in naming.imports.items())
    yield from patched(module, *imports, Patch("insert", ("components", name), component))


def _component(name: str, ports: Ports) -> Json:
    found: dict[str, Json] = {"description": sentence(name)}
    if ports.inputs:
        found["inputs"] = ports.inputs
    if ports.outputs:
        found["outputs"] = ports.outputs
    found["run"] = {"shell": [name]}
    return found


def _file(module: Module, target: str, ports: Ports) -> Create:
    """A pipeline that does nothing yet but give examples."""
    file = module.project.resolve(module.file, target)
    name = os.path.basename(file).partition(".")[0]  # noqa: PTH119 -- a text
    if module.project.is_outside(file) or not target.endswith(SUFFIXES) or not name:
        raise RefusedError(f"`{target}` is no name for a new file of the project")
    sections: dict[str, Json] = {"flow": 1, "name": name, "description": sentence(name)}
    if ports.inputs:
        sections["inputs"] = ports.inputs
    told: dict[str, Json] = {"message": f"{TODO}: {name}"}
    if ports.inputs:
        told["data"] = {port: f"${{{{ inputs.{port} }}}}" for port in ports.inputs}
    sections["steps"] = {TODO: {"uses": "std.log", "with": told}}
    if ports.outputs:
        sections["outputs"] = {n: _output(type_) for n, type_ in ports.outputs.items()}
    if kind_of(file) == "json":
        return Create(file, object_text(sections, 2) + "\n")
    return Create(file, block_text(sections, 2) + "\n")


def _output(type_: Json) -> Json:
    known, _ = parse_type(type_, lambda _: None)
    return {"type": type_, "value": example(known)}

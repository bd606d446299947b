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
    """One for each call or import here that leads to nothing, if it can be told what to make."""
    module = request.module
    for found in request.here:
        if found.code in (unknown_component.RULE.code, unknown_import.RULE.code):
            path = module.document.at(found.span.start)[0]
            call = _call(module, path[:-1])
            wanted = call.target if call else module.imports.get(str(path[-1]), "") if path else ""
            if wanted.startswith(PATHS) and _is_new(module, wanted):
                title = f"Create the file `{wanted}`"
            elif call is not None and _home(module, wanted) is not None:
                title = f"Create the component `{wanted}`"
            else:
                continue
            yield Action(title, "quickfix", mends=(found,), id=ID, data=list(path))


def _call(module: Module, path: Path) -> Uses | None:
    info = module.calls.get(path)
    return info.call if info is not None and isinstance(info.call, Uses) else None


def _is_new(module: Module, target: str) -> bool:
    """Whether a path may be that of a new Flow file of the project."""
    file = module.project.resolve(module.file, target)
    return target.endswith(SUFFIXES) and not module.project.is_outside(file)


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
    call = _call(module, path[:-1])
    if call is None:
        yield _library(module, path)
        return
    home = None if call.target.startswith(PATHS) else _home(module, call.target)
    if home is module:
        yield from _here(module, call.target, path[:-1])
        return
    ports = ports_of(module, path[:-1], lambda _: None)
    if home is None:
        yield _pipeline(module, call.target, ports)
        return
    name = call.target.rpartition(".")[2]
    patch = Patch("insert", ("components", name), _component(name, ports), home.file)
    yield from patched(module, patch)


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


def _pipeline(module: Module, target: str, ports: Ports) -> Create:
    """A file with a pipeline that does nothing yet but give examples."""
    name = _stem(target)
    sections: dict[str, Json] = {"flow": 1, "name": name, "description": sentence(name)}
    if ports.inputs:
        sections["inputs"] = ports.inputs
    told: dict[str, Json] = {"message": f"{TODO}: {name}"}
    if ports.inputs:
        told["data"] = {port: f"${{{{ inputs.{port} }}}}" for port in ports.inputs}
    sections["steps"] = {TODO: {"uses": "std.log", "with": told}}
    if ports.outputs:
        sections["outputs"] = {n: _output(type_) for n, type_ in ports.outputs.items()}
    return _created(module, target, sections)


def _library(module: Module, path: Path) -> Create:
    """A file with the components that are called by the alias of an import."""
    alias = str(path[-1]) if path else ""
    if alias not in module.imports:
        raise RefusedError("it is not there any more")
    components: dict[str, Json] = {}
    for at, info in module.calls.items():
        owner, _, name = (
            info.call.target.rpartition(".") if isinstance(info.call, Uses) else ("",) * 3
        )
        if owner == alias and name not in components:
            components[name] = _component(name, ports_of(module, at, lambda _: None))
    stem = _stem(module.imports[alias])
    found: Json = components or {TODO: {"run": {"shell": [TODO]}}}
    return _created(module, module.imports[alias], {"flow": 1, "name": stem, "components": found})


def _stem(target: str) -> str:
    return os.path.basename(target).partition(".")[0]  # noqa: PTH119 -- a text


def _created(module: Module, target: str, sections: dict[str, Json]) -> Create:
    file = module.project.resolve(module.file, target)
    if kind_of(file) == "json":
        return Create(file, object_text(sections, 2) + "\n")
    return Create(file, block_text(sections, 2) + "\n")


def _output(type_: Json) -> Json:
    known, _ = parse_type(type_, lambda _: None)
    return {"type": type_, "value": example(known)}

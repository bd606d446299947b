"""The names in a file that holds a pipeline or a library."""

from collections.abc import Iterator

from flow_core.analysis.check_value import expressions
from flow_core.components.signature import Signature
from flow_core.ide.names import symbols
from flow_core.ide.names.calls import names_in_import, runs
from flow_core.ide.names.data import names_in_data
from flow_core.ide.names.errors import names_of_errors
from flow_core.ide.names.meaning import Meaning
from flow_core.ide.names.steps import names_in_step, names_of_output
from flow_core.ide.names.types import names_of_type
from flow_core.ide.names.values import Ports, Root
from flow_core.ide.symbol import Occurrence
from flow_core.model.sites import Site
from flow_core.model.walk import walk_steps
from flow_core.module import Module
from flow_core.places import Path, Place


def names_in_pipeline(meaning: Meaning, module: Module) -> Iterator[Occurrence]:
    """All names in the file."""
    yield from _imports(module)
    for name in module.pipeline.types:
        yield symbols.declared(module, "type", ("types", name))
        yield from names_of_type(module, ("types", name))
    yield from _ports(meaning, module)
    yield from _secrets(module)
    yield from _channels(meaning, module)
    for name, component in module.library.components.items():
        yield from _component(meaning, module, name, component)
    yield from names_of_errors(module)
    for info in walk_steps(module.pipeline):
        yield from names_in_step(meaning, module, info.step)
    for site in (*module.sites.values(), *(each.site for each in module.requests.sites)):
        yield from _expressions(meaning, module, site)


def _expressions(meaning: Meaning, module: Module, site: Site) -> Iterator[Occurrence]:
    for path, expression in expressions(site.value, site.path):
        yield from meaning.read(module, site, path, expression).names


def _imports(module: Module) -> Iterator[Occurrence]:
    for alias, target in module.imports.items():
        path: Path = ("imports", alias)
        yield symbols.declared(module, "alias", path)
        yield from (named.at(path) for named in names_in_import(module, alias, target))


def _ports(meaning: Meaning, module: Module) -> Iterator[Occurrence]:
    """The inputs and outputs of the pipeline, and the inputs that its schedules give."""
    inputs = (Root(module, "inputs"),)
    for name in module.pipeline.inputs:
        path: Path = ("inputs", name)
        yield symbols.declared(module, "input", path)
        yield from names_of_type(module, path)
        value = meaning.property(inputs, name).value
        yield from names_in_data(meaning, module, (*path, "default"), value)
    for index in range(len(module.pipeline.schedule)):
        yield from names_in_data(meaning, module, ("schedule", index, "inputs"), inputs)
    for name, output in module.pipeline.outputs.items():
        yield from names_of_output(module, ("outputs", name), output)


def _secrets(module: Module) -> Iterator[Occurrence]:
    """The secrets; each is that of the pipelines that are called, too."""
    called = {
        inner.file: inner
        for path in module.calls
        if (inner := module.resolved(path).module) is not None
    }
    for index, name in symbols.listed(module, ("secrets",)):
        same = (symbols.secret(m, name) for m in called.values() if name in m.pipeline.secrets)
        place = Place(("secrets", index))
        yield Occurrence((symbols.secret(module, name),), place, linked=tuple(same))


def _channels(meaning: Meaning, module: Module) -> Iterator[Occurrence]:
    for name in module.pipeline.state:
        path: Path = ("state", name)
        yield symbols.declared(module, "channel", path)
        yield from names_of_type(module, (*path, "type"))
        value = meaning.property((Root(module, "state"),), name).value
        yield from names_in_data(meaning, module, (*path, "default"), value)


def _component(
    meaning: Meaning, module: Module, name: str, component: Signature
) -> Iterator[Occurrence]:
    """A component; its ports have the names that they have in what runs it."""
    path: Path = ("components", name)
    running = runs(module, name, component)
    yield symbols.declared(module, "component", path)
    yield from running.names
    for port in component.inputs:
        here = (*path, "inputs", port)
        yield symbols.declared(module, "input", here, running.inputs.get(port))
        yield from names_of_type(module, here)
        value = meaning.property((Ports(module, name),), port).value
        yield from names_in_data(meaning, module, (*here, "default"), value)
    for port in component.outputs:
        here = (*path, "outputs", port)
        yield symbols.declared(module, "output", here, running.outputs.get(port))
        yield from names_of_type(module, here)

"""The names in a step, expressions aside."""

from collections.abc import Iterator

from flow_core.fields import fields
from flow_core.ide.names import symbols
from flow_core.ide.names.calls import names_in_target
from flow_core.ide.names.data import names_in_data
from flow_core.ide.names.meaning import Meaning
from flow_core.ide.names.types import names_of_type
from flow_core.ide.names.values import Given, Root, Taken
from flow_core.ide.symbol import Occurrence
from flow_core.model.pipeline import Give, Group, Output, Step, Uses
from flow_core.model.walk import CallInfo, step_calls
from flow_core.module import Module
from flow_core.places import Path, Place


def names_in_step(meaning: Meaning, module: Module, step: Step) -> Iterator[Occurrence]:
    """The names in a step, those of the steps inside of it left out."""
    yield Occurrence((symbols.step(module, step.name),), Place(step.path, "key"))
    yield from _conditions(module, step)
    for info in step_calls(step):
        yield from _call(meaning, module, step, info)
    state = (Root(module, "state"),)
    yield from names_in_data(meaning, module, (*step.path, "set"), state, "write")
    for name in step.returns or ():
        path = (*step.path, "returns", name)
        narrowed = meaning.property((Given(module, step.path),), name)
        yield narrowed.at(Place(path, "key"))
        yield from names_of_type(module, path)


def _conditions(module: Module, step: Step) -> Iterator[Occurrence]:
    """The entries of `depends_on`."""
    path = (*step.path, "depends_on")
    for index, name in symbols.listed(module, path):
        yield Occurrence((symbols.step(module, name),), Place((*path, index)))
    for name in fields(module.document.get(path)):
        yield Occurrence((symbols.step(module, name),), Place((*path, name), "key"))


def _call(meaning: Meaning, module: Module, step: Step, info: CallInfo) -> Iterator[Occurrence]:
    """The names in a call that a step, a branch or a handler makes."""
    path = info.path
    match info.call:
        case Uses(target=target):
            named = names_in_target(module, target, module.resolved(path))
            yield from (each.at((*path, "uses")) for each in named)
            taken = (Taken(module, path),)
            yield from names_in_data(meaning, module, (*path, "with"), taken)
            if target == "std.approval":
                yield from names_of_type(module, (*path, "with", "form"))
        case Group(outputs=outputs):
            for name, output in outputs.items():
                yield from names_of_output(module, (*path, "outputs", name), output)
        case Give():
            of_step = info.role in {"branch", "catch"}
            given = (Given(module, step.path if of_step else path),)
            yield from names_in_data(meaning, module, (*path, "value"), given)
        case _:
            return


def names_of_output(module: Module, path: Path, output: Output) -> Iterator[Occurrence]:
    """The name of an output, and those in its type."""
    yield symbols.declared(module, "output", path)
    if output.type is not None:
        yield from names_of_type(module, (*path, "type"))

"""What runs a component: whether the pipeline or the Python function that it names is there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flow_core.analysis.resolve import resolve_pipeline
from flow_core.components.signature import Signature
from flow_core.places import Place
from flow_core.problems import Problem
from flow_core.suggest import closest

if TYPE_CHECKING:
    from flow_core.module import Module


def target_problem(module: "Module", name: str, component: Signature) -> Problem | None:
    """What is wrong with the target of a component that this file declares under a name."""
    if not component.target:
        return None
    path = ("components", name, "run")
    if component.kind == "pipeline":
        return resolve_pipeline(module, component.target, Place((*path, "flow"))).problem
    if component.kind == "python":
        return _python(module, component.target, Place((*path, "python")))
    return None


def _python(module: "Module", target: str, place: Place) -> Problem | None:
    name, colon, function = target.partition(":")
    if not colon or not function.isidentifier():
        message = f"`{target}` names no function"
        return Problem("bad-target", place, message, "write `module:function`")
    found = module.project.python_source(name)
    if found is None:
        return _missing_module(module, name, place)
    names = list(_functions(name, *found))
    if not names or function in names:
        return None
    start = len(name) + 1
    meant = closest(function, names)
    hint = f"did you mean `{meant}`?" if meant else "functions stand at the top level of the module"
    place = Place(place.path, start=start, end=start + len(function))
    message = f"there is no function `{function}` in the module `{name}`"
    return Problem("unknown-function", place, message, hint, meant)


def _missing_module(module: "Module", name: str, place: Place) -> Problem | None:
    """A module that is not found, though the package that should hold it is the project's."""
    package, _, last = name.rpartition(".")
    if not package or module.project.python_source(package) is None:
        return None  # it may be installed where the pipeline runs
    message = f"there is no module `{last}` in the package `{package}`"
    return Problem("unknown-module", Place(place.path, start=0, end=len(name)), message)


def _functions(name: str, file: str, text: str) -> Iterator[str]:
    """The names that a module binds; none where it can't be read or takes all of another."""
    from flow_core.components.python.source import parse_source

    source = parse_source(name, file, text)
    if source.problem is None and not source.stars and "__getattr__" not in source.bindings:
        yield from source.bindings

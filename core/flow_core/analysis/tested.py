"""What the names in a scenario stand for: steps by their paths, components by their names."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from flow_core.analysis.resolve import Resolution, resolve_pipeline
from flow_core.analysis.scopes import outputs_type
from flow_core.components.signature import Signature
from flow_core.model.pipeline import Step, Uses
from flow_core.model.read_scenario import read_step_path
from flow_core.model.scenario import StepPath, show_step_path
from flow_core.model.walk import CallInfo, step_calls
from flow_core.places import Path, Place
from flow_core.suggest import closest
from flow_core.types import Type

if TYPE_CHECKING:
    from flow_core.module import Module


def under_test(module: "Module") -> Resolution:
    """The pipeline that the scenarios of a file test, or why it is none."""
    target = module.scenario.pipeline
    return resolve_pipeline(module, target, Place(("pipeline",))) if target else Resolution()


class StepTarget(msgspec.Struct, frozen=True):
    """A step of a pipeline, or the handler or compensation of it that ``call`` leads to.

    ``is_once`` tells that it is activated once at most: it has no `for_each`, and nothing around it
    repeats.
    """

    module: "Module"
    step: Step
    call: Path
    is_once: bool = False


class ComponentTarget(msgspec.Struct, frozen=True):
    """A component that is called somewhere in a run, by one of its calls."""

    module: "Module"
    signature: Signature


class Unknown(msgspec.Struct, frozen=True):
    """A name that stands for nothing, and the name that was probably meant."""

    message: str
    help: str = ""
    meant: str | None = None


Target: TypeAlias = StepTarget | ComponentTarget | Unknown


class _Scope(msgspec.Struct, frozen=True):
    """Where a step is looked for: in a file, inside one of its steps (``""``: anywhere)."""

    module: "Module"
    within: str = ""

    def has(self, name: str) -> bool:
        """Whether a step of this name is to be found here."""
        steps, graph = self.module.steps, self.module.graph
        return name in steps and (not self.within or self.within in graph.parents(name))

    def names(self) -> Iterator[str]:
        """The names of the steps here."""
        return (name for name in self.module.steps if self.has(name))


class UnderTest:
    """The pipeline under test, with the pipelines that it calls."""

    def __init__(self, module: "Module") -> None:
        self.module = module

    def mocked(self, key: str) -> Target | None:
        """What a mock stands in for; None where that can't be known."""
        if "." in key or (key not in self.module.steps and key in self.called):
            return self._component(key)
        found = self.step(key)
        if isinstance(found, Unknown) and found.meant is None and key.isidentifier():
            return self._meant(key) or found
        return found

    def _meant(self, key: str) -> Unknown | None:
        """A component that a name without its alias probably means, None if there is none."""
        names = {name.rpartition(".")[2]: name for name in self.called}
        names |= {name: name for name in self.called}
        meant = closest(key, names)
        message = f"there is no step or component `{key}`"
        return Unknown(message, meant=names[meant]) if meant else None

    def _component(self, key: str) -> Target | None:
        found = self.called.get(key)
        if found is not None or not self.is_known:
            return found
        meant = closest(key, (*self.called, *self.module.steps))
        return Unknown(f"no step calls a component `{key}`", meant=meant)

    def step(self, key: str) -> StepTarget | Unknown | None:
        """The step that a path means; None where that can't be known."""
        path = read_step_path(key)
        if path is None:
            return Unknown(f"`{key}` is no path of a step", "write `group/step`, or `step[0]`")
        module, step = self.module, Step("", ())
        scopes, certain = [_Scope(module)], module.is_whole
        for depth, segment in enumerate(path.segments):
            found = _find(scopes, segment.name)
            if found is None:
                unknown = _unknown_step(scopes, path, depth)
                return unknown if certain or unknown.meant else None
            module, step = found
            if segment.index is not None and step.for_each is None:
                message = f"step `{step.name}` has no `for_each`, so it has no elements"
                return Unknown(message, "leave out the index")
            scopes, certain = _below(module, step)
        return _part(module, step, path)

    def trail(self, path: StepPath) -> "list[tuple[Module, Step]]":
        """The steps that a path names, each in its file, as far as they are there."""
        found: list[tuple[Module, Step]] = []
        scopes = [_Scope(self.module)]
        for segment in path.segments:
            here = _find(scopes, segment.name)
            if here is None:
                break
            found.append(here)
            scopes, _ = _below(*here)
        return found

    @cached_property
    def modules(self) -> "tuple[Module, ...]":
        """The files of the pipeline and of all that it calls, each once."""
        found = {self.module.file: self.module}
        pending = [self.module]
        while pending:
            module = pending.pop()
            for path in module.calls:
                inner = module.resolved(path).module
                if inner is not None and inner.is_pipeline and inner.file not in found:
                    found[inner.file] = inner
                    pending.append(inner)
        return tuple(found.values())

    @cached_property
    def called(self) -> dict[str, ComponentTarget]:
        """The components that are called, by the names that the calls use."""
        found: dict[str, ComponentTarget] = {}
        for module, info in self._uses():
            signature = module.called(info.path)
            if signature is not None and isinstance(info.call, Uses):
                found.setdefault(info.call.target, ComponentTarget(module, signature))
        return found

    @cached_property
    def is_whole(self) -> bool:
        """Whether all files could be read, so that what is not seen is not there."""
        return all(module.is_whole for module in self.modules)

    @cached_property
    def is_sound(self) -> bool:
        """Whether all files say what they mean: a key that is misspelt may decide what runs."""
        return self.is_whole and not any(module.shape for module in self.modules)

    @cached_property
    def secrets(self) -> frozenset[str]:
        """The secrets that the pipeline and those that it calls declare."""
        return frozenset(name for module in self.modules for name in module.pipeline.secrets)

    @cached_property
    def is_known(self) -> bool:
        """Whether all calls are resolved, so that a component nobody seems to call is none."""
        return self.is_whole and all(
            module.called(info.path) is not None for module, info in self._uses()
        )

    def _uses(self) -> "Iterator[tuple[Module, CallInfo]]":
        for module in self.modules:
            for info in module.calls.values():
                if isinstance(info.call, Uses):
                    yield module, info


def _find(scopes: list[_Scope], name: str) -> "tuple[Module, Step] | None":
    for scope in scopes:
        if scope.has(name):
            return scope.module, scope.module.steps[name].step
    return None


def _below(module: "Module", step: Step) -> tuple[list[_Scope], bool]:
    """Where the steps below a step are, and whether all of these places are known."""
    scopes, certain = [_Scope(module, step.name)], True
    for info in step_calls(step):
        resolution = module.resolved(info.path)
        inner = resolution.module
        if inner is not None and inner.is_pipeline:
            scopes.append(_Scope(inner))
        if isinstance(info.call, Uses):
            whole = inner is None or inner.is_whole
            certain = certain and resolution.signature is not None and whole
    return scopes, certain


def _unknown_step(scopes: list[_Scope], path: StepPath, depth: int) -> Unknown:
    wrong = path.segments[depth]
    meant = closest(wrong.name, (name for scope in scopes for name in scope.names()))
    inside = f" in `{path.segments[depth - 1].name}`" if depth else ""
    message = f"there is no step `{wrong.name}`{inside}"
    if meant is None:
        return Unknown(message)
    renamed = msgspec.structs.replace(wrong, name=meant)
    segments = (*path.segments[:depth], renamed, *path.segments[depth + 1 :])
    return Unknown(message, meant=show_step_path(StepPath(segments, path.below)))


def _part(module: "Module", step: Step, path: StepPath) -> StepTarget | Unknown:
    """The call that a path means: the step's own, a handler's or the compensation's."""
    call = (*step.path, *path.below)
    if path.below and call not in module.calls:
        part = show_step_path(StepPath((), path.below)).removeprefix("!")
        return Unknown(f"step `{step.name}` has no `{part}`")
    once = step.for_each is None and len(path.segments) == 1 and not module.steps[step.name].parent
    return StepTarget(module, step, call, once)


def outputs_of(target: Target | None) -> Type | None:
    """What one attempt of a target gives, None where that is unknown."""
    match target:
        case StepTarget(module=module, call=call) if _is_called(module, call):
            return module.typing.activation(call)
        case ComponentTarget(signature=signature):
            return outputs_type(signature)
        case _:
            return None


def errors_of(target: Target | None) -> frozenset[str] | None:
    """The names of the errors that a target can raise, None where they are not all known."""
    match target:
        case StepTarget(module=module, call=path) if _is_called(module, path):
            call = module.calls[path].call
            known = module.raises.is_known(call, path)
            return module.raises.call(call, path) if known else None
        case ComponentTarget(signature=signature):
            return frozenset(signature.errors)
        case _:
            return None


def _is_called(module: "Module", path: Path) -> bool:
    return path in module.calls and module.raises.is_known(module.calls[path].call, path)

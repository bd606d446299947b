"""Give a call the inputs that it lacks: what is at hand under their names, else a placeholder."""

from collections.abc import Iterator

import msgspec

from flow_core.analysis.arguments import KnownCall, known_call
from flow_core.components.signature import Port
from flow_core.diagnostics import Diagnostic, Json, Patch
from flow_core.ide.actions.action import Action
from flow_core.ide.actions.border import reached
from flow_core.ide.actions.request import Request, patched
from flow_core.module import Module
from flow_core.places import Path
from flow_core.rules import missing_input
from flow_core.suggest import closest
from flow_core.types import Type, deref, fits
from flow_core.types.algebra import member
from flow_core.types.example import example
from flow_core.types.kinds import AnyType, ListType


def actions(request: Request) -> Iterator[Action]:
    """One for each call that lacks inputs."""
    for found in request.here:
        if found.code == missing_input.RULE.code:
            path, _ = request.module.document.at(found.span.start)
            call = known_call(request.module, path[:-1])
            missing = [n for n in call.missing if n not in call.surplus.values()] if call else []
            if call is not None and missing:
                yield _action(request.module, call, missing, found)


def _action(module: Module, call: KnownCall, missing: list[str], found: Diagnostic) -> Action:
    fill = Fill(module, call.path)
    ports = [call.signature.inputs[name] for name in missing]
    patches = [Patch("insert", (*call.path, "with", p.name), fill.value(p)) for p in ports]
    patches += fill.declarations(ports)
    several = "s" if len(ports) > 1 else ""
    names = ", ".join(f"`{port.name}`" for port in ports)
    title = f"Add the missing input{several} {names}"
    return Action(title, "quickfix", patched(module, *patches), mends=(found,))


class Fill(msgspec.Struct, frozen=True):
    """Finds values for the inputs of the call at a path."""

    module: Module
    path: Path

    def source(self, port: Port) -> str | None:
        """What gives something of the port's name and type; for a secret, a secret."""
        return f"secrets.{self._secret(port)}" if port.secret else next(self._sources(port), None)

    def value(self, port: Port) -> Json:
        """An expression that gives something of the port's name and type, else an example."""
        source = self.source(port)
        return example(port.type) if source is None else f"${{{{ {source} }}}}"

    def declarations(self, ports: list[Port]) -> Iterator[Patch]:
        """The secrets that are to be declared for it."""
        declared = self.module.pipeline.secrets
        names = (self._secret(port) for port in ports if port.secret)
        for index, name in enumerate(name for name in names if name not in declared):
            yield Patch("insert", ("secrets", len(declared) + index), name)

    def _secret(self, port: Port) -> str:
        """The declared secret that is most likely meant; a new one where none is."""
        name, declared = port.name.upper(), self.module.pipeline.secrets
        used = {each.path[1:2] for each in self.module.mentions if each.path[0] == "secrets"}
        unused = [each for each in declared if (each,) not in used]
        return closest(name, declared) or (unused[0] if len(unused) == 1 else name)

    def _sources(self, port: Port) -> Iterator[str]:
        own = self.module.pipeline.inputs.get(port.name)
        if own is not None and not own.secret and fits(own.type, port.type).verdict != "no":
            yield f"inputs.{port.name}"
        yield from self._of_item(port)
        yield from self._of_steps(port)

    def _of_item(self, port: Port) -> Iterator[str]:
        """The element, or its property of that name, in a step with `for_each`."""
        info = self.module.calls[self.path]
        step = self.module.steps[info.step].step
        if step.for_each is None or info.role not in ("step", "branch"):
            return
        found = deref(self.module.typing.checked((*step.path, "for_each")).result.type)
        if not isinstance(found, ListType):
            return
        part = member(found.item, port.name)
        if part is not None and _is_it(part, port.type):
            yield f"item.{port.name}"
        elif _is_it(found.item, port.type):
            yield "item"

    def _of_steps(self, port: Port) -> Iterator[str]:
        """The outputs of steps that are visible and do not wait for this one, nearest first."""
        module, own = self.module, self.module.calls[self.path].step
        for name, info in reversed(module.steps.items()):
            if not module.graph.sees(self.path, name) or module.outcomes.may_skip(name):
                continue
            part = member(module.typing.outputs(info.step), port.name)
            if part is not None and _is_it(part, port.type) and not self._waits(name, own):
                yield f"steps.{name}.outputs.{port.name}"

    def _waits(self, step: str, own: str) -> bool:
        """Whether a step waits for another, or for one whose group holds that."""
        graph = self.module.graph
        return not {own, *graph.parents(own)}.isdisjoint(reached(graph.edges, [step]))


def _is_it(found: Type, wanted: Type) -> bool:
    """Whether a value is certainly good for a port."""
    return not isinstance(deref(found), AnyType) and fits(found, wanted).verdict == "yes"

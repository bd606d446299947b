"""The types of all that is in a pipeline: of steps and expressions, and what does not fit."""

from collections.abc import Callable, Mapping

import msgspec

from flow_core.analysis.check_value import UNKNOWN, Result, check_value, mentioned_steps
from flow_core.analysis.graph import Graph
from flow_core.analysis.outcomes import Outcomes
from flow_core.analysis.scopes import (
    ELSEWHERE,
    ERROR,
    outputs_type,
    pipeline_names,
    record,
    run_type,
    secret_inputs,
    step_type,
)
from flow_core.components.signature import Signature
from flow_core.expr.narrowing import NOTHING, Facts, facts
from flow_core.expr.references import NamePath
from flow_core.expr.scope import Scope
from flow_core.model import pipeline as m
from flow_core.model.sites import Context, Site
from flow_core.model.walk import CallInfo
from flow_core.places import Path
from flow_core.types import Type, all_null, deref, fits, join, nullable
from flow_core.types.by_value import widened
from flow_core.types.kinds import ANY, BOOLEAN, INTEGER, OBJECT, STRING, ListType
from flow_core.types.literals import Source

_CONDITIONS = ("when", "until", "branch.when", "retry.when", "catch.when")


class CheckedSite(msgspec.Struct, frozen=True):
    """A site and what the checker knows of it."""

    site: Site
    result: Result


class Typing:
    """Types of a file's steps and sites, computed when they are asked for and remembered.

    ``signatures`` gives the signature behind the call at a path, or None where it is unknown;
    ``source`` the text of the scalar at a path.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- all that is known of a file before its types
        self,
        pipeline: m.Pipeline,
        calls: Mapping[Path, CallInfo],
        sites: Mapping[Path, Site],
        graph: Graph,
        outcomes: Outcomes,
        signatures: Callable[[Path], Signature | None],
        source: Source = lambda _: None,
    ) -> None:
        self.pipeline = pipeline
        self._calls = calls
        self._sites = sites
        self._graph = graph
        self._outcomes = outcomes
        self._signatures = signatures
        self._source = source
        self._names = pipeline_names(pipeline)
        self._secrets = frozenset(secret_inputs(pipeline))
        self._activations: dict[Path, Type] = {}
        self._checked: dict[Path, CheckedSite] = {}
        self._secret_ports: dict[Path, tuple[str, ...]] = {}
        self._step_types: dict[tuple[str, tuple[m.Status, ...]], Type] = {}
        self._facts: dict[tuple[tuple[m.Expression, bool], ...], Facts] = {}
        for name in graph.order:  # dependencies first, so that no chain of steps recurses
            self.activation(graph.infos[name].step.path)

    def outputs(self, step: m.Step) -> Type:
        """What others see as the outputs of a step that succeeded."""
        found = self._handled(step, self._own(step))
        if step.for_each is None:
            return found
        return ListType(nullable(found) if self._outcomes.skips_activation(step) else found)

    def _own(self, step: m.Step) -> Type:
        """What the step's own call gives, after all its iterations."""
        found = self.activation(step.path)
        return ListType(found) if step.repeat is not None and step.repeat.collect else found

    def _handled(self, step: m.Step, own: Type) -> Type:
        """What the step's own call or a handler gives; a component's outputs are declared."""
        if isinstance(step.call, m.Uses) or own == ANY:
            return own
        found, wanted = own, widened(own)
        for index, handler in enumerate(step.catch):
            given = self.activation((*step.path, "catch", index))
            if not isinstance(handler.call, m.Skip) and fits(given, wanted).verdict == "yes":
                found = join(found, given)
        return found

    def activation(self, path: Path) -> Type:
        """The outputs of one activation of the call at a path."""
        if path not in self._activations:
            self._activations[path] = ANY  # what a type that depends on itself is
            info = self._calls.get(path)
            self._activations[path] = ANY if info is None else self._call(info)
        return self._activations[path]

    def _call(self, info: CallInfo) -> Type:
        match info.call:
            case m.Uses():
                return self._uses(info)
            case m.Give():
                return self.checked((*info.path, "value")).result.type
            case m.Group(outputs=outputs):
                return record({name: self._output(output) for name, output in outputs.items()})
            case m.Switch(branches=branches):
                paths = [
                    (*info.path, "switch", index)
                    for index, branch in enumerate(branches)
                    if branch.call is not None and not isinstance(branch.call, m.Skip)
                ]
                return self._joined([self.activation(path) for path in paths])
            case _:
                return ANY

    def _uses(self, info: CallInfo) -> Type:
        signature = self._signatures(info.path)
        if signature is None:
            return ANY
        returns = self._graph.infos[info.step].step.returns if info.role == "step" else None
        return outputs_type(signature, returns)

    def _output(self, output: m.Output) -> Type:
        if output.type is not None or output.value is None:
            return output.type or ANY
        return self.checked(output.path).result.type

    def _joined(self, types: list[Type]) -> Type:
        found = types[0] if types else ANY
        for other in types[1:]:
            found = join(found, other)
        return found

    def checked(self, path: Path) -> CheckedSite:
        """The site at a path, checked."""
        if path not in self._checked:
            site = self._sites[path]
            self._checked[path] = CheckedSite(site, UNKNOWN)  # for what refers to itself
            result = check_value(
                site.value, path, self.scope(site), self.expected(site), self._source
            )
            self._checked[path] = CheckedSite(site, result)
        return self._checked[path]

    def scope(self, site: Site) -> Scope:
        """What an expression of a site sees; of the steps only those that it refers to."""
        context = site.context
        mentioned = mentioned_steps(site.value)
        steps = [name for name in mentioned if self._graph.sees(site.path, name)]
        names = {**self._names, "run": run_type(context.section), **self._local_names(context)}
        # A step that can't be seen is `any` here: it is a rule of its own that says so.
        known = {name: self._step_type(context, name) for name in steps}
        names["steps"] = record({**dict.fromkeys(mentioned, ANY), **known})
        unsure = [name for name in steps if self.statuses(context, name) != ("succeeded",)]
        return Scope(
            names=names,
            elsewhere=ELSEWHERE,
            succeeded={name: self.outputs(self._graph.infos[name].step) for name in unsure},
            secret=self._secrets | self._secret_outputs(steps, context),
            facts=self._given(context),
        )

    def _step_type(self, context: Context, name: str) -> Type:
        statuses = self.statuses(context, name)
        known = self._step_types.get((name, statuses))
        if known is None:
            outputs = self.outputs(self._graph.infos[name].step)
            if "succeeded" not in statuses:
                outputs = ANY  # always null: it is a rule of its own that says so
            elif statuses != ("succeeded",):
                outputs = all_null(outputs)
            known = self._step_types[name, statuses] = step_type(outputs, statuses)
        return known

    def statuses(self, context: Context, name: str) -> tuple[m.Status, ...]:
        """The statuses in which a site of a context can see a step."""
        edge = self._graph.edges.get(context.step, {}).get(name)
        if edge is not None:
            return edge.statuses
        if context.section == "finally":
            return m.SETTLED
        return ("succeeded", "skipped") if self._outcomes.may_skip(name) else ("succeeded",)

    def _local_names(self, context: Context) -> dict[str, Type]:
        names: dict[str, Type] = {}
        if context.item:
            names |= {"item": self._item(context.item), "index": INTEGER}
        if context.loop:
            outputs = self.activation(self._graph.infos[context.loop].step.path)
            names |= {"previous": nullable(outputs), "iteration": INTEGER}
        if context.outputs is not None:
            names["outputs"] = self.activation(context.outputs)
        if context.error:
            names["error"] = ERROR
        if context.attempt:
            names["attempt"] = INTEGER
        return names

    def _item(self, step: str) -> Type:
        path = (*self._graph.infos[step].step.path, "for_each")
        if path not in self._sites:
            return ANY  # another step has this name too, which is reported
        found = deref(self.checked(path).result.type)
        return found.item if isinstance(found, ListType) else ANY

    def _secret_outputs(self, steps: list[str], context: Context) -> frozenset[NamePath]:
        """The outputs that a site of a context sees and whose ports are secret."""
        infos = self._graph.infos
        owners: dict[NamePath, Path] = {
            ("steps", name, "outputs"): infos[name].step.path for name in steps
        }
        if context.outputs is not None:
            owners["outputs",] = context.outputs
        if context.loop:
            owners["previous",] = infos[context.loop].step.path
        found = ((*owner, port) for owner, path in owners.items() for port in self._hidden(path))
        return frozenset(found)

    def _hidden(self, path: Path) -> tuple[str, ...]:
        """The secret outputs of the call at a path."""
        if path not in self._secret_ports:
            signature = self._signatures(path)
            ports = signature.outputs.values() if signature is not None else ()
            self._secret_ports[path] = tuple(port.name for port in ports if port.secret)
        return self._secret_ports[path]

    def _given(self, context: Context) -> Facts:
        given = tuple((c, outcome) for c, outcome in context.given if isinstance(c, m.Expression))
        if given not in self._facts:
            known = NOTHING
            for condition, outcome in given:
                known = known.both(facts(condition.tree, outcome))
            self._facts[given] = known
        return self._facts[given]

    def expected(self, site: Site) -> Type | None:
        """The type that is wanted at a site, or None where any will do."""
        match site.role:
            case "with":
                signature = self._signatures(site.call)
                port = signature.inputs.get(str(site.path[-1])) if signature else None
                return port.type if port else None
            case "for_each":
                return ListType(ANY)
            case "set":
                channel = self.pipeline.state.get(str(site.path[-1]))
                return channel.type if channel else None
            case "value":
                return self._given_by_value(site)
            case "concurrency.group":
                return STRING
            case "output":
                return self._declared(site)
            case _:
                return BOOLEAN if site.role in _CONDITIONS else None

    def _given_by_value(self, site: Site) -> Type:
        """What `value` must be: in a handler what the step's own call gives, else an object."""
        info = self._calls[site.call]
        step = self._graph.infos[info.step].step
        is_handler = info.role == "catch" and site.call[:-2] == step.path
        return self.recovered(step) if is_handler else OBJECT

    def recovered(self, step: m.Step) -> Type:
        """What a handler of a step must give in the place of the step's own call.

        Where nothing is declared, a handler may give other values of the same kinds.
        """
        own = self._own(step)
        return own if isinstance(step.call, m.Uses) else widened(own)

    def _declared(self, site: Site) -> Type | None:
        info = self._calls.get(site.call)
        outputs = info.call.outputs if info and isinstance(info.call, m.Group) else None
        owner = self.pipeline.outputs if outputs is None else outputs
        name = site.path[len(site.call) + 1]
        return owner[str(name)].type

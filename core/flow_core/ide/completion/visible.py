"""What expressions can read where they stand: variables, steps, and what is inside of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import msgspec

from flow_core.analysis.graph import Graph
from flow_core.analysis.scopes import step_type
from flow_core.expr.operators import may_be_null
from flow_core.expr.scope import Scope
from flow_core.ide.cursor import Cursor, scope_of
from flow_core.model.pipeline import Step
from flow_core.model.sites import Site
from flow_core.places import Path
from flow_core.types import Type, all_null, alternatives, fits, nullable, show, without_null
from flow_core.types.kinds import ANY, AnyType, Field, ObjectType

_NAME = re.compile(r"[A-Za-z_]\w*")
_MOST = 300
_DEEPEST = 3


class Readable(msgspec.Struct, frozen=True):
    """Something an expression can read: how that is written, its type, what it means."""

    source: str
    type: Type
    description: str = ""


class Visible(msgspec.Struct, frozen=True, dict=True):
    """What can be seen from a site of the cursor's module."""

    cursor: Cursor
    site: Site

    @cached_property
    def scope(self) -> Scope:
        """What expressions see here; of the steps only those that they name."""
        return scope_of(self.cursor.module, self.site)

    @cached_property
    def takes_secrets(self) -> bool:
        """Whether a secret may be given here: to a secret input."""
        signature = self.cursor.module.called(self.site.call)
        if signature is None or self.site.role != "with":
            return False
        port = signature.inputs.get(str(self.site.path[-1]))
        return port is not None and port.secret

    @cached_property
    def variables(self) -> Mapping[str, Type]:
        """The variables that hold something here, but ``steps``."""
        names = dict(self.scope.names)
        names.pop("steps", None)
        if not self.takes_secrets:
            names.pop("secrets", None)
        return {name: type_ for name, type_ in names.items() if not _is_empty(type_)}

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The steps that can be named here, those that wait for this one last."""
        return steps_seen(self.cursor, self.site.path, self.site.context.step)

    def step_type(self, name: str) -> Type:
        """The type of ``steps.name``."""
        module = self.cursor.module
        info = module.graph.infos.get(name)
        if info is None:
            return step_type(ANY)
        outputs = module.typing.outputs(info.step)
        statuses = module.typing.statuses(self.site.context, name)
        if "succeeded" not in statuses:
            outputs = ANY
        elif statuses != ("succeeded",):
            outputs = all_null(outputs)
        return step_type(outputs)

    def readable(self) -> Iterator[Readable]:
        """All that can be read, to some depth, nearest first."""
        count = 0
        for root, depth in self._roots():
            for found in _inside(root, depth):
                if self._may_be_read(found):
                    yield found
                    count += 1
                if count >= _MOST:
                    return

    def _may_be_read(self, readable: Readable) -> bool:
        """Whether a value is no secret, or one is wanted."""
        return self.takes_secrets or not self.scope.is_secret(tuple(readable.source.split(".")))

    def _roots(self) -> Iterator[tuple[Readable, int]]:
        known = [name for name in self.steps if name in self.cursor.module.graph.infos]
        near, given = self._of_variables(_NEAR), self._of_steps(known, ("outputs",))
        is_output = self.site.role == "output"
        yield from (*given, *near) if is_output else (*near, *given)
        yield from self._of_variables(_FAR)
        yield from self._of_steps(known, ("recovered", "status"))

    def _of_steps(
        self, names: Iterable[str], attributes: tuple[str, ...]
    ) -> Iterator[tuple[Readable, int]]:
        for name in names:
            fields = dict(fields_of(self.step_type(name)))
            for attribute in attributes:
                yield Readable(f"steps.{name}.{attribute}", fields[attribute].type), _DEEPEST - 1

    def _of_variables(self, names: tuple[str, ...]) -> Iterator[tuple[Readable, int]]:
        for name in names:
            if name in self.variables:
                yield Readable(name, self.variables[name]), _DEEPEST


NAMESPACES = frozenset({"steps", "inputs", "state", "secrets", "run"})
"""Variables that are only there for something to be read of them."""

_NEAR = ("item", "outputs", "error", "previous", "secrets", "inputs")
_FAR = ("state", "iteration", "index", "attempt", "run")


def _is_empty(type_: Type) -> bool:
    return isinstance(type_, ObjectType) and not type_.fields and not type_.open


def _inside(readable: Readable, depth: int) -> Iterator[Readable]:
    """Something readable, and what can be read of it."""
    yield readable
    if depth:
        for name, field in fields_of(readable.type):
            source = f"{readable.source}{access(name)}"
            yield from _inside(Readable(source, field.type, field.description), depth - 1)


def access(name: str) -> str:
    """How a property is read.

    >>> access("id"), access("order-id")
    ('.id', "['order-id']")
    """
    return f".{name}" if is_name(name) else f"[{name!r}]"


def is_name(text: str) -> bool:
    """Whether a property of this name can be read by a dot."""
    return _NAME.fullmatch(text) is not None


def fields_of(type_: Type) -> Iterator[tuple[str, Field]]:
    """The properties that can be read of a value, null aside; one that may be absent may be null.

    Of a union these are the properties that all of its members have.
    """
    members = [each for each in alternatives(without_null(type_)) if isinstance(each, ObjectType)]
    for name, field in members[0].fields.items() if members else ():
        if all(name in member.fields for member in members):
            found = field.type if field.required else nullable(field.type)
            yield name, msgspec.structs.replace(field, type=found)


def steps_seen(cursor: Cursor, path: Path, own: str) -> tuple[str, ...]:
    """The steps that what stands at a path can name, those of its own group first.

    Those that wait for its own step come last; neither that step is one, nor those around it.
    """
    graph = cursor.module.graph
    around = {own, *(graph.parents(own) if own in graph.infos else ())}
    after = waiting_for(graph, own)
    seen = [name for name in graph.infos if name not in around and graph.sees(path, name)]
    seen.sort(key=lambda name: (name in after, -len(graph.infos[name].step.path)))
    return (*seen, *_left_out(cursor, path))


def _left_out(cursor: Cursor, path: Path) -> Iterator[str]:
    """The steps of a longer file that the module leaves out, as far as a path sees them."""
    if not cursor.names:
        yield from cursor.others
    sections = ("steps", "finally") if path[:1] == ("finally",) else ("steps",)
    for section in sections:
        for name in cursor.names.get(section, ()):
            if name not in cursor.module.steps:
                yield name


def waiting_for(graph: Graph, step: str) -> set[str]:
    """The steps that certainly run after a step, because they wait for it."""
    found: set[str] = set()
    pending = [step]
    while pending:
        for name in graph.dependents.get(pending.pop(), ()):
            if name not in found:
                found.add(name)
                pending.append(name)
    return found


def step_around(cursor: Cursor, path: Path) -> Step | None:
    """The innermost step that holds what stands at a path."""
    steps = cursor.module.steps
    for length in range(len(path), 1, -1):
        info = steps.get(str(path[length - 1]))
        if info is not None and info.step.path == path[:length]:
            return info.step
    return None


def suits(found: Type, wanted: Type | None) -> int:
    """How well a value suits where a type is wanted: 0 best, 3 not at all."""
    if wanted is None or isinstance(wanted, AnyType):
        return 1
    if isinstance(found, AnyType):
        return 2
    verdict = fits(found, wanted).verdict
    if verdict != "no":
        return 0 if verdict == "yes" else 1
    if not may_be_null(found):
        return 3
    return 2 if fits(without_null(found), wanted).verdict != "no" else 3


def type_detail(type_: Type) -> str:
    """A type as the detail of an item, which says that null is possible."""
    return f"{show(type_)}, may be null" if may_be_null(type_) else show(type_)

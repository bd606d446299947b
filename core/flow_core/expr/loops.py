"""Compiling macros: what is done for each item of a list or each key of a map."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from flow_core.expr.arithmetic import shown
from flow_core.expr.ast import Macro, walk
from flow_core.expr.errors import EvaluationError, Fault, weightier, wrong_kind
from flow_core.expr.list_functions import sort_by
from flow_core.expr.values import is_list, is_map

if TYPE_CHECKING:
    from flow_core.expr.compiler import Compiler
    from flow_core.expr.frame import Closure, Frame


def compile_macro(compiler: "Compiler", node: Macro) -> "Closure":
    """The closure of a macro."""
    target = compiler.compile(node.target)
    loop = _Loop(node, [compiler.compile(argument) for argument in node.arguments])
    finish = _FINISHERS[node.name]

    def run(frame: "Frame") -> Any:
        return finish(loop, target(frame), frame)

    return run


class _Names(dict[str, Any]):
    """The variables of a macro, and those outside, which may be made only when they are read."""

    __slots__ = ("_outside",)

    def __init__(self, outside: Mapping[str, Any]) -> None:
        super().__init__()
        self._outside = outside

    def __missing__(self, name: str) -> Any:
        value = self[name] = self._outside[name]
        return value


class _Loop:
    """One macro: its arguments, and how its variables go through a value."""

    def __init__(self, node: Macro, arguments: "list[Closure]") -> None:
        self.node = node
        self.arguments = arguments
        self.variables = [variable.name for variable in node.variables]
        self.cost = sum(1 for argument in node.arguments for _ in walk(argument))

    def frames(self, value: Any, frame: "Frame") -> "Iterator[tuple[Any, Frame]]":
        """Each item or key, with a frame in which the variables stand for it."""
        names = _Names(frame.names)
        inner = type(frame)(names, frame.meter, frame.outer)
        for first, second in self._pairs(value):
            if len(self.variables) == 1:
                names[self.variables[0]] = item = second if is_list(value) else first
            else:
                names[self.variables[0]], names[self.variables[1]] = first, second
                item = second
            self.pay(frame)
            yield item, inner

    def pay(self, frame: "Frame") -> None:
        """Pay for one round."""
        try:
            frame.meter.spend(1 + self.cost)
        except Fault as fault:
            raise self.error(fault) from None

    def error(self, fault: Fault) -> EvaluationError:
        """A fault of the macro itself."""
        return EvaluationError(fault.kind, fault.message, self.node.start, self.node.end)

    def condition(self, frame: "Frame", index: int = 0) -> bool:
        """Whether the condition holds in a round."""
        value = self.arguments[index](frame)
        if value is True or value is False:
            return value
        place = self.node.arguments[index]
        kind = wrong_kind(value)
        message = f"a condition is a boolean, not {shown(value)}"
        raise EvaluationError(kind, message, place.start, place.end)

    def kept(self, value: Any, frame: "Frame") -> "Iterator[tuple[Any, Frame]]":
        """The rounds in which the condition holds that may stand before the last argument."""
        for item, inner in self.frames(value, frame):
            if len(self.arguments) == 1 or self.condition(inner):
                yield item, inner

    def _pairs(self, value: Any) -> "Iterator[tuple[Any, Any]]":
        """Index and item, or key and value."""
        if is_list(value):
            return iter(enumerate(value))
        if is_map(value):
            return iter(value.items())
        kind = wrong_kind(value)
        raise self.error(Fault(kind, f"`{self.node.name}` can't go through {shown(value)}"))


def _decided(loop: _Loop, value: Any, frame: "Frame", *, decisive: bool) -> bool:
    """``all`` and ``exists``: an item that decides makes up for errors of the others."""
    failure: EvaluationError | None = None
    for _, inner in loop.frames(value, frame):
        try:
            if loop.condition(inner) is decisive:
                return decisive
        except EvaluationError as error:
            if error.kind == "limit":
                raise
            failure = weightier(failure or error, error)
    if failure is not None:
        raise failure
    return not decisive


def _all(loop: _Loop, value: Any, frame: "Frame") -> Any:
    return _decided(loop, value, frame, decisive=False)


def _exists(loop: _Loop, value: Any, frame: "Frame") -> Any:
    return _decided(loop, value, frame, decisive=True)


def _exists_one(loop: _Loop, value: Any, frame: "Frame") -> Any:
    return sum(loop.condition(inner) for _, inner in loop.frames(value, frame)) == 1


def _filter(loop: _Loop, value: Any, frame: "Frame") -> Any:
    return [item for item, inner in loop.frames(value, frame) if loop.condition(inner)]


def _map(loop: _Loop, value: Any, frame: "Frame") -> Any:
    make = loop.arguments[-1]
    return [make(inner) for _, inner in loop.kept(value, frame)]


def _sort_by(loop: _Loop, value: Any, frame: "Frame") -> Any:
    if not is_list(value):
        raise loop.error(Fault("no-such-overload", f"`sortBy` can't sort {shown(value)}"))
    keys = [loop.arguments[0](inner) for _, inner in loop.frames(value, frame)]
    try:
        return sort_by(frame.meter, value, keys)
    except Fault as fault:
        raise loop.error(fault) from None


def _transform_map(loop: _Loop, value: Any, frame: "Frame") -> Any:
    make, key = loop.arguments[-1], loop.variables[0]
    return {inner.names[key]: make(inner) for _, inner in loop.kept(value, frame)}


def _transform_entries(loop: _Loop, value: Any, frame: "Frame") -> Any:
    made: dict[Any, Any] = {}
    for _, inner in loop.kept(value, frame):
        entries = loop.arguments[-1](inner)
        if not is_map(entries):
            raise loop.error(Fault("no-such-overload", "an entry is written `{key: value}`"))
        for key, entry in entries.items():
            if key in made:
                raise loop.error(Fault("bad-argument", f"the key `{key}` is there twice"))
            made[key] = entry
    return made


_FINISHERS: dict[str, Callable[[_Loop, Any, "Frame"], Any]] = {
    "all": _all,
    "exists": _exists,
    "exists_one": _exists_one,
    "existsOne": _exists_one,
    "filter": _filter,
    "map": _map,
    "sortBy": _sort_by,
    "transformList": _map,
    "transformMap": _transform_map,
    "transformMapEntry": _transform_entries,
}

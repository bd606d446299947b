"""Functions and macros of expressions: those that can be called on a value, and the others."""

from collections.abc import Iterator, Sequence

from flow_core.expr.functions import MACROS, Function, Overload, functions
from flow_core.expr.operators import kind_of
from flow_core.ide.completion.item import Offer
from flow_core.ide.completion.template import Piece, Source, Stop
from flow_core.ide.completion.visible import suits
from flow_core.types import Type, alternatives
from flow_core.types.kinds import NullType, ObjectType

_ALONE = "has"
"""The macro that is called on nothing."""

_BOTH = frozenset({"all", "exists", "exists_one", "filter", "map"})
"""Macros that go through the items of lists and the keys of maps."""

_ARGUMENT = Stop(quoted="data", holds=True)


def global_functions(wanted: Type | None, *, called: bool) -> Iterator[Offer]:
    """The functions that are called by their name alone; without parentheses where those follow."""
    for function in functions().values():
        overloads = [each for each in function.overloads if each.target is None]
        if overloads:
            yield _function(function, overloads, wanted, called=called)
    yield _macro(_ALONE, called=called)


def member_functions(operand: Type, wanted: Type | None, *, called: bool) -> Iterator[Offer]:
    """The functions and macros that can be called on a value."""
    found = frozenset(_kinds(operand))
    for function in functions().values():
        overloads = [each for each in function.overloads if each.target and _takes(each, found)]
        if overloads:
            yield _function(function, overloads, wanted, called=called)
    for name, (form, _) in MACROS.items():
        targets = {form.partition(".")[0], *(("map",) if name in _BOTH else ())}
        if name != _ALONE and found & {*targets, "any"}:
            yield _macro(name, called=called)


def _kinds(operand: Type) -> Iterator[str]:
    """The kinds of a value, null aside; an object whose properties are known is no map to call."""
    for each in alternatives(operand):
        if not (isinstance(each, NullType) or (isinstance(each, ObjectType) and each.fields)):
            yield kind_of(each)


def _takes(overload: Overload, found: frozenset[str]) -> bool:
    """Whether a function can be called on values of these kinds."""
    target = overload.target.kinds if overload.target else frozenset[str]()
    return bool(found & {*target, "any"})


def _function(
    function: Function, overloads: Sequence[Overload], wanted: Type | None, *, called: bool
) -> Offer:
    count = len(overloads[0].parameters)
    more = f" (and {len(overloads) - 1} more)" if len(overloads) > 1 else ""
    return Offer(
        function.name,
        "function",
        _call(function.name, [_ARGUMENT] * count, called),
        overloads[0].text + more,
        rank=min(_rank(each, wanted) for each in overloads),
    )


def _rank(overload: Overload, wanted: Type | None) -> int:
    if isinstance(overload.result, str):
        return 6
    return 5 + min(suits(overload.result, wanted), 2)


def _macro(name: str, *, called: bool) -> Offer:
    form, _ = MACROS[name]
    parts = form.partition("(")[2].rstrip(")").split(", ")
    stops = [_variable(part) if len(part) == 1 else _ARGUMENT for part in parts]
    return Offer(name, "function", _call(name, stops, called), form, rank=6)


def _variable(name: str) -> Stop:
    return Stop(name, quoted="data", holds=True)


def _call(name: str, arguments: Sequence[Stop], called: bool) -> Source:  # noqa: FBT001 -- a form
    if called:
        return Source((name,))
    pieces: list[Piece] = [f"{name}("]
    for index, argument in enumerate(arguments):
        pieces += ([", "] if index else []) + [argument]
    return Source((*pieces, ")"))

"""Functions and macros of expressions: those that can be called on a value, and the others."""

from collections.abc import Iterator, Sequence

from flow_core.expr.functions import MACROS, Function, Overload, functions
from flow_core.expr.operators import kind_of
from flow_core.ide.completion.item import Offer
from flow_core.ide.completion.template import Piece, Source, Stop
from flow_core.ide.completion.visible import suits
from flow_core.types import Type, alternatives
from flow_core.types.kinds import BOOLEAN, NullType, ObjectType

_ALONE = "has"
"""The macro that is called on nothing."""

_BOTH = frozenset({"all", "exists", "exists_one", "filter", "map"})
"""Macros that go through the items of lists and the keys of maps."""

_CONDITIONS = frozenset({"has", "all", "exists", "exists_one"})
"""Macros that tell whether something is so."""

_COMMON = ("map", "filter", "exists", "all", "size", "contains", "join", "coalesce", "json", "has")
"""What people call most, in this order; they come before others that suit as well."""

_SUITED = 5
"""The rank of what gives what is wanted."""

_ARGUMENT = Stop(quoted="data", holds=True)


def global_functions(wanted: Type | None, *, called: bool) -> Iterator[Offer]:
    """The functions that are called by their name alone; without parentheses where those follow."""
    found = [_macro(_ALONE, wanted, called=called)]
    for function in functions().values():
        overloads = [each for each in function.overloads if each.target is None]
        if overloads:
            found.append(_function(function, overloads, wanted, called=called))
    yield from sorted(found, key=_place)


def member_functions(operand: Type, wanted: Type | None, *, called: bool) -> Iterator[Offer]:
    """The functions and macros that can be called on a value."""
    kinds, found = frozenset(_kinds(operand)), list[Offer]()
    for function in functions().values():
        overloads = [each for each in function.overloads if each.target and _takes(each, kinds)]
        if overloads:
            found.append(_function(function, overloads, wanted, called=called))
    for name, (form, _) in MACROS.items():
        targets = {form.partition(".")[0], *(("map",) if name in _BOTH else ())}
        if name != _ALONE and kinds & {*targets, "any"}:
            found.append(_macro(name, wanted, called=called))
    yield from sorted(found, key=_place)


def _place(offer: Offer) -> int:
    """Where a function stands among those that suit as well."""
    return _COMMON.index(offer.label) if offer.label in _COMMON else len(_COMMON)


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
        rank=_sooner(function.name, min(_rank(each, wanted) for each in overloads)),
    )


def _rank(overload: Overload, wanted: Type | None) -> int:
    if isinstance(overload.result, str):
        return _SUITED + 1
    return _suiting(overload.result, wanted)


def _suiting(result: Type, wanted: Type | None) -> int:
    return _SUITED + min(suits(result, wanted), 2)


def _sooner(name: str, rank: int) -> int:
    """A rank, a better one for what is common and may suit."""
    return rank - (name in _COMMON and rank <= _SUITED + 1)


def _macro(name: str, wanted: Type | None, *, called: bool) -> Offer:
    form, _ = MACROS[name]
    parts = form.partition("(")[2].rstrip(")").split(", ")
    rank = _suiting(BOOLEAN, wanted) if name in _CONDITIONS else _SUITED + 1
    stops = [_variable(part) if len(part) == 1 else _ARGUMENT for part in parts]
    return Offer(name, "function", _call(name, stops, called), form, _sooner(name, rank))


def _variable(name: str) -> Stop:
    return Stop(name, quoted="data", holds=True)


def _call(name: str, arguments: Sequence[Stop], called: bool) -> Source:  # noqa: FBT001 -- a form
    if called:
        return Source((name,))
    pieces: list[Piece] = [f"{name}("]
    for index, argument in enumerate(arguments):
        pieces += ([", "] if index else []) + [argument]
    return Source((*pieces, ")"))

"""`std.map`, `std.filter`, `std.sort`, `std.aggregate` and `std.join`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from flow_core.diagnostics import Json
from flow_core.expr.arithmetic import ordered, shown
from flow_core.expr.errors import Fault
from flow_core.expr.values import Value
from flow_core.run.errors import ComponentError
from flow_core.run.std.expressions import as_json, compiled, failed, seen
from flow_core.types.kinds import ANY, INTEGER, ListType, Type
from flow_core.types.structures import canonical

Item: TypeAlias = Mapping[str, Json]

_EACH: dict[str, Type] = {"item": ANY, "index": INTEGER}


def map_items(items: Sequence[Json], to: str) -> dict[str, Json]:
    """The value of an expression for each item.

    >>> map_items([1, 2], "item * 10 + index")
    {'items': [10, 21]}

    Raises:
        ComponentError: `ExpressionFailed`.
    """
    found = [as_json(value, to, f"of item {index}") for index, value in _each(items, to)]
    return {"items": found}


def filter_items(items: Sequence[Json], where: str) -> dict[str, Json]:
    """The items for which a condition holds.

    Raises:
        ComponentError: `ExpressionFailed`, if it is no condition, too.
    """
    kept: list[Json] = []
    for index, value in _each(items, where):
        if value is not True and value is not False:
            message = f"a condition is a boolean, not {shown(value)}"
            raise failed(where, message, f"of item {index}")
        if value:
            kept.append(items[index])
    return {"items": kept}


def _each(items: Sequence[Json], source: str) -> Iterator[tuple[int, Value]]:
    """The index of each item, and what an expression says of it."""
    evaluate = compiled(source, _EACH)
    for index, item in enumerate(items):
        yield index, evaluate({"item": seen(item), "index": index}, f"of item {index}")


def sort_items(
    items: Sequence[Json],
    by: Sequence[str] = (),
    descending: bool = False,  # noqa: FBT001, FBT002 - an input of the component
) -> dict[str, Json]:
    """The items in order, those without a value to sort by last.

    >>> sort_items([{"n": 2}, {}, {"n": 1}], by=["n"])
    {'items': [{'n': 1}, {'n': 2}, {}]}

    Raises:
        ComponentError: `NotComparable`.
    """
    order = list(range(len(items)))
    for name in reversed(by or (None,)):
        keys = [_key(item, index, name) for index, item in enumerate(items)]
        _comparable(keys, name)
        known = [index for index in order if keys[index] is not None]
        known.sort(key=keys.__getitem__, reverse=descending)
        order = known + [index for index in order if keys[index] is None]
    return {"items": [items[index] for index in order]}


def _key(item: Json, index: int, name: str | None) -> Any:
    """What an item is sorted by; a null has every property, and each is null."""
    if name is None or item is None:
        return item
    if isinstance(item, dict):
        return item.get(name)
    message = f"item {index} is {shown(item)} and has no property `{name}`"
    raise ComponentError("NotComparable", message)


def _comparable(keys: Sequence[Any], name: str | None) -> None:
    """Refuse keys of which two have no order."""
    known = [index for index, key in enumerate(keys) if key is not None]
    for index in known:
        first = keys[known[0]], keys[index]
        try:
            ordered("<", *first)
        except Fault:
            what = "" if name is None else f"`{name}` of "
            kinds = f"{shown(first[0])} and {shown(first[1])}"
            message = f"{what}items {known[0]} and {index} have no order: {kinds}"
            raise ComponentError("NotComparable", message) from None


def aggregate(
    items: Sequence[Item], compute: Mapping[str, str], by: Sequence[str] = ()
) -> dict[str, Json]:
    """The groups of items that agree in some properties, and values computed from each.

    >>> aggregate([{"n": 1}, {"n": 2}], {"total": "sum(items.map(i, i.n))"})
    {'groups': [{'total': 3}]}

    Raises:
        ComponentError: `ExpressionFailed`.
    """
    formulas = {
        name: (source, compiled(source, {"items": ListType(ANY)}))
        for name, source in compute.items()
    }
    groups: list[Json] = []
    for group in _groups(items, by):
        found: dict[str, Json] = {name: group[0].get(name) for name in by}
        names, where = {"items": [seen(dict(item)) for item in group]}, f"of group {len(groups)}"
        for name, (source, evaluate) in formulas.items():
            found[name] = as_json(evaluate(names, where), source, where)
        groups.append(found)
    return {"groups": groups}


def _groups(items: Sequence[Item], by: Sequence[str]) -> list[list[Item]]:
    """The groups, as they first occur; one, even of no items, if nothing tells items apart."""
    if not by:
        return [list(items)]
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(_identity(item, by), []).append(item)
    return list(found.values())


def _identity(item: Item, names: Sequence[str]) -> str:
    """A text that is the same for items that agree in some properties."""
    return canonical([item.get(name) for name in names])


def join(
    left: Sequence[Item], right: Sequence[Item], on: Sequence[str], how: str = "inner"
) -> dict[str, Json]:
    """Each pair of items that agree in some properties, as one; and those without a partner.

    They come in the order of the left list, and of the right one for each of its items; what only
    the right list has comes last.

    Raises:
        ComponentError: `KeyMissing`.
    """
    _have_keys("left", left, on)
    _have_keys("right", right, on)
    partners: dict[str, list[int]] = {}
    for index, item in enumerate(right):
        partners.setdefault(_identity(item, on), []).append(index)
    found: list[Json] = []
    met: set[int] = set()
    for item in left:
        indices = partners.get(_identity(item, on), [])
        met.update(indices)
        found += [{**item, **_without(right[index], item)} for index in indices]
        if not indices and how in {"left", "outer"}:
            found.append(dict(item))
    if how in {"right", "outer"}:
        found += [dict(item) for index, item in enumerate(right) if index not in met]
    return {"items": found}


def _without(item: Item, other: Item) -> Item:
    """The properties of an item that another has not."""
    return {name: value for name, value in item.items() if name not in other}


def _have_keys(side: str, items: Sequence[Item], on: Sequence[str]) -> None:
    for index, item in enumerate(items):
        for name in on:
            if name not in item:
                message = f"item {index} of `{side}` has no property `{name}`"
                raise ComponentError("KeyMissing", message)

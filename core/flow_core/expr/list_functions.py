"""Functions on lists and maps."""

import json as _json
from typing import Any

from flow_core.expr.arithmetic import add, ordered
from flow_core.expr.errors import Fault, Meter, wrong_kind
from flow_core.expr.values import Value, equal, has_key, plain


def size(value: Any, _meter: Meter) -> Value:
    """Code points, bytes, items or entries."""
    return len(value)


def reverse(value: Any, meter: Meter) -> Value:
    """A list or a text backwards."""
    if isinstance(value, str):
        meter.write(len(value))
    else:
        meter.spend(len(value))
    return value[::-1]


def distinct(items: list[Any], meter: Meter) -> Value:
    """The first of all items that are equal."""
    kept: list[Any] = []
    seen: set[Any] = set()
    for item in items:
        if isinstance(item, str):
            meter.spend(1)
            if item not in seen:
                seen.add(item)
                kept.append(item)
        else:
            meter.spend(1 + len(kept) // 8)
            if not any(equal(item, other, meter) for other in kept):
                kept.append(item)
    return kept


def slice_(items: list[Any], start: int, end: int, meter: Meter) -> Value:
    """The items from an index up to another."""
    if not 0 <= start <= end <= len(items):
        message = f"a list of {len(items)} items has no slice from {start} to {end}"
        raise Fault("out-of-range", message)
    meter.spend(end - start)
    return items[start:end]


def sort(items: list[Any], meter: Meter) -> Value:
    """The items in ascending order."""
    return sort_by(items, items, meter)


def sort_by(items: list[Any], keys: list[Any], meter: Meter) -> list[Any]:
    """The items in ascending order of their keys; equal ones stay as they are."""
    if not keys:
        return []
    meter.spend(len(keys) * len(keys).bit_length())
    for key in keys:
        ordered("<", keys[0], key)
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return [items[index] for index in order]


def flatten(items: list[Any], *rest: Any) -> Value:
    """The items with those of lists in their place, one level or so many."""
    depth, meter = (rest[0], rest[1]) if len(rest) > 1 else (1, rest[0])
    if depth < 0:
        raise Fault("bad-argument", "lists can't be flattened by less than no level")
    while depth and any(isinstance(item, list) for item in items):
        flat: list[Any] = []
        for item in items:
            part = item if isinstance(item, list) else [item]
            meter.spend(1 + len(part))
            flat.extend(part)
        items = flat
        depth -= 1
    return items


def range_(first: int, *rest: Any) -> Value:
    """The integers from 0, or from the first number, up to but without the last."""
    bounds, meter = (first, rest[0]) if len(rest) > 1 else (0, first), rest[-1]
    numbers = range(*bounds)
    meter.spend(max(0, bounds[1] - bounds[0]))
    return list(numbers)


def chunk(items: list[Any], length: int, meter: Meter) -> Value:
    """The items in lists of a length; the last may be shorter."""
    if length < 1:
        raise Fault("bad-argument", f"a chunk has at least 1 item, not {length}")
    meter.spend(len(items))
    return [items[start : start + length] for start in range(0, len(items), length)]


def sum_(items: list[Any], meter: Meter) -> Value:
    """The sum of numbers."""
    total: Any = 0
    meter.spend(len(items))
    for item in items:
        if isinstance(item, bool) or not isinstance(item, int | float):
            raise Fault(wrong_kind(item), "`sum` needs numbers")
        total = add(total, item, meter)
    return total


def merge(*arguments: Any) -> Value:
    """The entries of all maps; the later wins."""
    *maps, meter = arguments
    merged: dict[Any, Any] = {}
    for part in maps:
        meter.spend(len(part))
        merged.update(part)
    return merged


def get(container: dict[Any, Any], key: str, default: Any, _meter: Meter) -> Value:
    """The value of a key, or the default where it is absent or null."""
    value = container[key] if has_key(container, key) else None
    return default if value is None else value


def json(value: Any, meter: Meter) -> Value:
    """Compact JSON, in the order of the document."""
    _measure(value, meter)
    return _json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))


def _measure(value: Any, meter: Meter) -> None:
    """Pay for all of a value before it is written."""
    pending = [value]
    while pending:
        value = pending.pop()
        meter.spend(1)
        if isinstance(value, str | bytes):
            meter.write(len(value))
        elif isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, dict):
            pending.extend(value.values())

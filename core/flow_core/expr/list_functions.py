"""Functions on lists and maps."""

import json as _json
from typing import Any

from flow_core.expr.arithmetic import add, ordered
from flow_core.expr.errors import Fault, Meter, wrong_kind
from flow_core.expr.values import Value, equal, has_key, is_list, is_map, plain


def size(_meter: Meter, value: Any) -> Value:
    """Code points, bytes, items or entries."""
    return len(value)


def reverse(meter: Meter, value: Any) -> Value:
    """A list or a text backwards."""
    if isinstance(value, str):
        meter.write(len(value))
    else:
        meter.spend(len(value))
    return value[::-1]


def distinct(meter: Meter, items: list[Any]) -> Value:
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
            meter.spend(1 + len(kept))
            if not any(equal(item, other, meter) for other in kept):
                kept.append(item)
    return kept


def slice_(meter: Meter, items: list[Any], start: int, end: int) -> Value:
    """The items from an index up to another."""
    if not 0 <= start <= end <= len(items):
        message = f"a list of {len(items)} items has no slice from {start} to {end}"
        raise Fault("out-of-range", message)
    meter.spend(end - start)
    return items[start:end]


def sort(meter: Meter, items: list[Any]) -> Value:
    """The items in ascending order."""
    return sort_by(meter, items, items)


def sort_by(meter: Meter, items: list[Any], keys: list[Any]) -> list[Any]:
    """The items in ascending order of their keys; equal ones stay as they are."""
    if not keys:
        return []
    meter.spend(len(keys) * len(keys).bit_length())
    for key in keys:
        ordered("<", keys[0], key)
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return [items[index] for index in order]


def flatten(meter: Meter, items: list[Any], depth: int = 1) -> Value:
    """The items with those of lists in their place, one level or so many."""
    if depth < 0:
        raise Fault("bad-argument", "lists can't be flattened by less than no level")
    while depth and any(is_list(item) for item in items):
        flat: list[Any] = []
        for item in items:
            part: list[Any] = item if is_list(item) else [item]
            meter.spend(1 + len(part))
            flat.extend(part)
        items = flat
        depth -= 1
    return items


def range_(meter: Meter, first: int, last: int | None = None) -> Value:
    """The integers from 0, or from the first number, up to but without the last."""
    numbers = range(first) if last is None else range(first, last)
    meter.spend(numbers.stop - numbers.start)
    return list(numbers)


def chunk(meter: Meter, items: list[Any], length: int) -> Value:
    """The items in lists of a length; the last may be shorter."""
    if length < 1:
        raise Fault("bad-argument", f"a chunk has at least 1 item, not {length}")
    meter.spend(len(items))
    return [items[start : start + length] for start in range(0, len(items), length)]


def sum_(meter: Meter, items: list[Any]) -> Value:
    """The sum of numbers."""
    total: Any = 0
    meter.spend(len(items))
    for item in items:
        if isinstance(item, bool) or not isinstance(item, int | float):
            raise Fault(wrong_kind(item), "`sum` needs numbers")
        total = add(total, item, meter)
    return total


def merge(meter: Meter, *maps: dict[Any, Any]) -> Value:
    """The entries of all maps; the later wins."""
    merged: dict[Any, Any] = {}
    for part in maps:
        meter.spend(len(part))
        merged.update(part)
    return merged


def get(_meter: Meter, container: dict[Any, Any], key: str, default: Any) -> Value:
    """The value of a key, or the default where it is absent or null."""
    value = container[key] if has_key(container, key) else None
    return default if value is None else value


def json(meter: Meter, value: Any) -> Value:
    """Compact JSON, in the order of the document."""
    _measure(meter, value)
    return _json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))


def _measure(meter: Meter, value: Any) -> None:
    """Pay for all of a value before it is written."""
    pending = [value]
    while pending:
        value = pending.pop()
        meter.spend(1)
        if isinstance(value, str | bytes):
            meter.write(len(value))
        elif is_list(value):
            pending.extend(value)
        elif is_map(value):
            pending.extend(value.values())

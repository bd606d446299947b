"""Literal lists and objects against sizes and declared properties; their parts aside."""

from collections.abc import Iterator

from flow_core.diagnostics import Json
from flow_core.places import Path
from flow_core.suggest import closest
from flow_core.types.kinds import ListType, ObjectType
from flow_core.types.mismatch import Mismatch
from flow_core.types.ranges import size_range
from flow_core.types.show import count, show

_MAX_DEPTH = 80


def size_problems(data: list[Json], type_: ListType, path: Path) -> Iterator[Mismatch]:
    """Too few or too many items, or an item twice where each may occur once."""
    sizes = size_range(type_.min_items, type_.max_items)
    if not sizes.holds(len(data)):
        message = f"the list has {count(len(data), 'item')}, and {sizes.show()} is expected"
        yield Mismatch(path, message, "bad-length")
    if type_.unique:
        yield from _repeated(data, path)


def _repeated(data: list[Json], path: Path) -> Iterator[Mismatch]:
    """The first item that an earlier one equals, by JSON's equality (1 equals 1.0, not true)."""
    seen: set[str] = set()
    for index, item in enumerate(data):
        key = canonical(item)
        if key in seen:
            yield Mismatch((*path, index), "the item repeats an earlier one", "not-unique")
            return
        seen.add(key)


def canonical(data: Json, depth: int = 0) -> str:
    """A text that is the same for equal data; what is very deep equals only itself."""
    if depth > _MAX_DEPTH:
        return str(id(data))
    if isinstance(data, dict):
        items = (f"{key!r}:{canonical(data[key], depth + 1)}" for key in sorted(data))
        return "{" + ",".join(items) + "}"
    if isinstance(data, list):
        return "[" + ",".join(canonical(item, depth + 1) for item in data) + "]"
    if isinstance(data, float) and data.is_integer():
        return repr(int(data))
    return repr(data)


def missing_properties(data: dict[str, Json], type_: ObjectType, path: Path) -> Iterator[Mismatch]:
    """The required properties that an object lacks."""
    strange = [name for name in data if name not in type_.fields]
    for name, field in type_.fields.items():
        if field.required and name not in data:
            near = closest(name, strange)
            help_ = f"`{near}` is not declared: was `{name}` meant?" if near else f"add `{name}`"
            message = f"required property `{name}` is missing"
            yield Mismatch(path, message, "missing-property", help_)


def unknown_property(name: str, type_: ObjectType, data: dict[str, Json], path: Path) -> Mismatch:
    """A property that a closed object does not declare."""
    near = closest(name, [field for field in type_.fields if field not in data])
    help_ = f"did you mean `{near}`?" if near else ""
    message = f"unknown property `{name}` in {show(type_)}"
    return Mismatch((*path, name), message, "unknown-property", help_, near)

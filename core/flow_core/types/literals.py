"""Literal values against types: everything that is wrong with them, each at its path."""

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from flow_core.diagnostics import Json
from flow_core.places import Path
from flow_core.types.algebra import alternatives, parts
from flow_core.types.kinds import (
    AnyType,
    BooleanType,
    BytesType,
    DatetimeType,
    DurationType,
    ListType,
    MapType,
    NullType,
    NumberType,
    ObjectType,
    SchemaType,
    StringType,
    Type,
)
from flow_core.types.mismatch import Mismatch
from flow_core.types.scalars import scalar_problems
from flow_core.types.show import show, show_values
from flow_core.types.structures import missing_properties, size_problems, unknown_property

Source: TypeAlias = Callable[[Path], str | None]
"""The source text of the scalar at a path, where there is one."""

_HOW_TO_WRITE: dict[type, str] = {
    BooleanType: "write `true` or `false`",
    DurationType: "write a duration, such as `30s`",
    DatetimeType: "write a time, such as `2026-01-31T06:00:00Z`",
    ListType: "write a list: `[…]`",
    MapType: "write a mapping of keys to values",
    NumberType: "write a number, without quotes",
    ObjectType: "write a mapping of properties to values",
    StringType: "write a text",
}
_MAX_PROBLEMS = 50
_MAX_DEPTH = 80
_MAX_WORK = 200_000
_UNQUOTED = frozenset("-0123456789tf")
"""What numbers and booleans begin with."""


def literal_problems(
    data: Json, type_: Type, path: Path = (), source: Source | None = None
) -> list[Mismatch]:
    """What is wrong with a literal where a type is expected; paths start with ``path``.

    ``source`` gives the text of a scalar as it stands in the file, so that a number that was meant
    as a string (``version: 1.10``) can be quoted as it was written.

    >>> [problem.text for problem in literal_problems({"qty": "x"}, ObjectType({}))]
    []
    >>> [problem.text for problem in literal_problems(["x"], ListType(NumberType(integer=True)))]
    ['[0]: `"x"` is a string, and integer is expected']
    """
    problems = _Check(source).value(data, type_, path)
    return problems[:_MAX_PROBLEMS]


class _Check:
    """One run over one literal; beyond a bound of work nothing more is claimed."""

    def __init__(self, source: Source | None) -> None:
        self._source = source
        self._left = _MAX_WORK
        self._depth = 0
        self._parts: dict[int, tuple[Type, ...]] = {}
        self._unions: dict[tuple[Path, int], list[Mismatch]] = {}

    def value(self, data: Json, type_: Type, path: Path) -> list[Mismatch]:
        """The problems of a value: of the nearest member where the type is a union."""
        self._left -= 1
        if self._left < 0 or self._depth > _MAX_DEPTH:
            return []
        members = self._members(type_)
        if len(members) == 1:
            return self._nearest(data, members, type_, path)
        known = (path, id(type_))
        if known not in self._unions:
            possible = tuple(part for part in members if _same_kind(data, part))
            self._unions[known] = self._nearest(data, possible, type_, path)
        return self._unions[known]

    def _members(self, type_: Type) -> tuple[Type, ...]:
        """The parts of a type, taken apart once."""
        if id(type_) not in self._parts:
            self._parts[id(type_)] = parts(type_)
        return self._parts[id(type_)]

    def _nearest(
        self, data: Json, members: tuple[Type, ...], type_: Type, path: Path
    ) -> list[Mismatch]:
        """The problems with the member that the value comes closest to."""
        self._depth += 1
        found = self._best(data, members, path)
        self._depth -= 1
        return [self._wrong_kind(data, type_, path)] if found is None else found

    def _best(self, data: Json, members: tuple[Type, ...], path: Path) -> list[Mismatch] | None:
        best: list[Mismatch] | None = None
        for member in members:
            found = self._member(data, member, path)
            if not found:
                return []
            if best is None or _nearness(found, path) > _nearness(best, path):
                best = found
        return best

    def _member(self, data: Json, type_: Type, path: Path) -> list[Mismatch]:
        """The problems of a value where the type is neither a name nor a union."""
        if isinstance(type_, SchemaType):
            from flow_core.types.schema_check import schema_problems

            return self.value(data, type_.base, path) or schema_problems(data, type_, path)
        if not _same_kind(data, type_):
            return [self._wrong_kind(data, type_, path)]
        match data:
            case list():
                return self._list(data, type_, path)
            case dict():
                return self._mapping(data, type_, path)
            case _:
                found = scalar_problems(data, type_)
                return [msgspec.structs.replace(problem, path=path) for problem in found]

    def _list(self, data: list[Json], type_: Type, path: Path) -> list[Mismatch]:
        if not isinstance(type_, ListType):
            return []
        found = list(size_problems(data, type_, path))
        for index, item in enumerate(data):
            if len(found) > _MAX_PROBLEMS or isinstance(type_.item, AnyType):
                break
            found += self.value(item, type_.item, (*path, index))
        return found

    def _mapping(self, data: dict[str, Json], type_: Type, path: Path) -> list[Mismatch]:
        found: list[Mismatch] = []
        if isinstance(type_, ObjectType):
            found += missing_properties(data, type_, path)
        for name, value in data.items():
            if len(found) > _MAX_PROBLEMS:
                break
            if isinstance(type_, MapType):
                found += self.value(value, type_.value, (*path, name))
            elif isinstance(type_, ObjectType) and name in type_.fields:
                found += self.value(value, type_.fields[name].type, (*path, name))
            elif isinstance(type_, ObjectType) and not type_.open:
                found.append(unknown_property(name, type_, data, path))
        return found

    def _wrong_kind(self, data: Json, type_: Type, path: Path) -> Mismatch:
        expected = f"{show(type_)} is expected"
        if not isinstance(data, (bool, int, float)) or not _same_kind("", type_):
            message = f"{_describe(data)}, and {expected}"
            if self._is_quoted(data, type_):
                return Mismatch(path, message, help=f"write `{data}`", suggestion=str(data))
            return Mismatch(path, message, help=_how_to_write(type_))
        text = self._source(path) if self._source else None
        if text is None:
            return Mismatch(path, f"{_describe(data)}, and {expected}", help="put it in quotes")
        quoted = msgspec.json.encode(text).decode()
        kind = "boolean" if isinstance(data, bool) else "number"
        message = f"`{text}` is a {kind}, and {expected}"
        return Mismatch(path, message, help=f"put it in quotes: `{quoted}`", suggestion=quoted)

    def _is_quoted(self, data: Json, type_: Type) -> bool:
        """Whether a text would fit if it had no quotes: a number or a boolean."""
        if not isinstance(data, str) or data[:1] not in _UNQUOTED:
            return False
        try:
            inner = msgspec.json.decode(data)
        except msgspec.DecodeError:
            return False
        return not self.value(inner, type_, ())


def _how_to_write(type_: Type) -> str:
    """How a literal of a type is written, where that takes few words."""
    kinds = {type(part) for part in alternatives(type_)}
    return _HOW_TO_WRITE.get(kinds.pop(), "") if len(kinds) == 1 else ""


def _same_kind(data: Json, type_: Type) -> bool:
    """Whether a value is of a kind that the type admits at all."""
    match data:
        case None:
            kinds: tuple[type, ...] = (NullType,)
        case bool():
            kinds = (BooleanType,)
        case int() | float():
            kinds = (NumberType,)
        case str():
            kinds = (StringType, DurationType, DatetimeType, BytesType)
        case list():
            kinds = (ListType,)
        case dict():
            kinds = (ObjectType, MapType)
    return any(isinstance(part, (AnyType, *kinds)) for part in alternatives(type_))


def _describe(data: Json) -> str:
    """The value and its kind."""
    match data:
        case None:
            return "null is given"
        case bool():
            return f"{show_values([data])} is a boolean"
        case int() | float():
            return f"{show_values([data])} is a number"
        case str():
            return f"{show_values([data])} is a string"
        case list():
            return "a list is given"
        case dict():
            return "an object is given"


def _nearness(found: list[Mismatch], path: Path) -> tuple[int, int]:
    """How close a value came to a member: a wrong tag tells members apart best."""
    tags = [why for why in found if why.kind == "not-in-enum" and len(why.path) == len(path) + 1]
    return (-len(tags), -len(found))

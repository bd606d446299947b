"""Types compiled to closures that say quickly that a value fits, and nothing of why one does not.

They refuse what `literal_problems` finds something wrong with, without its bounds of work.
"""

from collections.abc import Callable, Sequence
from operator import is_

from flow_core.diagnostics import Json
from flow_core.markers import has_unknown
from flow_core.types.algebra import alternatives, parts
from flow_core.types.kinds import (
    AnyType,
    BooleanType,
    ListType,
    MapType,
    NullType,
    NumberType,
    ObjectType,
    Ref,
    SchemaType,
    Type,
    UnionType,
)
from flow_core.types.quick_scalars import Memo, Quick, Refused, quick_scalar, refuse
from flow_core.types.structures import size_problems

_KINDS: dict[type[Type], tuple[type, ...]] = {
    AnyType: (type(None), bool, int, float, str, list, dict),
    NullType: (type(None),),
    BooleanType: (bool,),
    NumberType: (int, float),
    ListType: (list,),
    MapType: (dict,),
    ObjectType: (dict,),
}
"""The Python types of the values of a type; other types than these have texts."""


class Compiler:
    """Compiles one type. What stands behind a name is compiled when a value first gets there."""

    def __init__(self) -> None:
        self._named: dict[Ref, Quick] = {}
        self._made: dict[int, Quick] = {}

    def later(self, type_: Callable[[], Type]) -> Quick:
        """The check of a type that is compiled when it is first needed."""
        made: Quick | None = None

        def check(data: Json, memo: Memo) -> Json:
            nonlocal made
            if made is None:
                made = self._compile(type_())
            return made(data, memo)

        return check

    def _compile(self, type_: Type) -> Quick:
        """The check of a type, made once: a member of a union may hold that union."""
        if isinstance(type_, Ref):
            return self._name(type_)
        made, key = self._made, id(type_)
        if key not in made:
            made[key] = self._inside(key)
            made[key] = self._new(type_)
        return made[key]

    def _inside(self, key: int) -> Quick:
        """What stands for a type's check while it is made."""

        def check(data: Json, memo: Memo) -> Json:
            return self._made[key](data, memo)

        return check

    def _new(self, type_: Type) -> Quick:
        match type_:
            case AnyType():
                return _as_it_is
            case UnionType():
                return self._union(parts(type_))
            case SchemaType():
                return self._schema(type_)
            case ListType():
                return self._list(type_)
            case MapType():
                return self._map(type_)
            case ObjectType():
                return self._object(type_)
            case _:
                return quick_scalar(type_)

    def _name(self, ref: Ref) -> Quick:
        if ref not in self._named:
            self._named[ref] = self.later(lambda: ref.target)
        return self._named[ref]

    def _union(self, members: Sequence[Type]) -> Quick:
        """The first member that takes the value, of those that take its kind."""
        by_kind: dict[type, list[Quick]] = {}
        for member in members:
            quick = self._compile(member)
            for kind in _kinds(member):
                by_kind.setdefault(kind, []).append(quick)
        choices = {kind: _first_of(quicks) for kind, quicks in by_kind.items()}

        def check(data: Json, memo: Memo) -> Json:
            choice = choices.get(type(data))
            return refuse(data) if choice is None else choice(data, memo)

        return check

    def _schema(self, type_: SchemaType) -> Quick:
        """What the base says; and what the keywords say, unless something is unknown."""
        base = self._compile(type_.base)

        def check(data: Json, memo: Memo) -> Json:
            from flow_core.types.schema_check import schema_problems

            found = base(data, memo)
            if not has_unknown(data) and schema_problems(data, type_, ()):
                raise Refused
            return found

        return check

    def _list(self, type_: ListType) -> Quick:
        item = self._compile(type_.item)
        sized = type_ != ListType(type_.item)

        def check(data: Json, memo: Memo) -> Json:
            if not isinstance(data, list):
                return refuse(data)
            if sized and _wrong_size(data, type_):
                raise Refused
            if item is _as_it_is:
                return data
            found = [item(entry, memo) for entry in data]
            return data if all(map(is_, found, data)) else found

        return check

    def _map(self, type_: MapType) -> Quick:
        value = self._compile(type_.value)

        def check(data: Json, memo: Memo) -> Json:
            if not isinstance(data, dict):
                return refuse(data)
            try:
                found = {key: value(entry, memo) for key, entry in data.items()}
            except Refused:
                return refuse(data)
            return data if all(map(is_, found.values(), data.values())) else found

        return check

    def _object(self, type_: ObjectType) -> Quick:
        fields = {name: self._compile(field.type) for name, field in type_.fields.items()}
        required = frozenset(name for name, field in type_.fields.items() if field.required)
        is_open = type_.open

        def check(data: Json, memo: Memo) -> Json:
            if not isinstance(data, dict) or not required <= data.keys():
                return refuse(data)
            changed = None
            for name, value in data.items():
                field = fields.get(name)
                if field is None:
                    if not is_open:
                        return refuse(data)
                    continue
                found = field(value, memo)
                if found is not value:
                    changed = changed or dict(data)
                    changed[name] = found
            return changed or data

        return check


def _as_it_is(data: Json, _memo: Memo) -> Json:
    return data


def _kinds(member: Type) -> set[type]:
    """The Python types of the values that a member of a union may take."""
    return {kind for part in alternatives(member) for kind in _KINDS.get(type(part), (str,))}


def _first_of(members: list[Quick]) -> Quick:
    """The first of several members that takes a value.

    What they make of a list or an object is remembered while one value is checked: else each level
    of nested unions would multiply the work.
    """
    if len(members) == 1:
        return members[0]
    here = id(members)

    def check(data: Json, memo: Memo) -> Json:
        known = (here, id(data))
        if known not in memo:
            memo[known] = _try(members, data, memo)
        found = memo[known]
        return refuse(data) if found is _NONE else found

    return check


_NONE: Json = {"": "what no member takes"}


def _try(members: list[Quick], data: Json, memo: Memo) -> Json:
    for member in members:
        try:
            return member(data, memo)
        except Refused:
            continue
    return _NONE


def _wrong_size(data: list[Json], type_: ListType) -> bool:
    """Whether the number of items is wrong, or an item that is known repeats another."""
    if type_.unique and has_unknown(data):
        known = [item for item in data if not has_unknown(item)]
        sizes = ListType(type_.item, type_.min_items, type_.max_items)
        unique = ListType(type_.item, unique=True)
        return any(size_problems(data, sizes, ())) or any(size_problems(known, unique, ()))
    return any(size_problems(data, type_, ()))

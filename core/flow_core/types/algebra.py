"""Putting types together and taking them apart: unions, null, members.

Nothing here looks through a `Ref` while it builds a type, so recursive types can be built.
"""

from collections.abc import Iterable

from flow_core.types.kinds import (
    ANY,
    BOOLEAN,
    NULL,
    NUMBER,
    STRING,
    AnyType,
    BooleanType,
    Field,
    ListType,
    MapType,
    NullType,
    NumberType,
    ObjectType,
    Ref,
    SchemaType,
    StringType,
    Type,
    UnionType,
)


def deref(type_: Type) -> Type:
    """The type behind names and behind keywords that can't be modelled; never a `Ref`."""
    seen: set[int] = set()
    while isinstance(type_, (Ref, SchemaType)):
        if id(type_) in seen:
            return ANY
        seen.add(id(type_))
        type_ = type_.target if isinstance(type_, Ref) else type_.base
    return type_


def parts(type_: Type) -> tuple[Type, ...]:
    """The members of a type's unions, behind every name: no `Ref`, no `UnionType`, no duplicate."""
    if not isinstance(type_, (Ref, UnionType)):
        return (type_,)
    found: list[Type] = []
    seen: set[Ref] = set()
    todo: list[Type] = [type_]
    while todo:
        step = todo.pop()
        if isinstance(step, UnionType):
            todo.extend(reversed(step.members))
        elif not isinstance(step, Ref):
            found.append(step)
        elif step not in seen:
            seen.add(step)
            todo.append(step.target)
    return _distinct(found) or (ANY,)


def alternatives(type_: Type) -> tuple[Type, ...]:
    """What a value of the type may be: its `parts`, and in place of a `SchemaType` its base's."""
    if not isinstance(type_, (Ref, SchemaType, UnionType)):
        return (type_,)
    found: list[Type] = []
    todo = list(reversed(parts(type_)))
    while todo:
        step = todo.pop()
        if isinstance(step, SchemaType):
            todo.extend(reversed(parts(step.base)))
        else:
            found.append(step)
    return _distinct(found)


def union(*types: Type) -> Type:
    """One of several types: flat, without duplicates, null last; `any` swallows the rest.

    A union of nothing is `any`: nothing is known of it.
    """
    if len(types) == 1:
        return types[0]
    members = _distinct(_flat(types))
    if not members or any(isinstance(member, AnyType) for member in members):
        return ANY
    members = _without_narrower(members)
    if len(members) == 1:
        return members[0]
    return UnionType(tuple(sorted(members, key=lambda member: member == NULL)))


def _flat(types: Iterable[Type]) -> list[Type]:
    """The types with the members of unions in place of the unions."""
    flat: list[Type] = []
    for type_ in types:
        flat.extend(type_.members if isinstance(type_, UnionType) else (type_,))
    return flat


def _distinct(types: Iterable[Type]) -> tuple[Type, ...]:
    """The types without repetitions, in order."""
    hashed: set[Type] = set()
    kept: list[Type] = []
    unhashed: list[Type] = []
    for type_ in types:
        try:
            new = type_ not in hashed
            hashed.add(type_)
        except TypeError:  # a type that holds a dict: compare with its like only
            new = type_ not in unhashed
            unhashed.append(type_)
        if new:
            kept.append(type_)
    return tuple(kept)


def _without_narrower(members: tuple[Type, ...]) -> tuple[Type, ...]:
    """Drop refined scalars beside the plain scalar that already holds them."""
    plain = {type(member) for member in members if member in (STRING, BOOLEAN, NUMBER)}
    return tuple(
        member
        for member in members
        if type(member) not in plain or member in (STRING, BOOLEAN, NUMBER)
    )


def nullable(type_: Type) -> Type:
    """The type or null."""
    return union(type_, NULL)


def admits_null(type_: Type) -> bool:
    """Whether null is a value of the type; `any` admits it."""
    return any(isinstance(member, (AnyType, NullType)) for member in alternatives(type_))


def without_null(type_: Type) -> Type:
    """What the type is once null is ruled out; keeps the name of one that never admits null."""
    if not isinstance(type_, (NullType, Ref, SchemaType, UnionType)):
        return type_
    members = alternatives(type_)
    if NULL not in members:
        return type_
    return union(*(member for member in members if member != NULL))


def member(type_: Type, name: str) -> Type | None:
    """The type of a property, null included where it may be absent; None where nothing has it.

    Null itself is passed over: who reads through it must have asked `admits_null` first. Every
    other member of a union must have the property.
    """
    if isinstance(type_, ObjectType):
        return _property(type_, name)
    found = [_property(type_, name) for type_ in alternatives(without_null(type_))]
    known = [type_ for type_ in found if type_ is not None]
    return union(*known) if len(known) == len(found) else None


def _property(type_: Type, name: str) -> Type | None:
    if isinstance(type_, AnyType):
        return ANY
    if isinstance(type_, MapType):
        return type_.value
    if not isinstance(type_, ObjectType) or name not in type_.fields:
        return None
    field = type_.fields[name]
    return field.type if field.required else nullable(field.type)


def all_null(type_: Type) -> Type:
    """The outputs of a step that need not have succeeded: an object of nulls, null for a list."""
    members = alternatives(type_)
    if not all(isinstance(member, ObjectType) for member in members):
        return nullable(type_)
    return union(*(_nulled(member) for member in members if isinstance(member, ObjectType)))


def _nulled(outputs: ObjectType) -> ObjectType:
    fields = {
        name: Field(nullable(field.type), field.required, description=field.description)
        for name, field in outputs.fields.items()
    }
    return ObjectType(fields, open=outputs.open)


def join(left: Type, right: Type) -> Type:
    """The least type that holds both: of branches, of the items of a list literal.

    >>> from flow_core.types.show import show
    >>> show(join(ListType(NumberType(integer=True)), ListType(NUMBER)))
    'list<number>'
    """
    if left == right:
        return left
    members = _flat((left, right))
    joined: list[Type] = []
    for type_ in members:
        like = next((i for i, other in enumerate(joined) if type(other) is type(type_)), None)
        merged = None if like is None else _merge(joined[like], type_)
        if like is None or merged is None:
            joined.append(type_)
        else:
            joined[like] = merged
    return union(*joined)


def _merge(left: Type, right: Type) -> Type | None:
    """One type of the same kind as both that holds both, if that loses nothing that matters."""
    match left, right:
        case ListType(), ListType():
            if 0 in (left.max_items, right.max_items):  # an empty list fits beside any other
                return ListType((right if left.max_items == 0 else left).item)
            return ListType(join(left.item, right.item))
        case MapType(), MapType():
            return MapType(join(left.value, right.value))
        case NumberType(), NumberType():
            return NumberType(integer=left.integer and right.integer)
        case StringType(enum=tuple() as some), StringType(enum=tuple() as more):
            return StringType(enum=tuple(dict.fromkeys((*some, *more))))
        case StringType(), StringType():
            return STRING
        case BooleanType(), BooleanType():
            return BOOLEAN
        case _:
            return None

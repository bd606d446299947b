"""A type that holds whatever several types hold in common; it may hold more."""

from collections.abc import Sequence

from flow_core.types.algebra import alternatives, union
from flow_core.types.kinds import ANY, AnyType, Field, ObjectType, Ref, Type
from flow_core.types.show import show


def meet(types: Sequence[Type]) -> Type:
    """What must fit all the types; looked up only when needed where a name is among them."""
    if any(isinstance(type_, Ref) for type_ in types):
        names = [f"{ref.file}:{ref.name}" for ref in types if isinstance(ref, Ref)]
        name = " & ".join(show(type_) for type_ in types)
        return Ref(name, f"{names} {types!r}", lambda: _meet(types))
    return _meet(types)


def _meet(types: Sequence[Type]) -> Type:
    """Objects have the properties of all; of other kinds the first is as good as any."""
    known = [type_ for type_ in types if not isinstance(type_, AnyType)]
    groups = [alternatives(type_) for type_ in known]
    objects = [group[0] for group in groups if len(group) == 1]
    merged = _merged([type_ for type_ in objects if isinstance(type_, ObjectType)])
    if merged is not None and len(groups) == len(objects):
        return merged
    return union(*min(groups, key=len)) if groups else ANY


def _merged(objects: Sequence[ObjectType]) -> ObjectType | None:
    """One open object with every property; it is required if any of the objects says so."""
    if not objects:
        return None
    fields: dict[str, Field] = {}
    for type_ in objects:
        for name, field in type_.fields.items():
            fields[name] = _both(fields[name], field) if name in fields else field
    return ObjectType(fields)


def _both(left: Field, right: Field) -> Field:
    return Field(
        meet((left.type, right.type)) if left.type != right.type else left.type,
        left.required or right.required,
        left.default,
        left.description or right.description,
    )

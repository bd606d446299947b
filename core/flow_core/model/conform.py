"""Whether a value with expressions in it fits a type, and exactly where it does not."""

from collections.abc import Iterator, Mapping

import msgspec

from flow_core.model.pipeline import Constant, ListValue, MapValue, Value
from flow_core.places import Path
from flow_core.types import Mismatch, Type, deref, fits
from flow_core.types.kinds import ListType, MapType, ObjectType
from flow_core.types.literals import literal_problems


class Misfit(msgspec.Struct, frozen=True):
    """A part of a value that does not fit. ``path`` leads to the part; ``literal`` tells whether
    it is plain data (else an expression). ``hint``: it may not fit, which only a run can tell."""

    path: Path
    mismatch: Mismatch
    literal: bool
    hint: bool = False


def misfits(
    value: Value, path: Path, expected: Type, types: Mapping[Path, Type]
) -> Iterator[Misfit]:
    """What of a value does not fit; ``types`` holds the types of all its parts, by path."""
    target = deref(expected)
    match value:
        case Constant(data=data):
            for problem in literal_problems(data, expected):
                place = (*path, *problem.path)
                yield Misfit(place, problem, literal=True)
        case MapValue(entries=entries) if isinstance(target, MapType | ObjectType):
            yield from _fields(entries, path, target, types)
        case ListValue(items=items) if isinstance(target, ListType):
            for index, item in enumerate(items):
                yield from misfits(item, (*path, index), target.item, types)
        case _:
            yield from _assigned(types[path], expected, path)


def _assigned(source: Type, target: Type, path: Path) -> Iterator[Misfit]:
    fit = fits(source, target)
    if fit.verdict != "yes":
        for reason in fit.reasons:
            yield Misfit(path, reason, literal=False, hint=fit.verdict == "hint")


def _fields(
    entries: Mapping[str, Value],
    path: Path,
    target: MapType | ObjectType,
    types: Mapping[Path, Type],
) -> Iterator[Misfit]:
    for name, value in entries.items():
        wanted = target.value if isinstance(target, MapType) else _field(target, name)
        if wanted is not None:
            yield from misfits(value, (*path, name), wanted, types)
    if isinstance(target, ObjectType):
        constants = {n: v.data if isinstance(v, Constant) else None for n, v in entries.items()}
        for problem in literal_problems(constants, target):
            if not problem.path or problem.kind == "unknown-property":
                yield Misfit((*path, *problem.path), problem, literal=True)


def _field(target: ObjectType, name: str) -> Type | None:
    found = target.fields.get(name)
    return found.type if found else None

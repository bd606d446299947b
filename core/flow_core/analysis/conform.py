"""Whether a value with expressions in it fits a type, and exactly where it does not."""

from collections.abc import Iterator, Mapping

import msgspec

from flow_core.model.pipeline import Constant, ListValue, MapValue, Value
from flow_core.places import Path
from flow_core.types import Mismatch, Type, deref, fits, without_null
from flow_core.types.kinds import ANY, ListType, MapType, ObjectType
from flow_core.types.literals import Source, literal_problems
from flow_core.types.structures import missing_properties, unknown_property


class Misfit(msgspec.Struct, frozen=True):
    """A part of a value that does not fit.

    ``path`` leads to the part; ``literal`` tells whether it is plain data, else an expression:
    ``value`` is then the part, ``given`` its type and ``wanted`` the one it should have. ``hint``:
    it may not fit, which only a run can tell.
    """

    path: Path
    mismatch: Mismatch
    literal: bool
    hint: bool = False
    value: Value | None = None
    given: Type = ANY
    wanted: Type = ANY


class Fitting(msgspec.Struct, frozen=True):
    """The types of all parts of a value by path, and the source text of its scalars."""

    types: Mapping[Path, Type]
    source: Source

    def misfits(self, value: Value, path: Path, expected: Type) -> Iterator[Misfit]:
        """What of a value does not fit; literals and expressions are told apart part by part."""
        target = deref(without_null(expected))
        match value:
            case Constant(data=data):
                for problem in literal_problems(data, expected, path, self.source):
                    yield Misfit(problem.path, problem, literal=True)
            case MapValue(entries=entries) if isinstance(target, MapType):
                for name, entry in entries.items():
                    yield from self.misfits(entry, (*path, name), target.value)
            case MapValue(entries=entries) if isinstance(target, ObjectType):
                yield from self._fields(entries, path, target)
            case ListValue(items=items) if isinstance(target, ListType):
                for index, item in enumerate(items):
                    yield from self.misfits(item, (*path, index), target.item)
                yield from self._assigned(value, path, _size_of(items), _sizes(target))
            case _:
                yield from self._assigned(value, path, self.types[path], expected)

    def _fields(
        self, entries: Mapping[str, Value], path: Path, target: ObjectType
    ) -> Iterator[Misfit]:
        names = dict.fromkeys(entries)
        for problem in missing_properties(names, target, path):
            yield Misfit(path, problem, literal=True)
        for name, entry in entries.items():
            if name in target.fields:
                yield from self.misfits(entry, (*path, name), target.fields[name].type)
            elif not target.open:
                problem = unknown_property(name, target, names, path)
                yield Misfit(problem.path, problem, literal=True)

    def _assigned(self, value: Value, path: Path, source: Type, target: Type) -> Iterator[Misfit]:
        fit = fits(source, target)
        if fit.verdict == "yes":
            return
        for reason in fit.reasons:
            hint = fit.verdict == "hint"
            yield Misfit(path, reason, False, hint, value, source, target)  # noqa: FBT003 -- fields


def _size_of(items: tuple[Value, ...]) -> ListType:
    """A list of any items, as many as there are."""
    return ListType(ANY, min_items=len(items), max_items=len(items))


def _sizes(target: ListType) -> ListType:
    """What a type asks of a list apart from its items."""
    return ListType(ANY, min_items=target.min_items, max_items=target.max_items)

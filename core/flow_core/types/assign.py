"""Assignability: does every value of a source type fit a target type, and if not, why not?

Recursive types are compared by coinduction: a pair that is already being compared is assumed to
fit. The number of comparisons is bounded; beyond the bound nothing is claimed, so nothing alarms.
"""

from collections.abc import Iterable, Iterator

import msgspec

from flow_core.suggest import closest
from flow_core.types.algebra import parts
from flow_core.types.kinds import (
    NULL,
    AnyType,
    BooleanType,
    Field,
    ListType,
    MapType,
    NumberType,
    ObjectType,
    Ref,
    SchemaType,
    StringType,
    Type,
)
from flow_core.types.mismatch import ITEM, VALUE, Fit, Mismatch, MismatchKind
from flow_core.types.refinements import YES, boolean_fits, hint, number_fits, size_fits, string_fits
from flow_core.types.show import show

_MAX_COMPARISONS = 50_000
_MAX_DEPTH = 60
_MAX_REASONS = 8
_RANK = {"yes": 0, "hint": 1, "no": 2}


def fits(source: Type, target: Type) -> Fit:
    """Whether a value of the source type may stand where the target type is expected.

    >>> from flow_core.types.kinds import INTEGER, STRING
    >>> line, wanted = ObjectType({"qty": Field(STRING)}), ObjectType({"qty": Field(INTEGER)})
    >>> fits(ObjectType({"lines": Field(ListType(line))}),
    ...      ObjectType({"lines": Field(ListType(wanted))})).reasons[0].text
    'lines[].qty: string does not fit integer'
    """
    return _Comparison().compare(source, target)


def _all(results: Iterable[Fit]) -> Fit:
    """Every part must fit: the gravest verdict, with the reasons for it."""
    worst = YES
    for result in results:
        if _RANK[result.verdict] > _RANK[worst.verdict]:
            worst = result
        elif result.verdict == worst.verdict and len(worst.reasons) < _MAX_REASONS:
            worst = Fit(worst.verdict, (*worst.reasons, *result.reasons)[:_MAX_REASONS])
    return worst


def _no(message: str, kind: MismatchKind = "wrong-type", help_: str = "") -> Fit:
    return Fit("no", (Mismatch((), message, kind, help_),))


def _below(step: str, fit: Fit) -> Fit:
    """The same answer, seen from one level up."""
    if not fit.reasons:
        return fit
    reasons = (msgspec.structs.replace(why, path=(step, *why.path)) for why in fit.reasons)
    return Fit(fit.verdict, tuple(reasons))


def _is_wrong_kind(fit: Fit) -> bool:
    """Whether the kinds differ at the very top."""
    return fit.verdict == "no" and fit.reasons[0].kind == "wrong-type" and not fit.reasons[0].path


def _nearness(fit: Fit) -> tuple[int, bool, int, int]:
    """How close a comparison came: the deeper its first trouble, the closer."""
    first = fit.reasons[0]
    return (-_RANK[fit.verdict], not _is_wrong_kind(fit), len(first.path), -len(fit.reasons))


class _Comparison:
    """One run of `fits`: what is known or assumed of pairs, and how much work is left."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], Fit] = {}
        self._left = _MAX_COMPARISONS
        self._depth = 0

    def compare(self, source: Type, target: Type) -> Fit:
        """The answer, with paths that start at this pair."""
        if source is target or (isinstance(source, Ref) and source == target):
            return YES
        sources, targets = parts(source), parts(target)
        if len(sources) == 1:
            return self._part(sources[0], targets, source, target)
        return _all(self._member(part, targets, target) for part in sources)

    def _member(self, part: Type, targets: tuple[Type, ...], target: Type) -> Fit:
        """Whether one member of a union fits."""
        fit = self._part(part, targets, part, target)
        if part == NULL and fit.verdict == "no":
            return _no(f"may be null, which {show(target)} does not admit", "possible-null")
        return fit

    def _part(self, part: Type, targets: tuple[Type, ...], source: Type, target: Type) -> Fit:
        """Whether a type that is no union fits one of the targets, or why not the nearest.

        ``source`` and ``target`` are what a message calls them.
        """
        if isinstance(part, SchemaType) and len(targets) > 1:
            return YES if part in targets else self._assuming(part, target)
        best: Fit | None = None
        for other in targets:
            fit = self._pair(part, other)
            if fit.verdict == "yes":
                return YES
            best = fit if best is None else max(best, fit, key=_nearness)
        if best is None or _is_wrong_kind(best):
            return _no(f"{show(source)} does not fit {show(target)}")
        return best

    def _pair(self, source: Type, target: Type) -> Fit:
        """Compare two types that are neither names nor unions."""
        if source is target or isinstance(source, AnyType) or isinstance(target, AnyType):
            return YES
        match source, target:
            case NumberType(), NumberType():
                return number_fits(source, target)
            case StringType(), StringType():
                return string_fits(source, target)
            case BooleanType(), BooleanType():
                return boolean_fits(source, target)
            case (SchemaType() | ListType() | MapType() | ObjectType(), _) | (_, SchemaType()):
                return self._assuming(source, target)
            case _:
                return YES if type(source) is type(target) else _no("")

    def _assuming(self, source: Type, target: Type) -> Fit:
        """Compare two types that hold others, under the assumption that they fit."""
        pair = (id(source), id(target))
        if pair in self._known:
            return self._known[pair]
        self._left -= 1
        if self._left < 0 or self._depth > _MAX_DEPTH:
            return YES
        self._known[pair] = YES
        self._depth += 1
        self._known[pair] = self._structures(source, target)
        self._depth -= 1
        return self._known[pair]

    def _structures(self, source: Type, target: Type) -> Fit:
        match source, target:
            case _, SchemaType():
                return self._to_schema(source, target)
            case SchemaType(), _:
                return self._from_schema(source, target)
            case ListType(), ListType():
                return self._lists(source, target)
            case MapType(), MapType():
                return _below(VALUE, self.compare(source.value, target.value))
            case ObjectType(), MapType():
                return _all(
                    _below(name, self.compare(field.type, target.value))
                    for name, field in source.fields.items()
                )
            case ObjectType() | MapType(), ObjectType():
                return _all(self._properties(source, target))
            case _:
                return _no("")

    def _to_schema(self, source: Type, target: SchemaType) -> Fit:
        """A value that fits the base may still break a keyword; only the value can tell."""
        if source == target:
            return YES
        fit = self.compare(source, target.base)
        if fit.verdict != "yes":
            return fit
        return hint("only the value can tell whether it keeps to the JSON Schema")

    def _from_schema(self, source: SchemaType, target: Type) -> Fit:
        """The keywords may rule out what does not fit, unless the kinds differ altogether."""
        fit = self.compare(source.base, target)
        if fit.verdict == "no" and not (len(parts(source.base)) == 1 and _is_wrong_kind(fit)):
            return Fit("hint", fit.reasons)
        return fit

    def _lists(self, source: ListType, target: ListType) -> Fit:
        sizes = size_fits(source, target)
        if source.max_items == 0:
            return sizes
        unsure = target.unique and not source.unique and source.max_items != 1
        unique = hint("the items may repeat") if unsure else YES
        return _all((_below(ITEM, self.compare(source.item, target.item)), sizes, unique))

    def _properties(self, source: ObjectType | MapType, target: ObjectType) -> Iterator[Fit]:
        """One answer for each property of the target, and for those it does not know."""
        for name, wanted in target.fields.items():
            given = _field(source, name)
            if given is None:
                yield _missing(name, source) if wanted.required else YES
                continue
            yield _below(name, self.compare(given.type, wanted.type))
            if wanted.required and not given.required:
                yield _no(f"`{name}` may be absent, but is required", "missing-property")
        if not target.open:
            yield from _surplus(source, target)


def _field(source: ObjectType | MapType, name: str) -> Field | None:
    """A property of the source; a map may or may not hold any."""
    if isinstance(source, MapType):
        return Field(source.value, required=False)
    return source.fields.get(name)


def _missing(name: str, source: ObjectType | MapType) -> Fit:
    near = closest(name, source.fields) if isinstance(source, ObjectType) else None
    help_ = f"the value has `{near}`" if near else ""
    return _no(f"required property `{name}` is missing", "missing-property", help_)


def _surplus(source: ObjectType | MapType, target: ObjectType) -> Iterator[Fit]:
    """What a closed object says of properties that it does not declare."""
    if isinstance(source, MapType):
        yield hint("a map may hold keys that the object does not declare")
        return
    for name, field in source.fields.items():
        if name not in target.fields:
            message = f"property `{name}` is not declared in {show(target)}"
            yield _no(message, "unknown-property") if field.required else hint(message)

"""Scalars and sizes: is one set of values inside another, or have they none in common?"""

from collections.abc import Iterable

from flow_core.types.kinds import BooleanType, ListType, NumberType, StringType
from flow_core.types.mismatch import Fit, Mismatch, MismatchKind
from flow_core.types.ranges import Range, number_range, size_range
from flow_core.types.scalars import is_multiple, number_problems, string_problems
from flow_core.types.show import show_values

YES = Fit("yes")


def hint(message: str) -> Fit:
    """Accepted, but only the value can tell."""
    return Fit("hint", (Mismatch((), message, "wider"),))


def _disjoint(message: str, kind: MismatchKind) -> Fit:
    return Fit("no", (Mismatch((), message, kind),))


def _first(answers: Iterable[Fit]) -> Fit:
    """The first "no", else the first "hint"."""
    found = YES
    for answer in answers:
        if answer.verdict == "no":
            return answer
        found = answer if found is YES else found
    return found


def boolean_fits(source: BooleanType, target: BooleanType) -> Fit:
    """Booleans differ only in a constant."""
    if target.const is None or target.const == source.const:
        return YES
    wanted = show_values([target.const])
    if source.const is None:
        return hint(f"the boolean may not be {wanted}")
    return _disjoint(f"{show_values([source.const])} is never {wanted}", "not-in-enum")


def number_fits(source: NumberType, target: NumberType) -> Fit:
    """Integers are numbers; a number is an integer only if every one it may be is whole."""
    if source.enum is not None:
        kept = [value for value in source.enum if not any(number_problems(value, target))]
        return _choices(source.enum, kept)
    if target.integer and not source.integer:
        return Fit("no", (Mismatch((), "number does not fit integer"),))
    if target.enum is not None:
        kept = [value for value in target.enum if not any(number_problems(value, source))]
        return _targets(kept, target.enum)
    return _first(
        (
            _ranges(number_range(source), number_range(target), "the number"),
            _multiples(source, target),
        )
    )


def _choices(values: tuple[object, ...], kept: list[object] | list[float] | list[str]) -> Fit:
    """A source that is one of few values, of which some fit the target."""
    if len(kept) == len(values):
        return YES
    refused = show_values([value for value in values if value not in kept])
    if kept:
        return hint(f"{refused} would not fit")
    return _disjoint(f"{refused} does not fit", "not-in-enum")


def _targets(kept: list[object] | list[float] | list[str], wanted: tuple[object, ...]) -> Fit:
    """A target that is one of few values, of which the source may be some."""
    if kept:
        return hint(f"the value may not be {show_values(wanted)}")
    return _disjoint(f"the value is never {show_values(wanted)}", "not-in-enum")


def _ranges(source: Range, target: Range, what: str) -> Fit:
    if source.within(target):
        return YES
    if source.meets(target):
        return hint(f"{what} is {source.show()}, and {target.show()} is expected")
    message = f"{what} is {source.show()}, which is never {target.show()}"
    return _disjoint(message, "out-of-bounds")


def _multiples(source: NumberType, target: NumberType) -> Fit:
    unit = source.multiple_of or (1 if source.integer else None)
    if target.multiple_of is None or (unit is not None and is_multiple(unit, target.multiple_of)):
        return YES
    return hint(f"the number may not be a multiple of {target.multiple_of}")


def string_fits(source: StringType, target: StringType) -> Fit:
    """Strings differ in their values, lengths, patterns and formats."""
    if source.enum is not None:
        kept = [value for value in source.enum if not any(string_problems(value, target))]
        return _choices(source.enum, kept)
    if target.enum is not None:
        kept = [value for value in target.enum if not any(string_problems(value, source))]
        return _targets(kept, target.enum)
    lengths = (
        size_range(source.min_length, source.max_length),
        size_range(target.min_length, target.max_length),
    )
    return _first(
        (
            _ranges(*lengths, "the length of the string"),
            _same(source.pattern, target.pattern, "the pattern"),
            _same(source.format, target.format, "the format"),
        )
    )


def _same(source: str | None, target: str | None, what: str) -> Fit:
    """Nothing is known of how two patterns or two formats overlap."""
    if target is None or source == target:
        return YES
    return hint(f"the string may not have {what} `{target}`")


def size_fits(source: ListType, target: ListType) -> Fit:
    """The numbers of items."""
    return _ranges(
        size_range(source.min_items, source.max_items),
        size_range(target.min_items, target.max_items),
        "the number of items",
    )

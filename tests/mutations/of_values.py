"""Mistakes in the values of keys: durations, numbers, booleans, words, conditions, types."""

from collections.abc import Iterator

from mutant import Mutant, Mutation, Original

from flow_core.durations import parse_duration
from flow_core.places import Path
from flow_core.syntax import Scalar, Sequence

WRONG: dict[str, tuple[str, ...]] = {
    "flow": ("2", '"1"'),
    "version": ("1.10", "v2"),
    "max_attempts": ("0", "1", "2.5"),
    "max_attempts max_parallel limit max_iterations": ("-1",),
    "max_parallel limit max_iterations": ("0", "all"),
    "backoff": ("expotential", "Exponential"),
    "overlap": ("forbid",),
    "executor": ("threads",),
    "reduce": ("concat",),
    "jitter": ("20", "20%", "true"),
    "failure_rate": ("50",),
    "failure_threshold": ("0",),
    "cron": (
        '"61 6 * * 1"',
        '"0 25 * * *"',
        '"0 6 * *"',
        '"0 6 * * * *"',
        '"every day at six"',
        '"0 6 31 2 *"',
        "*/5 * * * *",
    ),
    "timezone": ("Europe/Berln", "CEST", "GMT+1"),
    "method": ("FETCH",),
    "url": ("http://mail.example.com/x",),
    "skip": ("false",),
    "errors": ("[]",),
    "budget": ("{duration: 1s}",),
    "max_delay": ("1ms",),
    "when": ("${{ false }}", "${{ 1 == 2 }}", "${{ 'yes' }}", "${{ 1 }}", "always()", "yes"),
    "until": ("${{ false }}", "${{ true }}", "${{ 3 }}", "done"),
    "for_each": ("${{ 5 }}", "five", "${{ {'a': 1} }}", '"a, b, c"'),
    "group": ("5",),
    "minimum": ("zero",),
    "enum": ("[]",),
    "duration": ("forever",),
    "type": (
        "str",
        "int",
        "bool",
        "list",
        "list<strin>",
        "array<string>",
        "List[str]",
        "list<string",
        "[string",
    ),
}
"""Wrong values of keys, as source text."""


def _durations(original: Original) -> Iterator[tuple[Path, str]]:
    for path in original.keys:
        value = original.document.get(path)
        if isinstance(value, Scalar) and parse_duration(value.text) is not None:
            yield path, value.text


def duration_misspelt(original: Original) -> Iterator[Mutant]:
    for path, text in _durations(original):
        number = text.rstrip("dhms")
        for wrong in (f"{number} seconds", f"-{text}", f"{number} {text[len(number) :]}"):
            yield original.valued(path, f'"{wrong}"')
        yield original.valued(path, f'"PT{text.upper()}"')
        yield original.valued(path, number)


def _with_value(keys: str, write: str) -> Mutation:
    """Each of some keys, as words of one text, with another value."""

    def mutate(original: Original) -> Iterator[Mutant]:
        for path, _ in original.keyed(*keys.split()):
            if original.source(path) != write:
                yield original.valued(path, write)

    mutate.__name__ = f"{keys}: {write}"
    return mutate


def _scalars(original: Original, *types: type) -> Iterator[tuple[Path, Scalar]]:
    """The values of keys that are of some types."""
    for path in original.keys:
        value = original.document.get(path)
        if isinstance(value, Scalar) and type(value.value) in types:
            yield path, value


def number_as_text(original: Original) -> Iterator[Mutant]:
    for path, value in _scalars(original, int, float):
        yield original.valued(path, f'"{value.text}"')
        yield original.valued(path, '"many"')


def boolean_as_text(original: Original) -> Iterator[Mutant]:
    for path, value in _scalars(original, bool):
        yield original.valued(path, f'"{value.text}"')
        yield original.valued(path, '"yes"')


def single_value_for_list(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        value = original.document.get(path)
        if isinstance(value, Sequence) and len(value.items) == 1:
            yield original.valued(path, original.source((*path, 0)))


def condition_always_true(original: Original) -> Iterator[Mutant]:
    """The condition of a step; that of a branch shows at the next branch."""
    for path, _ in original.keyed("when"):
        if "switch" not in path:
            yield original.valued(path, "${{ true }}")


MUTATIONS: tuple[Mutation, ...] = (
    duration_misspelt,
    number_as_text,
    boolean_as_text,
    single_value_for_list,
    condition_always_true,
    *(_with_value(keys, value) for keys, values in WRONG.items() for value in values),
)

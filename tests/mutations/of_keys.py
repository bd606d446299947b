"""Mistakes in the words of the language: keys, choices, durations, numbers, names."""

from collections.abc import Iterator

from mutant import Mutant, Mutation, Original
from of_expressions import typo

from flow_core.diagnostics import Patch
from flow_core.durations import parse_duration
from flow_core.syntax import Mapping, Scalar, Sequence

FOREIGN = {
    "needs": "depends_on",
    "dependsOn": "depends_on",
    "runAfter": "depends_on",
    "after": "depends_on",
    "if": "when",
    "condition": "when",
    "timeout-minutes": "timeout",
    "retries": "retry",
    "foreach": "for_each",
    "loop": "for_each",
    "matrix": "for_each",
    "params": "with",
    "args": "with",
    "arguments": "with",
    "task": "uses",
    "call": "uses",
    "action": "uses",
    "on_error": "catch",
    "on-failure": "catch",
    "except": "catch",
    "rollback": "compensate",
    "jobs": "steps",
    "tasks": "steps",
    "stages": "steps",
    "parameters": "inputs",
    "results": "outputs",
    "env": "secrets",
    "on": "schedule",
    "import": "imports",
    "include": "imports",
    "always": "finally",
    "title": "name",
    "maxAttempts": "max_attempts",
    "attempts": "max_attempts",
    "interval": "delay",
    "max_concurrency": "max_parallel",
    "parallel": "max_parallel",
}


def key_misspelt(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        yield original.patched(Patch("rename", path, typo(str(path[-1]))))


def key_doubled_letter(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        yield original.patched(Patch("rename", path, str(path[-1]) + str(path[-1])[-1]))


def key_capitalised(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        key = str(path[-1])
        yield original.patched(Patch("rename", path, key[0].upper() + key[1:]))


def key_in_other_case(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        first, *rest = str(path[-1]).split("_")
        if rest:
            camel = first + "".join(word.capitalize() for word in rest)
            yield original.patched(Patch("rename", path, camel))
            yield original.patched(Patch("rename", path, "-".join((first, *rest))))


def key_of_another_format(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        for foreign, ours in FOREIGN.items():
            if ours == path[-1]:
                yield original.patched(Patch("rename", path, foreign))


def key_unknown(original: Original) -> Iterator[Mutant]:
    """A key that nobody knows, beside each that is known."""
    for path in original.keys:
        yield original.inserted((*path[:-1], "frobnicate"), 1)


def _durations(original: Original) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for path in original.keys:
        value = original.document.get(path)
        if isinstance(value, Scalar) and parse_duration(value.text) is not None:
            yield path, value.text


def duration_without_unit(original: Original) -> Iterator[Mutant]:
    for path, text in _durations(original):
        yield original.valued(path, text.rstrip("dhms"))


def duration_in_words(original: Original) -> Iterator[Mutant]:
    for path, text in _durations(original):
        yield original.valued(path, f'"{text.rstrip("dhms")} seconds"')


def duration_negative(original: Original) -> Iterator[Mutant]:
    for path, text in _durations(original):
        yield original.valued(path, f'"-{text}"')


def duration_with_blank(original: Original) -> Iterator[Mutant]:
    for path, text in _durations(original):
        number = text.rstrip("dhms")
        yield original.valued(path, f'"{number} {text[len(number) :]}"')


def duration_of_iso_8601(original: Original) -> Iterator[Mutant]:
    for path, text in _durations(original):
        yield original.valued(path, f'"PT{text.upper()}"')


def _with_value(*keys: str, write: str) -> Mutation:
    """Each of some keys with another value."""

    def mutate(original: Original) -> Iterator[Mutant]:
        for path in original.keys:
            if path[-1] in keys and original.source(path) != write:
                yield original.valued(path, write)

    mutate.__name__ = f"{' or '.join(keys)}: {write}"
    return mutate


def number_as_text(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        value = original.document.get(path)
        if isinstance(value, Scalar) and type(value.value) in (int, float):
            yield original.valued(path, f'"{value.text}"')


def number_in_words(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        value = original.document.get(path)
        if isinstance(value, Scalar) and type(value.value) in (int, float):
            yield original.valued(path, '"many"')


def boolean_of_old_yaml(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        value = original.document.get(path)
        if isinstance(value, Scalar) and isinstance(value.value, bool):
            yield original.valued(path, '"yes"' if original.document.kind == "json" else "yes")


def boolean_as_text(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        value = original.document.get(path)
        if isinstance(value, Scalar) and isinstance(value.value, bool):
            yield original.valued(path, f'"{value.text}"')


def single_value_for_list(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        value = original.document.get(path)
        if isinstance(value, Sequence) and len(value.items) == 1:
            yield original.valued(path, original.source((*path, 0)))


def steps_as_a_list(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        if path[-1] in ("steps", "inputs", "outputs", "types", "imports"):
            yield original.valued(path, "[{name: first, uses: std.log}]")


def key_deleted(*keys: str):
    def mutate(original: Original) -> Iterator[Mutant]:
        for path in original.keys:
            if path[-1] in keys:
                yield original.without(path, path[:-1] if len(path) > 1 else ("name",))

    mutate.__name__ = f"{' or '.join(keys)} deleted"
    return mutate


def name_with_dash(original: Original) -> Iterator[Mutant]:
    for path, _ in original.entries:
        if len(path) > 1 and path[-2] in ("steps", "inputs", "types", "state", "imports"):
            if original.document.get(path[:-2]) is not None and not {"with", "value"} & set(path):
                yield original.patched(Patch("rename", path, f"{path[-1]}-x"))


def name_in_quotes_with_blank(original: Original) -> Iterator[Mutant]:
    for path, _ in original.entries:
        if len(path) > 1 and path[-2] in ("steps", "inputs", "types", "state", "imports"):
            if not {"with", "value"} & set(path):
                yield original.patched(Patch("rename", path, f"{path[-1]} x"))


MUTATIONS: tuple[Mutation, ...] = (
    key_misspelt,
    key_doubled_letter,
    key_capitalised,
    key_in_other_case,
    key_of_another_format,
    key_unknown,
    duration_without_unit,
    duration_in_words,
    duration_negative,
    duration_with_blank,
    duration_of_iso_8601,
    number_as_text,
    number_in_words,
    boolean_of_old_yaml,
    boolean_as_text,
    single_value_for_list,
    steps_as_a_list,
    name_with_dash,
    name_in_quotes_with_blank,
    _with_value("flow", write="2"),
    _with_value("flow", write='"1"'),
    _with_value("flow", write="1.0"),
    _with_value("version", write="1.10"),
    _with_value("version", write="v2"),
    _with_value("max_attempts", write="0"),
    _with_value("max_attempts", write="1"),
    _with_value("max_attempts", write="2.5"),
    _with_value("max_attempts", "max_parallel", "limit", "max_iterations", write="-1"),
    _with_value("max_parallel", "limit", "max_iterations", write="0"),
    _with_value("max_parallel", "limit", "max_iterations", write="all"),
    _with_value("max_iterations", write="1000000"),
    _with_value("backoff", write="expotential"),
    _with_value("backoff", write="Exponential"),
    _with_value("overlap", write="forbid"),
    _with_value("executor", write="threads"),
    _with_value("reduce", write="concat"),
    _with_value("jitter", write="20"),
    _with_value("jitter", write="20%"),
    _with_value("jitter", write="true"),
    _with_value("factor", write="0"),
    _with_value("failure_rate", write="50"),
    _with_value("failure_threshold", write="0"),
    _with_value("cron", write='"61 6 * * 1"'),
    _with_value("cron", write='"0 25 * * *"'),
    _with_value("cron", write='"0 6 * *"'),
    _with_value("cron", write='"0 6 * * * *"'),
    _with_value("cron", write='"every day at six"'),
    _with_value("cron", write='"0 6 31 2 *"'),
    _with_value("cron", write="*/5 * * * *"),
    _with_value("timezone", write="Europe/Berln"),
    _with_value("timezone", write="CEST"),
    _with_value("timezone", write="GMT+1"),
    _with_value("method", write="FETCH"),
    _with_value("url", write="http://mail.example.com/x"),
    _with_value("skip", write="false"),
    _with_value("errors", write="[]"),
    _with_value("delay", write="2h"),
    _with_value("budget", write="{duration: 1s}"),
    _with_value("max_delay", write="1ms"),
    _with_value("when", write="${{ true }}"),
    _with_value("when", write="${{ false }}"),
    _with_value("when", write="${{ 1 == 2 }}"),
    _with_value("when", write="${{ 'yes' }}"),
    _with_value("when", write="${{ 1 }}"),
    _with_value("when", write="always()"),
    _with_value("when", write="yes"),
    _with_value("until", write="${{ false }}"),
    _with_value("until", write="${{ true }}"),
    _with_value("until", write="${{ 3 }}"),
    _with_value("until", write="done"),
    _with_value("for_each", write="${{ 5 }}"),
    _with_value("for_each", write="five"),
    _with_value("for_each", write="${{ {'a': 1} }}"),
    _with_value("for_each", write='"a, b, c"'),
    _with_value("group", write="5"),
    _with_value("minimum", write="zero"),
    _with_value("enum", write="[]"),
    _with_value("duration", write="forever"),
    _with_value("type", write="str"),
    _with_value("type", write="int"),
    _with_value("type", write="bool"),
    _with_value("type", write="list"),
    _with_value("type", write="list<strin>"),
    _with_value("type", write="array<string>"),
    _with_value("type", write="List[str]"),
    _with_value("type", write="list<string"),
    _with_value("type", write="[string"),
    key_deleted("uses"),
    key_deleted("steps"),
    key_deleted("flow"),
    key_deleted("name"),
    key_deleted("max_attempts"),
    key_deleted("until", "max_iterations", "limit", "run", "cron", "url"),
)

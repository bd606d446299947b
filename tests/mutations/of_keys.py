"""Mistakes in the keys of the language, and in names."""

from collections.abc import Iterator

from mutant import Mutant, Mutation, Original
from of_expressions import typo

from flow_core.syntax import Mapping

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
        yield original.renamed(path, typo(str(path[-1])))


def key_doubled_letter(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        yield original.renamed(path, str(path[-1]) + str(path[-1])[-1])


def key_capitalised(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        key = str(path[-1])
        yield original.renamed(path, key[0].upper() + key[1:])


def key_in_other_case(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        first, *rest = str(path[-1]).split("_")
        if rest:
            camel = first + "".join(word.capitalize() for word in rest)
            yield original.renamed(path, camel)
            yield original.renamed(path, "-".join((first, *rest)))


def key_of_another_format(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        for foreign, ours in FOREIGN.items():
            if ours == path[-1]:
                yield original.renamed(path, foreign)


def key_unknown(original: Original) -> Iterator[Mutant]:
    """A key that nobody knows, beside each that is known."""
    for path in original.keys:
        yield original.inserted((*path[:-1], "frobnicate"), 1)


def sections_as_lists(original: Original) -> Iterator[Mutant]:
    for path, _ in original.keyed("steps", "inputs", "outputs", "types", "imports"):
        yield original.valued(path, "[{name: first, uses: std.log}]")


def _deleted(*keys: str) -> Mutation:
    """A key deleted that is required; its parent is to be reported, or the file's first line."""

    def mutate(original: Original) -> Iterator[Mutant]:
        for path, _ in original.keyed(*keys):
            if original.module.is_pipeline or path != ("name",):
                parent = path[:-1] or (("name",) if path == ("flow",) else ("flow",))
                yield original.without(path, parent)

    mutate.__name__ = f"{' or '.join(keys)} deleted"
    return mutate


def steps_deleted(original: Original) -> Iterator[Mutant]:
    for path, _ in original.keyed("steps"):
        home = path[:-1]
        rest = original.document.get(home)
        keys = [key for key in rest.fields if key != "steps"] if isinstance(rest, Mapping) else []
        yield original.without(path, home or ("flow",), *((*home, key) for key in keys))


def name_of_no_identifier(original: Original) -> Iterator[Mutant]:
    sections = ("steps", "inputs", "types", "state", "imports")
    for path, _ in original.entries:
        if len(path) > 1 and path[-2] in sections and not {"with", "value", "schedule"} & set(path):
            yield original.renamed(path, f"{path[-1]}-x")
            yield original.renamed(path, f"{path[-1]} x")


MUTATIONS: tuple[Mutation, ...] = (
    key_misspelt,
    key_doubled_letter,
    key_capitalised,
    key_in_other_case,
    key_of_another_format,
    key_unknown,
    sections_as_lists,
    steps_deleted,
    name_of_no_identifier,
    _deleted("uses"),
    _deleted("flow"),
    _deleted("name"),
    _deleted("max_attempts"),
    _deleted("until", "max_iterations", "limit", "run", "cron", "url"),
)

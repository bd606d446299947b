"""Mistakes in what is declared and referred to: unused, renamed, removed, doubled, in a circle."""

from collections.abc import Iterator

from mutant import Mutant, Mutation, Original
from of_expressions import typo

from flow_core.diagnostics import Json
from flow_core.places import Path
from flow_core.syntax import Scalar

SPARE: dict[Path, Json] = {
    ("steps", "spare"): {"uses": "std.sort", "with": {"items": [3, 1]}},
    ("inputs", "spare"): "string",
    ("types", "Spare"): "string",
    ("state", "spare"): {"type": "integer", "reduce": "sum"},
}


def unused(original: Original) -> Iterator[Mutant]:
    """What nothing refers to; types of a file with components are for others, too."""
    for path, value in SPARE.items():
        is_used = path[0] == "types" and original.names("components")
        if original.module.is_pipeline and not is_used:
            yield original.inserted(path, value, at=[path])


def secret_unused(original: Original) -> Iterator[Mutant]:
    if secrets := original.module.pipeline.secrets:
        yield original.inserted(("secrets", len(secrets)), "SPARE")


def step_renamed(original: Original) -> Iterator[Mutant]:
    """A step with another name, and each reference to it left behind."""
    for name, info in original.module.steps.items():
        path = info.step.path
        for use in original.module.uses:
            if use.target == name and path not in (use.place.path, use.place.path[: len(path)]):
                line = original.line_at(original.document.locate(use.name).start)
                yield Mutant(original.renamed(path, f"{name}_other").text, frozenset({line}))


def _mentioning(original: Original, path: Path) -> list[Path]:
    """The sites outside of an entry that refer to it by its path."""
    return [
        mention.site.path
        for mention in original.module.mentions
        if mention.path[:2] == path[:2] and mention.site.path[: len(path)] != path
    ]


def name_changed(original: Original) -> Iterator[Mutant]:
    for section in ("inputs", "state"):
        for name in original.names(section):
            if readers := _mentioning(original, (section, name)):
                yield original.renamed((section, name), f"{name}_other", at=readers)


def name_removed(original: Original) -> Iterator[Mutant]:
    for section in ("inputs", "state", "steps"):
        for name in original.names(section):
            if readers := _mentioning(original, (section, name)):
                yield original.without((section, name), *readers)


def secret_undeclared(original: Original) -> Iterator[Mutant]:
    for mention in original.module.mentions:
        if mention.path[0] == "secrets":
            index = list(original.module.pipeline.secrets).index(mention.path[1])
            yield original.without(("secrets", index), mention.site.path)


def type_undeclared(original: Original) -> Iterator[Mutant]:
    for name in original.names("types"):
        uses = [
            path
            for path, value in original.entries
            if isinstance(value, Scalar) and value.text == name and path[0] != "types"
        ]
        if uses:
            yield original.without(("types", name), *uses)


def dependency_misspelt(original: Original) -> Iterator[Mutant]:
    for use in original.module.uses:
        if use.explicit:
            span = original.document.locate(use.name)
            yield original.edited(span.start, span.end, typo(use.target))


def dependency_on_itself(original: Original) -> Iterator[Mutant]:
    for name, info in original.module.steps.items():
        if not info.step.depends_on:
            yield original.inserted((*info.step.path, "depends_on"), [name])


def cycle_of_two(original: Original) -> Iterator[Mutant]:
    """A step that depends on one that depends on it."""
    steps = original.module.steps
    for use in original.module.uses:
        step, target = steps.get(use.step), steps.get(use.target)
        if step and target and step.parent == target.parent and not target.step.depends_on:
            yield original.inserted((*target.step.path, "depends_on"), [use.step])


def step_twice(original: Original) -> Iterator[Mutant]:
    """A step of a group with the name of one outside."""
    steps = original.module.steps
    inner = next((info.step.path for info in steps.values() if info.parent), None)
    for name, info in steps.items():
        if inner and not info.parent:
            yield original.renamed(inner, name, at=[(*inner[:-1], name), info.step.path])


def channel_misspelt(original: Original) -> Iterator[Mutant]:
    for path, _ in original.entries:
        if path[-2:-1] == ("set",):
            yield original.renamed(path, typo(str(path[-1])))


def item_outside_of_a_loop(original: Original) -> Iterator[Mutant]:
    for path, _ in original.keyed("for_each"):
        readers = [
            site
            for site in original.module.sites
            if site[: len(path) - 1] == path[:-1] and "item" in original.source(site)
        ]
        if readers:
            yield original.without(path, *readers)


MUTATIONS: tuple[Mutation, ...] = (
    unused,
    secret_unused,
    step_renamed,
    name_changed,
    name_removed,
    secret_undeclared,
    type_undeclared,
    dependency_misspelt,
    dependency_on_itself,
    cycle_of_two,
    step_twice,
    channel_misspelt,
    item_outside_of_a_loop,
)

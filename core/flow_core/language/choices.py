"""Keys that exclude each other: what a step calls, what runs a component, what a mock does."""

from collections.abc import Iterator

from flow_core.diagnostics import Related
from flow_core.language.problem import ShapeProblem, any_of, entry_place
from flow_core.language.shapes import Record
from flow_core.places import Path, Place
from flow_core.syntax.nodes import Mapping

CALLS = ("uses", "steps", "switch")


def problems(node: Mapping, shape: Record, path: Path, meant: set[str]) -> Iterator[ShapeProblem]:
    """Exactly one of the keys that exclude each other, and companions only beside theirs."""
    choice = shape.choice
    if choice is None:
        return
    fields = node.fields
    heads = [name for name in fields if name in choice.heads]
    if not heads and not meant.intersection((*choice.heads, "")):
        strays = [head for name, head in choice.companions.items() if name in fields]
        yield ShapeProblem(
            "missing-call",
            entry_place(path),
            f"{shape.title} needs {any_of(choice.heads)}",
            f"add `{strays[0]}: …`" if strays else f"add {any_of(choice.heads)}",
        )
    for extra in heads[1:]:
        yield _excluded(extra, heads[0], shape, path)
    for name, head in choice.companions.items():
        if name in fields and heads and head not in heads:
            yield _companion(name, head, heads[0], shape, path)


def _excluded(name: str, other: str, shape: Record, path: Path) -> ShapeProblem:
    help_ = "remove one of the two"
    if other in CALLS:
        help_ += f", or make a step of its own for `{name}`"
    return ShapeProblem(
        "several-calls",
        Place((*path, name), "key"),
        f"`{name}` and `{other}` exclude each other: {shape.title} has only one of them",
        help_,
        notes=(Related(Place((*path, other), "key"), f"`{other}` stands here"),),
    )


def _companion(name: str, head: str, other: str, shape: Record, path: Path) -> ShapeProblem:
    message = f"`{name}` stands only beside `{head}`, but this is {shape.title} with `{other}`"
    help_ = f"remove `{name}`"
    if name == "outputs":
        help_ += "; the outputs of what is called are read as `steps.….outputs`"
    return ShapeProblem("misplaced-key", Place((*path, name), "key"), message, help_)

"""Forms: scalar, list or mapping. Which variant a value means, and what a wrong form should be."""

import re

from flow_core.language.foreign import Carried, retries
from flow_core.language.keys import resolve
from flow_core.language.problem import ShapeProblem, entry_place, found, quoted, replacing, subject
from flow_core.language.scalars import expected as expected_scalar
from flow_core.language.scalars import not_evaluated
from flow_core.language.shapes import (
    Data,
    ListOf,
    MapOf,
    Number,
    OneOf,
    Record,
    Shape,
    Text,
    TypeShape,
    Value,
)
from flow_core.places import Path, Place
from flow_core.suggest import closest
from flow_core.syntax.nodes import Mapping, Scalar, Sequence
from flow_core.syntax.nodes import Value as Node

_REFERENCE = r"[A-Za-z_]\w*\.[A-Za-z_]\w*(?:@[\^~]?[\d.]+)?"


def choose(node: Node, shape: OneOf) -> Shape | None:
    """The variant whose form a value has."""
    variants = (resolve(variant) for variant in shape.variants)
    return next((variant for variant in variants if _has_form(node, variant)), None)


def _has_form(node: Node, shape: Shape) -> bool:
    match shape:
        case Value() | Data() | TypeShape():
            return True
        case Record(marker=marker):
            return isinstance(node, Mapping) and (not marker or _is_meant(node, shape))
        case MapOf():
            return isinstance(node, Mapping)
        case ListOf():
            return isinstance(node, Sequence)
        case Number():
            return isinstance(node, Scalar) and isinstance(node.value, int | float)
        case _:
            return isinstance(node, Scalar) and node.value is not None


def _is_meant(node: Mapping, variant: Record) -> bool:
    """Whether a mapping has the variant's marker and no keys but its own, one misspelt at most."""
    own = variant.index.keys()
    strange = [name for name in node.fields if name not in own]
    if not strange:
        return variant.marker in node.fields
    meant = next((key for key in own if _is_misspelt(strange[0], key)), None)
    known = {*node.fields, meant} - {*strange}
    return meant is not None and len(strange) == 1 < len(known) and variant.marker in known


def _is_misspelt(name: str, key: str) -> bool:
    """Whether a name has the letters of a key and no others; `values` is a word of its own."""
    return {*name.lower()} <= {*key} and closest(name, (key,)) is not None


def expected(shape: Shape) -> str:
    """Name what a shape admits, as a noun."""
    match resolve(shape):
        case Record() as record:
            return f"{record.title} (a mapping)"
        case MapOf():
            return "a mapping"
        case ListOf():
            return "a list"
        case OneOf(variants=variants):
            return " or ".join(dict.fromkeys(expected(variant) for variant in variants))
        case scalar:
            return expected_scalar(scalar)


def wrong_form(node: Node, shape: Shape, path: Path) -> ShapeProblem:
    """A value whose form is not the shape's: nothing, an expression, or of another kind."""
    if isinstance(node, Scalar) and node.value is None:
        return _null(node, shape, path)
    if isinstance(node, Scalar) and isinstance(node.value, str) and "${{" in node.text:
        problem = not_evaluated(node, shape, path)
        return ShapeProblem(
            problem.kind, problem.place, problem.message, f"write {expected(shape)}"
        )
    message = f"{subject(path)} must be {expected(shape)}, found {found(node)}"
    wrapped = _wrapped(node, shape)
    if isinstance(wrapped, list | dict):
        show = str(wrapped).replace("'", "")
        mend = replacing(path, wrapped, show, safe="max_attempts" not in wrapped)
        return ShapeProblem("wrong-type", Place(path), message, f"write {quoted(show)}", mend)
    return ShapeProblem("wrong-type", _first(node, path), message, _advice(node, shape, path))


def _first(node: Node, path: Path) -> Place:
    """Where a collection starts that stands for one of the other kind: its first key or item."""
    if isinstance(node, Mapping) and node.entries and not node.flow:
        return Place((*path, node.entries[0].key.text), "key")
    return Place((*path, 0)) if isinstance(node, Sequence) and node.items else Place(path)


def _null(node: Scalar, shape: Shape, path: Path) -> ShapeProblem:
    nothing = "has no value" if not node.text else "is null"
    return ShapeProblem(
        "null-value",
        entry_place(path),
        f"{subject(path)} {nothing}, but {expected(shape)} was expected",
        "give it a value or remove it",
    )


def empty_value(path: Path) -> ShapeProblem:
    """Nothing where any value may stand."""
    message = f"{subject(path)} has no value"
    help_ = "give it a value, or write `null` if that is meant"
    return ShapeProblem("null-value", entry_place(path), message, help_)


def _wrapped(node: Node, shape: Shape) -> Carried:
    """``[a]`` for ``a`` where a list stands, and the like; None where that is not certain."""
    variants = shape.variants if isinstance(shape, OneOf) else (shape,)
    for variant in variants:
        if isinstance(variant, ListOf) and isinstance(node, Scalar):
            is_name = isinstance(node.value, str) and node.text.replace("_", "").isalnum()
            return [node.text] if is_name and isinstance(variant.item, Text) else None
        if isinstance(variant, Record) and variant.name == "retry":
            return retries(node)
        if isinstance(variant, Record) and "uses" in variant.index and isinstance(node, Scalar):
            return {"uses": node.text} if re.fullmatch(_REFERENCE, node.text) else None
    return None


def _advice(node: Node, shape: Shape, path: Path) -> str:
    shape = resolve(shape)
    if isinstance(shape, Record) and path and path[-1] in shape.index:
        return f"`{path[-1]}` is a key of {shape.title}: indent it, or rename this one"
    if isinstance(shape, MapOf) and isinstance(node, Sequence):
        return "write `name: …` for each entry, in place of `- `"
    if isinstance(shape, Record) and isinstance(node, Scalar):
        first = shape.choice.heads[0] if shape.choice else (shape.required or shape.keys)[0].name
        return f"write `{first}: …` below it"
    if isinstance(shape, ListOf) and isinstance(node, Mapping):
        return "write `- ` before each entry"
    if isinstance(shape, ListOf) and isinstance(node, Scalar):
        return f"write `[{', '.join(node.text.replace(',', ' ').split())}]`"
    return f"write {expected(shape)}"

"""Text that looks like an expression of this file, but is written with other braces."""

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import msgspec

from flow_core.places import Path, Place
from flow_core.syntax.nodes import Mapping, Scalar, Sequence, Value

if TYPE_CHECKING:
    from flow_core.module import Module

_OPEN = r"(?<![$\\{])(?:\$ +\{\{|\$\{(?!\{)|\{\{) *"
_VARIABLE = r"(?P<variable>inputs|steps|state|secrets)\."
_HINT = re.compile(_OPEN + _VARIABLE)
_BRACES = re.compile(rf"{_OPEN}(?P<source>{_VARIABLE}(?P<name>\w+)[^{{}}\n]*?) *\}}\}}?")


class Unmarked(msgspec.Struct, frozen=True):
    """One such text: where it stands, its source, and the name it begins with."""

    place: Place
    written: str
    source: str
    variable: str
    name: str


def unmarked(module: "Module") -> Iterator[Unmarked]:
    """All of them that begin with a name that is declared, in values that may hold expressions."""
    if not _HINT.search(module.document.text):
        return
    pipeline = module.pipeline
    known: dict[str, Collection[str]] = {
        "inputs": pipeline.inputs,
        "state": pipeline.state,
        "secrets": pipeline.secrets,
        "steps": module.steps,
    }
    for path in module.sites:
        for where, text in _texts(module.document.get(path), path):
            for found in _BRACES.finditer(text):
                if found["name"] in known[found["variable"]]:
                    place = Place(where, start=found.start(), end=found.end())
                    yield Unmarked(
                        place, found[0], found["source"], found["variable"], found["name"]
                    )


def _texts(node: Value | None, path: Path) -> Iterator[tuple[Path, str]]:
    match node:
        case Scalar(value=str(text)):
            yield path, text
        case Mapping():
            for key, value in node.fields.items():
                yield from _texts(value, (*path, key))
        case Sequence():
            for index, value in enumerate(node.values):
                yield from _texts(value, (*path, index))
        case _:
            return

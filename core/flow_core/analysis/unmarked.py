"""Text that looks like an expression of this file, but is not written between Flow's braces."""

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from flow_core.model.sites import Context
from flow_core.places import Path, Place
from flow_core.syntax.nodes import Mapping, Scalar, Sequence, Value

if TYPE_CHECKING:
    from flow_core.module import Module

_OPEN = r"(?<![$\\{])(?:\$ +\{\{|\$\{(?!\{)|\{\{) *"
_DOTTED = r"(?:inputs|steps|state|secrets|item|previous|outputs|error|run)\.\w"
_REFERENCE = re.compile(r"\b(\w+)\.(\w+)")
_HINT = re.compile(r"(?<!\$)\{\{|\$\{(?!\{)|\}\}")
_BRACES = re.compile(rf"{_OPEN}(?P<source>[^{{}}\n]*?) *\}}\}}?")
_HALF = re.compile(
    rf"(?<![\w.{{$])(?P<source>(?:(?:\w+\()*{_DOTTED}[^{{}}\n]*?|item|index)) *\}}\}}"
)
"""What is left of an expression without its opening braces."""

_EXPRESSION = re.compile(r"\$\{\{.*?\}\}")


_Names: TypeAlias = dict[str, Collection[str] | None]
"""The variables in scope with their properties, None where those are not known."""


class Unmarked(msgspec.Struct, frozen=True):
    """One such text: where it stands, its source, and the declared names in it."""

    place: Place
    written: str
    source: str
    names: tuple[str, ...]


def unmarked(module: "Module") -> Iterator[Unmarked]:
    """All of them that make use of a name that is declared, in values that may hold expressions."""
    if not _is_hinted(module.document.text):
        return
    pipeline = module.pipeline
    own: _Names = {
        "inputs": pipeline.inputs,
        "state": pipeline.state,
        "secrets": pipeline.secrets,
        "steps": module.steps,
    }
    for site in module.sites.values():
        names = own | _local_names(site.context)
        for where, text in _texts(module.document.get(site.path), site.path):
            yield from _of_text(text, where, names)
    for site in (checked.site for checked in module.requests.sites):
        component = module.library.components.get(str(site.path[1]))
        for where, text in _texts(module.document.get(site.path), site.path):
            yield from _of_text(text, where, {"inputs": component.inputs if component else ()})


def _is_hinted(text: str) -> bool:
    return _HINT.search(_EXPRESSION.sub("", text)) is not None


def _local_names(context: Context) -> _Names:
    """The variables of a place; what their properties are is not asked."""
    names = ["run"]
    names += ["item", "index"] if context.item else []
    names += ["previous", "iteration"] if context.loop else []
    names += ["outputs"] if context.outputs is not None else []
    names += ["error"] if context.error else []
    return dict.fromkeys(names, None)


def _of_text(text: str, path: Path, names: _Names) -> Iterator[Unmarked]:
    rest = _EXPRESSION.sub(lambda found: " " * len(found[0]), text)
    for pattern in (_BRACES, _HALF):
        for found in pattern.finditer(rest):
            used = tuple(_used(found["source"], names))
            if used and (pattern is _BRACES or "{{" not in rest[: found.start()]):
                place = Place(path, start=found.start(), end=found.end())
                yield Unmarked(place, found[0], found["source"], used)


def _used(source: str, names: _Names) -> Iterator[str]:
    """The names of a text that are known, ``inputs.name`` for one."""
    if source in ("item", "index", "iteration") and source in names:
        yield source
    for variable, name in _REFERENCE.findall(source):
        known = names.get(variable, ())
        if known is None or name in known:
            yield name


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

"""What moved steps need of their file besides its inputs: imports, types, components, defaults."""

import json
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from flow_core.analysis.usage import words
from flow_core.diagnostics import Edit, Json
from flow_core.fields import fields, named
from flow_core.ide.actions.anchors import freed
from flow_core.ide.actions.border import Border
from flow_core.ide.actions.source import Content, Lines, Members
from flow_core.model.pipeline import Group, Uses
from flow_core.module import Module
from flow_core.syntax.nodes import Value, data
from flow_core.syntax.render import entry_lines

_PORTS = ("inputs", "outputs")


class Needs(msgspec.Struct, frozen=True):
    """The names of a file's own that something needs, in the order of the file."""

    imports: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    components: tuple[str, ...] = ()


def needs(border: Border, spelled: Json) -> Needs:
    """What the steps inside need, and types that are ``spelled`` besides."""
    module = border.selection.module
    inside = [info for info in module.calls.values() if border.holds(info.path)]
    calls = (info.call for info in inside)
    targets = {call.target for call in calls if isinstance(call, Uses)}
    components = tuple(name for name in module.library.components if name in targets)
    found = {target.rpartition(".")[0] for target in targets} | set(_texts(spelled))
    found |= set(words(_type_nodes(border)))
    section = named(fields(module.document.root).get("components"))
    found |= set(words(section.get(name) for name in components))
    types = _closed(module, found)
    imports = tuple(alias for alias in module.imports if alias in found)
    return Needs(imports, types, components)


def _texts(spelled: Json) -> Iterator[str]:
    if isinstance(spelled, dict):
        for value in spelled.values():
            yield from _texts(value)
    elif isinstance(spelled, list):
        for value in spelled:
            yield from _texts(value)
    elif isinstance(spelled, str):
        yield from "".join(c if c.isalnum() or c == "_" else " " for c in spelled).split()


def _type_nodes(border: Border) -> Iterator[Value | None]:
    """The types that the steps inside write themselves."""
    module = border.selection.module
    for info in module.steps.values():
        if border.holds(info.step.path):
            yield module.document.get((*info.step.path, "returns"))
    for call in module.calls.values():
        if border.holds(call.path) and isinstance(call.call, Group):
            for name in call.call.outputs:
                yield module.document.get((*call.path, "outputs", name, "type"))


def _closed(module: Module, found: set[str]) -> tuple[str, ...]:
    """The types among some words, and those that they are made of; their words join the others."""
    section = named(fields(module.document.root).get("types"))
    waiting = [name for name in section if name in found]
    chosen = set(waiting)
    while waiting:
        more = set(words([section[waiting.pop()]]))
        found |= more
        fresh = [name for name in section if name in more and name not in chosen]
        chosen.update(fresh)
        waiting += fresh
    return tuple(name for name in section if name in chosen)


def entries(
    module: Module, section: str, names: Iterable[str], more: Mapping[str, Json] = {}
) -> Content:
    """Some entries of a section as they are written there, and more of them."""
    texts = [_entry(module, section, name) for name in names]
    if module.document.kind == "json":
        texts += (f"{json.dumps(name)}: {json.dumps(value)}" for name, value in more.items())
        return Lines(",\n".join(texts)) if texts else {}
    texts += (line for name, value in more.items() for line in entry_lines(name, value, 2))
    return Lines("\n".join(texts)) if texts else {}


def _entry(module: Module, section: str, name: str) -> str:
    members = Members(module.document, (section,), (name,))
    edits: list[Edit] = freed(module.document, members.span)
    return members.lines(edits).text


def defaults(module: Module) -> Json:
    """The defaults of a file's leaf calls."""
    return data(fields(module.document.root).get("defaults"))

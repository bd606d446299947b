"""The symbols of what is declared: steps, ports, components, types, files."""

from collections.abc import Iterator
from itertools import islice

from flow_core.components.signature import Port, Signature
from flow_core.fields import text
from flow_core.ide.symbol import Kind, Occurrence, Symbol, key_of
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.syntax.nodes import Sequence


def listed(module: Module, path: Path) -> Iterator[tuple[int, str]]:
    """The names in the list at a path, with their indices; what is no text is left out."""
    node = module.document.get(path)
    for index, item in enumerate(node.values if isinstance(node, Sequence) else ()):
        if name := text(item):
            yield index, name


def declared(module: Module, kind: Kind, path: Path, *others: Symbol | None) -> Occurrence:
    """The key at a path as the declaration of a name; ``others`` must have the same."""
    symbol = Symbol(kind, str(path[-1]), key_of(module.file, *path))
    return Occurrence((symbol,), Place(path, "key"), linked=tuple(filter(None, others)))


def entry(module: Module, kind: Kind, section: str, name: str) -> Symbol:
    """What a top-level section of a file declares under a name, or would."""
    return Symbol(kind, name, key_of(module.file, section, name))


def step(module: Module, name: str) -> Symbol:
    """A step by its name; the first of a name counts."""
    info = module.steps.get(name)
    path = info.step.path if info else ("steps", name)
    return Symbol("step", name, key_of(module.file, *path))


def secret(module: Module, name: str) -> Symbol:
    """A secret that a file declares, or would."""
    found = (index for index, each in listed(module, ("secrets",)) if each == name)
    return Symbol("secret", name, Place(("secrets", *islice(found, 1)), file=module.file))


def port(kind: Kind, found: Port, signature: Signature) -> Symbol:
    """An input or output of what is called."""
    place = found.place if found.place.file else signature.place
    return Symbol(kind, found.name, place if place.span else place.key())


def component(signature: Signature) -> Symbol:
    """A component, wherever it is declared."""
    place = signature.place
    return Symbol("component", signature.name, place if place.span else place.key())


def file(path: str) -> Symbol:
    """A file."""
    return Symbol(
        "file", path.replace("\\", "/").rpartition("/")[2], Place(file=path, start=0, end=0)
    )

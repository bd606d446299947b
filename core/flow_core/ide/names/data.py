"""The names in literal data: arguments, what a handler or a mock gives, inputs of scenarios."""

from collections.abc import Iterator

from flow_core.ide.names.meaning import Meaning
from flow_core.ide.names.values import Sources
from flow_core.ide.symbol import Occurrence, Role
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.syntax.nodes import Mapping, Sequence


def names_in_data(
    meaning: Meaning, module: Module, path: Path, sources: Sources, role: Role = "read"
) -> Iterator[Occurrence]:
    """The keys of the data at a path, and of those in it, which are names of what is expected.

    ``sources`` is where such a value would come from; ``role`` is that of the outermost names.
    """
    node = module.document.get(path) if sources else None
    if isinstance(node, Mapping):
        for name in node.fields:
            found = meaning.property(sources, name)
            yield found.at(Place((*path, name), "key"), role)
            yield from names_in_data(meaning, module, (*path, name), found.value)
    elif isinstance(node, Sequence):
        items = meaning.item(sources)
        for index in range(len(node.items)):
            yield from names_in_data(meaning, module, (*path, index), items)

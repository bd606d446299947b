"""Which files a file's findings depend on, so that they can be kept for as long as those stay."""

from collections.abc import Iterator

from flow_core.project import Project
from flow_core.syntax import Mapping, Node, Scalar, Sequence

DOCUMENTS = (".yaml", ".yml", ".json")


def dependencies(file: str, project: Project) -> dict[str, str | None]:
    """The texts that a checked file's findings depend on, its own included; None is no such file.

    Rather too many than too few: of what the project has read, each document that a string in the
    file (or in one of those) may mean as a path, and everything that is no document at all.
    """
    found = {name for name in project.texts if not name.endswith(DOCUMENTS)}
    pending = [file]
    while pending:
        current = pending.pop()
        if current in found:
            continue
        found.add(current)
        module = project.module(current)
        root = module.document.root if module else None
        targets = (project.resolve(current, path) for path in _paths(root))
        pending.extend(target for target in targets if target in project.texts)
    return {name: project.text(name) for name in sorted(found)}


def _paths(root: Node | None) -> Iterator[str]:
    """The strings of a tree that may be paths of documents, without version and fragment."""
    for text in _strings(root):
        path = text.partition("@")[0].partition("#")[0]
        if path.endswith(DOCUMENTS):
            yield path


def _strings(root: Node | None) -> Iterator[str]:
    """The strings of a tree; what an alias stands for is met where it is written."""
    pending: list[Node | None] = [root]
    while pending:
        match pending.pop():
            case Scalar(value=str(text)):
                yield text
            case Mapping(entries=entries):
                pending.extend(entry.value for entry in entries)
            case Sequence(items=items):
                pending.extend(items)
            case _:
                continue

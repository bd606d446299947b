"""The projects that ``flow init`` starts from: each folder beside this file is a complete one."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

TEMPLATES: dict[str, str] = {
    "simple": "one pipeline with one Python component",
    "etl": "extract, transform and load, with a quality check between them",
    "order-saga": "reserve, charge and ship, undone in reverse order when a step fails",
    "fan-out": "the same work on each item of a list, in parallel, and a sum at the end",
    "nested": "a pipeline made of two others that share their types",
}
"""What each template shows, by name."""


def files(name: str) -> dict[str, str]:
    """The text of each file of a template, by its path with slashes.

    Raises:
        KeyError: There is no template of this name.

    >>> sorted(files("simple"))[2:4]
    ['greetings.py', 'hello.flow.yaml']
    """
    from importlib.resources import files as resources

    TEMPLATES[name]  # not a folder that happens to be beside the templates
    root = resources(__name__) / name
    return dict(sorted(_texts(root, "")))


def _texts(folder: "Traversable", prefix: str) -> "Iterator[tuple[str, str]]":
    for child in folder.iterdir():
        if child.name.startswith((".flow_cache", "__pycache__")):  # left there by whoever tried it
            continue
        if child.is_dir():
            yield from _texts(child, f"{prefix}{child.name}/")
        else:
            yield prefix + child.name, child.read_text(encoding="utf-8")

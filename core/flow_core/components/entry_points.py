"""Third-party libraries, registered under the entry-point group `flow.components`.

Checking never executes code, so an entry point is not loaded: its value says where the source is.

* ``acme = "acme.steps"`` is a Python module with components;
* ``acme = "acme:payments"`` is the file ``payments.flow.yaml`` in the package ``acme``.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flow_core.components.library import Library
from flow_core.components.modules import module_finder, read_text

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "flow.components"
_VALUE = re.compile(r"(?P<module>\w+(?:\.\w+)*)(?::(?P<file>\w+))?\s*(?:\[.*\])?")


def library_names() -> tuple[str, ...]:
    """The names of all installed libraries, sorted."""
    return tuple(sorted(installed()))


@lru_cache
def installed_library(name: str) -> Library | None:
    """An installed library by name; None where there is none, or where its source is not found."""
    entry_point = installed().get(name)
    found = _VALUE.fullmatch(entry_point.value) if entry_point else None
    if entry_point is None or found is None:
        return None
    search_paths = _search_paths(entry_point)
    if found["file"]:
        return _flow_file(found["module"], found["file"], search_paths)
    from flow_core.components.python import read_module

    return read_module(found["module"], module_finder(search_paths))


@lru_cache
def installed() -> "dict[str, EntryPoint]":
    """The entry points of the group, by name."""
    from importlib.metadata import entry_points

    return {entry_point.name: entry_point for entry_point in entry_points(group=GROUP)}


def _search_paths(entry_point: "EntryPoint") -> list[str]:
    """Where the distribution was installed to, then all that Python would search."""
    import sys

    home = [str(entry_point.dist.locate_file(""))] if entry_point.dist else []
    return [str(Path(path).absolute()) for path in [*home, *sys.path] if path]


def _flow_file(module: str, stem: str, search_paths: list[str]) -> Library | None:
    from flow_core.components.yaml_library import read_library
    from flow_core.syntax import parse

    for search_path in search_paths:
        file = Path(search_path, *module.split("."), f"{stem}.flow.yaml")
        text = read_text(str(file))
        if text is not None:
            return read_library(parse(text, "yaml").root, str(file))
    return None

"""Finding the source of Python modules below search paths, by looking at files alone."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from flow_core.reading import decode, read_bytes

FindModule: TypeAlias = Callable[[str], tuple[str, str] | None]
"""The absolute path and the text of a module's source by its dotted name, or None."""

ReadText: TypeAlias = Callable[[str], str | None]
"""The text of a file by its absolute path (an editor's unsaved one, say), None if there is none."""

_DOTTED = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


def read_text(path: str) -> str | None:
    """The text of a file, exact to the byte; None where there is none that can be read."""
    try:
        return decode(read_bytes(path))
    except (OSError, ValueError):
        return None


def module_finder(search_paths: Sequence[str], read: ReadText = read_text) -> FindModule:
    """Find modules as an import would, below absolute paths in order; nothing is imported."""

    def find(module: str) -> tuple[str, str] | None:
        if not _DOTTED.fullmatch(module):
            return None
        parts = module.split(".")
        for search_path in search_paths:
            base = Path(search_path, *parts)
            for file in (base / "__init__.py", base.with_suffix(".py")):
                text = read(str(file))
                if text is not None:
                    return str(file), text
        return None

    return find

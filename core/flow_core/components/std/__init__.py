"""The built-in library: what its components promise. A family is read when one of it is asked for.

The files are ordinary component libraries, one for each family.
"""

from functools import lru_cache
from pathlib import Path

import msgspec

from flow_core.components.signature import Signature
from flow_core.components.yaml_library import read_library
from flow_core.syntax import parse

FAMILIES: dict[str, tuple[str, ...]] = {
    "control": ("log", "wait", "assert", "fail"),
    "people": ("approval", "wait_signal"),
    "web": ("http",),
    "system": ("shell",),
    "files": ("read_file", "write_file", "copy_file", "delete_file", "list_files"),
    "tables": (
        "read_json",
        "write_json",
        "read_jsonl",
        "write_jsonl",
        "read_csv",
        "write_csv",
        "read_parquet",
        "write_parquet",
    ),
    "sql": ("sql_query", "sql_execute"),
    "lists": ("map", "filter", "sort", "aggregate", "join"),
    "text": ("template",),
}
"""The names of the library, by family, as they are called: ``std.log``."""

_NO_EFFECT = frozenset({"control", "lists", "text"})
"""The families that touch nothing outside the run, so that a simulation runs them for real."""

_FAMILY_OF = {name: family for family, names in FAMILIES.items() for name in names}


def std_names() -> tuple[str, ...]:
    """The names of all components, without ``std.``."""
    return tuple(_FAMILY_OF)


def std_family(name: str) -> str:
    """The family of a component, "" for a name that the library does not have."""
    return _FAMILY_OF.get(name, "")


def std_signature(name: str) -> Signature | None:
    """The signature of a component by its name without ``std.``, None for an unknown one."""
    family = std_family(name)
    return _family(family)[name] if family else None


def std_file(family: str) -> Path:
    """The file that describes a family."""
    return Path(__file__).parent / f"{family}.flow.yaml"


@lru_cache
def _family(family: str) -> dict[str, Signature]:
    file = std_file(family)
    library = read_library(parse(file.read_text("utf-8"), "yaml").root, str(file))
    return {
        name: msgspec.structs.replace(signature, kind="std", effect=family not in _NO_EFFECT)
        for name, signature in library.components.items()
    }

"""All components that a project can use, for people who look for one."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from flow_core.components.entry_points import installed_library, library_names
from flow_core.components.library import Library
from flow_core.components.modules import module_finder, read_text
from flow_core.components.signature import Signature
from flow_core.components.std import std_family, std_names, std_signature
from flow_core.components.yaml_library import read_library
from flow_core.syntax import parse

_FLOW_FILES = {".flow.yaml": "yaml", ".flow.yml": "yaml", ".flow.json": "json"}
_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages"})


class CatalogEntry(msgspec.Struct, frozen=True):
    """A component and where it comes from.

    ``origin`` is what an import names (``./components/payments.flow.yaml``, ``python:shop.steps``),
    ``std``, or the name of an installed library. ``category`` is the library's own grouping: the
    family in `std`, else the file, module or library.
    """

    signature: Signature
    origin: str
    category: str


def catalog(root: str, python_paths: Sequence[str] = (".",)) -> list[CatalogEntry]:
    """The components of a project: `std`, its files, its Python modules, installed libraries.

    ``root`` is the project's folder; ``python_paths`` are where its modules are, from there.
    """
    base = Path(root).absolute()
    files = sorted(_files(base))
    entries = [*_std(), *_flow_files(base, files), *_python(base, files, python_paths)]
    return [*entries, *_installed()]


def find(entries: Sequence[CatalogEntry], name: str) -> list[CatalogEntry]:
    """The components of a name, with or without where they come from.

    ``score`` and ``steps.score`` both find that of `python:shop.steps`, ``std.log`` that of `std`.
    """
    return [entry for entry in entries if name in names(entry)]


def names(entry: CatalogEntry) -> tuple[str, ...]:
    """What a component may be called: its name alone, and as a `uses` would have it."""
    own = entry.signature.name
    qualified = f"{entry.origin}.{own}"
    if entry.origin == "std":
        return own, qualified
    return own, qualified, f"{entry.category}.{own}", f"{entry.category.rpartition('.')[2]}.{own}"


def _std() -> Iterator[CatalogEntry]:
    for name in std_names():
        signature = std_signature(name)
        if signature:
            yield CatalogEntry(signature, "std", std_family(name))


def _flow_files(base: Path, files: Sequence[Path]) -> Iterator[CatalogEntry]:
    for file in files:
        suffix = "".join(file.suffixes[-2:])
        kind = _FLOW_FILES.get(suffix)
        text = read_text(str(file)) if kind else None
        if text is not None:
            library = read_library(
                parse(text, "json" if kind == "json" else "yaml").root, str(file)
            )
            origin = f"./{file.relative_to(base).as_posix()}"
            yield from _entries(library, origin, file.name.removesuffix(suffix))


def _python(
    base: Path, files: Sequence[Path], python_paths: Sequence[str]
) -> Iterator[CatalogEntry]:
    """Components where they are defined, once, though other modules export them too."""
    from flow_core.components.python import read_module

    roots = [(base / path).resolve() for path in python_paths]
    find_module = module_finder([str(root) for root in roots])
    seen: set[str] = set()
    for file in files:
        if file.suffix != ".py" or "flow_core" not in (read_text(str(file)) or ""):
            continue
        module = _module_name(file, roots)
        library = read_module(module, find_module) if module else None
        if library and module not in seen:
            seen.add(module)
            own = (entry for entry in _entries(library, f"python:{module}", module))
            yield from (entry for entry in own if entry.signature.place.file == library.file)


def _module_name(file: Path, roots: Sequence[Path]) -> str:
    """The dotted name that a file has below the first search path that holds it, "" for none."""
    for root in roots:
        if file.is_relative_to(root):
            parts = file.relative_to(root).with_suffix("").parts
            return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return ""


def _installed() -> Iterator[CatalogEntry]:
    for name in library_names():
        library = installed_library(name)
        if library:
            yield from _entries(library, name, name)


def _entries(library: Library, origin: str, category: str) -> Iterator[CatalogEntry]:
    for signature in library.components.values():
        yield CatalogEntry(signature, origin, category)


def _files(base: Path) -> Iterator[Path]:
    """The files of a project without hidden folders, virtual environments and linked folders."""
    for folder, folders, files in os.walk(base):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in _SKIPPED]
        if "pyvenv.cfg" in files:
            folders.clear()
            continue
        yield from (Path(folder, name) for name in files)

"""Paths of files: pipelines, libraries, schemas; and modules of Python."""

import os
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from flow_core.analysis.resolve import SUFFIXES
from flow_core.discovery import SKIPPED
from flow_core.ide.actions.import_component import alias_of
from flow_core.ide.completion.item import Entry, Offer
from flow_core.ide.completion.neighbours import Neighbour, nearest
from flow_core.ide.completion.spot import Spot
from flow_core.ide.names.python import python_functions

_MOST = 500


def pipelines(spot: Spot, known: Sequence[Neighbour]) -> Iterator[Offer]:
    """The files of pipelines: those that are known, and those that nobody has read yet."""
    own = os.path.basename(spot.module.file).partition(".")[0]  # noqa: PTH119 -- paths are texts here
    others: set[str] = set()
    for target, each in nearest(spot.module, known):
        if each.pipeline is None:
            others.add(target)
        else:
            rank = 2 if each.category == own else 4  # scenarios are called like what they test
            yield Offer(target, "file", target, each.category, rank)
    yield from paths(spot, SUFFIXES, others)


def paths(spot: Spot, suffixes: tuple[str, ...], others: Collection[str] = ()) -> Iterator[Offer]:
    """The files in the folder of a typed path, or in that of the file, but for some others."""
    module = spot.module
    typed = spot.typed.rpartition("/")[0] or "."
    folder = module.project.resolve(module.file, f"{typed}/")
    if module.project.is_outside(folder):
        return
    for name, is_folder in _listed(folder):
        target = f"{typed}/{name}"
        if is_folder:
            yield Offer(f"{target}/", "folder", f"{target}/", rank=5)
        elif name.endswith(suffixes) and target not in others and f"{folder}/{name}" != module.file:
            yield Offer(target, "file", target, rank=3)


def _listed(folder: str) -> Iterator[tuple[str, bool]]:
    """The names in a folder, hidden ones aside, and whether each is a folder."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(islice(entries, _MOST), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        if not entry.name.startswith(".") and entry.name not in SKIPPED:
            yield entry.name, entry.is_dir()


def imports(spot: Spot, known: Sequence[Neighbour]) -> Iterator[Offer]:
    """What an alias may stand for: libraries first, by path or as a module of Python."""
    module = spot.module
    taken = {target for alias, target in module.imports.items() if alias != spot.path[-1]}
    for target, each in nearest(module, known):
        if target not in taken:
            rank = 2 if each.components else 5
            is_module = target.startswith("python:")
            names = ", ".join(each.components)
            yield Offer(target, "module" if is_module else "file", target, names, rank)
            taken.add(target)
    if not spot.typed or spot.typed.startswith("."):
        yield from paths(spot, SUFFIXES, taken)
    if not spot.typed.startswith((".", "python:")):
        yield Offer("python:", "module", "python:", "a Python module of the project", rank=6)


def whole_imports(spot: Spot, known: Sequence[Neighbour]) -> Iterator[Offer]:
    """Libraries that are not imported yet, each under the alias of its name."""
    module = spot.module
    for target, each in nearest(module, known):
        if each.components and target not in module.imports.values():
            alias = alias_of(module, target, each.category)
            yield Offer(alias, "module", Entry(alias, target), target, rank=3)


def functions(spot: Spot, known: Sequence[Neighbour]) -> Iterator[Offer]:
    """The functions of Python, as `run` names them: components, and all of a module named there."""
    for _, each in nearest(spot.module, known):
        if each.origin.startswith("python:"):
            for name in each.components:
                target = f"{each.category}:{name}"
                yield Offer(target, "function", target, rank=3)
    module, colon, _ = spot.typed.partition(":")
    for name in python_functions(spot.module, module) if colon else ():
        target = f"{module}:{name}"
        yield Offer(target, "function", target, rank=4)

"""Paths of files: pipelines, libraries, schemas; and modules of Python."""

import os
from collections.abc import Iterator, Sequence

from flow_core.analysis.resolve import SUFFIXES
from flow_core.ide.actions.import_component import alias_of, target_in
from flow_core.ide.completion.item import Entry, Offer
from flow_core.ide.completion.neighbours import Neighbour
from flow_core.ide.completion.spot import Spot

_MOST = 500


def paths(
    spot: Spot, known: Sequence[Neighbour], suffixes: tuple[str, ...] = SUFFIXES
) -> Iterator[Offer]:
    """The files that a typed path may mean: those that are known, and those in its folder."""
    module = spot.module
    own = os.path.basename(module.file).partition(".")[0]  # noqa: PTH119 -- paths are texts here
    for each in known:
        target = target_in(module, each.origin)
        if each.file.endswith(suffixes) and each.file != module.file:
            rank = 2 if each.category == own else 4  # scenarios are called like what they test
            yield Offer(target, "file", target, each.category, rank)
    typed = spot.typed.rpartition("/")[0]
    if not typed:
        return
    folder = module.project.resolve(module.file, f"{typed}/")
    if module.project.is_outside(folder):
        return
    for name, is_folder in _listed(folder):
        target = f"{typed}/{name}"
        if is_folder:
            yield Offer(f"{target}/", "folder", f"{target}/", rank=5)
        elif name.endswith(suffixes) and f"{folder}/{name}" != module.file:
            yield Offer(target, "file", target, rank=3)


def _listed(folder: str) -> Iterator[tuple[str, bool]]:
    """The names in a folder, hidden ones aside, and whether each is a folder."""
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number >= _MOST:
                    return
                if not entry.name.startswith((".", "__pycache__")):
                    yield entry.name, entry.is_dir()
    except OSError:
        return


def imports(spot: Spot, known: Sequence[Neighbour]) -> Iterator[Offer]:
    """What an alias may stand for: libraries first, by path or as a module of Python."""
    module = spot.module
    taken = {target for alias, target in module.imports.items() if alias != spot.path[-1]}
    for each in known:
        target = target_in(module, each.origin)
        if each.file != module.file and target not in taken:
            rank = 2 if each.components else 5
            is_module = target.startswith("python:")
            names = ", ".join(each.components)
            yield Offer(target, "module" if is_module else "file", target, names, rank)
    if spot.typed.startswith("."):
        yield from paths(spot, ())
    elif not spot.typed.startswith("python:"):
        yield Offer("python:", "module", "python:", "a Python module of the project", rank=6)


def whole_imports(spot: Spot, known: Sequence[Neighbour]) -> Iterator[Offer]:
    """Libraries that are not imported yet, each under the alias of its name."""
    module = spot.module
    for each in known:
        target = target_in(module, each.origin)
        if each.components and each.file != module.file and target not in module.imports.values():
            alias = alias_of(module, target, each.category)
            yield Offer(alias, "module", Entry(alias, target), target, rank=3)


def functions(known: Sequence[Neighbour]) -> Iterator[Offer]:
    """The functions of Python that are components, as `run` names them."""
    for each in known:
        if each.origin.startswith("python:"):
            for name in each.components:
                target = f"{each.category}:{name}"
                yield Offer(target, "function", target, rank=3)

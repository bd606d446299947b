"""Import what a call names, from wherever the project has it."""

import os
from collections.abc import Iterator

from flow_core.components.catalog import CatalogEntry, catalog, names
from flow_core.diagnostics import Edit, Patch
from flow_core.ide.actions.action import Action
from flow_core.ide.actions.request import Request, patched, unique
from flow_core.model.pipeline import Uses
from flow_core.module import Module
from flow_core.places import Path
from flow_core.rules import unknown_alias, unknown_component

_CODES = (unknown_component.RULE.code, unknown_alias.RULE.code)
MOST = 8
"""So many places to import from are offered."""


def actions(request: Request) -> Iterator[Action]:
    """One for each component of the name; the project is searched only for who can wait."""
    for found in request.here if request.patient else ():
        path = request.module.document.at(found.span.start)[0][:-1]
        info = request.module.calls.get(path)
        if found.code not in _CODES or info is None or not isinstance(info.call, Uses):
            continue
        for entry in _candidates(request.module, info.call.target)[:MOST]:
            target, edits = _imported(request.module, path, info.call, entry)
            title = f"Import `{target}` from `{target_in(request.module, entry.origin)}`"
            yield Action(title, "quickfix", edits, mends=(found,))


def _candidates(module: Module, target: str) -> list[CatalogEntry]:
    """The components of the last name; those whose alias is right too are the only ones then."""
    settings = module.project.settings
    name = target.rpartition(".")[2]
    known = [
        entry
        for entry in catalog(str(settings.root), settings.python_paths)
        if entry.signature.name == name and entry.signature.place.file != module.file
    ]
    exact = [entry for entry in known if target in names(entry) and "." in target]
    return exact or known


def _imported(
    module: Module, path: Path, call: Uses, entry: CatalogEntry
) -> tuple[str, tuple[Edit, ...]]:
    """The component that is called then, and the edits; the call keeps its version range."""
    origin, alias = target_in(module, entry.origin), "std"
    patches: list[Patch] = []
    if entry.origin != "std":
        alias = alias_of(module, origin, entry.category)
    if alias not in {*module.imports, "std"}:
        patches.append(Patch("insert", ("imports", alias), origin))
    target = f"{alias}.{entry.signature.name}"
    version = f"@{call.range}" if call.range else ""
    patches.append(Patch("replace", (*path, "uses"), f"{target}{version}"))
    return target, patched(module, *patches)


def target_in(module: Module, origin: str) -> str:
    """What an import says in a file that means an origin of the catalog."""
    if not origin.startswith("./"):
        return origin
    folder = os.path.dirname(module.file)  # noqa: PTH120 -- paths are texts here
    target = os.path.relpath(f"{module.project.settings.root}/{origin}", folder)
    return target if target.startswith("..") else f"./{target}"


def alias_of(module: Module, target: str, category: str) -> str:
    """The alias by which a file imports a target; a free one where it does not."""
    known = next((alias for alias, other in module.imports.items() if other == target), None)
    return known or unique(_alias(category), {*module.imports, "std"})


def _alias(category: str) -> str:
    """The last word of where something comes from."""
    word = category.rpartition(".")[2]
    name = "".join(c if c.isalnum() else "_" for c in word)
    return name if name.isidentifier() else f"_{name}"

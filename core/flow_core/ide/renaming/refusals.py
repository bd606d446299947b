"""Why something can't be renamed, or can't have a certain name."""

import os
import re
from pathlib import Path

from flow_core.components.std import std_file
from flow_core.fields import fields
from flow_core.ide.names.symbols import listed
from flow_core.ide.occurrences import Found
from flow_core.ide.references import Uses
from flow_core.ide.symbol import Kind, Symbol, declared_at
from flow_core.language.formats import RESERVED_NAMES, SPELLINGS, fits, repair_name
from flow_core.module import Module
from flow_core.syntax.resolve import resolve
from flow_core.types.kinds import BUILTIN

_FIXED: dict[Kind, str] = {
    "file": "a file is renamed where files are listed; what names it then follows",
    "field": "a field of a type is also a key in data that no file shows, so it is not renamed",
    "error": "an error has its name from what raises it, so it is not renamed",
    "scenario": "nothing else names a scenario: change its name in its place",
}
"""The kinds of symbols that are not renamed, and why."""

_NOUNS: dict[Kind, str] = {"alias": "import", "variable": "variable of the macro"}
"""What kinds are called that have another name than their own."""


def noun(symbol: Symbol) -> str:
    """What a symbol is, in a word."""
    return _NOUNS.get(symbol.kind, symbol.kind)


def refused_symbol(module: Module, found: Found) -> str:
    """Why what a name stands for is not renamed, as far as its file tells; ``""``: it may be."""
    reasons = (_refused(module, symbol) for symbol in found.symbols)
    return next(filter(None, reasons), "")


def _refused(module: Module, symbol: Symbol) -> str:
    name, place = symbol.name, symbol.place
    if symbol.kind in _FIXED:
        return _FIXED[symbol.kind]
    if symbol.kind == "variable":
        return f"`{name}` is a name of the language" if place.part == "key" else ""
    if place.file.endswith(".py"):
        file = _shown(module, place.file)
        return f"{noun(symbol)} `{name}` is declared in Python: rename it in `{file}` first"
    if Path(place.file).parent == std_file("").parent:
        return f"{noun(symbol)} `{name}` belongs to the built-in library"
    if declared_at(module, symbol) is None:
        return f"nothing declares the {noun(symbol)} `{name}`"
    return ""


def _shown(module: Module, file: str) -> str:
    """A file as people name it: from the root of the project."""
    return os.path.relpath(file, module.project.settings.root).replace(os.sep, "/")


def refused_everywhere(module: Module, uses: Uses) -> str:
    """Why what has to have the same name can't all be renamed."""
    declared = {
        symbol
        for use in uses.uses
        if use.found.role == "declaration"
        for symbol in use.found.symbols
    }
    for symbol in uses.symbols:
        if reason := _refused(module, symbol):
            return reason
        if symbol not in declared and symbol.kind != "variable":
            file = _shown(module, symbol.place.file)
            return f"`{file}`, which declares it, is no file of the workspace"
    return ""


def refused_word(kind: Kind, new: str) -> str:
    """Why a word is no name for a kind of symbol."""
    if new in RESERVED_NAMES:
        return f"`{new}` is a word of expressions"
    if not fits(new, "identifier"):
        meant = repair_name(new)
        hint = f"; write `{meant}`" if meant else ""
        return f"`{new}` is not {SPELLINGS['identifier'].noun}{hint}"
    if not isinstance(resolve(new), str):
        return f"YAML takes `{new}` for something else than text"
    if kind == "alias" and new == "std":
        return "`std` is the built-in library"
    if kind == "type" and new in BUILTIN:
        return f"`{new}` is a built-in type"
    return ""


def refused_name(module: Module, uses: Uses, new: str) -> str:
    """Why a name is not free."""
    for symbol in uses.symbols:
        file = symbol.place.file
        owner = module if file == module.file else module.project.module(file)
        if owner is not None and _is_taken(owner, symbol, new):
            if symbol.kind == "variable":
                return f"`{new}` stands for something else in this expression"
            return f"`{_shown(module, file)}` already has the {noun(symbol)} `{new}`"
    return ""


def _is_taken(owner: Module, symbol: Symbol, new: str) -> bool:
    """Whether something beside a symbol has the name."""
    path = symbol.place.path
    if symbol.kind == "step":
        return new in owner.steps
    if symbol.kind == "variable":
        return re.search(rf"\b{new}\b", owner.scalar_text(path) or "") is not None
    if symbol.kind == "secret":
        return any(name == new for _, name in listed(owner, path[:-1]))
    return new in fields(owner.document.get(path[:-1]))

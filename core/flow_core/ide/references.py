"""All places of a workspace where the name at the cursor is used."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import msgspec

from flow_core.ide.cursor import Cursor
from flow_core.ide.definition import located
from flow_core.ide.location import Location
from flow_core.ide.occurrences import Found, found_at, names_in
from flow_core.ide.symbol import Symbol
from flow_core.module import Module
from flow_core.project import Project

Search: TypeAlias = Callable[[str], Iterable[Module]]
"""The modules of a workspace whose text holds a word."""


def within(project: Project, files: Iterable[str]) -> Search:
    """A search among files of a project, by their absolute paths."""

    def search(word: str) -> Iterator[Module]:
        for file in files:
            if not project.is_outside(file) and word in (project.text(file) or ""):
                found = project.module(file)
                if found is not None:
                    yield found

    return search


class Use(msgspec.Struct, frozen=True):
    """A name in a module."""

    module: Module
    found: Found

    @property
    def location(self) -> Location:
        """Where it stands."""
        return Location(self.module.file, self.found.span)


class Uses(msgspec.Struct, frozen=True):
    """All names that have to be the same, and what they stand for."""

    uses: tuple[Use, ...]
    symbols: tuple[Symbol, ...]


def references(cursor: Cursor, search: Search, *, declaration: bool = True) -> tuple[Location, ...]:
    """Where the name at the cursor is used, and where it is declared if that is asked for."""
    found = found_at(cursor)
    if found is None:
        return ()
    all_uses = uses_of(cursor.module, found, search)
    wanted = {
        use.location for use in all_uses.uses if declaration or use.found.role != "declaration"
    }
    if declaration:
        places = (located(cursor.module, symbol) for symbol in all_uses.symbols)
        wanted |= {place for place in places if place and place.file.endswith(".py")}
    return tuple(sorted(wanted))


def uses_of(module: Module, found: Found, search: Search) -> Uses:
    """All names in a workspace that stand for what a name in a module stands for.

    Those belong to them that stand for something else which must have the same name.
    """
    modules = {each.file: each for each in (*search(_word(found.symbols[0])), module)}
    names = {symbol.name for symbol in found.symbols}
    same = [
        Use(each, name)
        for each in modules.values()
        for name in names_in(each)
        if any(symbol.name in names for symbol in name.symbols)
    ]
    return _linked(same, found)


def _linked(names: list[Use], found: Found) -> Uses:
    """The names that have to do with one of them, directly or through others."""
    wanted = {*found.symbols, *found.linked}
    taken: list[Use] = []
    rest = names
    while True:
        more = [use for use in rest if not wanted.isdisjoint(_all(use.found))]
        if not more:
            return Uses(tuple(taken), tuple(sorted(wanted, key=lambda each: each.place.file)))
        rest = [use for use in rest if wanted.isdisjoint(_all(use.found))]
        taken += more
        wanted.update(symbol for use in more for symbol in _all(use.found))


def _all(found: Found) -> tuple[Symbol, ...]:
    return (*found.symbols, *found.linked)


def _word(symbol: Symbol) -> str:
    """A word that each text holds which has the name."""
    if symbol.kind != "file" or not symbol.name.endswith(".py"):
        return symbol.name
    *_, folder, name = symbol.place.file.replace("\\", "/").split("/")
    return folder if name == "__init__.py" else name.removesuffix(".py")

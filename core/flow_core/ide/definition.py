"""Where what the cursor is on is declared."""

import msgspec

from flow_core.check import span_of
from flow_core.ide.cursor import Cursor
from flow_core.ide.location import Location
from flow_core.ide.occurrences import found_at
from flow_core.ide.step_keys import handler_at
from flow_core.ide.symbol import Symbol, declared_at
from flow_core.module import Module
from flow_core.places import Place, Span


class Targets(msgspec.Struct, frozen=True):
    """Where a name leads, and the range of the name in the module of the cursor."""

    origin: Span
    locations: tuple[Location, ...]


def definition(cursor: Cursor) -> Targets | None:
    """Where the name at the cursor is declared; None where there is no name, or none declares it.

    A path leads to its file, a name such as ``item`` to the key that makes it visible.
    """
    found = found_at(cursor)
    if found is None:
        return _handler(cursor)
    places = (located(cursor.module, symbol) for symbol in found.symbols)
    known = tuple(dict.fromkeys(place for place in places if place))
    return Targets(found.span, known) if known else None


def _handler(cursor: Cursor) -> Targets | None:
    """Where the handler or compensation is that a scenario names: `charge!catch[0]`."""
    found = handler_at(cursor)
    if found is None:
        return None
    origin, target = found
    place = Place(target.call, "key")
    return Targets(origin, (Location(target.module.file, span_of(target.module, place)),))


def located(module: Module, symbol: Symbol) -> Location | None:
    """Where a symbol is declared, as a module's project sees it."""
    file, project = symbol.place.file, module.project
    if symbol.kind == "file" and (project.is_outside(file) or project.text(file) is None):
        return None
    span = declared_at(module, symbol)
    return Location(file, span) if span else None

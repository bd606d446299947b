"""All names in a module, where exactly they stand, and what they stand for."""

from bisect import bisect_right
from collections.abc import Iterable
from weakref import WeakKeyDictionary

import msgspec
from msgspec.structs import replace

from flow_core.ide.cursor import Cursor
from flow_core.ide.names.meaning import Meaning
from flow_core.ide.names.pipeline import names_in_pipeline
from flow_core.ide.names.scenarios import names_in_scenarios
from flow_core.ide.symbol import Occurrence, Role, Symbol, name_span
from flow_core.module import Module
from flow_core.places import Span


class Found(msgspec.Struct, frozen=True):
    """A name as it stands in the text of a module; the rest is as in `Occurrence`."""

    span: Span
    symbols: tuple[Symbol, ...]
    linked: tuple[Symbol, ...] = ()
    role: Role = "read"


_KNOWN: WeakKeyDictionary[Module, tuple[Found, ...]] = WeakKeyDictionary()
"""What was found in modules, for as long as they live; a module never changes."""


def names_in(module: Module) -> tuple[Found, ...]:
    """All names in a module, in the order of the text; what aliases of YAML repeat comes once."""
    if module not in _KNOWN:
        names = names_in_scenarios if module.is_scenario else names_in_pipeline
        _KNOWN[module] = _located(module, names(Meaning(), module))
    return _KNOWN[module]


def found_at(cursor: Cursor) -> Found | None:
    """The name that the cursor is in or beside; between two, the one behind it."""
    names = names_in(cursor.module)
    index = bisect_right(names, cursor.offset, key=lambda found: found.span.start) - 1
    found = names[index] if index >= 0 else None
    return found if found and cursor.offset <= found.span.end else None


def _located(module: Module, names: Iterable[Occurrence]) -> tuple[Found, ...]:
    spans: dict[Span, Found] = {}
    for each in names:
        span = name_span(module.document, each.place) if each.symbols else None
        if span is not None and span.start < span.end:  # a half-typed name may be empty
            here = Found(span, each.symbols, each.linked, _role(module, each))
            spans[span] = _joined(spans[span], here) if span in spans else here
    return tuple(spans[span] for span in sorted(spans))


def _joined(known: Found, other: Found) -> Found:
    """One name that is reached in two ways."""
    return Found(
        known.span,
        tuple(dict.fromkeys((*known.symbols, *other.symbols))),
        tuple(dict.fromkeys((*known.linked, *other.linked))),
        known.role,
    )


def _role(module: Module, found: Occurrence) -> Role:
    """A name that stands where one of its symbols is declared is the declaration."""
    place = replace(found.place, file=module.file)
    return "declaration" if any(each.place == place for each in found.symbols) else found.role

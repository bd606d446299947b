"""All names in a module, where exactly they stand, and what they stand for."""

from collections.abc import Iterable, Iterator

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


def occurrences(module: Module) -> Iterator[Occurrence]:
    """All names in a module. One that aliases of YAML repeat may come several times."""
    names = names_in_scenarios if module.is_scenario else names_in_pipeline
    yield from names(Meaning(), module)


def located(module: Module, found: Iterable[Occurrence]) -> tuple[Found, ...]:
    """Where names stand, in the order of the text, each once."""
    spans: dict[Span, Found] = {}
    for each in found:
        span = name_span(module.document, each.place) if each.symbols else None
        if span is not None:
            here = Found(span, each.symbols, each.linked, _role(module, each))
            spans[span] = _joined(spans[span], here) if span in spans else here
    return tuple(spans[span] for span in sorted(spans))


def _joined(known: Found, other: Found) -> Found:
    """One name that is reached in two ways."""
    return Found(
        known.span,
        tuple(dict.fromkeys((*known.symbols, *other.symbols))),
        tuple(dict.fromkeys((*known.linked, *other.linked))),
        other.role if known.role == "read" else known.role,
    )


def _role(module: Module, found: Occurrence) -> Role:
    """A name that stands where one of its symbols is declared is the declaration."""
    place = replace(found.place, file=module.file)
    return "declaration" if any(each.place == place for each in found.symbols) else found.role


def found_at(cursor: Cursor) -> Found | None:
    """The name that the cursor is in or beside, and what it stands for."""
    module = cursor.module
    here = (cursor.path, cursor.part)
    names = tuple(occurrences(module))
    near = [each for each in names if (each.place.path, each.place.part) == here]
    # What an alias repeats has another path where it is written.
    return _holding(module, near, cursor) or _holding(module, names, cursor)


def _holding(module: Module, names: Iterable[Occurrence], cursor: Cursor) -> Found | None:
    """The name that holds the cursor; between two, the one behind it."""
    found = [f for f in located(module, names) if f.span.start <= cursor.offset <= f.span.end]
    return found[-1] if found else None

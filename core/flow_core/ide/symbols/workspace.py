"""Finding what many files declare by a few letters of its name."""

import heapq
import re
from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from flow_core.ide.location import Location
from flow_core.ide.symbols.document import symbols
from flow_core.ide.symbols.pieces import DocumentSymbol, SymbolKind
from flow_core.module import Module

MOST = 200
"""How many are given at most; whoever wants others types more letters."""

_UNNAMED: frozenset[SymbolKind] = frozenset(
    {"section", "branch", "handler", "compensation", "scenarios", "import"}
)
"""What nobody looks for by a name of its own."""
_START = re.compile(r"(?<![^\W_])[^\W_]|(?<=[a-z0-9])[A-Z]")
"""Where a word starts within a name: `chargeCard`, `charge_card`."""


class WorkspaceSymbol(msgspec.Struct, frozen=True):
    """A symbol, where it is, and what it is in: a step's group, else the pipeline."""

    name: str
    kind: SymbolKind
    container: str
    location: Location


def find_symbols(modules: Iterable[Module], query: str) -> list[WorkspaceSymbol]:
    """The symbols whose names hold the letters of a query in their order, the nearest first."""
    every = chain.from_iterable(map(_all, modules))
    scored = ((score, each) for each in every if (score := nearness(query, each.name)) is not None)
    best = heapq.nsmallest(MOST, scored, key=lambda one: (-one[0], one[1].name, one[1].location))
    return [each for _, each in best]


def _all(module: Module) -> Iterator[WorkspaceSymbol]:
    root = symbols(module)
    if root is not None:
        yield from _walk(module, root, "")


def _walk(module: Module, symbol: DocumentSymbol, container: str) -> Iterator[WorkspaceSymbol]:
    inner = container
    if symbol.kind not in _UNNAMED:
        location = Location(module.file, symbol.selection)
        yield WorkspaceSymbol(symbol.name, symbol.kind, container, location)
        inner = symbol.name
    for child in symbol.children:
        yield from _walk(module, child, inner)


def nearness(query: str, name: str) -> int | None:
    """How well a name fits letters that were typed; None if they are not in it in this order.

    >>> [name for name in ("charge_card", "search") if nearness("chc", name) is not None]
    ['charge_card']
    >>> nearness("pay", "pay") > nearness("pay", "payments") > nearness("pay", "repay")
    True
    """
    wanted, known = query.casefold(), name.casefold()
    if not wanted:
        return 0
    at = known.find(wanted)
    starts = {found.start() for found in _START.finditer(name)}
    if at >= 0:
        return 1000 + 500 * (at == 0) + 200 * (at in starts) - (len(known) - len(wanted))
    score, position = 0, 0
    for letter in wanted:
        position = known.find(letter, position)
        if position < 0:
            return None
        score += 10 if position in starts else 1
        position += 1
    return score - (len(known) - len(wanted))

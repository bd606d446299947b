"""Completion: what can be typed at the cursor, everywhere where a person can type."""

from itertools import chain

from flow_core.ide.completion.computed import in_text
from flow_core.ide.completion.described import documentation
from flow_core.ide.completion.expressions import in_expression
from flow_core.ide.completion.fit import Writing
from flow_core.ide.completion.ground import margin
from flow_core.ide.completion.inside import typed_expression
from flow_core.ide.completion.item import Completions, Item, Kind
from flow_core.ide.completion.locate import is_idle, is_in_comment, locate
from flow_core.ide.completion.neighbours import Neighbour, Neighbours, neighbour
from flow_core.ide.completion.suppressions import in_comment
from flow_core.ide.completion.values import offers
from flow_core.ide.cursor import Cursor

__all__ = [
    "Completions",
    "Item",
    "Kind",
    "Neighbour",
    "Neighbours",
    "complete",
    "documentation",
    "neighbour",
]


def complete(
    cursor: Cursor, *, snippets: bool = True, typed: str = "", neighbours: Neighbours = tuple
) -> Completions:
    """What can be typed at a cursor, best first; with ``snippets``, with places to fill in.

    ``typed`` is the character that made an editor ask; blanks that indent a line ask for nothing.
    """
    if is_idle(cursor) or (typed == " " and not cursor.line.strip()):
        return Completions()
    writing = Writing(margin(cursor), snippets=snippets)
    if is_in_comment(cursor):
        return writing.completions(in_comment(cursor))
    expression = typed_expression(cursor)
    if expression is not None:
        return writing.completions(in_expression(cursor, expression))
    spot = locate(cursor)
    found = () if spot is None else offers(spot, neighbours)
    return writing.completions(chain(in_text(cursor, spot), found))

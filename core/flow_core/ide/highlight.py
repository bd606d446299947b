"""The other places of a file where the name at the cursor stands."""

import msgspec

from flow_core.ide.cursor import Cursor
from flow_core.ide.occurrences import found_at
from flow_core.ide.references import uses_of
from flow_core.places import Span


class Highlight(msgspec.Struct, frozen=True, order=True):
    """A name, and whether it is given a meaning or a value there, or is only read."""

    span: Span
    writes: bool = False


def highlight(cursor: Cursor) -> tuple[Highlight, ...]:
    """Where the name at the cursor stands in its file, itself included."""
    found = found_at(cursor)
    if found is None:
        return ()
    uses = uses_of(cursor.module, found, lambda _: ()).uses
    return tuple(sorted(Highlight(u.found.span, u.found.role != "read") for u in uses))

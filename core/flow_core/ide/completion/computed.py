"""Expressions that a value may be, offered by what they read."""

import re
from collections.abc import Iterator

from flow_core.ide.completion.item import Offer
from flow_core.ide.completion.sites import sited
from flow_core.ide.completion.spot import Spot
from flow_core.ide.completion.template import EXPRESSION, Writer
from flow_core.ide.completion.visible import NAMESPACES, Readable, Visible, suits, type_detail
from flow_core.ide.cursor import Cursor
from flow_core.ide.expected import expected
from flow_core.places import Span
from flow_core.types import union
from flow_core.types.kinds import BOOLEAN, NUMBER, STRING, DatetimeType, DurationType

_BEGUN = re.compile(r"\$(?:\{\{?\s*)?")
_BEGUN_IN_TEXT = re.compile(r"(?<!\$)\$\{?\Z")
_CLOSERS = re.compile(r"\}?")
TEXTUAL = union(STRING, NUMBER, BOOLEAN, DatetimeType(), DurationType())
"""What can be part of a text."""

_UNSUITABLE = 3
_PLAIN = re.compile(r"[\w.\[\]]*")


def computed(spot: Spot) -> Iterator[Offer]:
    """Expressions in braces for a value of which at most one word is typed."""
    begun = _BEGUN.fullmatch(spot.typed) is not None
    found = sited(spot.cursor, spot.path)
    if found is None or not (begun or _PLAIN.fullmatch(spot.typed)):
        return
    if begun or not spot.typed:
        yield Offer("${{ … }}", "snippet", EXPRESSION, "an expression", rank=5, filter="${{ }}")
    wanted = expected(found.cursor.module, spot.path)
    for readable in Visible(found.cursor, found.site).readable():
        if readable.source in NAMESPACES:
            continue
        rank = suits(readable.type, wanted.type if wanted else None)
        if rank < _UNSUITABLE:
            yield _offer(readable, rank, begun=begun)


def in_text(cursor: Cursor, whole: Spot | None) -> Iterator[tuple[Spot, Offer]]:
    """Expressions within a text, where one is begun by `$`; none where that is all of a value."""
    begun = _BEGUN_IN_TEXT.search(cursor.line)
    site = cursor.site
    if begun is None or site is None or (whole and whole.typed == begun[0]):
        return
    closers = _CLOSERS.match(cursor.module.document.text, cursor.offset)
    start, end = cursor.offset - len(begun[0]), closers.end() if closers else cursor.offset
    spot = Spot(cursor, "value", cursor.path, Span(start, end), begun[0], Writer(raw=True))
    yield spot, Offer("${{ … }}", "snippet", EXPRESSION, "an expression", filter="${{ }}")
    for readable in Visible(cursor, site).readable():
        rank = suits(readable.type, TEXTUAL)
        if rank < _UNSUITABLE:
            yield spot, _offer(readable, rank, begun=True)


def _offer(readable: Readable, rank: int, *, begun: bool) -> Offer:
    """An expression that is nothing but what it reads."""
    text = f"${{{{ {readable.source} }}}}"
    return Offer(
        readable.source,
        "variable",
        text,
        type_detail(readable.type),
        rank + 1,
        filter=text if begun else "",
    )

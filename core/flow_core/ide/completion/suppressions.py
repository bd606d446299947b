"""Comments that silence findings, and the codes in them."""

import re
from collections.abc import Iterator

from flow_core.ide.completion.item import Offer
from flow_core.ide.completion.spot import Spot
from flow_core.ide.completion.template import Source, Stop, Writer
from flow_core.ide.cursor import Cursor
from flow_core.places import Span
from flow_core.rules import all_rules

_CODES = re.compile(r"#\s*flow:\s*ignore\[(?:[^\]]*[\s,])?(?P<code>\w*)\Z")
_BEGUN = re.compile(r"#\s*(?P<text>f?l?o?w?:?\s?i?g?n?o?r?e?)\Z")
_REST = re.compile(r"\w*")


def in_comment(cursor: Cursor) -> Iterator[tuple[Spot, Offer]]:
    """What may be typed in a comment: a suppression, and the codes of rules in one."""
    found = _CODES.search(cursor.line)
    if found is not None:
        spot = _spot(cursor, found["code"])
        yield from ((spot, offer) for offer in codes())
    elif begun := _BEGUN.search(cursor.line):
        pieces = ("flow: ignore[", Stop(quoted="data"), "]")
        offer = Offer("flow: ignore[…]", "snippet", Source(pieces), "silences findings here")
        yield _spot(cursor, begun["text"]), offer


def codes() -> Iterator[Offer]:
    """The rules by their codes; people know them by their names."""
    for each in all_rules(()):
        rule = each.RULE
        yield Offer(
            rule.code,
            "value",
            rule.code,
            rule.name,
            filter=f"{rule.code} {rule.name}",
        )


def _spot(cursor: Cursor, typed: str) -> Spot:
    rest = _REST.match(cursor.module.document.text, cursor.offset)
    end = rest.end() if rest else cursor.offset
    span = Span(cursor.offset - len(typed), end)
    return Spot(cursor, "value", (), span, typed, Writer(raw=True), alone=True)

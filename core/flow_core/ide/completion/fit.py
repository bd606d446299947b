"""From offers to items: what is offered, written for its spot, in order, and not too many."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from flow_core.diagnostics import Edit, Json
from flow_core.ide.completion.item import (
    FAR,
    MOST_FAR,
    MOST_ITEMS,
    Completions,
    Entry,
    Extra,
    Item,
    Offer,
)
from flow_core.ide.completion.snippet import plain, snippet
from flow_core.ide.completion.spot import Spot, line_length
from flow_core.ide.completion.template import Piece, Stop
from flow_core.places import Span

_Offered: TypeAlias = tuple[Spot, Offer]


class Writing:
    """Writes the offers of one request."""

    def __init__(self, margin: str, *, snippets: bool) -> None:
        self.margin = margin
        self.snippets = snippets

    def completions(self, offered: Iterable[_Offered]) -> Completions:
        """The items of all that is offered, best first; of two with one label the better."""
        ordered = sorted(offered, key=lambda each: each[1].rank)
        known: dict[str, _Offered] = {}
        for spot, offer in ordered:
            known.setdefault(offer.label, (spot, offer))
        found, is_cut = _best(list(known.values()))
        items = (self._item(*each, number) for number, each in enumerate(found))
        return Completions(tuple(items), is_cut, self.margin)

    def _item(self, spot: Spot, offer: Offer, number: int) -> Item:
        extra = Extra() if offer.extra is None or spot.bound else offer.extra()
        following = _following(spot, extra.more)
        pieces = _stripped([spot.before, *_written(spot, offer), *following])
        pieces.append(spot.after)
        stops = any(isinstance(piece, Stop) for piece in pieces)
        text = snippet(pieces) if self.snippets and stops else plain(pieces)
        return Item(
            label=offer.label,
            kind=offer.kind,
            text=text,
            span=spot.span,
            detail=offer.detail,
            is_snippet=self.snippets and stops,
            sort=f"{number:03d}",
            filter=_filter(spot, offer),
            edits=(*spot.edits, *extra.edits, *_trimmed(spot, text)),
            deprecated=offer.deprecated,
            data=offer.data or self._hovered(spot, offer),
        )

    def _hovered(self, spot: Spot, offer: Offer) -> Json:
        """What `documentation` needs: a text at the cursor, a place in it, the line's length."""
        written = plain(_stripped([spot.before, *_written(spot, offer, bare=True)]))
        name = offer.source or offer.label
        text = written.replace("\n", f"\n{self.margin}")
        at = max(text.rfind(name), 0) + len(name)
        text += spot.after
        cursor, span = spot.cursor, spot.span
        before, after = cursor.offset - span.start, span.end - cursor.offset
        return [before, after, text, min(at, len(text)), line_length(cursor)]


def _best(found: list[_Offered]) -> tuple[list[_Offered], bool]:
    """As many as may be shown: of too many, those that match; tells whether some are left out."""
    if len(found) <= _most(found):
        return found, False
    found = [each for each in found if _matches(*each)]
    return found[: _most(found)], True


def _most(found: list[_Offered]) -> int:
    """How many are shown."""
    near = sum(offer.rank < FAR for _, offer in found)
    return min(MOST_ITEMS, near + MOST_FAR)


def _written(spot: Spot, offer: Offer, *, bare: bool = False) -> Iterator[Piece]:
    """What an offer writes; ``bare`` keys have no value."""
    writer, write = spot.writer, offer.write
    if isinstance(write, Entry):
        if spot.bound:
            yield from writer.key(write.name)
        elif bare:
            yield from (*writer.key(write.name), ":")
        else:
            yield from writer.entry(write.name, write.value)
    else:
        yield from writer.value(write) if spot.alone else writer.behind(write)


def _following(spot: Spot, entries: Iterable[Entry]) -> Iterator[Piece]:
    """The keys that come with a value."""
    writer = spot.writer.without_quotes()
    for entry in entries:
        yield writer.separator
        yield from writer.entry(entry.name, entry.value)


def _stripped(pieces: list[Piece]) -> list[Piece]:
    """Pieces without blanks before a new line."""
    before, *rest = pieces
    if rest and isinstance(before, str) and isinstance(rest[0], str) and rest[0][:1] == "\n":
        return [before.rstrip(" "), *rest]
    return pieces


def _trimmed(spot: Spot, text: str) -> Iterator[Edit]:
    """The end of the blanks that a text would leave at the end of its line."""
    before = spot.module.document.text[: spot.span.start]
    blanks = len(before) - len(before.rstrip(" "))
    if text.startswith("\n") and blanks:
        span = Span(spot.span.start - blanks, spot.span.start)
        yield Edit(spot.module.file, span, "")


def _filter(spot: Spot, offer: Offer) -> str:
    """What the text before the cursor is compared with, if that is not the label."""
    text = offer.filter or offer.label
    found = spot.writer.quote + text
    return "" if found == offer.label else found


def _matches(spot: Spot, offer: Offer) -> bool:
    """Whether the letters that are typed occur in an offer, in their order."""
    rest = iter((offer.filter or offer.label).casefold())
    return all(letter in rest for letter in spot.typed.casefold())

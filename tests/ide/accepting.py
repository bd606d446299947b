"""An editor's side of completion: accepting an item, filling in its places, typing on."""

import re
from collections.abc import Mapping

import msgspec
from marked import MARK, ROOT, at

from flow_core.ide.completion import Completions, Item, complete, neighbour

_TOKEN = re.compile(
    r"\\(?P<escaped>.)|\$(?P<bare>\d+)"
    r"|\$\{(?P<number>\d+)(?::(?P<text>(?:\\.|[^}\\])*)|\|(?P<choices>(?:\\.|[^|\\])*)\|)?\}",
    re.DOTALL,
)


class Place(msgspec.Struct):
    """A place of a snippet that is still to be visited: its number and its range."""

    number: int
    start: int
    end: int


def expanded(snippet: str) -> tuple[str, list[Place]]:
    """The text of a snippet with what stands at its places, and those, the last one last."""
    text, at = "", 0
    places: list[Place] = []
    for found in _TOKEN.finditer(snippet):
        text += snippet[at : found.start()]
        at = found.end()
        if found["escaped"] is not None:
            text += found["escaped"]
            continue
        inner = found["text"] or (found["choices"] or "").split(",")[0]
        inner = re.sub(r"\\(.)", r"\1", inner)
        number = int(found["bare"] or found["number"])
        places.append(Place(number, len(text), len(text) + len(inner)))
        text += inner
    return text + snippet[at:], sorted(places, key=lambda place: (place.number == 0, place.number))


def accept(text: str, item: Item, found: Completions) -> tuple[str, list[Place]]:
    """A text with an item accepted, and the places in it."""
    source = item.text.replace("\n", f"\n{found.margin}")
    written, places = expanded(source) if item.is_snippet else (source, [])
    start = item.span.start
    edits = sorted(item.edits, key=lambda edit: edit.span)[::-1]  # of two at one place the last
    for edit in edits:
        if edit.span.start >= item.span.end:
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    text = text[:start] + written + text[item.span.end :]
    for edit in edits:
        if edit.span.start < item.span.end:
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
            start += len(edit.text) - (edit.span.end - edit.span.start)
    moved = [Place(p.number, p.start + start, p.end + start) for p in places]
    return text, moved or [Place(0, start + len(written), start + len(written))]


def offered(
    marked: str, name: str = "a.flow.yaml", files: Mapping[str, str] | None = None
) -> dict[str, Item]:
    """What is offered at the mark, best first, by its label; all the files are neighbours."""
    return {item.label: item for item in _completions(marked, name, files).items}


def accepted(
    marked: str, label: str, name: str = "a.flow.yaml", files: Mapping[str, str] | None = None
) -> str:
    """The text with an item accepted at the mark, and the mark where the cursor is then."""
    found = _completions(marked, name, files)
    item = next(item for item in found.items if item.label == label)
    text, places = accept(marked.replace(MARK, "", 1), item, found)
    return text[: places[0].end] + MARK + text[places[0].end :]


def _completions(marked: str, name: str, files: Mapping[str, str] | None) -> Completions:
    cursor = at(marked, name=name, files=files)
    around = (neighbour(cursor.module.project, f"{ROOT}/{file}") for file in files or ())
    known = [each for each in around if each is not None]
    return complete(cursor, neighbours=lambda: known)


class Editor:
    """A text that somebody types with nothing but completion and the keys of names and values."""

    def __init__(
        self, name: str = "a.flow.yaml", text: str = "", files: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.text = text
        self.files = files or {}
        self.at = len(text)
        self._selected = 0
        self._places: list[Place] = []

    @property
    def marked(self) -> str:
        """The text with the mark at the cursor."""
        return self.text[: self.at] + MARK + self.text[self.at :]

    def offered(self) -> Completions:
        """What is offered at the cursor."""
        return _completions(self.marked, self.name, self.files)

    def accept(self, *labels: str) -> None:
        """Accept items one after the other; each must be offered, and ends in its first place."""
        for label in labels:
            self._accept(label)

    def _accept(self, label: str) -> None:
        found = self.offered()
        labels = [item.label for item in found.items]
        assert label in labels, f"{label!r} is none of {labels} at\n{self.marked}"
        item = found.items[labels.index(label)]
        before = len(self.text)
        self.text, places = accept(self.text, item, found)
        self._move(item.span.end, len(self.text) - before)
        self._places = [*places, *self._places]
        self.tab()

    def tab(self) -> None:
        """Go to the next place, whose text is selected."""
        place = self._places.pop(0)
        self.at = place.end
        self._selected = place.end - place.start

    def type(self, text: str) -> None:
        """Type something, in the place of what is selected."""
        start = self.at - self._selected
        self.text = self.text[:start] + text + self.text[self.at :]
        self._move(self.at, len(text) - self._selected)
        self.at, self._selected = start + len(text), 0

    def line(self, column: int) -> None:
        """Begin a new line at the end of the text."""
        self.at = len(self.text)
        self._selected = 0
        self.type(f"\n{' ' * column}")

    def _move(self, after: int, by: int) -> None:
        for place in self._places:
            if place.start >= after:
                place.start += by
                place.end += by

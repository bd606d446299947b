"""The members of one collection: where each stands, how one goes and how one comes."""

from collections.abc import Collection, Iterable

from flow_core.diagnostics import Edit
from flow_core.places import Path, Span, show_path
from flow_core.syntax.document import Document
from flow_core.syntax.nodes import Mapping, Sequence, follow
from flow_core.syntax.problems import edit


class Siblings:
    """The entries or items at a path. All offsets count from the start of the text."""

    def __init__(self, document: Document, path: Path) -> None:
        located, depth = document.reach(path)
        node = None if located is None or depth < len(path) else follow(located.node)
        if located is None or not isinstance(node, Mapping | Sequence):
            raise ValueError(f"`{show_path(path)}` is no collection")
        self._document = document
        self._text = document.text
        self._path = path
        self._node = node
        self._origin = located.origin
        self.keyed = isinstance(node, Mapping)
        self.flow = node.flow
        self.start, self.end = node.start + located.origin, node.end + located.origin
        self._spans = self._members()
        self.own_lines = bool(self._spans) and "\n" in self._text[self.start : self._spans[0][0]]

    def __len__(self) -> int:
        return len(self._spans)

    def index(self, step: str | int) -> int:
        """The position of a member; `ValueError` if it is not written here."""
        if isinstance(step, int) and 0 <= step < len(self._spans):
            return step
        if isinstance(self._node, Mapping):
            for index, entry in enumerate(self._node.entries):
                if entry.key.text == step:
                    return index
        raise ValueError(f"`{show_path((*self._path, step))}` is not written there")

    def first_of(self, names: Collection[str]) -> int:
        """The position of the first entry of some names, that behind the last without one."""
        entries = self._node.entries if isinstance(self._node, Mapping) else ()
        positions = (index for index, entry in enumerate(entries) if entry.key.text in names)
        return next(positions, len(self._spans))

    def _members(self) -> list[tuple[int, int]]:
        origin, origins = self._origin, self._document.origins
        if isinstance(self._node, Sequence):
            return [
                (self._dash(item.start + origin), item.end + origin) for item in self._node.items
            ]
        spans: list[tuple[int, int]] = []
        for entry in self._node.entries:
            at = origins.get((*self._path, entry.key.text), origin)
            spans.append((entry.key.start + at, max(entry.value.end, entry.key.end) + at))
        return spans

    def _dash(self, start: int) -> int:
        """Where the dash of an item is, or the item itself in brackets."""
        return start if self.flow else self._text.rfind("-", 0, start)

    def extent(self, index: int) -> Span:
        """The text of a member; in a block with the comments right above it and behind it."""
        start, end = self._spans[index]
        if self.flow:
            return Span(start, end)
        line = self._line_start(start)
        if not self._text[line:start].strip():
            start += self._with_comments(line, start - line) - line
        stop = self._text.find("\n", end)
        rest = self._text[end:] if stop < 0 else self._text[end:stop]
        return Span(start, end + len(rest.rstrip()))

    def deletions(self, indices: Iterable[int]) -> list[Edit]:
        """Removes members, but not all; in a block with their lines and the comments above."""
        gone = set(indices)
        stays = [index for index in range(len(self)) if index not in gone]
        if self.flow:
            return [self._flow_deletion(index, stays[-1]) for index in gone]
        if 0 in gone and self._shares_its_line:
            first = edit(self._spans[0][0], self._spans[stays[0]][0], "")
            return [first, *(self._deletion(index) for index in gone if index > stays[0])]
        return [self._deletion(index) for index in gone]

    @property
    def _shares_its_line(self) -> bool:
        """Whether something stands before the first member on its line, as a dash does."""
        start = self._spans[0][0]
        return bool(self._text[self._line_start(start) : start].strip())

    def _flow_deletion(self, index: int, last: int) -> Edit:
        """Removes a member and the comma that it no longer needs; ``last`` is the last to stay."""
        start, end = self._spans[index]
        if index < last:
            return edit(start, self._spans[index + 1][0], "")
        return edit(self._spans[index - 1][1], end, "")

    def clearing(self) -> Edit:
        """Removes all that stands between the brackets of a flow collection."""
        return edit(self.start + 1, self.end - 1, "")

    def _deletion(self, index: int) -> Edit:
        start, end = self._spans[index]
        line = self._line_start(start)
        line = self._with_comments(line, start - line)
        stop = self._text.find("\n", end)
        if stop >= 0:
            return edit(line, stop + 1, "")
        return edit(len(self._text[:line].rstrip("\r\n")), len(self._text), "")

    def _with_comments(self, line: int, column: int) -> int:
        """The start of the first of the comment lines that stand right above, at one column."""
        while line > 0:
            above = self._line_start(line - 1)
            source = self._text[above:line]
            if not source.startswith(" " * column + "#"):
                break
            line = above
        return line

    def block_insertion(self, index: int, lines: list[str], newline: str) -> Edit:
        """Lines of a new member, before the one at an index or behind the last."""
        indent = " " * self._column(self._spans[0][0])
        if index < len(self._spans):
            at = self.extent(index).start
            gap = newline * (1 + self._stands_apart(at)) + indent
            return edit(at, at, (newline + indent).join(lines) + gap)
        stop = self._text.find("\n", self._spans[-1][1])
        at = len(self._text) if stop < 0 else stop
        if stop > 0 and self._text[stop - 1] == "\r":
            at -= 1
        return edit(at, at, newline + indent + (newline + indent).join(lines))

    def _stands_apart(self, at: int) -> bool:
        """Whether a blank line is above the one of an offset."""
        line = self._line_start(at)
        above = self._text[self._line_start(line - 1) : line] if line else "-"
        return not above.strip()

    def flow_insertion(self, index: int, lines: list[str], newline: str) -> Edit:
        """A new member between brackets, on a line of its own where the others are."""
        if not self._spans:
            return edit(self.start + 1, self.end - 1, " ".join(lines))
        first = self._spans[0][0]
        indent = " " * self._column(first)
        space = newline + indent if self.own_lines else " "
        source = space.join(lines)
        if index < len(self._spans):
            at = self._spans[index][0]
            return edit(at, at, f"{source},{space}")
        at = self._spans[-1][1]
        return edit(at, at, f",{space}{source}")

    def _line_start(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1

    def _column(self, offset: int) -> int:
        return offset - self._line_start(offset)

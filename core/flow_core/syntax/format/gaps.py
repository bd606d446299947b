"""What stands between the nodes of a YAML text: comments, blank lines, anchors and tags."""

import re

import msgspec

_TOKEN = re.compile(r"(?P<comment>#[^\n]*)|(?P<property>[&!][^\s\[\]{},]*)|(?P<break>\n)|[ \t]+|.")
_COMMENT = re.compile(r"(?P<space>[ \t\n]*)(?P<comment>#[^\n]*)")


class ExplicitKeyError(Exception):
    """A key behind a question mark, which Flow's style does not know."""


class OwnLine(msgspec.Struct, frozen=True):
    """A comment on a line of its own, and whether a blank line stands before it."""

    text: str
    blank: bool


class Gap(msgspec.Struct):
    """The space before a node.

    ``trailing`` comments stand behind what comes before, on its line. ``properties`` are anchors
    and tags; those ``early`` stand on a line above the node. ``blank`` tells of a blank line right
    before the node.
    """

    trailing: list[str] = []
    own: list[OwnLine] = []
    early: list[str] = []
    properties: list[str] = []
    blank: bool = False

    @property
    def has_comments(self) -> bool:
        """Whether there are comments."""
        return bool(self.trailing or self.own)


_NOTHING = Gap()


class Cursor:
    """Reads the gaps of a text in order."""

    def __init__(self, text: str, at: int = 0) -> None:
        self.text = text
        self.at = at

    def to(self, stop: int) -> Gap:
        """The gap up to an offset, which is where the cursor goes."""
        start, self.at = self.at, max(self.at, stop)
        if self.text[start:stop] in ("", " ", ": ", ":", ", "):
            return _NOTHING
        return self._read(start, stop)

    def to_dash(self) -> Gap:
        """The gap up to the next dash; the cursor goes behind it."""
        start = at = self.at
        while (found := _TOKEN.match(self.text, at)) is not None and found[0] != "-":
            at = found.end()
        self.at = at + 1
        return self._read(start, at)

    def _read(self, start: int, stop: int) -> Gap:
        gap = Gap()
        breaks = fresh = 0
        for found in _TOKEN.finditer(self.text, start, stop):
            match found.lastgroup:
                case "break":
                    breaks += 1
                    fresh += 1
                    gap.early += gap.properties
                    gap.properties = []
                case "comment" if breaks == 0:
                    gap.trailing.append(found[0].rstrip())
                    fresh = 0
                case "comment":
                    gap.own.append(OwnLine(found[0].rstrip(), blank=fresh > 1))
                    fresh = 0
                case "property":
                    gap.properties.append(found[0])
                case _ if found[0] == "?":
                    raise ExplicitKeyError
                case _:
                    continue
        gap.blank = fresh > 1
        return gap

    def trailing(self) -> str:
        """Take the comment on the rest of the line; empty when there is none."""
        found = _COMMENT.match(self.text, self.at)
        if found is None or "\n" in found["space"]:
            return ""
        self.at = found.end()
        return found["comment"].rstrip()

    def own_line(self, column: int) -> OwnLine | None:
        """Take the comment on the next line with content, if its column is this or a later one."""
        found = _COMMENT.match(self.text, self.at)
        if found is None:
            return None
        above, _, indentation = found["space"].rpartition("\n")
        if len(indentation) < column or "\n" not in found["space"]:
            return None
        self.at = found.end()
        return OwnLine(found["comment"].rstrip(), blank="\n" in above)

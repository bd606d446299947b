"""Block collections in the style: indentation, blank lines, and comments where they were.

The text is written anew from its tree, in order; the comments come from the gaps between nodes.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from flow_core.syntax.comments import find_comments
from flow_core.syntax.format.flow_line import flow_line, holds_expression
from flow_core.syntax.format.gaps import Cursor, Gap
from flow_core.syntax.format.lines import Lines
from flow_core.syntax.format.scalars import (
    WIDTH,
    block_scalar,
    folded,
    one_line,
    several_lines,
)
from flow_core.syntax.format.suppressed import line_start, suppressed_lines
from flow_core.syntax.nodes import Alias, Entry, Mapping, Node, Scalar, Sequence

_COMMENTED = re.compile(r"[ \t,\]}]*#")
_INSIDE_FLOW = -1
"""The column of what stood in brackets: comments belong to it only inside of them."""


class BlockWriter:
    """Writes one YAML text; ``start`` is where its content begins.

    An ``indent`` is the indentation of a value's own lines, a ``column`` that of the collection it
    stands in, in the text as it was.
    """

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._cursor = Cursor(text, start)
        self._out = Lines()
        self._comments: list[int] = []
        self._suppressed: frozenset[int] = frozenset()

    def write(self, root: Mapping | Sequence) -> str:
        """The text of a tree with its comments."""
        comments = find_comments(self._text, root)
        self._comments = [comment.span.start for comment in comments]
        self._suppressed = suppressed_lines(self._text, comments)
        if root.flow:
            gap = self._cursor.to(root.start)
            self._out.comments(gap, "")
            self._out.start("", blank=gap.blank)
            self._out.put("".join(f"{name} " for name in (*gap.early, *gap.properties)))
            self._flow(root, "", dash=True)
        else:
            self._block(root, "", 0, dash=False)
        self._out.comments(self._cursor.to(len(self._text)), "")
        return self._out.text()

    # Block collections

    def _block(self, node: Mapping | Sequence, indent: str, column: int, *, dash: bool) -> None:
        """A block collection; ``dash`` tells that it may start behind one, on the same line."""
        if isinstance(node, Mapping):
            gap = self._cursor.to(node.entries[0].key.start)
            properties, gap.early = gap.early, []
        else:
            gap = self._cursor.to_dash()
            properties, gap.early, gap.properties = [*gap.early, *gap.properties], [], []
        self._properties(properties)
        compact = dash and not properties and not gap.has_comments
        if compact:
            self._out.put(" ")
        else:
            self._lead(gap, indent)
        if isinstance(node, Mapping):
            own = self._key_column(node.entries[0], gap)
            self._entries(node, indent, own, gap)
        else:
            own = self._column(self._cursor.at - 1)
            self._items(node, indent, own)
            own += own == column and not dash
        self._close(indent, own)

    def _entries(self, node: Mapping, indent: str, column: int, first: Gap) -> None:
        """The entries of a mapping; the first line is started, with what is before its key."""
        for number, entry in enumerate(node.entries):
            gap = first
            if number:
                gap = self._cursor.to(entry.key.start)
                self._lead(gap, indent)
            self._out.put("".join(f"{name} " for name in (*gap.early, *gap.properties)))
            self._key(entry.key)
            self._value(entry.value, indent + "  ", column)

    def _key(self, key: Scalar) -> None:
        source = self._text[key.start : key.end]
        alias = source.startswith("*")
        self._out.put(f"{source} :" if alias else one_line(key, source, flow=False) + ":")
        self._cursor.at = key.end

    def _items(self, node: Sequence, indent: str, column: int) -> None:
        """The items of a sequence; the first line is started, its dash read."""
        for number, item in enumerate(node.items):
            if number:
                self._lead(self._cursor.to_dash(), indent)
            self._out.put("-")
            self._value(item, indent + "  ", column, dash=True)

    def _lead(self, gap: Gap, indent: str) -> None:
        """The comments before a member, and its line."""
        self._out.comments(gap, indent)
        self._out.start(indent, blank=gap.blank)

    def _close(self, indent: str, column: int) -> None:
        """The comments that stand behind the last member, no further left than it."""
        if text := self._cursor.trailing():
            self._out.comment(text)
        while (comment := self._cursor.own_line(column)) is not None:
            self._out.own_line(comment.text, indent, blank=comment.blank)

    # Values

    def _value(self, node: Node, indent: str, column: int, *, dash: bool = False) -> None:
        """What stands behind a colon or a dash."""
        if isinstance(node, Mapping | Sequence) and not node.flow and column != _INSIDE_FLOW:
            self._block(node, indent, column, dash=dash)
            return
        gap = self._cursor.to(node.start)
        properties = [*gap.early, *gap.properties]
        self._properties(properties)
        if node.start == node.end:
            self._out.comments(gap, indent[2:])
            return
        if gap.has_comments:
            self._out.comments(gap, indent)
            self._out.start(indent)
        if isinstance(node, Mapping | Sequence):
            self._flow(node, indent, dash=dash and not properties and not gap.has_comments)
            return
        if not gap.has_comments:
            self._out.put(" ")
        if isinstance(node, Scalar) and node.style in ("literal", "folded"):
            self._block_scalar(node, indent, column)
        else:
            tagged = any(name.startswith("!") for name in properties)
            self._leaf(node, indent, foldable=not tagged)
            self._cursor.at = node.end

    def _properties(self, properties: list[str]) -> None:
        if properties:
            self._out.put("".join(f" {name}" for name in properties))

    def _leaf(self, node: Scalar | Alias, indent: str, *, foldable: bool) -> None:
        source = self._text[node.start : node.end]
        if isinstance(node, Alias):
            self._out.put(source)
            return
        if "\n" in source:
            first, *rest = several_lines(source, indent)
            self._out.put(first)
            self._out.add(rest)
            return
        line = one_line(node, source, flow=False)
        lines: list[str] = []
        wide = self._out.width + len(line) > WIDTH
        if wide and foldable and isinstance(node.value, str) and self._is_free(node):
            lines = folded(node.text, WIDTH - len(indent))
        self._out.put(">-" if lines else line)
        self._out.add([indent + text for text in lines])

    def _is_free(self, node: Scalar) -> bool:
        """Whether no comment will stand behind a scalar, and none suppresses it."""
        commented = _COMMENTED.match(self._text, node.end)
        return commented is None and not self._is_suppressed(node)

    def _is_suppressed(self, node: Node) -> bool:
        return line_start(self._text, node.start) in self._suppressed

    def _block_scalar(self, node: Scalar, indent: str, column: int) -> None:
        (header, *lines), (after, end) = block_scalar(self._text, node, column, indent)
        self._out.put(header)
        self._cursor.at = after
        if comment := self._cursor.trailing():
            self._out.comment(comment)
        self._out.add(lines)
        self._cursor.at = end

    # Flow collections

    def _flow(self, node: Mapping | Sequence, indent: str, *, dash: bool) -> None:
        """A collection in brackets: on one line, or as a block."""
        suppressed = self._is_suppressed(node)
        line = None
        if not self._has_comments(node) and (suppressed or not holds_expression(self._text, node)):
            width = len(self._text) if suppressed else WIDTH - self._out.width - 1
            line = flow_line(self._text, node, width)
            line = line and line.rstrip(" ")  # a pair without a value has no closing bracket
        space = "" if self._out.at_start else " "
        members = node.entries if isinstance(node, Mapping) else node.items
        if line is not None or not members:
            self._out.put(space + (line or ("{}" if isinstance(node, Mapping) else "[]")))
            self._cursor.at = max(self._cursor.at, node.start + 1) if line is None else node.end
            self._out.comments(self._cursor.to(node.end), indent)
            return
        self._unfold(node, indent, dash=dash)

    def _unfold(self, node: Mapping | Sequence, indent: str, *, dash: bool) -> None:
        """Write a flow collection as a block."""
        if self._text[node.start] in "{[":
            self._cursor.at = node.start + 1
        for number, (gap, member) in enumerate(self._members(node)):
            if number == 0 and dash and not gap.has_comments:
                self._out.put("" if self._out.at_start else " ")
            else:
                self._lead(gap, indent)
            if isinstance(member, Entry):
                self._out.put("".join(f"{name} " for name in (*gap.early, *gap.properties)))
                self._key(member.key)
                self._value(member.value, indent + "  ", _INSIDE_FLOW)
            else:
                self._out.put("-")
                self._properties([*gap.early, *gap.properties])
                self._value(member, indent + "  ", _INSIDE_FLOW, dash=not gap.properties)
        self._out.comments(self._cursor.to(node.end), indent)

    def _members(self, node: Mapping | Sequence) -> Iterator[tuple[Gap, Entry | Node]]:
        for member in node.entries if isinstance(node, Mapping) else node.items:
            start = member.key.start if isinstance(member, Entry) else member.start
            yield self._cursor.to(start), member

    def _has_comments(self, node: Node) -> bool:
        at = bisect_left(self._comments, node.start)
        return at < len(self._comments) and self._comments[at] < node.end

    def _column(self, offset: int) -> int:
        return offset - line_start(self._text, offset)

    def _key_column(self, entry: Entry, gap: Gap) -> int:
        """The column of a key, or of the anchor or tag before it."""
        start = entry.key.start
        if gap.properties:
            start = self._text.rfind(gap.properties[0], 0, start)
        return self._column(start)

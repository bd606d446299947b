"""From an offset to the path of what stands there."""

from bisect import bisect_right

from flow_core.places import Part, Path
from flow_core.syntax.blocks import Placed
from flow_core.syntax.lines import LineTable
from flow_core.syntax.nodes import Mapping, Node, Scalar, Sequence


def find(lines: LineTable, blocks: tuple[Placed, ...], offset: int) -> tuple[Path, Part]:
    """The path at an offset, see `Document.at`."""
    index = bisect_right(blocks, offset, key=lambda placed: placed.start) - 1
    if index < 0:
        return (), "value"
    placed = blocks[index]
    root = placed.block.root
    if root is None or offset > root.end + placed.origin:
        if placed.path and not lines.position(offset)[1]:
            return (), "value"  # no line at the margin belongs to a section
    elif isinstance(root, Scalar) and len(blocks) > 1:
        return (*placed.path, root.text), "key"  # whose colon is still to come
    return _Descent(lines, placed.origin, offset).run(placed.path, placed.block.root)


class _Descent:
    """The way down to an offset, inside of one block."""

    def __init__(self, lines: LineTable, origin: int, offset: int) -> None:
        self._lines = lines
        self._origin = origin
        self._offset = offset
        self._line, self._column = lines.position(offset)

    def run(self, path: Path, node: Node | None) -> tuple[Path, Part]:
        """Step into what holds the offset for as long as something does."""
        while isinstance(node, Mapping | Sequence):
            at = self._offset - self._origin
            if isinstance(node, Sequence):
                index = bisect_right(node.items, at, key=lambda item: item.start) - 1
                if index < 0 or not self._holds(node, node.items[index].start, node.items[index]):
                    break
                path, node = (*path, index), node.items[index]
                continue
            index = bisect_right(node.entries, at, key=lambda entry: entry.key.start) - 1
            if index < 0:
                break
            entry = node.entries[index]
            if at <= entry.key.end:
                return (*path, entry.key.text), "key"
            if not self._holds(node, entry.key.start, entry.value):
                break
            path, node = (*path, entry.key.text), entry.value
        return path, "value"

    def _holds(self, parent: Mapping | Sequence, start: int, value: Node) -> bool:
        """Whether the offset is in a member, or behind it and still belongs to it."""
        end = value.end + self._origin
        if self._offset <= end:
            return True
        if parent.flow:
            return False
        _, column = self._lines.position(start + self._origin)
        deeper = self._column > column - isinstance(parent, Sequence)  # a dash stands before it
        return self._line == self._lines.line(end) or deeper

"""Anchors of a document: what aliases stand for, and how much they expand to."""

from flow_core.syntax.nodes import MAX_EXPANSION, Alias, Node, Scalar, Sequence, Value


class Anchors:
    """The anchored nodes so far, each with its size and height when aliases are followed."""

    def __init__(self) -> None:
        self._named: dict[str, Value] = {}
        self._measures: dict[int, tuple[int, int]] = {}
        self._kept: list[Value] = []
        self._expanded = 0
        self.burst = False
        """Whether aliases have been refused because they expand to too much."""

    def define(self, name: str, node: Value) -> None:
        """Remember a finished node."""
        self._measures[id(node)] = self._measure(node)
        self._named[name] = node
        self._kept.append(node)  # an id is only good while its node lives

    def get(self, name: str) -> Value | None:
        """The node that was anchored last under a name."""
        return self._named.get(name)

    def height(self, node: Value) -> int:
        """How many levels an anchored node has."""
        return self._measures[id(node)][1]

    def expand(self, node: Value) -> bool:
        """Count the nodes that one more alias adds; False, and no more, when they are too many."""
        size = self._measures[id(node)][0]
        if self.burst or self._expanded + size > MAX_EXPANSION:
            self.burst = True
            return False
        self._expanded += size
        return True

    def _measure(self, node: Node) -> tuple[int, int]:
        """Nodes in all, and levels. The composer has bounded the depth of this recursion."""
        if isinstance(node, Alias):
            return (1, 1) if node.target is None else self._measures[id(node.target)]
        if isinstance(node, Scalar):
            return 1, 1
        if id(node) in self._measures:
            return self._measures[id(node)]
        children = (
            node.items if isinstance(node, Sequence) else [entry.value for entry in node.entries]
        )
        measures = [self._measure(child) for child in children]
        size = 1 + sum(size for size, _ in measures)
        return size, 1 + max((height for _, height in measures), default=0)

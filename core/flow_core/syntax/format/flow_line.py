"""Flow collections on one line: how they read, and which may stay that way."""

import re
from collections.abc import Iterator

from flow_core.syntax.format.scalars import one_line
from flow_core.syntax.nodes import Alias, Mapping, Node, Scalar, Sequence, walk

_PROPERTY = re.compile(r"[&!][^\s\[\]{},]*")


def holds_expression(text: str, node: Node) -> bool:
    """Whether a mapping in a flow collection holds an expression, which wants lines of its own."""
    if "${{" not in text[node.start : node.end]:
        return False
    mappings = (inner for inner in walk(node) if isinstance(inner, Mapping))
    return any("${{" in text[mapping.start : mapping.end] for mapping in mappings)


def flow_line(text: str, node: Node, width: int) -> str | None:
    """A flow collection without comments on one line; None when that is wider than ``width``."""
    line = ""
    for part in _FlowLine(text).parts(node):
        line += part
        if len(line) > width:
            return None
    return line


class _FlowLine:
    """Writes one flow collection; ``_at`` is the end of the last token."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def parts(self, node: Node) -> Iterator[str]:
        if isinstance(node, Mapping):
            opener, closer = ("{", "}") if node.flow else ("", "")
        elif isinstance(node, Sequence):
            opener, closer = "[", "]"
        else:
            yield from self._leaf(node)
            return
        if opener:
            self._at = node.start + 1
        yield opener
        yield from self._members(node)
        if closer:
            self._at = node.end
        yield closer

    def _members(self, node: Mapping | Sequence) -> Iterator[str]:
        separator = ""
        for member in node.entries if isinstance(node, Mapping) else node.items:
            yield separator
            separator = ", "
            if isinstance(member, Scalar | Mapping | Sequence | Alias):
                yield from self._decorated(member)
                continue
            yield from self._decorated(member.key)
            alias = self._text.startswith("*", member.key.start)
            yield " : " if alias else ": "
            yield from self._decorated(member.value)

    def _decorated(self, node: Node) -> Iterator[str]:
        """A node with its anchor and tag."""
        braced = not isinstance(node, Mapping) or node.flow
        found = _PROPERTY.findall(self._text, self._at, node.start) if braced else []
        if found:
            yield " ".join(found) + ("" if node.start == node.end else " ")
        yield from self.parts(node)

    def _leaf(self, node: Scalar | Alias) -> Iterator[str]:
        self._at = node.end
        source = self._text[node.start : node.end]
        is_alias = isinstance(node, Alias) or source.startswith("*")
        yield source if is_alias else one_line(node, source, flow=True)  # type: ignore[arg-type]

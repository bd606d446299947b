"""JSON in the style: two spaces, and on one line what was on one line and fits."""

from collections.abc import Iterator

from flow_core.syntax.format.scalars import WIDTH
from flow_core.syntax.nodes import Mapping, Node, Scalar, Sequence, Value


def json_text(text: str, root: Value) -> str:
    """A sound JSON text, formatted; scalars keep their spelling."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return mark + "".join(_Writer(text).parts(root, "", "")) + "\n"


class _Writer:
    def __init__(self, text: str) -> None:
        self._text = text

    def parts(self, node: Node, key: str, indent: str) -> Iterator[str]:
        """The source of a value behind its key; ``indent`` is that of its line."""
        yield key
        if not isinstance(node, Mapping | Sequence):
            yield self._text[node.start : node.end]
            return
        brackets = "{}" if isinstance(node, Mapping) else "[]"
        members = self._members(node)
        line = self._on_one_line(node, WIDTH - len(indent) - len(key) - 1)
        if line is not None or not members:
            yield line or brackets
            return
        inner = indent + "  "
        yield brackets[0]
        for number, (name, value) in enumerate(members):
            yield (",\n" if number else "\n") + inner
            yield from self.parts(value, name, inner)
        yield f"\n{indent}{brackets[1]}"

    def _on_one_line(self, node: Mapping | Sequence, width: int) -> str | None:
        """A collection that is written on one line, if it fits."""
        if node.end - node.start > 2 * width or "\n" in self._text[node.start : node.end]:
            return None
        line = "".join(self._compact(node))
        return line if len(line) <= width else None

    def _compact(self, node: Node) -> Iterator[str]:
        if not isinstance(node, Mapping | Sequence):
            yield self._text[node.start : node.end]
            return
        yield "{" if isinstance(node, Mapping) else "["
        for number, (name, value) in enumerate(self._members(node)):
            yield (", " if number else "") + name
            yield from self._compact(value)
        yield "}" if isinstance(node, Mapping) else "]"

    def _members(self, node: Mapping | Sequence) -> list[tuple[str, Node]]:
        if isinstance(node, Sequence):
            return [("", item) for item in node.items]
        return [(f"{self._source(entry.key)}: ", entry.value) for entry in node.entries]

    def _source(self, key: Scalar) -> str:
        return self._text[key.start : key.end]

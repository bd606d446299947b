"""A JSON document as YAML, in the formatter's style."""

from flow_core.syntax.document import Document
from flow_core.syntax.format.flow_line import holds_expression
from flow_core.syntax.format.scalars import UNPRINTABLE, WIDTH, folded
from flow_core.syntax.nodes import Mapping, Node, Scalar, Sequence, data
from flow_core.syntax.writing import write_text


def write_yaml(document: Document) -> str:
    """A sound JSON document as YAML."""
    root = document.root
    if root is None:
        return ""
    return "".join(f"{line}\n" for line in _Writer(document.text).block(root))


class _Writer:
    def __init__(self, text: str) -> None:
        self._text = text

    def block(self, node: Node, indent: str = "") -> list[str]:
        """The lines of a value that starts on a line of its own."""
        lines: list[str] = []
        if isinstance(node, Mapping) and node.entries:
            for entry in node.entries:
                key = f"{indent}{write_text(entry.key.text)}:"
                lines += self._behind(key, entry.value, indent + "  ")
        elif isinstance(node, Sequence) and node.items:
            for item in node.items:
                lines += self._behind(f"{indent}-", item, indent + "  ")
        else:
            lines += self._behind(indent, node, indent)
        return lines

    def _behind(self, start: str, node: Node, indent: str) -> list[str]:
        """A value behind its key or dash."""
        if isinstance(node, Scalar):
            return self._scalar(start, node, indent)
        line = self._line(node, WIDTH - len(start) - 1)
        if line is not None:
            return [f"{start} {line}".lstrip(" ") if not start.strip() else f"{start} {line}"]
        lines = self.block(node, indent)
        if start.endswith("-"):
            return [f"{start} {lines[0].lstrip(' ')}", *lines[1:]]
        return [start, *lines]

    def _line(self, node: Node, width: int) -> str | None:
        """A collection on one line: an empty one, or one that was so, fits and may stay."""
        if isinstance(node, Mapping | Sequence) and not data(node):
            return "{}" if isinstance(node, Mapping) else "[]"
        source = self._text[node.start : node.end]
        if "\n" in source or len(source) > 2 * width or holds_expression(self._text, node):
            return None
        line = self._flow(node)
        return line if len(line) <= width else None

    def _flow(self, node: Node) -> str:
        if isinstance(node, Mapping):
            pairs = (
                f"{write_text(entry.key.text, flow=True)}: {self._flow(entry.value)}"
                for entry in node.entries
            )
            return "{" + ", ".join(pairs) + "}"
        if isinstance(node, Sequence):
            return "[" + ", ".join(map(self._flow, node.items)) + "]"
        return _plain(node, flow=True) if isinstance(node, Scalar) else ""

    def _scalar(self, start: str, node: Scalar, indent: str) -> list[str]:
        line = f"{start} {_plain(node, flow=False)}"
        if not isinstance(node.value, str):
            return [line]
        if "\n" in node.text and _can_be_literal(node.text):
            return _literal(start, node.text, indent)
        lines = folded(node.text, WIDTH - len(indent)) if len(line) > WIDTH else []
        return [f"{start} >-", *(indent + text for text in lines)] if lines else [line]


def _plain(node: Scalar, *, flow: bool) -> str:
    """A scalar on one line; numbers keep their spelling."""
    return write_text(node.text, flow=flow) if isinstance(node.value, str) else node.text


def _can_be_literal(text: str) -> bool:
    """Whether a text can stand in a block scalar that needs no indentation indicator."""
    return text[0] not in " \n" and not UNPRINTABLE.search(text.replace("\n", " "))


def _literal(start: str, text: str, indent: str) -> list[str]:
    """A text of several lines, as it stands."""
    chomping = "-" if not text.endswith("\n") else "+" if text.endswith("\n\n") else ""
    lines = text.removesuffix("\n").split("\n")
    return [f"{start} |{chomping}", *(indent + line if line else "" for line in lines)]

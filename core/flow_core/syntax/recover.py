"""What can be understood of a block that is no YAML: divide at the indentation, and try again.

A part that libyaml accepts keeps its exact nodes; only the smallest parts that it refuses are read
by rough rules. Each of those has one problem, which `traps` finds the words for.
"""

import re

from flow_core.syntax import faults
from flow_core.syntax.anchors import Anchors
from flow_core.syntax.compose import Composed, Failure, compose
from flow_core.syntax.dialect import hidden_tab
from flow_core.syntax.flow import FlowReader
from flow_core.syntax.leaf import Leaf, read_leaf
from flow_core.syntax.misplaced import mend_indentation
from flow_core.syntax.nodes import MAX_DEPTH, Entry, Mapping, Node, Scalar, Sequence, Style, moved
from flow_core.syntax.problems import SyntaxProblem
from flow_core.syntax.resolve import resolve
from flow_core.syntax.traps import diagnose, missing_colon, occupied, tab

_MAX_PROBLEMS = 200
_MAX_TABS = 20
_TABS = re.compile(r"\t[ \t]*")
_CONTENT = re.compile(r"^( *)([^\s#][^\r\n]*)", re.MULTILINE)
_MARK = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*(%[^\r\n]*|---(?=\s|\Z))")
_SECOND = re.compile(r"^(?:---|\.\.\.)(?=\s|\Z)", re.MULTILINE)
_MORE = re.compile(r"(?:\s++(?:#[^\n]*+)?)*+\S")
_NO_KEY = re.compile(r":(?:\s|\Z)")
_ITEM = re.compile(r"-(?=\s|\Z)")


def recover(text: str, shift: int, anchors: Anchors) -> Composed:
    """Read a text that libyaml refused."""
    recovery = _Recovery(anchors)
    text = recovery.without_tabs(recovery.one_document(text, shift), shift)
    root = recovery.whole(text, shift)
    return Composed(root, _causes(recovery.problems), None, recovery.undefined)


def _causes(problems: list[SyntaxProblem]) -> tuple[SyntaxProblem, ...]:
    """The problems, each once, without what only follows from another.

    A line with a tab seems to be indented less, and `*` at the start of text names no anchor.
    """
    tabs = {problem.span.end for problem in problems if problem.kind == "tab-indentation"}
    texts = {problem.span.start for problem in problems if problem.kind == "leading-indicator"}
    echoes = {"bad-indentation": tabs, "undefined-alias": texts}
    return tuple(
        problem
        for problem in dict.fromkeys(problems)
        if problem.span.start not in echoes.get(problem.kind, ())
    )


def half_typed(word: Scalar) -> Entry:
    """A word that stands for a key, with nothing behind it."""
    key = Scalar(word.start, word.end, word.text, word.text, word.style)
    return Entry(key, _nothing(word.end))


class _Recovery:
    """Reads parts of a broken text; collects what is wrong with them."""

    def __init__(self, anchors: Anchors) -> None:
        self.problems: list[SyntaxProblem] = []
        self.undefined = False
        self._anchors = anchors

    def without_tabs(self, text: str, shift: int) -> str:
        """The text without the tabs that libyaml refuses; those that YAML forbids are reported."""
        for _ in range(_MAX_TABS):
            failure = compose(text, shift).failure
            found = None if failure is None else _TABS.match(text, failure.at)
            if found is None:
                break
            start, end = found.span()
            hidden = hidden_tab(text, start, end)
            if hidden is None:
                self.problems.append(tab(start, end).shifted(shift))
                hidden = " " * (end - start)
            text = text[:start] + hidden + text[end:]
        return text

    def one_document(self, text: str, shift: int) -> str:
        """The first document of a text, with its directives and its mark blanked out."""
        start = 0
        allowed = "%YAML 1.2"
        while (found := _MARK.match(text, start)) is not None:
            mark, end = found[1], found.end()
            if mark.startswith("%"):
                if mark.rstrip() != allowed:
                    self.problems.append(faults.bad_directive(shift + found.start(1), shift + end))
                allowed = ""
            text = text[: found.start(1)] + " " * len(mark) + text[end:]
            start = end
            if not mark.startswith("%"):
                break
        second = _SECOND.search(text, start)
        if second is None:
            return text
        if _MORE.match(text, second.end()):
            self.problems.append(
                faults.several_documents(shift + second.start(), shift + second.end())
            )
        return text[: second.start()]

    def whole(self, text: str, shift: int) -> Node | None:
        """Read a text as it would be with one line moved, if that mends it."""
        failure = compose(text).failure
        mended = mend_indentation(text, shift, self._anchors, failure) if failure else None
        if mended is None:
            return self.read(text, shift, 0)
        self.problems += mended.problems
        self.undefined |= mended.undefined
        return mended.root

    def read(self, text: str, shift: int, depth: int) -> Node | None:
        """Read a text, whole if libyaml accepts it, else part by part.

        Each part is smaller than the text; ``depth`` counts the steps inwards.
        """
        composed = compose(text, shift, self._anchors)
        self.problems += composed.problems
        self.undefined |= composed.undefined
        if composed.failure is None:
            return composed.root
        before = len(self.problems)
        root = None
        if depth < MAX_DEPTH and before < _MAX_PROBLEMS:
            root = self._divided(text, shift, depth, composed.failure)
        if len(self.problems) == before:
            self.problems.append(diagnose(text, composed.failure, depth).shifted(shift))
        return root

    def _divided(self, text: str, shift: int, depth: int, failure: Failure) -> Node | None:
        parts = _divide(text)
        if len(parts) > 1:
            nodes = [self.read(text[a:b], shift + a, depth + 1) for a, b in parts]
            return self._joined([node for node in nodes if node is not None])
        leaf = read_leaf(text)
        item = _item(text)
        if item is not None:
            return self._item(text, item, shift, depth)
        if leaf.has_key:
            return self._entry(leaf, shift, depth, failure)
        if _NO_KEY.match(leaf.source):
            self.problems.append(faults.missing_key(leaf.value[0] + shift))
            return None
        return self._value(leaf, shift, depth, failure)

    def _joined(self, nodes: list[Node]) -> Node | None:
        """One mapping or sequence of what the parts are; the first part decides which."""
        first = nodes[0] if nodes else None
        if isinstance(first, Mapping | Sequence) and first.flow:
            return first
        if isinstance(first, Sequence):
            items = [item for node in nodes if isinstance(node, Sequence) for item in node.items]
            return Sequence(items[0].start, items[-1].end, tuple(items))
        entries: list[Entry] = []
        for node in nodes:
            if isinstance(node, Mapping):
                entries += node.entries
            elif isinstance(node, Scalar):
                problem = missing_colon(node.text, node.start, node.end)
                self.problems.append(problem)
                entries.append(half_typed(node))
        if not entries:
            return None
        return Mapping(entries[0].key.start, entries[-1].value.end, tuple(entries))

    def _item(self, text: str, dash: int, shift: int, depth: int) -> Sequence:
        """An item: its dash becomes a space, the rest is read by itself."""
        rest = " " * (dash + 1) + text[dash + 1 :]
        node = self.read(rest, shift, depth + 1) or _nothing(shift + dash + 1)
        return Sequence(shift + dash, max(node.end, shift + dash + 1), (node,))

    def _entry(self, leaf: Leaf, shift: int, depth: int, failure: Failure) -> Mapping:
        """A key with what is on its line and below it."""
        key = _key(leaf, shift)
        below = leaf.text[leaf.after :]
        extra: tuple[Entry, ...] = ()
        value: Node | None
        if leaf.source:
            value, end = self._line(leaf, shift, depth, failure)
            if end <= leaf.after and _CONTENT.search(below):
                extra = self._surplus(key, below, shift + leaf.after, depth)
        else:
            value = self.read(below, shift + leaf.after, depth + 1)
        entries = (Entry(key, value or _nothing(shift + leaf.value[0])), *extra)
        return Mapping(key.start, entries[-1].value.end, entries)

    def _line(self, leaf: Leaf, shift: int, depth: int, failure: Failure) -> tuple[Node, int]:
        """The value on the line of a key, and where its source ends."""
        alone = compose(leaf.text[: leaf.after], shift, self._anchors)
        if alone.failure is None and isinstance(alone.root, Mapping) and alone.root.entries:
            value = alone.root.entries[-1].value
            block = isinstance(value, Scalar) and value.style in ("literal", "folded")
            return value, len(leaf.text) if block else leaf.after
        value = self._value(leaf, shift, depth + 1, failure)
        return value, value.end - shift

    def _surplus(self, key: Scalar, below: str, shift: int, depth: int) -> tuple[Entry, ...]:
        """Lines that stand too deep below a key with a value: its siblings, most likely."""
        first = read_leaf(below)
        if first.has_key or _item(below) is not None:
            start = first.key[0] if first.has_key else first.value[0]
            end = max(first.key[1], min(start + 1, len(below)))
            self.problems.append(occupied(key.text, shift + start, shift + end))
        node = self.read(below, shift, depth + 1)
        return node.entries if isinstance(node, Mapping) else ()

    def _value(self, leaf: Leaf, shift: int, depth: int, failure: Failure) -> Node:
        """A value that libyaml refuses, read roughly."""
        self.problems.append(diagnose(leaf.text, failure, depth).shifted(shift))
        start, end = leaf.value
        source = leaf.source
        if source[:1] in ("{", "["):
            reader = FlowReader(leaf.text, start=start, strict=False, within=depth)
            return moved(reader.value(), shift)
        if source[:1] in ('"', "'"):
            body = source[1:].removesuffix(source[0])
            style: Style = "double" if source[0] == '"' else "single"
            return Scalar(start + shift, end + shift, body, body, style)
        return Scalar(start + shift, end + shift, source, resolve(source))


def _divide(text: str) -> list[tuple[int, int]]:
    """The parts of a text that start at the column of its first line, or left of it."""
    starts: list[int] = []
    column, items = -1, False
    for found in _CONTENT.finditer(text):
        item = _ITEM.match(found[2]) is not None
        if column < 0:
            column, items = len(found[1]), item
        elif len(found[1]) > column or (item and not items):
            continue
        starts.append(found.start())
    starts = [0, *starts[1:]]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _item(text: str) -> int | None:
    """The offset of the dash that a text starts with, if it does."""
    found = _CONTENT.search(text)
    if found is None or _ITEM.match(found[2]) is None:
        return None
    return found.start(2)


def _key(leaf: Leaf, shift: int) -> Scalar:
    start, end = leaf.key
    source = leaf.text[start:end]
    if source[0] in "\"'" and source[-1] == source[0]:
        return Scalar(start + shift, end + shift, source[1:-1], source[1:-1], "double")
    return Scalar(start + shift, end + shift, source, source)


def _nothing(at: int) -> Scalar:
    return Scalar(at, at, "", None)

"""Keys and values to the entries of a mapping, with what can be wrong about keys."""

import re

import msgspec

from flow_core.syntax import faults
from flow_core.syntax.nodes import Alias, Entry, Mapping, Node, Scalar, Sequence, follow
from flow_core.syntax.problems import SyntaxProblem

_COLON = re.compile(r"\s*:")


class EntryReader:
    """Makes entries of the nodes of one text, whose offsets are ``shift`` ahead of the text's."""

    def __init__(self, text: str, shift: int, problems: list[SyntaxProblem]) -> None:
        self._text = text
        self._shift = shift
        self._problems = problems

    def read(self, items: list[Node], *, flow: bool) -> tuple[Entry, ...]:
        """The entries of alternating keys and values."""
        entries: list[Entry] = []
        names: set[str] = set()
        for index in range(0, len(items) - 1, 2):
            key, value = items[index], items[index + 1]
            if flow and value.start == value.end:
                value = self._flow_empty(key, value)
            name = key if isinstance(key, Scalar) and isinstance(key.value, str) else None
            name = name or self._odd_key(key)
            if name is None:
                continue
            if name.text in names:
                self._problems.append(faults.duplicate_key(name))
            elif name.text == "<<" and name.style == "plain":
                self._check_merge(value)
            names.add(name.text)
            entries.append(Entry(name, value))
        return tuple(entries)

    def _flow_empty(self, key: Node, value: Node) -> Node:
        """Libyaml puts an empty value before the next token; it belongs behind the colon."""
        if not isinstance(value, Scalar) or value.style != "plain" or not isinstance(key, Scalar):
            return value
        colon = _COLON.match(self._text, key.end - self._shift)
        if colon is None:
            if value.end >= key.end:
                self._problems.append(faults.invented_key(key))
            at = key.end
        else:
            at = colon.end() + self._shift
        return Scalar(at, at, value.text, value.value, "plain", value.anchor)

    def _odd_key(self, key: Node) -> Scalar | None:
        """A key that is no string: an alias of one is, a scalar counts by its text."""
        value = follow(key)
        if not isinstance(value, Scalar):
            self._problems.append(faults.complex_key(key.start, key.end))
            return None
        if isinstance(key, Alias):
            value = msgspec.structs.replace(value, start=key.start, end=key.end, anchor="")
        if not isinstance(value.value, str):
            source = self._text[key.start - self._shift : key.end - self._shift]
            self._problems.append(faults.key_not_string(value, source))
        return value

    def _check_merge(self, value: Node) -> None:
        target = follow(value)
        sources = target.items if isinstance(target, Sequence) else (value,)
        if not all(_may_merge(source) for source in sources):
            self._problems.append(faults.bad_merge(value.start, value.end))


def _may_merge(source: Node) -> bool:
    """Whether this is a mapping, or an alias to nothing, which has a problem already."""
    missing = isinstance(source, Alias) and source.target is None
    return missing or isinstance(follow(source), Mapping)

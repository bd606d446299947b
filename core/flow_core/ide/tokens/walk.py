"""From the tree of a piece to its tokens: keys by what the language says of them, then values."""

from collections.abc import Iterable, Iterator

from flow_core.ide.levels import Level, level_at
from flow_core.ide.pieces import Piece
from flow_core.ide.tokens.legend import Modifier, TokenType, Word
from flow_core.ide.tokens.scalars import scalar_words
from flow_core.places import Span
from flow_core.syntax.nodes import Alias, Entry, Mapping, Node, Scalar, Sequence

_NAMES: dict[str, TokenType] = {
    "imports": "namespace",
    "types": "type",
    "inputs": "parameter",
    "with": "parameter",
    "secrets": "variable",
    "state": "variable",
    "set": "variable",
    "components": "function",
    "steps": "class",
    "finally": "class",
    "depends_on": "class",
    "mocks": "class",
    "errors": "event",
    "scenarios": "string",
}
"""What the names are that stand under a key of the language; all others are properties."""


def piece_words(piece: Piece, window: Span | None = None) -> list[Word]:
    """The tokens of a piece, in order and none on another; one can reach over several lines.

    Ranges count from the start of the piece. ``window`` leaves out what does not touch it.
    """
    walk = _Walk(piece, window)
    walk.root()
    for comment in piece.comments:
        walk.found.append((comment.span.start, comment.span.end, "comment", ()))
    return list(_apart(sorted(walk.found)))


class _Walk:
    """One walk over a tree."""

    def __init__(self, piece: Piece, window: Span | None) -> None:
        self._piece = piece
        self._window = window
        self._behind = 0
        self.found: list[Word] = []

    def root(self) -> None:
        """Walk all of it."""
        if self._piece.root is not None:
            self._node(self._piece.root, level_at(self._piece.path, self._piece.kind))

    def _node(self, node: Node, level: Level) -> None:
        start, end = self._range(node)
        if not isinstance(node, Alias) and node.anchor:
            self._anchor(node.anchor, start)
        self._behind = start
        match node:
            case Mapping():
                self._mapping(node, level.meant(node.fields))
            case Sequence():
                for item in node.items:
                    if self._is_inside(item.start, item.end):
                        self._node(item, level.item)
            case Scalar(style="plain") if level.holds_keys:
                self._key(Entry(node, node), level)  # its colon is still to come
            case Scalar():
                self.found += scalar_words(self._piece, node, level)
            case Alias():
                self.found.append((start, end, "variable", ()))
        self._behind = max(self._behind, end)

    def _range(self, node: Node) -> tuple[int, int]:
        return node.start - self._piece.shift, node.end - self._piece.shift

    def _is_inside(self, start: int, end: int) -> bool:
        window, shift = self._window, self._piece.shift
        return window is None or (end - shift >= window.start and start - shift <= window.end)

    def _anchor(self, name: str, end: int) -> None:
        """The anchor before a node."""
        at = self._piece.text.rfind(f"&{name}", self._behind, end)
        if at >= 0:
            self.found.append((at, at + len(name) + 1, "variable", ("declaration",)))

    def _mapping(self, node: Mapping, level: Level) -> None:
        for entry in node.entries:
            if self._is_inside(entry.key.start, max(entry.value.end, entry.key.end)):
                self._key(entry, level)
                _, self._behind = self._range(entry.key)
                self._node(entry.value, level.under(entry.key.text))

    def _key(self, entry: Entry, level: Level) -> None:
        kind, modifiers = ("operator", ()) if entry.merges else _kind(entry, level)
        self.found.append((*self._range(entry.key), kind, modifiers))


def _kind(entry: Entry, level: Level) -> tuple[TokenType, tuple[Modifier, ...]]:
    """What a key is: one of the language, or a name of the user's."""
    known = level.keys.get(entry.key.text)
    if known is not None:
        return "keyword", ("deprecated",) if known.deprecated else ()
    if level.names is None or level.owner is None:
        return "property", ()
    modifiers: list[Modifier] = []
    if level.names.names == "identifier":
        modifiers.append("declaration")
    if _is_deprecated(entry, level):
        modifiers.append("deprecated")
    if level.owner.name == "set":
        modifiers.append("modification")
    return _NAMES.get(level.owner.name, "property"), tuple(modifiers)


def _is_deprecated(entry: Entry, level: Level) -> bool:
    """Whether a component says so of itself."""
    says = isinstance(entry.value, Mapping) and "deprecated" in entry.value.fields
    return says and "deprecated" in level.under(entry.key.text).keys


def _apart(words: Iterable[Word]) -> Iterator[Word]:
    """Words in order, without empty ones and those that reach into one before them."""
    behind = 0
    for word in words:
        if behind <= word[0] < word[1]:
            yield word
            behind = word[1]

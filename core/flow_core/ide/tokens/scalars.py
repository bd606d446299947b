"""The tokens of a scalar: what its text means where it stands, mapped back to its source."""

import re
from collections.abc import Callable, Iterable, Iterator

from flow_core.expr.template import Hole, has_expression, split
from flow_core.ide.levels import Level
from flow_core.ide.pieces import Piece
from flow_core.ide.tokens.expressions import expression_words
from flow_core.ide.tokens.legend import Modifier, TokenType, Word
from flow_core.ide.tokens.words import (
    comparison_words,
    cron_words,
    function_words,
    import_words,
    type_words,
    uses_words,
)
from flow_core.language.shapes import Format
from flow_core.syntax.nodes import Scalar
from flow_core.syntax.scalars import SourceMap, source_map

_Reader = Callable[[str], Iterable[Word]]

_NAMED: dict[str, TokenType] = {
    "depends_on": "class",
    "ran": "class",
    "errors": "event",
    "error": "event",
    "fail": "event",
    "required": "property",
    "secrets": "variable",
}
"""What the texts under a key name, where they name something."""

_UNDER: dict[str, _Reader] = {
    "uses": uses_words,
    "imports": import_words,
    "python": function_words,
    "type": type_words,
}
_IN_FORMAT: dict[Format | None, _Reader] = {"cron": cron_words, "comparison": comparison_words}
_AS_NUMBER = ("duration", "version", "datetime")
_HEADER = re.compile(r"[|>][-+0-9]*")
_OPENING = len("${{")


def scalar_words(piece: Piece, node: Scalar, level: Level) -> Iterator[Word]:
    """The tokens of a scalar; ranges count from the start of the piece."""
    if node.start == node.end:
        return
    found = _Found(piece, node)
    meaning = _meaning(node, level)
    if isinstance(meaning, str):
        yield from found.whole(meaning, _declared(level))
    elif not found.is_mapped:
        yield from found.whole("string", ())
    elif meaning is None:
        yield from found.template()
    else:
        yield from found.inner(meaning)


def _meaning(node: Scalar, level: Level) -> Iterable[Word] | TokenType | None:
    """The words inside of a scalar, or what it is as a whole; None where it holds expressions."""
    if level.computes and has_expression(node.text):
        return None
    if node.value is None or isinstance(node.value, bool):
        return "enumMember"
    if not isinstance(node.value, str):
        return "number"
    owner = level.owner.name if level.owner else ""
    if level.is_type:
        return type_words(node.text)
    if owner in _UNDER and level.format is not None:
        return _UNDER[owner](node.text)
    if level.format in _IN_FORMAT:
        return _IN_FORMAT[level.format](node.text)
    if level.format in ("text", "identifier"):
        return _NAMED.get(owner, "string")
    if node.text in level.words:
        return "enumMember"
    return "number" if level.format in _AS_NUMBER else "string"


def _declared(level: Level) -> tuple[Modifier, ...]:
    """Secrets are declared by naming them."""
    is_secret = level.format == "identifier" and level.owner and level.owner.name == "secrets"
    return ("declaration", "readonly") if is_secret else ()


class _Found:
    """A scalar in its source. ``start`` and ``end`` are its range, ``body`` is its content's."""

    def __init__(self, piece: Piece, node: Scalar) -> None:
        self._node = node
        self._text = piece.text
        self.start, self.end = node.start - piece.shift, node.end - piece.shift
        self._header = self.start
        self.body = self.start
        if node.style in ("literal", "folded"):
            self._find_body()
        self._map: SourceMap = source_map(piece.text, -piece.shift, node, piece.syntax)

    def _find_body(self) -> None:
        header = _HEADER.match(self._text, self.start)
        if header is not None:
            self._header = header.end()
            line = self._text.find("\n", header.end())
            self.body = len(self._text) if line < 0 else line + 1

    @property
    def is_mapped(self) -> bool:
        """Whether it is known where each character of the text stands."""
        return sum(len(text) for *_, text in self._map.segments) == len(self._node.text)

    def whole(self, kind: TokenType, modifiers: tuple[Modifier, ...]) -> Iterator[Word]:
        """One token, behind the header of a block of text."""
        yield self.start, self._header, "operator", ()
        yield self.body, self.end, kind, modifiers

    def inner(self, words: Iterable[Word]) -> Iterator[Word]:
        """Words, between quotes if there are any."""
        yield self.start, self._header, "operator", ()
        quotes = int(self._node.style in ("single", "double"))
        yield self.start, self.start + quotes, "string", ()
        for word in words:
            yield self._placed(word, 0)
        yield self.end - quotes, self.end, "string", ()

    def template(self) -> Iterator[Word]:
        """A text with expressions."""
        yield self.start, self._header, "operator", ()
        at = self.body
        for hole in split(self._node.text).parts:
            if isinstance(hole, Hole):
                opening, inside = self._map.span(hole.start - _OPENING, hole.start)
                yield at, opening, "string", ()
                yield opening, inside, "operator", ()
                for word in expression_words(hole.source):
                    yield self._placed(word, hole.start)
                closing, at = self._closing(hole)
                yield closing, at, "operator", ()
        yield at, self.end, "string", ()

    def _closing(self, hole: Hole) -> tuple[int, int]:
        """The braces behind an expression, as many as there are."""
        text = self._node.text
        length = len("}}") if text.startswith("}}", hole.end) else 1
        return self._map.span(hole.end, min(hole.end + length, len(text)))

    def _placed(self, word: Word, by: int) -> Word:
        first, last, kind, modifiers = word
        start, end = self._map.span(first + by, last + by)
        return max(start, self.body), min(end, self.end), kind, modifiers

"""A tolerant reader of brackets and braces: JSON, and the broken flow collections of YAML.

It reads on after every fault, so that what stands around it keeps its nodes. Recursion is bounded
by `MAX_DEPTH`.
"""

import re
from bisect import bisect_right
from functools import cached_property

from flow_core.syntax import json_faults as faults
from flow_core.syntax.escapes import decode_pieces, json_pieces
from flow_core.syntax.faults import duplicate_key, too_deep
from flow_core.syntax.nodes import MAX_DEPTH, Entry, Mapping, Node, Scalar, Sequence, Value
from flow_core.syntax.problems import SyntaxProblem
from flow_core.syntax.resolve import number, resolve

_BLANKS = re.compile(r"[ \t]*")
_SPACE = re.compile(r"[ \t\r\n]*")
_COMMENT = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)|#[^\n]*", re.DOTALL)
_DOUBLE = re.compile(r'"((?:[^"\\\n]|\\.)*+)("?)')
_SINGLE = re.compile(r"'((?:[^'\n]|'')*+)('?)")
_JSON_WORD = re.compile(r"""[^\s,\[\]{}:"]+""")
_YAML_WORD = re.compile(r"(?:\$\{\{[^\n]*?\}\}|[^,\[\]{}:\r\n#]|:(?=[^\s,\[\]{}])|(?<=\S)#)+")
_JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_ON_LINE = re.compile(r"""[ \t]+["'{\[\w-]""")
_CONSTANTS = {"true": True, "false": False, "null": None}
_CLOSERS = {"{": "}", "[": "]"}
_OPENERS = {"}": "{", "]": "["}
_UNMATCHED = {"unclosed-bracket", "stray-character", "trailing-text"}


def read_json(text: str) -> tuple[Value | None, list[SyntaxProblem]]:
    """Read a JSON text; what is not strict JSON is a problem.

    Where brackets don't match the indentation tells which, if it tells of no more faults in all.
    """
    start = 1 if text.startswith("\ufeff") else 0
    reader = FlowReader(text, start=start, strict=True)
    root = reader.document()
    if any(problem.kind in _UNMATCHED for problem in reader.problems):
        guided = FlowReader(text, start=start, strict=True, by_indentation=True)
        guided_root = guided.document()
        if guided.strayed <= reader.strayed:
            return guided_root, guided.problems
    return root, reader.problems


class FlowReader:
    """Reads one text from ``start`` on. With ``strict``, by the grammar of JSON; else of YAML.

    With ``by_indentation`` a collection also ends before a line that is not indented deeper than
    the one it starts on, unless that line closes it, and a bracket at the start of a deeper line
    does not close it. ``within`` counts the collections around.
    """

    def __init__(
        self,
        text: str,
        *,
        start: int = 0,
        strict: bool,
        by_indentation: bool = False,
        within: int = 0,
    ) -> None:
        self.text = text
        self.at = start
        self.problems: list[SyntaxProblem] = []
        self._strict = strict
        self._by_indentation = by_indentation
        self._open: list[str] = []
        self._deepest = MAX_DEPTH - within
        self._stopped = False
        self._cut = -1  # where the indentation ended a collection: no comma is missed there

    @property
    def strayed(self) -> int:
        """How many faults there are that another reading might not have."""
        return sum(problem.kind != "duplicate-key" for problem in self.problems)

    def document(self) -> Value | None:
        """The one value of a text; more than that is a problem."""
        self._skip()
        if self.at >= len(self.text):
            return None
        root = self.value()
        self._skip()
        if self.at < len(self.text) and not self._stopped:
            self._report(faults.trailing_text(self.at, len(self.text.rstrip())))
        return root

    def value(self) -> Value:
        """The value that starts here; an empty one where none does."""
        opener = self.text[self.at : self.at + 1]
        if opener in _CLOSERS and opener:
            if len(self._open) >= self._deepest:
                return self._stop()
            return self._mapping() if opener == "{" else self._sequence()
        return self._scalar()

    def _stop(self) -> Scalar:
        """Read no further, for it goes too deep."""
        self._report(too_deep(self.at, self.at + 1))
        self._stopped = True
        end = self.at
        self.at = len(self.text)
        return Scalar(end, end, "", None)

    def _mapping(self) -> Mapping:
        start = self.at
        entries: list[Entry] = []
        names: set[str] = set()
        while self._more("{", start):
            key = self._scalar()
            if self._strict and key.style == "plain" and key.start < key.end:
                key = self._bare_key(key)
            entry = Entry(key, self._entry_value(key))
            if key.text in names:
                self._report(duplicate_key(key))
            names.add(key.text)
            entries.append(entry)
        return Mapping(start, self.at, tuple(entries), flow=True)

    def _bare_key(self, key: Scalar) -> Scalar:
        self._report(faults.bare_word(key))
        return Scalar(key.start, key.end, key.text, key.text)

    def _entry_value(self, key: Scalar) -> Node:
        self._skip()
        if not self.text.startswith(":", self.at):
            if self._strict and not self._stopped and key.start < key.end:
                self._report(faults.missing_colon(key.start, key.end, key.text))
            if _ON_LINE.match(self.text, key.end):
                return self.value()
            return Scalar(key.end, key.end, "", None)
        self.at += 1
        empty = self.at
        self._skip()
        if self.text[self.at : self.at + 1] in ("", ",", "}", "]"):
            if not self._stopped and self._strict:
                self._report(faults.missing_value(empty - 1, empty))
            return Scalar(empty, empty, "", None)
        return self.value()

    def _sequence(self) -> Sequence:
        start = self.at
        items: list[Node] = []
        while self._more("[", start):
            items.append(self.value())
            self._skip()
            if self.text.startswith(":", self.at):
                self._report(faults.stray(self.at, ":"))
                self.at += 1
        return Sequence(start, self.at, tuple(items), flow=True)

    def _more(self, opener: str, start: int) -> bool:
        """Go to the next item of the collection that ``opener`` opened; False at its end."""
        first = self.at == start
        if first:
            self.at += 1
            self._open.append(opener)
        before = self.at
        self._skip()
        comma = self._commas(first)
        if self._closed(opener, start, comma):
            self._open.pop()
            return False
        if comma is None and not first and self._cut != before:
            self._report(faults.missing_comma(before, self.at))
        return True

    def _commas(self, first: bool) -> int | None:  # noqa: FBT001 - a private helper
        """Skip commas; the place of the last, or None. Only one is right, and none at first."""
        last = None
        while self.text.startswith(",", self.at):
            if first or last is not None:
                self._report(faults.stray(self.at, ","))
            last = self.at
            self.at += 1
            self._skip()
        return last

    def _closed(self, opener: str, start: int, comma: int | None) -> bool:
        """Whether the collection ends here, by its bracket or for want of it."""
        if self._by_indentation and self._is_over(start):
            self._report(faults.unclosed_bracket(start, opener))
            self.at = self.at if comma is None else comma
            self._cut = self.at
            return True
        while (here := self.text[self.at : self.at + 1]) in ("]", "}"):
            if here == _CLOSERS[opener] and not self._is_deeper(start):
                if comma is not None and self._strict:
                    self._report(faults.trailing_comma(comma))
                self.at += 1
                return True
            if here != _CLOSERS[opener] and _OPENERS[here] in self._open:
                self._report(faults.unclosed_bracket(start, opener))
                return True
            self._report(faults.stray(self.at, here))
            self.at += 1
            self._skip()
        if not here and not self._stopped:
            self._report(faults.unclosed_bracket(start, opener))
        return not here

    def _is_over(self, start: int) -> bool:
        """Whether a line starts here that can't belong to the collection from ``start`` on."""
        line, first = self._line(self.at)
        if line <= start or first != self.at:
            return False
        closes = self.text.startswith(("]", "}"), self.at)
        opened, opening = self._line(start)
        return first - line < opening - opened + (not closes)

    def _is_deeper(self, start: int) -> bool:
        """Whether, by indentation, a bracket here is too deep to close what starts at ``start``."""
        if not self._by_indentation:
            return False
        line, first = self._line(self.at)
        opened, opening = self._line(start)
        return first == self.at and line > start and first - line > opening - opened

    def _line(self, at: int) -> tuple[int, int]:
        """Where the line of an offset starts, and where its indentation ends."""
        line = self._lines[bisect_right(self._lines, at) - 1]
        blanks = _BLANKS.match(self.text, line)
        return line, line if blanks is None else blanks.end()

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def _scalar(self) -> Scalar:
        start = self.at
        here = self.text[start : start + 1]
        if here == '"':
            return self._double()
        if here == "'":
            return self._single()
        found = (_JSON_WORD if self._strict else _YAML_WORD).match(self.text, start)
        if found is None:
            if here == ":":
                return Scalar(start, start, "", "")
            self._report(faults.stray(start, here))
            self.at += 1
            return Scalar(start, start, "", None)
        source = found[0].rstrip(" \t")
        self.at = start + len(source)
        scalar = Scalar(start, self.at, source, resolve(source))
        return self._json_word(scalar) if self._strict else scalar

    def _json_word(self, word: Scalar) -> Scalar:
        text = word.text
        if text in _CONSTANTS:
            return Scalar(word.start, word.end, text, _CONSTANTS[text])
        if _JSON_NUMBER.fullmatch(text):
            return Scalar(word.start, word.end, text, number(text))
        self._skip()
        if not (self._open[-1:] == ["{"] and self.text.startswith(":", self.at)):
            self._report(faults.bare_word(word))
        return Scalar(word.start, word.end, text, text)

    def _double(self) -> Scalar:
        start = self.at
        found = _DOUBLE.match(self.text, start)
        if found is None:  # the pattern takes any text after a quote
            raise AssertionError
        body, end = found.start(1), found.end(1)
        if not found[2]:
            end = self._unclosed(start, end)
        self.at = end + len(found[2])
        pieces = list(json_pieces(self.text, body, end))
        for piece in pieces:
            if piece.fault and self._strict:
                self._report(faults.bad_piece(piece.fault, piece, self.text))
        text = decode_pieces(self.text, body, end, pieces)
        return Scalar(start, self.at, text, text, "double")

    def _single(self) -> Scalar:
        start = self.at
        found = _SINGLE.match(self.text, start)
        if found is None:  # the pattern takes any text after a quote
            raise AssertionError
        end = found.end(1)
        if not found[2]:
            end = self._unclosed(start, end)
        self.at = end + len(found[2])
        text = self.text[start + 1 : end].replace("''", "'")
        if self._strict:
            self._report(faults.single_quotes(start, self.at, text))
        return Scalar(start, self.at, text, text, "single")

    def _unclosed(self, start: int, end: int) -> int:
        """Report a string that its line ends; its end without what closes around it."""
        end = start + 1 + len(self.text[start + 1 : end].rstrip(" \t\r,"))
        self._report(faults.unclosed_quote(start, end))
        return end

    def _skip(self) -> None:
        """Skip space; in YAML comments too, in JSON they are a problem."""
        while True:
            space = _SPACE.match(self.text, self.at)
            self.at = self.at if space is None else space.end()
            found = _COMMENT.match(self.text, self.at)
            if found is None or (not self._strict and not found[0].startswith("#")):
                return
            if self._strict:
                self._report(faults.json_comment(*found.span()))
            self.at = found.end()

    def _report(self, problem: SyntaxProblem) -> None:
        self.problems.append(problem)

r"""The syntax of RE2's regular expressions: text to tree.

Left out, as in RE2, is what needs backtracking: lookaround, backreferences, possessive and atomic
groups. Left out besides are ``\C`` and scripts that are rarely used.
"""

import re
from typing import Literal, TypeAlias

import msgspec

from flow_core.expr import charsets
from flow_core.expr.charsets import CharSet

MAX_REPEAT = 1000
MAX_DEPTH = 50
Assertion: TypeAlias = Literal["begin", "end", "line-begin", "line-end", "word", "no-word"]


class RegexError(Exception):
    """What is wrong with a pattern."""


class One(msgspec.Struct, frozen=True):
    """One character of a set."""

    belongs: CharSet


class Assert(msgspec.Struct, frozen=True):
    """A condition on a place between characters."""

    kind: Assertion


class Sequence(msgspec.Struct, frozen=True):
    """One after the other."""

    parts: "tuple[Node, ...]"


class Alternatives(msgspec.Struct, frozen=True):
    """One of several."""

    branches: "tuple[Node, ...]"


class Repeat(msgspec.Struct, frozen=True):
    """Again, at least ``low`` times and at most ``high`` (None: without end)."""

    part: "Node"
    low: int
    high: int | None


Node: TypeAlias = One | Assert | Sequence | Alternatives | Repeat

_REPEAT = re.compile(r"\{(\d{1,9})(?:(,)(\d{1,9})?)?\}")
_GROUP = re.compile(r"\?P?<([A-Za-z_][A-Za-z0-9_]*)>")
_FLAGS = re.compile(r"\?([imsU]*)(?:-([imsU]+))?([:)])")
_SIMPLE = {"a": "\a", "f": "\f", "t": "\t", "n": "\n", "r": "\r", "v": "\v"}
_ASSERTIONS: dict[str, Assertion] = {"A": "begin", "z": "end", "b": "word", "B": "no-word"}
_LAST_CODE_POINT = 0x10FFFF


def parse_regex(pattern: str) -> Node:
    """The tree of a pattern.

    Raises:
        RegexError: if it is no pattern of RE2's.
    """
    parser = _Parser(pattern)
    tree = parser.alternatives(0)
    if parser.position < len(pattern):
        raise RegexError("`)` closes nothing")
    return tree


class _Parser:
    """The state of one parse. ``flags`` are those in force: ``i``, ``m`` and ``s``."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.position = 0
        self.flags: frozenset[str] = frozenset()

    def peek(self) -> str:
        """The next character, or ``""`` at the end."""
        return self.pattern[self.position : self.position + 1]

    def take(self) -> str:
        """The next character, which must be there."""
        character = self.peek()
        if not character:
            raise RegexError("it ends too early")
        self.position += 1
        return character

    def accept(self, text: str) -> bool:
        """Pass over a text if it comes next."""
        if not self.pattern.startswith(text, self.position):
            return False
        self.position += len(text)
        return True

    def alternatives(self, depth: int) -> Node:
        """Branches between ``|``, up to the end of the group. Flags last as long as the group."""
        if depth > MAX_DEPTH:
            raise RegexError(f"it is nested more than {MAX_DEPTH} levels deep")
        flags = self.flags
        branches = [self.sequence(depth)]
        while self.accept("|"):
            branches.append(self.sequence(depth))
        self.flags = flags
        return branches[0] if len(branches) == 1 else Alternatives(tuple(branches))

    def sequence(self, depth: int) -> Node:
        """Repeated atoms up to ``|`` or ``)``."""
        parts: list[Node] = []
        while self.peek() not in {"", "|", ")"}:
            if self.accept("\\Q"):
                end = self.pattern.find("\\E", self.position)
                end = len(self.pattern) if end < 0 else end
                text = self.pattern[self.position : end]
                self.position = min(end + 2, len(self.pattern))
                parts += [self.one(charsets.one(character)) for character in text]
            else:
                parts.append(self.repeated(self.atom(depth)))
        return Sequence(tuple(parts))

    def repeated(self, atom: Node) -> Node:
        """An atom with its repetition; a second one would have to be in a group."""
        count = self.count()
        if count is None:
            return atom
        self.accept("?")
        if self.peek() in {"*", "+", "?"} or _REPEAT.match(self.pattern, self.position):
            raise RegexError(f"`{self.peek()}` repeats a repetition")
        low, high = count
        if max(low, high or 0) > MAX_REPEAT or (high is not None and low > high):
            raise RegexError(f"a repetition goes from 0 to {MAX_REPEAT}, the lower number first")
        return Repeat(atom, low, high)

    def count(self) -> tuple[int, int | None] | None:
        """How often: ``*``, ``+``, ``?``, ``{n}``, ``{n,}``, ``{n,m}``."""
        for sign, count in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.accept(sign):
                return count
        match = _REPEAT.match(self.pattern, self.position)
        if match is None:
            return None
        self.position = match.end()
        low = int(match[1])
        return low, int(match[3]) if match[3] else None if match[2] else low

    def one(self, belongs: CharSet) -> Node:
        """A character of a set, whatever its case if the flag ``i`` is on."""
        return One(charsets.folded(belongs) if "i" in self.flags else belongs)

    def atom(self, depth: int) -> Node:
        """A character, a set, a group or an assertion."""
        match self.take():
            case "(":
                return self.group(depth)
            case "[":
                return self.one(self.bracket())
            case ".":
                return One(charsets.anything if "s" in self.flags else charsets.no_newline)
            case "^":
                return Assert("line-begin" if "m" in self.flags else "begin")
            case "$":
                return Assert("line-end" if "m" in self.flags else "end")
            case "\\":
                return self.escape()
            case "*" | "+" | "?" as sign:
                raise RegexError(f"`{sign}` has nothing to repeat")
            case character:
                return self.one(charsets.one(character))

    def group(self, depth: int) -> Node:
        """``(…)``, ``(?:…)``, ``(?P<name>…)``, ``(?i)``, ``(?i:…)``."""
        before = self.flags
        name = _GROUP.match(self.pattern, self.position)
        flags = _FLAGS.match(self.pattern, self.position)
        if name:
            self.position = name.end()
        elif flags:
            self.position = flags.end()
            self.flags = (before | frozenset(flags[1])) - frozenset(flags[2] or "")
            if flags[3] == ")":
                return Sequence(())
        elif self.peek() == "?":
            shown = self.pattern[self.position - 1 : self.position + 3]
            raise RegexError(f"RE2 has no `{shown}`: no lookaround, no atomic groups")
        tree = self.alternatives(depth + 1)
        self.flags = before
        if not self.accept(")"):
            raise RegexError("`(` is never closed")
        return tree

    def escape(self) -> Node:
        """What follows a backslash outside brackets."""
        letter = self.peek()
        if letter in _ASSERTIONS:
            self.position += 1
            return Assert(_ASSERTIONS[letter])
        if letter.isdigit() and letter != "0":
            raise RegexError(f"RE2 has no backreferences such as `\\{letter}`")
        return self.one(self.escaped())

    def escaped(self) -> CharSet:
        """A set or a character behind a backslash."""
        letter = self.take()
        if letter in {"p", "P"}:
            return self.category(negated=letter == "P")
        found = charsets.perl(letter)
        return charsets.one(self.character(letter)) if found is None else found

    def category(self, *, negated: bool) -> CharSet:
        r"""``\pL``, ``\p{Lu}``, ``\p{^Greek}``."""
        name = self.take()
        if name == "{":
            end = self.pattern.find("}", self.position)
            name = self.pattern[self.position : max(end, self.position)]
            self.position = max(end, self.position - 1) + 1
        found = charsets.unicode(name.removeprefix("^"))
        if found is None:
            raise RegexError(f"`\\p{{{name}}}` is no known class of characters")
        return charsets.outside(found) if negated is not name.startswith("^") else found

    def character(self, letter: str) -> str:
        """The character that an escape stands for."""
        if letter in _SIMPLE:
            return _SIMPLE[letter]
        if letter == "x":
            return self.hexadecimal()
        if letter == "0":
            digits = re.compile(r"[0-7]{0,2}").match(self.pattern, self.position)
            text = digits[0] if digits else ""
            self.position += len(text)
            return chr(int(text or "0", 8))
        if letter.isalnum() and letter.isascii():
            raise RegexError(f"`\\{letter}` means nothing")
        return letter

    def hexadecimal(self) -> str:
        r"""``\x7F`` and ``\x{10FFFF}``."""
        match = re.compile(r"\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2})").match(
            self.pattern, self.position
        )
        code = int(match[1] or match[2], 16) if match else -1
        if match is None or code > _LAST_CODE_POINT:
            raise RegexError("`\\x` needs the hexadecimal number of a character")
        self.position = match.end()
        return chr(code)

    def bracket(self) -> CharSet:
        """``[…]`` behind its opening bracket."""
        negated = self.accept("^")
        parts: list[CharSet] = []
        while not parts or self.peek() != "]":
            parts.append(self.range())
        self.position += 1
        found = charsets.either(parts)
        found = charsets.folded(found) if "i" in self.flags else found
        return charsets.outside(found) if negated else found

    def range(self) -> CharSet:
        """One part of a bracket: a class, a character, or a range of characters."""
        if self.accept("[:"):
            end = self.pattern.find(":]", self.position)
            name = self.pattern[self.position : max(end, self.position)]
            found = charsets.posix(name)
            if found is None:
                raise RegexError(f"`[:{name}:]` is no known class of characters")
            self.position = end + 2
            return found
        if (
            self.peek() == "\\"
            and self.pattern[self.position + 1 : self.position + 2] in "pPdDsSwW"
        ):
            self.position += 1
            return self.escaped()
        low = self.bound()
        if self.peek() != "-" or self.pattern[self.position + 1 : self.position + 2] in {"]", ""}:
            return charsets.one(low)
        self.position += 1
        high = self.bound()
        if high < low:
            raise RegexError(f"the range `{low}-{high}` is the wrong way round")
        return charsets.spans(low + high)

    def bound(self) -> str:
        """A single character in a bracket."""
        character = self.take()
        return self.character(self.take()) if character == "\\" else character

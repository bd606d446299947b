"""Types in shorthand: ``Order``, ``list<string>``, ``map<Line?>``, ``integer | null``.

``?`` binds tightest, ``|`` loosest, parentheses group. The parser never gives up: it reports what
is wrong, with the range in the text, and goes on with what was most likely meant.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

import msgspec

from flow_core.suggest import closest
from flow_core.types.algebra import nullable, union
from flow_core.types.kinds import ANY, BUILTIN, ListType, MapType, Type
from flow_core.types.problem import Lookup, TypeProblem
from flow_core.types.show import show

_TOKEN = re.compile(r"\s*(?:([A-Za-z_][\w.\-]*)|(.))", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_][\w.]*")
_MAX_DEPTH = 50
_LISTS = frozenset({"list", "array", "sequence", "set", "tuple", "iterable", "vec", "slice"})
_MAPS = frozenset({"map", "dict", "mapping", "record", "hashmap", "dictionary"})
_INSTEAD = {
    '"': "for fixed values write `{enum: [a, b]}`",
    "'": "for fixed values write `{enum: [a, b]}`",
    "{": "for an object write `{fields: {name: T}}`",
    "[": "for a list write `list<T>`",
}
_FORMS = "a type is a name, `list<T>`, `map<T>`, `T?` or `A | B`"
_FOREIGN = {
    "str": "string",
    "text": "string",
    "char": "string",
    "varchar": "string",
    "int": "integer",
    "int32": "integer",
    "int64": "integer",
    "long": "integer",
    "float": "number",
    "double": "number",
    "decimal": "number",
    "bool": "boolean",
    "none": "null",
    "nil": "null",
    "void": "null",
    "nonetype": "null",
    "timestamp": "datetime",
    "date-time": "datetime",
    "timedelta": "duration",
    "bytearray": "bytes",
    "binary": "bytes",
    "unknown": "any",
    "path": "file",
}


class _Token(msgspec.Struct, frozen=True):
    """A name or one punctuation mark; an empty text at the end."""

    text: str
    start: int
    end: int
    is_name: bool = False


def parse_shorthand(
    text: str, lookup: Lookup, names: Iterable[str] = ()
) -> tuple[Type, list[TypeProblem]]:
    """The type that a text spells, and what is wrong with it.

    ``names`` are the types that exist, for "did you mean". Problems have an empty path.

    >>> show(parse_shorthand("list<integer>? | string", lambda name: None)[0])
    'list<integer> | string | null'
    """
    parser = _Parser(text, lookup, names)
    return parser.whole(), parser.problems


def names_in(text: str) -> list[tuple[str, int]]:
    """The names of types in a shorthand, built-in ones left out, each with where it starts.

    >>> names_in("list<Order> | payments.Receipt?")
    [('Order', 5), ('payments.Receipt', 14)]
    """
    if "${{" in text:
        return []
    tokens = _tokens(text)
    return [
        (token.text, token.start)
        for token, following in pairwise(tokens)
        if token.is_name and token.text not in BUILTIN and following.text != "<"
    ]


def _tokens(text: str) -> list[_Token]:
    found = [
        _Token(match[1] or match[2], match.start(match.lastindex or 0), match.end(), bool(match[1]))
        for match in _TOKEN.finditer(text.rstrip())
    ]
    return [*found, _Token("", len(text), len(text))]


class _Parser:
    """A recursive descent over the tokens of one text."""

    def __init__(self, text: str, lookup: Lookup, names: Iterable[str]) -> None:
        self.text = text
        self.lookup = lookup
        self.names = names
        self.problems: list[TypeProblem] = []
        self._tokens = _tokens(text)
        self._at = 0
        self._depth = 0

    def whole(self) -> Type:
        """The type of the whole text."""
        if "${{" in self.text:
            self._report("bad-shorthand", 0, len(self.text), "a type cannot hold an expression")
            return ANY
        type_ = self._union()
        token = self._peek
        if token.text and not self.problems:
            message = f"unexpected `{token.text}` after the type"
            self._report("bad-shorthand", token.start, len(self.text), message)
        return type_

    @property
    def _peek(self) -> _Token:
        return self._tokens[self._at]

    def _take(self, *texts: str) -> _Token | None:
        """Step over the next token if it is one of the texts."""
        token = self._peek
        if token.text not in texts or not token.text:
            return None
        self._at += 1
        return token

    def _report(self, kind: str, start: int, end: int, message: str, help_: str = _FORMS) -> None:
        self.problems.append(TypeProblem((), kind, message, help_, start=start, end=end))

    def _union(self) -> Type:
        members = [self._postfix()]
        while self._take("|"):
            members.append(self._postfix())
        return union(*members)

    def _postfix(self) -> Type:
        start, before = self._peek.start, len(self.problems)
        type_ = self._atom()
        while mark := self._take("?", "["):
            if mark.text == "?":
                type_ = nullable(type_)
                continue
            close = self._take("]")
            type_ = ListType(type_)
            self._foreign(start, close.end if close else mark.end, type_, before)
        return type_

    def _atom(self) -> Type:
        token = self._peek
        if self._depth > _MAX_DEPTH:
            self._at = len(self._tokens) - 1
            self._report(
                "bad-shorthand", token.start, len(self.text), "the type is nested too deep"
            )
            return ANY
        if self._take("("):
            type_ = self._nested()
            self._close(token, ")")
            return type_
        if not token.is_name:
            found = f", found `{token.text}`" if token.text else ""
            help_ = _INSTEAD.get(token.text, _FORMS)
            self._report("bad-shorthand", token.start, token.end, f"expected a type{found}", help_)
            return ANY
        self._at += 1
        following = self._tokens[self._at : self._at + 2]
        if following[0].text == "<" or (following[0].text == "[" and following[1].text != "]"):
            return self._generic(token)
        return self._name(token)

    def _nested(self) -> Type:
        self._depth += 1
        type_ = self._union()
        self._depth -= 1
        return type_

    def _close(self, opening: _Token, text: str) -> int:
        """Step over a closing mark, or report that it is missing; where the construct ends."""
        token = self._peek
        if self._take(text):
            return token.end
        if not self.problems:
            message = f"expected `{text}` to close `{opening.text}`"
            self._report("bad-shorthand", opening.start, opening.end, message)
        return token.start

    def _generic(self, name: _Token) -> Type:
        """``list<T>``, ``map<T>``, and what other languages make of them."""
        before = len(self.problems)
        opening = self._peek
        self._at += 1
        arguments = [self._nested()]
        while self._take(","):
            arguments.append(self._nested())
        end = self._close(opening, ">" if opening.text == "<" else "]")
        type_ = _applied(name.text, arguments)
        if type_ is None:
            message = f"`{name.text}` takes no type in brackets"
            help_ = "only `list<T>` and `map<T>` do"
            self._report("bad-shorthand", name.start, name.end, message, help_)
            return ANY
        if name.text not in ("list", "map") or opening.text != "<" or len(arguments) > 1:
            self._foreign(name.start, end, type_, before)
        return type_

    def _foreign(self, start: int, end: int, type_: Type, before: int) -> None:
        """Report another language's spelling, which covers what is foreign inside it."""
        inner = [problem for problem in self.problems[before:] if problem.kind != "foreign-type"]
        self.problems[before:] = inner
        wanted = show(type_)
        message = f"`{self.text[start:end]}` is written `{wanted}` in Flow"
        suggestion = None if inner else wanted
        help_ = f"write `{wanted}`"
        self.problems.append(
            TypeProblem((), "foreign-type", message, help_, suggestion, start=start, end=end)
        )

    def _name(self, token: _Token) -> Type:
        name = token.text
        found = BUILTIN.get(name) or self.lookup(name)
        if found is not None:
            return found
        meant = _meant(name)
        if meant is None:
            self._unknown(token)
            return ANY
        self._foreign(token.start, token.end, meant, len(self.problems))
        return meant

    def _unknown(self, token: _Token) -> None:
        if not _NAME.fullmatch(token.text):
            message = f"`{token.text}` is no name of a type"
            self._report("bad-shorthand", token.start, token.end, message)
            return
        near = closest(token.text, (*BUILTIN, *self.names))
        help_ = f"did you mean `{near}`?" if near else "declare it under `types` or import it"
        message = f"unknown type `{token.text}`"
        self.problems.append(
            TypeProblem((), "unknown-type", message, help_, near, start=token.start, end=token.end)
        )


def _applied(name: str, arguments: list[Type]) -> Type | None:
    """The type that a name with types in brackets means, here or in another language."""
    lowered = name.rsplit(".", 1)[-1].lower()
    if lowered in _LISTS:
        return ListType(union(*arguments))
    if lowered in _MAPS:
        return MapType(arguments[-1])
    if lowered == "optional":
        return nullable(arguments[0])
    return union(*arguments) if lowered == "union" else None


def _meant(name: str) -> Type | None:
    """The type that a name of another language stands for."""
    lowered = name.lower()
    if lowered in _LISTS:
        return ListType(ANY)
    if lowered in _MAPS:
        return MapType(ANY)
    return BUILTIN.get(_FOREIGN.get(lowered, lowered))

"""Choosing tests by what their names contain, as pytest's ``-k`` does: ``card and not hub``.

Words that stand beside each other are one phrase, as names of scenarios are sentences:
``declined card or hub``. Quotes take a word as it is. Upper and lower case are alike.
"""

import re
from collections.abc import Callable
from typing import TypeAlias

Chooser: TypeAlias = Callable[[str], bool]
"""Tells whether the test of a name is meant."""

_TOKEN = re.compile(r"""[()]|"[^"]*"|'[^']*'|[^\s()"']+|["']""")
_OPERATORS = ("and", "or", "not", "(", ")")


def chooser(expression: str) -> Chooser:
    """What an expression chooses; an empty one chooses all.

    Raises:
        ValueError: it is no expression, and the message says where.

    >>> [chooser("card and not (hub or parcel)")(name) for name in ("a Card", "a card at the hub")]
    [True, False]
    """
    tokens = _TOKEN.findall(expression)
    if not tokens:
        return lambda _name: True
    reader = _Reader(tokens)
    found = reader.any_of()
    if reader.token is not None:
        raise ValueError(f"`{reader.token}` is not expected there")
    return found


class _Reader:
    """Reads tokens from left to right; each method reads what it is called."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def token(self) -> str | None:
        """The token that comes next, None at the end."""
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def any_of(self) -> Chooser:
        parts = [self._all_of()]
        while self._take("or"):
            parts.append(self._all_of())
        return lambda name: any(part(name) for part in parts)

    def _all_of(self) -> Chooser:
        parts = [self._one()]
        while self._take("and"):
            parts.append(self._one())
        return lambda name: all(part(name) for part in parts)

    def _one(self) -> Chooser:
        if self._take("not"):
            inner = self._one()
            return lambda name: not inner(name)
        if self._take("("):
            inner = self.any_of()
            if not self._take(")"):
                raise ValueError("a `)` is missing")
            return inner
        return self._phrase()

    def _phrase(self) -> Chooser:
        words: list[str] = []
        while self.token is not None and self.token not in _OPERATORS:
            words.append(_unquoted(self.token))
            self._at += 1
        if not words:
            where = "at the end" if self.token is None else f"before `{self.token}`"
            raise ValueError(f"a word is missing {where}")
        phrase = " ".join(words).lower()
        return lambda name: phrase in name.lower()

    def _take(self, token: str) -> bool:
        """Go past a token, if it comes next."""
        found = self.token == token
        self._at += found
        return found


def _unquoted(token: str) -> str:
    if token in ('"', "'"):
        raise ValueError(f"the other {token} is missing")
    return token[1:-1] if token[0] in "\"'" else token

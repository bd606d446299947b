"""Styles of names, and how a name reads in one of them."""

import re

_SNAKE = re.compile(r"_*[a-z][a-z0-9]*(?:_+[a-z0-9]+)*_?")
_PASCAL = re.compile(r"(?:[A-Z][a-z0-9]*)+")
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def is_snake_case(name: str) -> bool:
    """Whether a name is in lower case, with `_` between its words."""
    return _SNAKE.fullmatch(name) is not None


def is_pascal_case(name: str) -> bool:
    """Whether each word of a name begins with a capital, with nothing between them."""
    return _PASCAL.fullmatch(name) is not None


def snake_case(name: str) -> str:
    """The same name in lower case.

    >>> snake_case("chargeCard2"), snake_case("HTTPServer")
    ('charge_card_2', 'http_server')
    """
    return "_".join(_WORDS.findall(name)).lower()


def pascal_case(name: str) -> str:
    """The same name with capitals.

    >>> pascal_case("order_line"), pascal_case("order")
    ('OrderLine', 'Order')
    """
    return "".join(word[0].upper() + word[1:] for word in _WORDS.findall(name))

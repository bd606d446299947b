"""What a plain scalar means: the core schema of YAML 1.2 (section 10.3 of its specification).

So ``no``, ``on`` and ``yes`` are strings, ``0o17`` is octal and ``017`` is decimal.
"""

import re

_CONSTANTS: dict[str, bool | float | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_NUMBER_STARTS = frozenset("0123456789+-.")
_INTEGER = re.compile(r"[-+]?[0-9]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_OCTAL = re.compile(r"0o[0-7]+", re.ASCII)
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+", re.ASCII)
_MAX_DIGITS = 4000  # beyond some 4,300 digits, int() refuses a text


def resolve(text: str) -> bool | int | float | str | None:
    """The value of a plain scalar.

    >>> [resolve(text) for text in ("no", "0x1F", "1.10", "", "1e3")]
    ['no', 31, 1.1, None, 1000.0]
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] in _NUMBER_STARTS:
        return number(text)
    return text


def number(text: str) -> int | float | str:
    """The number that a text writes, or the text; an integer beyond all reason is a float."""
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) <= _MAX_DIGITS else float(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _HEXADECIMAL.fullmatch(text):
        return int(text, 16)
    if _OCTAL.fullmatch(text):
        return int(text, 8)
    return text


def resolve_tag(text: str, tag: str) -> bool | int | float | str | None:
    """The value under a core tag (``str``, ``int`` …); `ValueError` if it does not fit."""
    value = text if tag == "str" else resolve(text)
    if tag == "float" and type(value) is int:
        return float(value)
    kinds = {"str": str, "int": int, "float": float, "bool": bool, "null": type(None)}
    if type(value) is not kinds[tag]:
        raise ValueError(tag)
    return value

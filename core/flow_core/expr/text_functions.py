"""Functions on text. Positions and lengths count code points; all costs are paid beforehand."""

from typing import Any

from flow_core.expr.errors import Fault, Meter
from flow_core.expr.regex import RegexError, compile_regex
from flow_core.expr.values import Value

_UPPER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LOWER = {upper: lower for lower, upper in _UPPER.items()}
_QUOTED = str.maketrans(
    {
        "\a": r"\a", "\b": r"\b", "\f": r"\f", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\v": r"\v",
        "\\": r"\\", '"': r"\"",
    }
)  # fmt: skip
_BLANKS = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""Unicode's white space."""

_WORK = 10
"""How many steps of an automaton cost as much as one node."""


def matches(meter: Meter, text: str, pattern: str) -> Value:
    """Whether a pattern occurs in a text."""
    try:
        regex = compile_regex(pattern)
    except RegexError as error:
        raise Fault("bad-argument", f"the pattern is no regular expression: {error}") from None
    meter.spend((len(text) + len(pattern)) * regex.size // _WORK)
    return regex.search(text)


def contains(_meter: Meter, text: str, part: str) -> Value:
    """Whether a text holds another."""
    return part in text


def starts_with(_meter: Meter, text: str, part: str) -> Value:
    """Whether a text begins with another."""
    return text.startswith(part)


def ends_with(_meter: Meter, text: str, part: str) -> Value:
    """Whether a text ends with another."""
    return text.endswith(part)


def char_at(_meter: Meter, text: str, index: int) -> Value:
    """The character at an index; empty just behind the last."""
    _within(index, len(text))
    return text[index : index + 1]


def index_of(_meter: Meter, text: str, part: str, start: int = 0) -> Value:
    """Where a part first occurs from an offset on, or -1."""
    _within(start, len(text))
    return text.find(part, start)


def last_index_of(_meter: Meter, text: str, part: str, start: int | None = None) -> Value:
    """Where a part last occurs that begins no later than an offset, or -1."""
    if start is None:
        return text.rfind(part)
    _within(start, len(text))
    return text.rfind(part, 0, start + len(part))


def join(meter: Meter, texts: list[Any], separator: str = "") -> Value:
    """The texts of a list with a separator between them."""
    if not all(isinstance(text, str) for text in texts):
        raise Fault("no-such-overload", "`join` needs a list of strings")
    meter.write(sum(map(len, texts)) + len(separator) * len(texts))
    return separator.join(texts)


def lower_ascii(meter: Meter, text: str) -> Value:
    """A to Z in lower case."""
    meter.write(len(text))
    return text.translate(_LOWER)


def upper_ascii(meter: Meter, text: str) -> Value:
    """Letters a to z as capitals."""
    meter.write(len(text))
    return text.translate(_UPPER)


def replace(meter: Meter, text: str, old: str, new: str, limit: int = -1) -> Value:
    """A text with a part replaced: everywhere, or so many times from the left."""
    found = text.count(old)
    times = found if limit < 0 else min(limit, found)
    meter.write(len(text) + times * len(new))
    return text.replace(old, new, times)


def split(meter: Meter, text: str, separator: str, limit: int = -1) -> Value:
    """The parts between separators: all, or so many, of which the last holds the remainder."""
    if limit == 0:
        return []
    meter.spend(text.count(separator) + 1)
    if separator:
        return list(text.split(separator, -1 if limit < 0 else limit - 1))
    cut = len(text) if limit < 0 else limit - 1
    return [*text[:cut], *([text[cut:]] if cut < len(text) else [])]


def substring(_meter: Meter, text: str, start: int, end: int | None = None) -> Value:
    """The text from an index, up to another."""
    end = len(text) if end is None else end
    _within(start, len(text))
    _within(end, len(text))
    if start > end:
        raise Fault("out-of-range", f"the text can't begin at {start} and end at {end}")
    return text[start:end]


def trim(_meter: Meter, text: str) -> Value:
    """A text without Unicode's white space at its ends."""
    return text.strip(_BLANKS)


def quote(meter: Meter, text: str) -> Value:
    """A text in double quotes, with escapes."""
    meter.write(len(text) * 2)
    return f'"{text.translate(_QUOTED)}"'


def _within(index: int, length: int) -> None:
    if not 0 <= index <= length:
        raise Fault("out-of-range", f"the index {index} is outside a text of {length} characters")

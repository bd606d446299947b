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
_BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_WORK = 100
"""How many steps of an automaton cost as much as one node."""


def matches(text: str, pattern: str, meter: Meter) -> Value:
    """Whether a pattern occurs in a text."""
    try:
        regex = compile_regex(pattern)
    except RegexError as error:
        raise Fault("bad-argument", f"the pattern is no regular expression: {error}") from None
    meter.spend((len(text) + len(pattern)) * regex.size // _WORK)
    return regex.search(text)


def contains(text: str, part: str, _meter: Meter) -> Value:
    """Whether a text holds another."""
    return part in text


def starts_with(text: str, part: str, _meter: Meter) -> Value:
    """Whether a text begins with another."""
    return text.startswith(part)


def ends_with(text: str, part: str, _meter: Meter) -> Value:
    """Whether a text ends with another."""
    return text.endswith(part)


def char_at(text: str, index: int, _meter: Meter) -> Value:
    """The character at an index; empty just behind the last."""
    _within(index, len(text))
    return text[index : index + 1]


def index_of(text: str, part: str, *rest: Any) -> Value:
    """Where a part first occurs from an offset on, or -1."""
    start = rest[0] if len(rest) > 1 else 0
    if part:
        _within(start, len(text))
        return text.find(part, start)
    _within(start, len(text))
    return start


def last_index_of(text: str, part: str, *rest: Any) -> Value:
    """Where a part last occurs that begins no later than an offset, or -1."""
    if len(rest) == 1:
        return text.rfind(part)
    start = rest[0]
    _within(start, len(text))
    return text.rfind(part, 0, start + len(part))


def join(texts: list[Any], *rest: Any) -> Value:
    """The texts of a list with a separator between them."""
    separator, meter = (rest[0], rest[1]) if len(rest) > 1 else ("", rest[0])
    if not all(isinstance(text, str) for text in texts):
        raise Fault("no-such-overload", "`join` needs a list of strings")
    meter.write(sum(map(len, texts)) + len(separator) * len(texts))
    return separator.join(texts)


def lower_ascii(text: str, meter: Meter) -> Value:
    """A to Z in lower case."""
    meter.write(len(text))
    return text.translate(_LOWER)


def upper_ascii(text: str, meter: Meter) -> Value:
    """Letters a to z as capitals."""
    meter.write(len(text))
    return text.translate(_UPPER)


def replace(text: str, old: str, new: str, *rest: Any) -> Value:
    """A text with a part replaced: everywhere, or so many times from the left."""
    limit, meter = (rest[0], rest[1]) if len(rest) > 1 else (-1, rest[0])
    found = text.count(old)
    times = found if limit < 0 else min(limit, found)
    meter.write(len(text) + times * len(new))
    return text.replace(old, new, times)


def split(text: str, separator: str, *rest: Any) -> Value:
    """The parts between separators: all, or so many, of which the last holds the remainder."""
    limit, meter = (rest[0], rest[1]) if len(rest) > 1 else (-1, rest[0])
    if limit == 0:
        return []
    meter.spend(text.count(separator) + 1)
    if separator:
        return list(text.split(separator, -1 if limit < 0 else limit - 1))
    cut = len(text) if limit < 0 else limit - 1
    return [*text[:cut], *([text[cut:]] if cut < len(text) else [])]


def substring(text: str, start: int, *rest: Any) -> Value:
    """The text from an index, up to another."""
    end = rest[0] if len(rest) > 1 else len(text)
    _within(start, len(text))
    _within(end, len(text))
    if start > end:
        raise Fault("out-of-range", f"the text can't begin at {start} and end at {end}")
    return text[start:end]


def trim(text: str, _meter: Meter) -> Value:
    """A text without Unicode's white space at its ends."""
    return text.strip(_BLANKS)


def quote(text: str, meter: Meter) -> Value:
    """A text in double quotes, with escapes."""
    meter.write(len(text) * 2)
    return f'"{text.translate(_QUOTED)}"'


def _within(index: int, length: int) -> None:
    if not 0 <= index <= length:
        raise Fault("out-of-range", f"the index {index} is outside a text of {length} characters")

"""Ranges of numbers and of sizes: do they overlap, does one lie inside the other?"""

import math

import msgspec

from flow_core.types.kinds import NumberType

_INFINITE = float("inf")


def is_finite(value: float) -> bool:
    """Whether a number is one that a double can hold."""
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond any double
        return False


class Range(msgspec.Struct, frozen=True):
    """From ``low`` to ``high``; an open end leaves its bound out."""

    low: float = -_INFINITE
    high: float = _INFINITE
    low_open: bool = False
    high_open: bool = False

    def holds(self, value: float) -> bool:
        """Whether a number lies in the range."""
        return self.meets(Range(value, value))

    def missed(self, value: float) -> "Range":
        """The range with only the bound that a number lies beyond.

        >>> Range(1, 100).missed(500).show()
        'at most 100'
        """
        above = Range(low=self.low, low_open=self.low_open)
        return Range(high=self.high, high_open=self.high_open) if above.holds(value) else above

    def within(self, other: "Range") -> bool:
        """Whether every number of this range is one of the other."""
        return (self.low, self.low_open) >= (other.low, other.low_open) and (
            self.high,
            not self.high_open,
        ) <= (other.high, not other.high_open)

    def meets(self, other: "Range") -> bool:
        """Whether some number lies in both ranges."""
        low = max((self.low, self.low_open), (other.low, other.low_open))
        high = min((self.high, not self.high_open), (other.high, not other.high_open))
        return low[0] < high[0] or (low[0] == high[0] and not low[1] and high[1])

    def show(self) -> str:
        """The range in words.

        >>> Range(1, 5, high_open=True).show()
        'at least 1 and below 5'
        """
        low = f"{'above' if self.low_open else 'at least'} {self.low}"
        high = f"{'below' if self.high_open else 'at most'} {self.high}"
        bounds = [low] * (self.low > -_INFINITE) + [high] * (self.high < _INFINITE)
        return " and ".join(bounds) or "any"


def number_range(type_: NumberType) -> Range:
    """The numbers that the bounds of a type leave; integers have closed, whole bounds."""
    low, low_open = max(
        _bound(type_.minimum, -_INFINITE), (_or(type_.exclusive_minimum, -_INFINITE), True)
    )
    high, closed = min(
        (_or(type_.maximum, _INFINITE), True), (_or(type_.exclusive_maximum, _INFINITE), False)
    )
    range_ = Range(low, high, low_open, not closed)
    return _whole(range_) if type_.integer else range_


def _bound(value: float | None, missing: float) -> tuple[float, bool]:
    return (_or(value, missing), False)


def _or(value: float | None, missing: float) -> float:
    return missing if value is None else value


def _whole(range_: Range) -> Range:
    """The same integers between closed bounds."""
    low, high = range_.low, range_.high
    if math.isfinite(low):
        low = math.floor(low) + 1 if range_.low_open else math.ceil(low)
    if math.isfinite(high):
        high = math.ceil(high) - 1 if range_.high_open else math.floor(high)
    return Range(low, high, low_open=low == -_INFINITE, high_open=high == _INFINITE)


def size_range(least: int | None, most: int | None) -> Range:
    """The sizes of a list or lengths of a string."""
    return Range(least or 0, _or(most, _INFINITE))

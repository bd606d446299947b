"""What a call, a step or a pipeline takes: time, cost and attempts, from the least to the most."""

import msgspec


class Range(msgspec.Struct, frozen=True):
    """From ``least`` to ``most``; ``bounded`` tells whether more than ``most`` is impossible.

    ``least`` is what a run takes at least that succeeds. Of what is not bounded ``most`` is as
    much as is known to be possible.
    """

    least: float = 0
    most: float = 0
    bounded: bool = True

    @property
    def limit(self) -> float | None:
        """The most that is possible, None where that is not known."""
        return self.most if self.bounded else None

    def then(self, other: "Range") -> "Range":
        """Both, one after the other."""
        bounded = self.bounded and other.bounded
        return Range(self.least + other.least, self.most + other.most, bounded)

    def beside(self, other: "Range") -> "Range":
        """Both at once: the greater."""
        bounded = self.bounded and other.bounded
        return Range(max(self.least, other.least), max(self.most, other.most), bounded)

    def either(self, other: "Range") -> "Range":
        """One of them."""
        bounded = self.bounded and other.bounded
        return Range(min(self.least, other.least), max(self.most, other.most), bounded)

    def times(self, least: int, most: int) -> "Range":
        """This, so often in a row."""
        return Range(self.least * least, self.most * most, self.bounded)

    def unbounded(self) -> "Range":
        """At least this much is possible, maybe more."""
        return Range(self.least, self.most, bounded=False)


class Effort(msgspec.Struct, frozen=True):
    """Time in microseconds, cost in the project's unit, and leaf attempts."""

    duration: Range = Range()
    cost: Range = Range()
    attempts: Range = Range()

    def then(self, other: "Effort") -> "Effort":
        """Both, one after the other."""
        return Effort(
            self.duration.then(other.duration),
            self.cost.then(other.cost),
            self.attempts.then(other.attempts),
        )

    def beside(self, other: "Effort") -> "Effort":
        """Both at once."""
        return Effort(
            self.duration.beside(other.duration),
            self.cost.then(other.cost),
            self.attempts.then(other.attempts),
        )

    def either(self, other: "Effort") -> "Effort":
        """One of them."""
        return Effort(
            self.duration.either(other.duration),
            self.cost.either(other.cost),
            self.attempts.either(other.attempts),
        )

    def times(self, least: int, most: int) -> "Effort":
        """This, so often in a row."""
        return Effort(
            self.duration.times(least, most),
            self.cost.times(least, most),
            self.attempts.times(least, most),
        )

    def maybe(self) -> "Effort":
        """This or nothing."""
        return self.either(NOTHING)

    def unbounded(self) -> "Effort":
        """At least this much is possible, maybe more."""
        return Effort(self.duration.unbounded(), self.cost.unbounded(), self.attempts.unbounded())


NOTHING = Effort()
UNKNOWN = NOTHING.unbounded()

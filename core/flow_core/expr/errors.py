"""What goes wrong while an expression is evaluated, and what bounds an evaluation."""

from typing import Literal, TypeAlias

ErrorKind: TypeAlias = Literal[
    "unknown-name",
    "no-such-key",
    "no-such-overload",
    "out-of-range",
    "null",
    "overflow",
    "not-finite",
    "divide-by-zero",
    "bad-argument",
    "syntax",
    "limit",
    "unknown",
]

MAX_COST = 5_000_000
"""How much one evaluation may cost: about one for each node that is evaluated, item that is made,
and 16 characters that are written. This is a second or so."""

_CHARACTERS = 16


def wrong_kind(*operands: object) -> ErrorKind:
    """The kind of error that operands of the wrong kind make; null has its own."""
    return "null" if any(operand is None for operand in operands) else "no-such-overload"


class EvaluationError(Exception):
    """Why an expression has no value, and which part of it is to blame.

    ``start`` and ``end`` are offsets into the expression's source.
    """

    def __init__(self, kind: ErrorKind, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.kind: ErrorKind = kind
        self.message = message
        self.start = start
        self.end = end


_WEIGHT: dict[ErrorKind, int] = {"limit": 2, "unknown": 1}


def weightier(first: EvaluationError, second: EvaluationError) -> EvaluationError:
    """Which of two errors stands for both where either side could have decided.

    Unless it took too long, what is unknown: with it known there may be no error.
    """
    later = _WEIGHT.get(second.kind, 0) > _WEIGHT.get(first.kind, 0)
    return second if later else first


class Fault(Exception):  # noqa: N818 - becomes an EvaluationError once its place is known
    """Why an operation has no value."""

    def __init__(self, kind: ErrorKind, message: str) -> None:
        super().__init__(message)
        self.kind: ErrorKind = kind
        self.message = message


class Meter:
    """What is left of the cost that an evaluation may have."""

    __slots__ = ("left",)

    def __init__(self, limit: int = MAX_COST) -> None:
        self.left = limit

    def spend(self, cost: int) -> None:
        """Pay for items or steps before they are made.

        Raises:
            Fault: if too little is left.
        """
        self.left -= cost
        if self.left < 0:
            raise Fault("limit", "the expression takes too long or makes too much")

    def write(self, characters: int) -> None:
        """Pay for text before it is made."""
        self.spend(characters // _CHARACTERS)

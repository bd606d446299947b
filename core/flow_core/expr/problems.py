"""What can be wrong with an expression: one value, and the list of all kinds."""

from typing import Literal, TypeAlias

import msgspec

Kind: TypeAlias = Literal[
    # The template around expressions
    "unclosed-expression",
    # Syntax
    "empty-expression",
    "missing-expression",
    "missing-name",
    "unexpected-token",
    "unexpected-character",
    "unclosed-bracket",
    "unclosed-string",
    "bad-escape",
    "bad-number",
    "unsigned-number",
    "reserved-word",
    "unsupported-syntax",
    "bad-macro",
    "too-deep",
    # Names
    "unknown-name",
    "not-in-scope",
    "unknown-member",
    "unknown-function",
    # Types
    "wrong-argument-count",
    "null-access",
    "null-operand",
    "type-mismatch",
    "not-text",
    # Literals that can't work, whatever the data
    "bad-regex",
    "bad-duration",
    "bad-timestamp",
    "bad-format",
    "bad-key",
    "bad-constant",
]
"""The stable names of all kinds of problems."""


class ExprProblem(msgspec.Struct, frozen=True):
    """One problem of an expression; offsets are code points of its source, ``start <= end``.

    ``suggestion`` is the text that could stand in place of the range, where there is a likely one;
    ``candidates`` are the names that would have been known there. ``path`` is what the problem is
    about, where that has a path: ``("steps", "chrage")``.
    """

    kind: Kind
    message: str
    start: int
    end: int
    help: str = ""
    suggestion: str | None = None
    candidates: tuple[str, ...] = ()
    path: tuple[str, ...] = ()

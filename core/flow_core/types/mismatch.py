"""Why a value or a type does not fit."""

from typing import Literal, TypeAlias

import msgspec

from flow_core.places import Path, show_path

MismatchKind: TypeAlias = Literal[
    "wrong-type",
    "possible-null",
    "missing-property",
    "unknown-property",
    "not-in-enum",
    "out-of-bounds",
    "bad-length",
    "not-unique",
    "bad-format",
    "bad-pattern",
    "bad-schema",
    "wider",
]

ITEM = "[]"
"""The step of a path inside a type that stands for every item of a list."""

VALUE = "*"
"""The step of a path inside a type that stands for every value of a map."""


_ADVICE: dict[MismatchKind, str] = {
    "wrong-type": "give what is expected, or change the type that is declared",
    "possible-null": "guard it against null",
    "missing-property": "add it",
    "unknown-property": "remove it",
    "not-in-enum": "write one of the values that are allowed",
    "out-of-bounds": "write a number within the bounds, or move them",
    "bad-length": "change its length, or the bounds",
    "not-unique": "remove what stands there twice",
    "bad-format": "write it in the format that is asked for",
    "bad-pattern": "write a text that matches, or correct the pattern",
    "bad-schema": "see what the schema asks for",
    "wider": "narrow the type that is given, or widen the other",
}


class Mismatch(msgspec.Struct, frozen=True):
    """One reason why something does not fit.

    ``path`` leads to the trouble: through the data for a literal, through the type (with `ITEM`
    and `VALUE`) for an assignment. ``suggestion`` is source text to write there instead.
    """

    path: Path
    message: str
    kind: MismatchKind = "wrong-type"
    help: str = ""
    suggestion: str | None = None

    @property
    def advice(self) -> str:
        """How to mend it, at least roughly."""
        return self.help or _ADVICE[self.kind]

    @property
    def text(self) -> str:
        """The message after its path.

        >>> Mismatch(("lines", ITEM, "qty"), "string does not fit integer").text
        'lines[].qty: string does not fit integer'
        """
        path = show_path(self.path).replace("." + ITEM, ITEM)
        return f"{path}: {self.message}" if path else self.message


Verdict: TypeAlias = Literal["yes", "hint", "no"]


class Fit(msgspec.Struct, frozen=True):
    """Whether every value of one type is a value of another.

    ``yes``: all are. ``hint``: some may not be, which only their values can tell. ``no``: the types
    differ in kind, in null, in required properties, or have no value in common.
    """

    verdict: Verdict
    reasons: tuple[Mismatch, ...] = ()

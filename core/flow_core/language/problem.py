"""What the shape checker has to say, and the words for what it found."""

from typing import Literal, TypeAlias

import msgspec

from flow_core.diagnostics import Json, Mend, Patch, Raw, Related
from flow_core.places import Path, Place, show_path
from flow_core.syntax.nodes import Mapping, Scalar, Sequence, Value

ProblemKind: TypeAlias = Literal[
    "bad-date",
    "bad-duration",
    "bad-name",
    "bad-value",
    "bad-version",
    "bare-expression",
    "empty-value",
    "expression-not-allowed",
    "foreign-file",
    "foreign-key",
    "misplaced-key",
    "missing-call",
    "missing-key",
    "null-value",
    "number-for-string",
    "out-of-range",
    "reserved-key",
    "several-calls",
    "unknown-key",
    "unsupported-version",
    "wrong-type",
    "yaml-boolean",
]
"""The stable names of all kinds of problems; each is one rule's to report."""

HIDING_USES: frozenset[ProblemKind] = frozenset(
    {
        "foreign-file",
        "foreign-key",
        "misplaced-key",
        "missing-call",
        "reserved-key",
        "several-calls",
        "unknown-key",
        "wrong-type",
    }
)
"""Problems behind which parts of a file stay unread, and with them what those make use of."""

_LONGEST = 40


class ShapeProblem(msgspec.Struct, frozen=True):
    """One way in which a document departs from the definition of the language."""

    kind: ProblemKind
    place: Place
    message: str
    help: str = ""
    mend: Mend | None = None
    notes: tuple[Related, ...] = ()


def subject(path: Path) -> str:
    """What a message is about: the nearest key, with the indices behind it.

    >>> subject(("steps", "a", "retry", "errors", 0))
    '`errors[0]`'
    """
    keys = [i for i, step in enumerate(path) if isinstance(step, str)]
    return f"`{show_path(path[keys[-1] :])}`" if keys else "the file"


def found(node: Value) -> str:
    """Describe a value: ``the number `1.10` ``."""
    match node:
        case Mapping():
            return "a mapping"
        case Sequence():
            return "a list"
        case Scalar(value=None):
            return "nothing" if not node.text else "null"
        case Scalar(value=bool()):
            return f"the boolean {quoted(node.text)}"
        case Scalar(value=str()):
            return f"the string {quoted(node.text)}"
        case _:
            return f"the number {quoted(node.text)}"


def quoted(text: str) -> str:
    """Text between backticks, on one line and not too long."""
    line = " ".join(text.split()) or " "
    return f"`{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}`"


def any_of(words: tuple[str, ...]) -> str:
    """The words as alternatives: ``one of `a`, `b` or `c` ``."""
    *most, last = (f"`{word}`" for word in words)
    return f"one of {', '.join(most)} or {last}" if most else last


def entry_place(path: Path) -> Place:
    """Where to point for something that an entry lacks: its key, if it has one."""
    return Place(path, "key" if path and isinstance(path[-1], str) else "value")


def replacing(path: Path, value: "Json | Raw", show: str, *, safe: bool = True) -> Mend:
    """The mend that puts another value in place."""
    patch = Patch("replace", path, value)
    return Mend(f"Write {quoted(show)}", (patch,), "safe" if safe else "unsafe")

"""What a check has to say: frozen, ordered values that every front end shows in its own way."""

from enum import IntEnum
from typing import Literal, TypeAlias

import msgspec

from flow_core.places import Path, Place, Span

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


class Severity(IntEnum):
    """How much a finding matters; the smaller, the graver. `OFF` rules run only when selected."""

    ERROR = 1
    WARNING = 2
    INFO = 3
    HINT = 4
    OFF = 5


Safety: TypeAlias = Literal["safe", "unsafe", "display"]
"""``safe`` keeps the meaning or mends what is certainly wrong; ``unsafe`` may change the meaning;
``display`` is only shown."""


class Edit(msgspec.Struct, frozen=True, order=True):
    """Replace ``span`` of a file's text by ``text``; ``file`` is absolute."""

    file: str
    span: Span
    text: str


class Fix(msgspec.Struct, frozen=True):
    """A mend: a title in the imperative, its edits, and how safe it is."""

    title: str
    edits: tuple[Edit, ...]
    safety: Safety = "safe"


class Note(msgspec.Struct, frozen=True, order=True):
    """A related place: where else to look, and why. ``file`` is absolute."""

    file: str
    span: Span
    message: str


class Diagnostic(msgspec.Struct, frozen=True):
    """One finding in one file.

    ``message`` says what is wrong and what was expected in one sentence without a final stop;
    ``help`` says how to mend it. ``tags`` are LSP's: "unnecessary" or "deprecated".
    """

    file: str
    span: Span
    code: str
    name: str
    severity: Severity
    message: str
    help: str = ""
    notes: tuple[Note, ...] = ()
    fix: Fix | None = None
    tags: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, Span, str, str]:
        """Sort key: where, then what."""
        return (self.file, self.span, self.code, self.message)


# What a rule yields. Places and patches become spans and edits when the document is at hand.


class Patch(msgspec.Struct, frozen=True):
    """A change of a document that keeps every byte it does not name (see `syntax.patch`).

    * ``replace``: the value at ``path`` becomes ``value`` (plain data, or `Raw` source text);
    * ``rename``: the key at ``path`` becomes ``value``;
    * ``delete``: the entry or item at ``path`` goes, with the comments that belong to it;
    * ``insert``: ``value`` becomes the entry or item at ``path``, last in what holds it; with
      ``before`` in front of the first entry there that has one of these names.
    """

    op: Literal["replace", "rename", "delete", "insert"]
    path: Path
    value: "Json | Raw" = None
    file: str = ""
    before: tuple[str, ...] = ()


class Raw(msgspec.Struct, frozen=True):
    """Source text to be written as it stands."""

    text: str


class Related(msgspec.Struct, frozen=True):
    """A note of a finding, still by place."""

    place: Place
    message: str


class Mend(msgspec.Struct, frozen=True):
    """A fix of a finding, still by patches; ``edits`` are for texts too broken to have paths."""

    title: str
    patches: tuple[Patch, ...] = ()
    safety: Safety = "safe"
    edits: tuple[Edit, ...] = ()


class Finding(msgspec.Struct, frozen=True):
    """What a rule yields; `check` makes a `Diagnostic` of it."""

    place: Place
    message: str
    help: str = ""
    notes: tuple[Related, ...] = ()
    mend: Mend | None = None
    tags: tuple[str, ...] = ()

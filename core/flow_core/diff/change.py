"""What a comparison finds: frozen, ordered values that every front end shows in its own way."""

from typing import Literal, TypeAlias

import msgspec

from flow_core.places import Place

Impact: TypeAlias = Literal["breaking", "behaviour", "cosmetic"]
"""``breaking``: who calls the pipeline, or answers it, has to change too. ``behaviour``: runs go
otherwise, or may. ``cosmetic``: only people see it."""

IMPACTS: tuple[Impact, ...] = ("breaking", "behaviour", "cosmetic")
"""All classes, the gravest first."""

Kind: TypeAlias = Literal["added", "removed", "renamed", "changed"]


class Change(msgspec.Struct, frozen=True):
    """One change.

    ``subject`` is the path of what changed, as people write it, by its new name if it was renamed.
    ``before`` and ``after`` are what it was and is, ``""`` for nothing; ``why`` gives the reason
    for the impact in one sentence. ``old`` and ``new`` are where it stands in the two versions,
    with the file where that is another one; ``notes`` say what else follows.
    """

    impact: Impact
    kind: Kind
    subject: str
    before: str
    after: str
    why: str
    old: Place | None = None
    new: Place | None = None
    notes: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, str, str, str, str]:
        """The gravest first, then by what they are about."""
        gravity = IMPACTS.index(self.impact)
        return gravity, self.subject, self.kind, self.before, self.after


class Diff(msgspec.Struct, frozen=True):
    """All changes from one version to another, sorted, each once."""

    changes: tuple[Change, ...] = ()

    @property
    def impact(self) -> Impact | None:
        """The gravest class that there is, None without a change."""
        return self.changes[0].impact if self.changes else None


def graver(one: Impact, other: Impact) -> Impact:
    """The graver of two classes.

    >>> graver("cosmetic", "behaviour")
    'behaviour'
    """
    return one if IMPACTS.index(one) <= IMPACTS.index(other) else other

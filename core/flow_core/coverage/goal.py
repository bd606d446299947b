"""One thing that a test can cover, and how it is called."""

from typing import Literal, TypeAlias, get_args

import msgspec

from flow_core.places import Path

Kind: TypeAlias = Literal[
    "step",
    "branch",
    "for_each",
    "transition",
    "catch",
    "retry",
    "timeout",
    "signal",
    "repeat",
    "compensation",
    "breaker",
    "budget",
    "finally",
]
"""What is covered: steps, ways of conditions, numbers of elements, dependencies, and so on."""

KINDS: tuple[Kind, ...] = get_args(Kind)


class Goal(msgspec.Struct, frozen=True, gc=False):
    """Something that can happen in a run of a file's pipeline.

    ``id`` is unique in ``file``, which is absolute, and stays the same when lines move. ``spot`` is
    the step, handler or compensation that it is about (`charge`, `charge!catch[0]`; "" for the
    pipeline), ``path`` the same with the groups around it, as in step paths. ``line`` counts from
    1, ``place`` is the path in the document that stands there. ``label`` says that it happened,
    ``missed`` that it did not: both go on from the name of the step. ``source`` is the step that a
    transition comes from.
    """

    id: str
    kind: Kind
    file: str
    spot: str
    path: str
    place: Path
    line: int
    label: str
    missed: str
    source: str = ""

    @property
    def named(self) -> str:
        """What it is, with the step that it is about.

        >>> Goal("a:ran", "step", "", "a", "g/a", (), 1, "ran", "never ran").named
        'g/a: ran'
        """
        return f"{self.path}: {self.label}" if self.path else self.label

    @property
    def lacking(self) -> str:
        """The same of one that was missed."""
        return f"{self.path}: {self.missed}" if self.path else self.missed

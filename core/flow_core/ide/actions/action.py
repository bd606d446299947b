"""What an action is: a change of files that an editor offers by its title."""

from typing import Literal, TypeAlias

import msgspec

from flow_core.diagnostics import Diagnostic, Edit, Json

Kind: TypeAlias = Literal[
    "quickfix",
    "refactor.extract",
    "refactor.inline",
    "refactor.rewrite",
    "source.fixAll",
    "source.organizeImports",
]
"""The kinds that editors group actions by, with the protocol's names."""

UNSAFE = " (may change the meaning)"
"""What the title of a change ends with that is more than another way to say the same."""


class Create(msgspec.Struct, frozen=True):
    """A new file; ``file`` is absolute."""

    file: str
    text: str


Change: TypeAlias = Edit | Create


class Action(msgspec.Struct, frozen=True):
    """A change that is offered.

    Its changes are there already, or ``id`` and ``data`` are what `resolve` makes them of. With
    ``disabled`` it can't be done, for that reason. ``mends`` are the findings that it mends;
    ``preferred`` is the one that an editor takes unasked.
    """

    title: str
    kind: Kind
    changes: tuple[Change, ...] = ()
    preferred: bool = False
    mends: tuple[Diagnostic, ...] = ()
    disabled: str = ""
    id: str = ""
    data: Json = None


class RefusedError(Exception):
    """A change can't be made; the reason is for people."""

    @property
    def reason(self) -> str:
        """Why not."""
        return str(self.args[0])

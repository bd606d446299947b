"""What the values in expressions come from, as far as the names of their parts tell.

An expression reads `steps.charge.outputs.receipt`, `item.code`, `lines.map(l, l.sku)`. What
`receipt`, `code` and `sku` stand for follows from where the value before the dot comes from: a
call, a declared type, a list of such. A value may have several sources, as the branches of a
`switch`; one of which nothing is known has none.
"""

from typing import TypeAlias

import msgspec

from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.types.kinds import Type


class Root(msgspec.Struct, frozen=True):
    """A section of a file that expressions see: ``steps``, ``inputs``, ``state``, ``secrets``."""

    module: Module
    section: str


class StepOf(msgspec.Struct, frozen=True):
    """A step and its attributes."""

    module: Module
    name: str


class Given(msgspec.Struct, frozen=True):
    """What the call at a path gives; at the path of a step, what its handlers give, too."""

    module: Module
    path: Path


class Taken(msgspec.Struct, frozen=True):
    """What the call at a path takes: the inputs of what it calls."""

    module: Module
    path: Path


class Ports(msgspec.Struct, frozen=True):
    """The inputs of a component, as its own request sees them."""

    module: Module
    component: str


class Results(msgspec.Struct, frozen=True):
    """The outputs of the pipeline of a file."""

    module: Module


class Written(msgspec.Struct, frozen=True):
    """A mapping that is written out at a path."""

    module: Module
    path: Path


class Typed(msgspec.Struct, frozen=True):
    """A value of a declared type; ``place`` is where the type is written, if that is known."""

    module: Module
    type: Type
    place: Place | None = None


class Items(msgspec.Struct, frozen=True):
    """A list whose items come from somewhere."""

    of: "Sources"


Source: TypeAlias = Root | StepOf | Given | Taken | Ports | Results | Written | Typed | Items
Sources: TypeAlias = tuple[Source, ...]


def joined(*sources: Sources) -> Sources:
    """What comes from one or the other, each once."""
    found: list[Source] = []
    for source in (source for each in sources for source in each):
        if source not in found:  # types may hold what has no hash
            found.append(source)
    return tuple(found)

"""A pipeline as a picture: boxes, what is inside of what, and arrows; without any coordinates.

The names of boxes are the step paths of runs (`onboard/screen`, `charge!catch[0]`), so that a dry
run or a trace can be painted on a picture by name. What a picture holds does not depend on how it
is drawn: every format, from SVG to the terminal, is made from these values.
"""

from collections.abc import Iterable
from typing import Literal, TypeAlias

import msgspec

Role: TypeAlias = Literal[
    "step", "choice", "branch", "catch", "compensate", "finally", "folded", "pipeline"
]
"""Why a box is there. `choice` is the diamond of a switch, `folded` stands for several steps."""

Kind: TypeAlias = Literal[
    "python",
    "shell",
    "http",
    "std",
    "pipeline",
    "group",
    "switch",
    "value",
    "skip",
    "unknown",
    "section",
    "steps",
]
"""What a box calls; `section` is `finally`, `steps` what is folded, `unknown` a broken call."""

EdgeKind: TypeAlias = Literal["data", "order", "condition", "branch", "catch", "compensate"]
"""Why there is an arrow: a value flows, `depends_on` says so, or says on which condition."""


class PortText(msgspec.Struct, frozen=True, gc=False):
    """A port as it is shown."""

    name: str
    type: str
    required: bool = True


class Mark(msgspec.Struct, frozen=True, gc=False):
    """Something that is wrong with a box: a finding of the checker, or a broken name."""

    severity: Literal["error", "warning", "info", "hint"]
    code: str
    message: str


class Painted(msgspec.Struct, frozen=True, gc=False):
    """What a run or a comparison says of a box; times in microseconds.

    ``change`` is "added", "removed" or "changed". ``share`` is the part of the whole run that the
    box took, ``failure_rate`` what its estimate says. With coverage the status is "covered",
    "partly" or "missed", ``goals`` says how many of how many were covered, and ``missed`` what was
    not.
    """

    status: str = ""
    certainty: str = ""
    critical: bool = False
    start: int | None = None
    end: int | None = None
    attempts: int = 0
    elements: int = 0
    share: float = 0
    bottleneck: bool = False
    failure_rate: float | None = None
    change: str = ""
    goals: tuple[int, int] | None = None
    missed: tuple[str, ...] = ()


class Node(msgspec.Struct, frozen=True, gc=False):
    """One box. ``parent`` is the box around it (``""``: none), ``cluster`` whether it has insides.

    ``catch`` says which errors are handled and how, ``holds`` how many steps a box stands for that
    are not drawn. ``line`` counts from 1 in ``file``, a name relative to the pipeline's.
    """

    id: str
    name: str
    role: Role
    kind: Kind
    parent: str = ""
    cluster: bool = False
    component: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    when: str = ""
    for_each: str = ""
    max_parallel: int | None = None
    repeat: str = ""
    timeout: str = ""
    retry: str = ""
    inherited: tuple[str, ...] = ()
    catch: tuple[str, ...] = ()
    compensate: str = ""
    inputs: tuple[PortText, ...] = ()
    outputs: tuple[PortText, ...] = ()
    errors: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    arguments: dict[str, str] = {}
    file: str = ""
    line: int = 0
    source: str = ""
    at: tuple[int, int] = (0, 0)
    holds: int = 0
    marks: tuple[Mark, ...] = ()
    painted: Painted = Painted()

    @property
    def broken(self) -> bool:
        """Whether an error stands here."""
        return any(mark.severity == "error" for mark in self.marks)


class Edge(msgspec.Struct, frozen=True, gc=False):
    """An arrow between two boxes that have the same box around them.

    ``broken`` tells an arrow of a cycle; ``label`` is a condition other than `succeeded`.
    ``status`` is "covered", "partly" or "missed", where coverage is shown.
    """

    source: str
    target: str
    kind: EdgeKind
    label: str = ""
    broken: bool = False
    critical: bool = False
    status: str = ""


class Frame(msgspec.Struct, frozen=True, gc=False):
    """What changed at one instant of a run: boxes and their new status, "running" included."""

    at: int
    statuses: dict[str, str]


class Picture(msgspec.Struct, frozen=True):
    """All boxes, those around others first, and all arrows.

    ``notes`` say what is not shown, in sentences. ``frames`` and ``elapsed`` are those of a run.
    """

    name: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    description: str = ""
    version: str = ""
    inputs: tuple[PortText, ...] = ()
    outputs: tuple[PortText, ...] = ()
    notes: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()
    elapsed: int | None = None
    status: str = ""


def children(nodes: Iterable[Node]) -> dict[str, list[Node]]:
    """The boxes inside of each box, ``""`` for those inside of none."""
    found: dict[str, list[Node]] = {}
    for node in nodes:
        found.setdefault(node.parent, []).append(node)
    return found


def levels(picture: Picture) -> dict[str, list[Edge]]:
    """The arrows inside of each box."""
    parents = {node.id: node.parent for node in picture.nodes}
    found: dict[str, list[Edge]] = {}
    for edge in picture.edges:
        found.setdefault(parents[edge.source], []).append(edge)
    return found

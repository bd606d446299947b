"""What is covered of files, kinds and all: what reports are made of."""

from collections.abc import Collection, Iterable, Mapping

import msgspec

from flow_core.coverage.data import Coverage, name_of
from flow_core.coverage.goal import KINDS, Goal, Kind
from flow_core.coverage.goals import goals
from flow_core.module import Module


class Count(msgspec.Struct, frozen=True):
    """So many of so many."""

    covered: int = 0
    total: int = 0

    @property
    def missed(self) -> int:
        """How many are left."""
        return self.total - self.covered

    @property
    def percent(self) -> float:
        """From 0 to 100; all of nothing is 100."""
        return 100 * self.covered / self.total if self.total else 100.0

    @property
    def text(self) -> str:
        """The percentage in whole numbers, where 0 is nothing and 100 is all.

        >>> Count(199, 200).text, Count(1, 1000).text, Count(2, 3).text
        ('99%', '1%', '67%')
        """
        rounded = round(self.percent)
        if self.covered and rounded == 0:
            return "1%"
        return "99%" if self.missed and rounded == 100 else f"{rounded}%"  # noqa: PLR2004 - all

    def __add__(self, other: "Count") -> "Count":
        return Count(self.covered + other.covered, self.total + other.total)


class FileSum(msgspec.Struct, frozen=True):
    """A file: its goals, and how many runs covered each.

    ``stale`` tells that what is known is of another version of it, and so not counted.
    """

    name: str
    module: Module
    goals: tuple[Goal, ...]
    hits: Mapping[str, int]
    stale: bool = False

    @property
    def count(self) -> Count:
        """How much of it is covered."""
        return _count(self.goals, self.hits)

    @property
    def missed(self) -> tuple[Goal, ...]:
        """What no run covered, by line."""
        lacking = (goal for goal in self.goals if not self.hits.get(goal.id))
        return tuple(sorted(lacking, key=lambda goal: goal.line))

    def of(self, kind: Kind) -> Count:
        """How much of a kind is covered."""
        return _count((goal for goal in self.goals if goal.kind == kind), self.hits)


class Sums(msgspec.Struct, frozen=True):
    """All files, by name, as far as they have goals."""

    files: tuple[FileSum, ...]

    @property
    def count(self) -> Count:
        """How much of all is covered."""
        return sum((file.count for file in self.files), Count())

    @property
    def kinds(self) -> dict[Kind, Count]:
        """How much of each kind is covered, without those that nothing is of."""
        found: dict[Kind, Count] = {}
        for kind in KINDS:
            count = sum((file.of(kind) for file in self.files), Count())
            if count.total:
                found[kind] = count
        return found


def _count(found: Iterable[Goal], hits: Mapping[str, int]) -> Count:
    each = [bool(hits.get(goal.id)) for goal in found]
    return Count(sum(each), len(each))


def add_up(
    modules: Iterable[Module], coverage: Coverage, root: str, kinds: Collection[Kind] = KINDS
) -> Sums:
    """What ``coverage``, whose names start from ``root``, says of modules; only of some kinds."""
    files = (_file(module, coverage, root, kinds) for module in modules)
    return Sums(tuple(sorted((f for f in files if f.goals), key=lambda file: file.name)))


def _file(module: Module, coverage: Coverage, root: str, kinds: Collection[Kind]) -> FileSum:
    name, text = name_of(module.file, root), module.document.text
    found = tuple(goal for goal in goals(module) if goal.kind in kinds)
    return FileSum(name, module, found, coverage.hits(name, text), coverage.is_stale(name, text))

"""A review, ready to be shown: data in, and each format makes its own text of it."""

import os
from collections.abc import Iterator

import msgspec

from flow_cli.report import count
from flow_core.check import owner_of, span_of
from flow_core.diff import IMPACTS, Change, Diff, Impact
from flow_core.diff.files import Pair
from flow_core.diff.simulated import Delta
from flow_core.excerpt import Position
from flow_core.module import Module
from flow_core.places import Place
from flow_core.printable import shown_name

TITLES: dict[Impact, str] = {
    "breaking": "Breaking for callers",
    "behaviour": "Changes behaviour",
    "cosmetic": "Cosmetic",
}
_SHOWN = 8
"""So many names of a critical path are shown."""
SIGNS = {"added": "+", "removed": "-", "renamed": "→", "changed": "~"}


class FileReview(msgspec.Struct, frozen=True):
    """What changed in one file."""

    pair: Pair
    diff: Diff
    delta: Delta | None = None

    def where(self, change: Change) -> str:
        """Where to look: in the new version, or in the old one where it has gone."""
        found = locate(self.pair.new, change.new) or locate(self.pair.old, change.old)
        if found is None:
            return ""
        file, at = found
        return f"{file}:{at.line}"

    def of(self, impact: Impact) -> tuple[Change, ...]:
        """The changes of one class."""
        return tuple(change for change in self.diff.changes if change.impact == impact)

    @property
    def title(self) -> str:
        """The file's name, and what it was called before."""
        old, new = self.pair.old_name, self.pair.new_name
        return f"{old} → {new}" if old and new and old != new else new or old


class Review(msgspec.Struct, frozen=True):
    """What changed from one version to another; files without a change are left out."""

    old: str
    new: str
    files: tuple[FileReview, ...]

    @property
    def impact(self) -> Impact | None:
        """The gravest class that there is."""
        found = {each.diff.impact for each in self.files}
        return next((impact for impact in IMPACTS if impact in found), None)

    @property
    def summary(self) -> str:
        """How many changes of each class there are."""
        if not self.files:
            return "No difference in meaning"
        counts = [(sum(len(each.of(i)) for each in self.files), i) for i in IMPACTS]
        total = sum(number for number, _ in counts)
        told = ", ".join(f"{number} {impact}" for number, impact in counts if number)
        return f"{count(total, 'change')} in {count(len(self.files), 'file')}: {told}"


def locate(module: Module | None, place: Place | None) -> tuple[str, Position] | None:
    """The name of a place's file, and the position there; None where it is in neither."""
    if module is None or place is None:
        return None
    owner = owner_of(module, place.file)
    if owner is None:
        return None
    line, column = owner.document.lines.position(span_of(module, place).start)
    return shown_name(owner.file, os.getcwd()), Position(line + 1, column + 1)


def told(change: Change) -> str:
    """What a change is, on one line.

    >>> told(Change("behaviour", "changed", "steps.a.timeout", "1s", "2s", ""))
    'steps.a.timeout: 1s → 2s'
    """
    match change.kind:
        case "renamed":
            return f"{change.subject}: renamed from {change.before}"
        case "changed":
            return f"{change.subject}: {change.before or 'nothing'} → {change.after or 'nothing'}"
        case _:
            value = change.after or change.before
            return f"{change.subject}: {value}" if value else change.subject


def delta_rows(delta: Delta) -> Iterator[tuple[str, str, str]]:
    """What the simulations came to, row by row: what, before, after."""
    from flow_core.clock import clock

    old, new = delta.old, delta.new
    if old is None or new is None:
        return
    yield "duration p50", clock(old.duration.p50), clock(new.duration.p50)
    yield "duration p90", clock(old.duration.p90), clock(new.duration.p90)
    if (old.cost.most, new.cost.most) != (0, 0):
        yield "cost p50", f"{old.cost.p50:.4g}", f"{new.cost.p50:.4g}"
        yield "cost p90", f"{old.cost.p90:.4g}", f"{new.cost.p90:.4g}"
    if (old.failure_probability, new.failure_probability) != (0, 0):
        rates = (f"{each.failure_probability:.1%}" for each in (old, new))
        yield "failing", next(rates), next(rates)
    paths = [_few(each.critical_path) for each in (old, new)]
    yield "critical path", paths[0], paths[1]


def _few(steps: tuple[str, ...]) -> str:
    """Some names on one line; of very many the first and the last."""
    if len(steps) <= _SHOWN:
        return ", ".join(steps) or "nothing"
    return f"{', '.join(steps[: _SHOWN - 1])}, …, {steps[-1]} ({len(steps)} steps)"


def delta_lines(delta: Delta) -> Iterator[str]:
    """What else the simulation has to say."""
    if delta.omitted:
        yield f"no figures: {delta.omitted}"
    if delta.unreachable:
        yield f"can never run any more: {_few(delta.unreachable)}"
    if delta.reachable:
        yield f"can run now: {_few(delta.reachable)}"

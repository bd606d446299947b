"""A run as a Gantt chart in SVG: one line for each step, attempts as bars, waits between them."""

from collections.abc import Iterator

from flow_core.simulate.timeline import Attempt, Row
from flow_visualize.boxes import took
from flow_visualize.overlay import Course
from flow_visualize.svg_elements import document, element, text
from flow_visualize.text_size import clean, shorten, text_width
from flow_visualize.themes import THEMES, Theme, ThemeName

LINE = 22.0
BAR = 13.0
NAMES = 260.0
"""The widest column of names."""
CHART = 760.0
MARGIN = 16.0
TOP = 74.0
MOST = 500
"""Lines of a chart; of a longer run the first are drawn."""
_STEPS = (1, 2, 5, 10, 15, 20, 30)
_UNITS = (1, 1_000, 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000)
_GOOD = ("ok", "succeeded")


def gantt(name: str, course: Course, theme: ThemeName = "light") -> str:
    """The text of an SVG file."""
    colours = THEMES[theme]
    shown = list(course.rows.values())[:MOST]
    names = min(NAMES, max((_name_width(row) for row in shown), default=0)) + 14
    chart = _Chart(course, colours, MARGIN + names)
    parts = list(_head(name, course, colours))
    parts += chart.axis(len(shown))
    for index, row in enumerate(shown):
        parts += chart.line(row, TOP + index * LINE)
    height = TOP + len(shown) * LINE + 40
    parts += _foot(course, len(shown), height - 14, colours)
    width = MARGIN + names + CHART + 96
    return document(parts, (width, height), name, f"The run of {name}", colours.paper)


def _name_width(row: Row) -> float:
    return text_width(_label(row), 12) + row.depth * 14


def _label(row: Row) -> str:
    """The last part of a path: what stands below what shows in the indent."""
    last = clean(row.path.rpartition("/")[2])
    return last.partition("!")[2] or (last if "[" not in last else "[" + last.partition("[")[2])


def _head(name: str, course: Course, theme: Theme) -> Iterator[str]:
    yield text(name, MARGIN, 30, 18, theme.ink, bold=True)
    told = f"{course.status} after {took(course.elapsed)}"
    yield text(told, MARGIN, 50, 12, theme.soft)


def _foot(course: Course, shown: int, y: float, theme: Theme) -> Iterator[str]:
    hidden = len(course.rows) - shown
    told = "outlined: the critical path · pale: waiting for a slot · thin: pauses between attempts"
    if hidden:
        told += f" · {hidden:,} more lines are not shown"
    yield text(told, MARGIN, y, 11, theme.soft)


class _Chart:
    """Where times are on the paper."""

    def __init__(self, course: Course, theme: Theme, left: float) -> None:
        self.course = course
        self.theme = theme
        self.left = left
        self.critical = frozenset(course.critical)
        self.scale = CHART / max(course.elapsed, 1)

    def _x(self, at: int) -> float:
        return self.left + at * self.scale

    def axis(self, lines: int) -> Iterator[str]:
        """Times along the top, and a thin line below each."""
        step = _tick(self.course.elapsed)
        bottom = TOP + lines * LINE
        for at in range(0, self.course.elapsed + 1, step):
            x = self._x(at)
            yield element("path", d=f"M{x:.1f} {TOP - 4}V{bottom}", stroke=self.theme.levels[-1])
            yield text(took(at), x, TOP - 9, 10.5, self.theme.soft, anchor="middle")

    def line(self, row: Row, y: float) -> Iterator[str]:
        """One line: name, bars, and how it ended."""
        inset = row.depth * 14
        ink = self.theme.soft if row.status == "skipped" else self.theme.ink
        room = self.left - MARGIN - inset - 10
        label = shorten(_label(row), room, 12)
        yield text(label, MARGIN + inset, y + 15, 12, ink, bold=row.path in self.critical)
        for wait in row.waits:
            yield self._bar(wait.start, wait.end, y + 8, 2, self.theme.line)
        if row.span and not row.attempts:  # what its elements did
            start, end = row.span
            yield self._bar(start, end, y + 8, 5, *self.theme.statuses["succeeded"])
        for attempt in row.attempts:
            yield from self._attempt(row, attempt, y)
        yield self._end(row, y)

    def _attempt(self, row: Row, attempt: Attempt, y: float) -> Iterator[str]:
        good = attempt.how in _GOOD
        fill, line = self.theme.statuses["succeeded" if good else "failed"]
        end = attempt.start if attempt.end is None else attempt.end
        if attempt.ready < attempt.start:
            yield self._bar(attempt.ready, attempt.start, y + 4, BAR, self.theme.levels[1])
        high = 5 if row.composite else BAR
        outline = self.theme.critical if row.path in self.critical else line
        weight = 2 if row.path in self.critical else 1
        yield self._bar(attempt.start, end, y + 4 + (BAR - high) / 2, high, fill, outline, weight)

    def _bar(  # noqa: PLR0913, PLR0917 - a rectangle
        self,
        start: int,
        end: int,
        y: float,
        height: float,
        fill: str,
        line: str | None = None,
        weight: float = 1,
    ) -> str:
        width = max((end - start) * self.scale, 1.5)
        return element(
            "rect",
            x=self._x(start),
            y=y,
            width=width,
            height=height,
            rx=min(2.0, width / 2),
            fill=fill,
            stroke=line,
            stroke_width=weight if line else None,
        )

    def _end(self, row: Row, y: float) -> str:
        """How long it took, or why it did not run, behind the bars."""
        told = row.status or "not over"
        if row.status == "succeeded" and row.span:
            told = took(row.span[1] - row.span[0])
        if len(row.attempts) > 1:
            told += f", {len(row.attempts)} attempts"
        x = self._x(row.span[1] if row.span else 0) + 6
        colour = self.theme.statuses.get(row.status, ("", self.theme.soft))[1]
        return text(told, x, y + 14.5, 10.5, colour if row.status == "failed" else self.theme.soft)


def _tick(elapsed: int) -> int:
    """The distance of the times on the axis: about eight of them, in round numbers.

    >>> _tick(95_000_000)
    15000000
    """
    steps = [unit * step for unit in _UNITS for step in _STEPS]
    return next((step for step in steps if elapsed / step <= 8), max(steps) * 8)  # noqa: PLR2004

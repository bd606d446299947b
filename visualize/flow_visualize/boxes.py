"""What is written in a box, and how large that makes it: the same for every layout and format."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from flow_core.durations import show_duration
from flow_visualize.picture import Node
from flow_visualize.text_size import clean, shorten, text_width, wrap

Style: TypeAlias = Literal["title", "component", "detail", "port", "status", "mark"]

SIZES: dict[Style, float] = {
    "title": 13,
    "component": 11,
    "detail": 10.5,
    "port": 10.5,
    "status": 10.5,
    "mark": 10.5,
}
LEADING = 1.35
"""The distance of two lines, in sizes of the font."""
PADDING = 10.0
WIDEST = 230.0
"""The width of the text in a box."""
NARROWEST = 56.0
LABEL_SIZE = 10.0
LABEL_WIDEST = 150.0
STACK = 5.0
"""How far the boxes behind the box of a `for_each` stand out."""
TITLE_GAP = 8.0
"""Below the heading of a box that has insides."""


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line of text in a box; ``y`` is its base line, from the top of the box."""

    text: str
    style: Style
    y: float

    @property
    def size(self) -> float:
        """The size of its font."""
        return SIZES[self.style]


class Face(msgspec.Struct, frozen=True, gc=False):
    """What is written in a box, and the size that it needs for that."""

    lines: tuple[Line, ...]
    width: float
    height: float


def face(node: Node, *, ports: bool = False) -> Face:
    """The text of a box; of one with insides, its heading."""
    if node.role == "choice":
        return Face((), 30, 30)
    lines: list[Line] = []
    y = PADDING - 3
    width = 0.0
    for style, text in _texts(node, ports=ports):
        size = SIZES[style]
        y += size * LEADING
        lines.append(Line(text, style, round(y - size * (LEADING - 1), 2)))
        width = max(width, text_width(text, size, bold=style == "title"))
    stack = STACK if node.for_each else 0
    mark = 18 if node.repeat or node.marks else 0
    wide = max(width + mark + 2 * PADDING, NARROWEST) + stack
    return Face(tuple(lines), round(wide, 2), round(y + PADDING - 1 + stack, 2))


def _texts(node: Node, *, ports: bool) -> Iterator[tuple[Style, str]]:
    for style, text in _all_texts(node, ports=ports):
        if style == "title":
            yield style, shorten(clean(text), WIDEST, SIZES[style], bold=True)
        else:
            most = 2 if style in ("component", "detail", "status", "mark") else 1
            for line in wrap(clean(text), WIDEST, SIZES[style], most):
                yield style, line


def _all_texts(node: Node, *, ports: bool) -> Iterator[tuple[Style, str]]:
    yield "title", node.name
    if node.component and node.component != node.name:
        yield "component", node.component
    if node.holds:
        yield "component", f"{node.holds:,} steps" if node.holds > 1 else "1 step"
    for text in details(node):
        yield "detail", text
    for port in node.inputs if ports else ():
        yield "port", f"→ {port.name}: {port.type}"
    for port in node.outputs if ports else ():
        yield "port", f"← {port.name}: {port.type}"
    for text in painted_words(node):
        yield "status", text
    for mark in node.marks[:2]:
        yield "mark", f"{mark.code} {mark.message}".strip()
    if len(node.marks) > 2:  # noqa: PLR2004 - those above
        yield "mark", f"{len(node.marks) - 2} more"


def details(node: Node) -> Iterator[str]:
    """When, how often and how long: what matters of a step besides what it calls."""
    if node.when:
        yield f"when {node.when}"
    if node.for_each:
        parallel = f", {node.max_parallel} at a time" if node.max_parallel else ""
        yield f"for each of {node.for_each}{parallel}"
    if node.repeat:
        yield f"repeat {node.repeat}"
    facts = [node.retry] if node.retry and "retry" not in node.inherited else []
    if node.timeout and "timeout" not in node.inherited:
        facts.append(f"timeout {node.timeout}")
    if facts:
        yield " · ".join(facts)


def painted_words(node: Node) -> Iterator[str]:
    """What a run or a comparison says: in words too, since colours are not for everyone."""
    painted = node.painted
    if painted.change:
        yield painted.change
    if painted.status:
        yield " · ".join(_run_words(node))
    if painted.status and painted.failure_rate and painted.goals is None:
        yield f"fails {painted.failure_rate:.2%} of the time".replace(".00%", "%")


def _run_words(node: Node) -> Iterator[str]:
    painted = node.painted
    yield f"{painted.status}?" if painted.certainty == "may" else painted.status
    if painted.goals is not None:
        yield f"{painted.goals[0]} of {painted.goals[1]}"
    if painted.start is not None and painted.end is not None:
        yield took(painted.end - painted.start)
    if painted.share >= 0.005:  # noqa: PLR2004 - what rounds to one in a hundred
        yield f"{painted.share:.0%}"
    if painted.attempts > max(painted.elements, 1):
        yield f"{painted.attempts} attempts"
    if painted.bottleneck:
        yield "bottleneck"


def took(microseconds: int) -> str:
    """A duration in two units at most.

    >>> took(90_500_000), took(1_234_567), took(0), took(93_784_000_000)
    ('1m30s', '1.2s', '0s', '1d2h')
    """
    for unit, least in ((60_000_000, 3_600_000_000), (1_000_000, 60_000_000)):
        if microseconds >= least:
            rounded = microseconds // unit * unit
            if microseconds >= 86_400_000_000:  # noqa: PLR2004 - a day
                rounded = microseconds // 3_600_000_000 * 3_600_000_000
            return show_duration(rounded)
    if microseconds >= 1_000_000:  # noqa: PLR2004 - a second
        return f"{microseconds / 1_000_000:.1f}s".replace(".0s", "s")
    return show_duration(microseconds // 1000 * 1000) if microseconds >= 1000 else "0s"  # noqa: PLR2004


class LabelText(msgspec.Struct, frozen=True, gc=False):
    """The words at an arrow, in lines, and their size."""

    lines: tuple[str, ...]
    width: float
    height: float


def label(text: str) -> LabelText:
    """The words at an arrow."""
    lines = tuple(wrap(clean(text), LABEL_WIDEST, LABEL_SIZE, 2))
    width = max((text_width(line, LABEL_SIZE) for line in lines), default=0)
    return LabelText(lines, width + 8, len(lines) * LABEL_SIZE * LEADING + 4)

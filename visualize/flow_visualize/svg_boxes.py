"""The boxes of a picture as SVG."""

from collections.abc import Iterator

from flow_visualize.boxes import PADDING, STACK, Face, Line
from flow_visualize.geometry import Box
from flow_visualize.picture import Node
from flow_visualize.svg_elements import element, escaped, number, text
from flow_visualize.text_size import clean
from flow_visualize.themes import Theme

RADIUS = 5.0
BAR = 4.0
"""The width of the bar that shows the kind of a step."""


def cluster(node: Node, box: Box, heading: Face, depth: int, theme: Theme) -> Iterator[str]:
    """A box with insides: its ground and its heading."""
    colour = theme.kinds.get(node.kind, theme.soft)
    if node.for_each:
        yield from _behind(box, theme, theme.levels[depth % len(theme.levels)])
    front = _front(node, box)
    dashed = node.role in ("finally", "catch", "compensate")
    yield element(
        "rect",
        x=front.x,
        y=front.y,
        width=front.width,
        height=front.height,
        rx=RADIUS + 2,
        fill=theme.levels[depth % len(theme.levels)],
        stroke=_border(node, theme) or (colour if node.kind == "pipeline" else theme.border),
        stroke_width=_weight(node),
        stroke_dasharray="5 3" if dashed else None,
    )
    yield from _lines(node, heading.lines, front, theme)
    yield from _signs(node, front, theme)


def leaf(node: Node, box: Box, written: Face, theme: Theme) -> Iterator[str]:
    """A box without insides."""
    if node.role == "choice":
        yield _diamond(box, theme)
        return
    if node.for_each or node.role == "folded":
        yield from _behind(box, theme, theme.box)
    front = _front(node, box)
    dashed = node.role in ("catch", "compensate") or bool(node.when)
    yield element(
        "rect",
        x=front.x,
        y=front.y,
        width=front.width,
        height=front.height,
        rx=RADIUS,
        fill=_ground(node, theme) or theme.box,
        stroke=_border(node, theme) or _role_line(node, theme),
        stroke_width=_weight(node),
        stroke_dasharray="5 3" if dashed else None,
    )
    if node.kind in theme.kinds:
        yield _bar(front, theme.kinds[node.kind])
    yield from _lines(node, written.lines, front, theme)
    yield from _signs(node, front, theme)


def named(node: Node, inner: Iterator[str]) -> str:
    """A box as one group, with what a pointer over it and a screen reader say."""
    told = ": ".join(
        part for part in (clean(node.name) or node.role, clean(node.description)) if part
    )
    told += "".join(f"\n{clean(goal)}" for goal in node.painted.missed)
    return element("g", "\n".join([element("title", escaped(told)), *inner]), id=f"n-{node.id}")


def _front(node: Node, box: Box) -> Box:
    """The front of a stack is smaller than the room that the stack takes."""
    if not node.for_each:
        return box
    return Box(box.x, box.y + STACK, box.width - STACK, box.height - STACK)


def _behind(box: Box, theme: Theme, ground: str) -> Iterator[str]:
    """The boxes behind the front of a stack."""
    for shift in (STACK, STACK / 2):
        yield element(
            "rect",
            x=box.x + shift,
            y=box.y + STACK - shift,
            width=box.width - STACK,
            height=box.height - STACK,
            rx=RADIUS,
            fill=ground,
            stroke=theme.line,
            stroke_width=1,
        )


def _ground(node: Node, theme: Theme) -> str | None:
    told = node.painted.change or node.painted.status
    return theme.statuses[told][0] if told in theme.statuses else None


def _border(node: Node, theme: Theme) -> str | None:
    if node.broken:
        return theme.error
    if node.painted.critical:
        return theme.critical
    told = node.painted.change or node.painted.status
    return theme.statuses[told][1] if told in theme.statuses else None


def _role_line(node: Node, theme: Theme) -> str:
    match node.role:
        case "catch":
            return theme.error
        case "compensate":
            return theme.undo
        case _:
            return theme.line


def _weight(node: Node) -> float:
    return 2.4 if node.broken or node.painted.critical else 1.2


def _bar(box: Box, colour: str) -> str:
    """The left edge of a box, thick, with its round corners."""
    x, y, low = number(box.x), number(box.y + RADIUS), number(box.bottom - RADIUS)
    corner, bar = number(RADIUS), number(BAR)
    return element(
        "path",
        d=f"M{number(box.x + RADIUS)} {number(box.y)}A{corner} {corner} 0 0 0 {x} {y}V{low}"
        f"A{corner} {corner} 0 0 0 {number(box.x + RADIUS)} {number(box.bottom)}"
        f"H{number(box.x + float(bar) + 1)}V{number(box.y)}Z",
        fill=colour,
    )


def _diamond(box: Box, theme: Theme) -> str:
    x, y = box.middle
    corners = ((x, box.y), (box.right, y), (x, box.bottom), (box.x, y))
    return element(
        "polygon",
        points=" ".join(f"{number(a)},{number(b)}" for a, b in corners),
        fill=theme.box,
        stroke=theme.kinds.get("switch", theme.line),
        stroke_width=1.4,
    )


def _lines(node: Node, lines: tuple[Line, ...], box: Box, theme: Theme) -> Iterator[str]:
    for line in lines:
        yield text(
            line.text,
            box.x + PADDING,
            box.y + line.y,
            line.size,
            _ink(node, line, theme),
            bold=line.style == "title",
            italic=line.style == "detail",
        )


def _ink(node: Node, line: Line, theme: Theme) -> str:
    if line.style == "title":
        return theme.ink
    if line.style == "mark":
        return theme.error if node.broken else theme.warning
    told = node.painted.change or node.painted.status
    if line.style == "status" and told in theme.statuses:
        return theme.statuses[told][1]
    return theme.soft


def _signs(node: Node, box: Box, theme: Theme) -> Iterator[str]:
    """In the corner: an exclamation mark for what is wrong, a circling arrow for a loop."""
    x, y = box.right - 13, box.y + 13
    if node.marks:
        colour = theme.error if node.broken else theme.warning
        yield element("circle", cx=x, cy=y, r=7, fill=colour)
        yield text("!", x, y + 4, 11, theme.paper, bold=True, anchor="middle")
    elif node.repeat:
        colour = theme.kinds.get("switch", theme.line)
        arc = f"M{number(x + 4)} {number(y - 3)}A5 5 0 1 0 {number(x + 5)} {number(y + 1)}"
        yield element("path", d=arc, fill="none", stroke=colour, stroke_width=1.6)
        head = ((x + 5.5, y - 6.5), (x + 5.5, y - 1), (x + 0.5, y - 2.5))
        points = " ".join(f"{number(a)},{number(b)}" for a, b in head)
        yield element("polygon", points=points, fill=colour)

"""A picture for terminals: the layered layout on a grid of characters."""

from itertools import pairwise

from flow_visualize.boxes import Face, Line
from flow_visualize.geometry import Box, Drawing, Point, Route
from flow_visualize.layout import lay_out
from flow_visualize.picture import Edge, Node, Picture
from flow_visualize.text_size import clean

WIDE, HIGH = 7.0, 10.0
"""The size of a character in the layout."""
MOST = 36
"""Characters of a line in a box."""
_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_LINES = " ╵╷│╴┘┐┤╶└┌├─┴┬┼"
"""Box-drawing characters by the directions that they lead to."""


def ascii_text(picture: Picture) -> str:
    """Boxes and lines of text characters, from top to bottom."""
    faces = {node.id: _face(node) for node in picture.nodes}
    drawing = lay_out(picture, "layered", "TB", faces=faces)
    canvas = _Canvas()
    for node in picture.nodes:
        if node.cluster:
            canvas.box(_cells(drawing.boxes[node.id]), faces[node.id], double=False)
    for edge, route in zip(picture.edges, drawing.routes, strict=True):
        canvas.arrow(route, dashed=edge.kind not in ("data", "order", "branch"))
    for node in picture.nodes:
        if not node.cluster:
            canvas.box(_cells(drawing.boxes[node.id]), faces[node.id], double=node.broken)
    _write_labels(canvas, picture, drawing)
    head = f"{clean(picture.name)} {picture.version}".rstrip()
    return "\n".join([head, "", *canvas.lines(), *picture.notes]) + "\n"


def _face(node: Node) -> Face:
    """The text of a box, in characters."""
    if node.role == "choice":
        return Face((Line("?", "title", 0),), 5 * WIDE, 3 * HIGH)
    lines = [clean(node.name) + _signs(node)]
    if node.component and node.component != node.name and not node.cluster:
        lines.append(clean(node.component))
    if node.holds:
        lines.append(f"{node.holds:,} steps")
    if node.painted.status:
        lines.append(node.painted.status + (" *" if node.painted.critical else ""))
    lines += [clean(mark.message) for mark in node.marks[:1]]
    lines = [line if len(line) <= MOST else line[: MOST - 1] + "…" for line in lines]
    width = max(map(_columns, lines)) + 4
    height = len(lines) + (1 if node.cluster else 2)
    texts = tuple(Line(line, "title", index) for index, line in enumerate(lines))
    return Face(texts, width * WIDE, height * HIGH)


def _signs(node: Node) -> str:
    signs = " [each]" if node.for_each else ""
    signs += " [repeat]" if node.repeat else ""
    return signs + (" [when]" if node.when else "")


def _columns(text: str) -> int:
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    from unicodedata import category, east_asian_width

    if category(char) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def _cells(box: Box) -> tuple[int, int, int, int]:
    """Column, row, width and height of a box on the grid."""
    left, top = round(box.x / WIDE), round(box.y / HIGH)
    return left, top, round(box.right / WIDE) - left, round(box.bottom / HIGH) - top


def _write_labels(canvas: "_Canvas", picture: Picture, drawing: Drawing) -> None:
    for edge, route in zip(picture.edges, drawing.routes, strict=True):
        if route.label is not None:
            x, y = route.label.middle
            text = _short(edge)
            canvas.write(round(x / WIDE) - len(text) // 2, round(y / HIGH), text)


def _short(edge: Edge) -> str:
    text = clean(edge.label)
    return text if len(text) <= 22 else text[:21] + "…"  # noqa: PLR2004 - as wide as in SVG


class _Canvas:
    """A grid that lines and texts are written on."""

    def __init__(self) -> None:
        self.lines_at: dict[tuple[int, int], int] = {}
        self.texts: dict[tuple[int, int], str] = {}

    def box(self, cells: tuple[int, int, int, int], face: Face, *, double: bool) -> None:
        """A frame and what is written in it; nothing is left of what was below a plain box."""
        left, top, width, height = cells
        right, bottom = left + width - 1, top + height - 1
        for row in (top, bottom):
            self._row(row, left, right)
        for column in (left, right):
            self._column(column, top, bottom)
        if double:
            self.write(left + 1, top, "!")
        for index, line in enumerate(face.lines):
            self.write(left + 2, top + 1 + index, line.text)

    def write(self, column: int, row: int, text: str) -> None:
        """A text."""
        for char in text:
            self.texts[row, column] = char
            if _width(char) == 2:  # noqa: PLR2004 - of two columns
                self.texts[row, column + 1] = ""
            column += _width(char)

    def arrow(self, route: Route, *, dashed: bool) -> None:
        """A line with its head: down and across."""
        del dashed
        corners = _corners(route.points) if route.bends else [_cell(p) for p in route.points]
        for (row, column), (to_row, to_column) in pairwise(corners):
            if row == to_row:
                self._row(row, min(column, to_column), max(column, to_column))
            else:
                self._column(column, min(row, to_row), max(row, to_row))
        row, column = corners[-1]
        self.texts[row, column] = "▼" if route.points[0][1] <= route.points[-1][1] else "▲"

    def _row(self, row: int, left: int, right: int) -> None:
        for column in range(left, right + 1):
            self._add(row, column, (column > left) * _LEFT | (column < right) * _RIGHT)

    def _column(self, column: int, top: int, bottom: int) -> None:
        for row in range(top, bottom + 1):
            self._add(row, column, (row > top) * _UP | (row < bottom) * _DOWN)

    def _add(self, row: int, column: int, ways: int) -> None:
        self.lines_at[row, column] = self.lines_at.get((row, column), 0) | ways

    def lines(self) -> list[str]:
        """The text, without spaces at the ends of lines."""
        rows: dict[int, dict[int, str]] = {}
        for (row, column), ways in self.lines_at.items():
            rows.setdefault(row, {})[column] = _LINES[ways]
        for (row, column), char in self.texts.items():
            rows.setdefault(row, {})[column] = char
        first = min(rows, default=0)
        left = min((column for cells in rows.values() for column in cells), default=0)
        return [_joined(rows.get(row, {}), left) for row in range(first, max(rows, default=-1) + 1)]


def _joined(cells: dict[int, str], left: int) -> str:
    last = max(cells, default=left - 1)
    return "".join(cells.get(column, " ") for column in range(left, last + 1)).rstrip()


def _cell(point: Point) -> tuple[int, int]:
    return round(point[1] / HIGH), round(point[0] / WIDE)


def _corners(points: tuple[Point, ...]) -> list[tuple[int, int]]:
    """The corners of a way: down to the middle between two layers, across, and down again."""
    cells = [_cell(point) for point in points]
    down = points[0][1] <= points[-1][1]
    tip = cells[-1][0] - (1 if down else 0)
    cells = [((min if down else max)(row, tip), column) for row, column in cells]
    found = [cells[0]]
    for (row, column), (to_row, to_column) in pairwise(cells):
        if column != to_column:
            middle = (row + to_row) // 2
            found += [(middle, column), (middle, to_column)]
        found.append((to_row, to_column))
    return found

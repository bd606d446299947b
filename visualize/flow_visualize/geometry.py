"""Where things are in a picture that is laid out. All in pixels, from the top left."""

from typing import Literal, TypeAlias

import msgspec

from flow_visualize.boxes import Face, LabelText

Point: TypeAlias = tuple[float, float]
Direction: TypeAlias = Literal["LR", "TB"]


class Box(msgspec.Struct, frozen=True, gc=False):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, x: float, y: float) -> "Box":
        """The same box elsewhere."""
        return Box(self.x + x, self.y + y, self.width, self.height)

    def overlaps(self, other: "Box") -> bool:
        """Whether the two have more than an edge in common."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Whether the other one is inside."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


class Route(msgspec.Struct, frozen=True, gc=False):
    """The way of an arrow, from its source to its target, and the box of its label.

    ``bends`` tells a way between layers, drawn as a curve, from one that is straight.
    """

    points: tuple[Point, ...]
    label: Box | None = None
    bends: bool = True

    def moved(self, x: float, y: float) -> "Route":
        """The same way elsewhere."""
        points = tuple((px + x, py + y) for px, py in self.points)
        return Route(points, self.label.moved(x, y) if self.label else None, self.bends)


class Link(msgspec.Struct, frozen=True, gc=False):
    """An arrow between two of the things that are laid out, by position."""

    source: int
    target: int
    label: tuple[float, float] | None = None


class Placement(msgspec.Struct, frozen=True):
    """Things and arrows of one level, placed within a rectangle that begins at (0, 0)."""

    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]
    width: float
    height: float


class Drawing(msgspec.Struct, frozen=True):
    """A whole picture, laid out: a box for each name, a way for each arrow (in their order)."""

    boxes: dict[str, Box]
    routes: tuple[Route, ...]
    faces: dict[str, Face]
    labels: tuple[LabelText | None, ...]
    width: float
    height: float
    direction: Direction

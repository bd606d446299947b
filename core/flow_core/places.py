"""Where things are: paths through a document, places that rules name, spans that editors show.

A rule names a *place* by its path through the document, never by an offset; the document turns the
place into a span of its text at the very end. So a model built from YAML, from JSON or in Python is
the same value, and an edit above a step does not change what is known about the step.
"""

from typing import Literal, TypeAlias

import msgspec

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indices from the root: ``("steps", "charge", "retry", "errors", 0)``."""

Part: TypeAlias = Literal["value", "key", "entry"]
"""What of the thing at a path is meant: its value, its key, or key and value together."""


class Span(msgspec.Struct, frozen=True, order=True):
    """A half-open range of code points in a text, ``start <= end``."""

    start: int
    end: int


class Place(msgspec.Struct, frozen=True, gc=False):
    """Something in a document, named by its path.

    ``start`` and ``end`` narrow the place to a range of the *decoded* text of a scalar (as an
    expression sees it: escapes resolved, block scalars unindented); -1 means all of it. With an
    empty path they count from the start of the text itself, as for a place in a Python file.
    ``file`` is the absolute path of the document, ``""`` the document that is being checked.
    """

    path: Path = ()
    part: Part = "value"
    start: int = -1
    end: int = -1
    file: str = ""

    @property
    def span(self) -> Span | None:
        """The span, where the place names one of the text itself."""
        return Span(self.start, self.end) if not self.path and self.start >= 0 else None

    def key(self) -> "Place":
        """The key of the same thing."""
        return msgspec.structs.replace(self, part="key", start=-1, end=-1)

    def child(self, *steps: str | int) -> "Place":
        """A place below this one."""
        return Place((*self.path, *steps), file=self.file)


def show_path(path: Path) -> str:
    """Write a path as people do.

    >>> show_path(("steps", "charge", "retry", "errors", 0))
    'steps.charge.retry.errors[0]'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text

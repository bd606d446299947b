"""Lines that a suppression speaks of: they are not broken, lest it lose what it silences."""

import re

from flow_core.syntax.comments import Comment

_SUPPRESSION = re.compile(r"#\s*flow:\s*ignore\[")
_SPACE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")


def suppressed_lines(text: str, comments: tuple[Comment, ...]) -> frozenset[int]:
    r"""Where the lines start that a suppression stands on, or right above.

    >>> from flow_core.places import Span
    >>> comment = Comment(Span(0, 22), "# flow: ignore[FL203]")
    >>> sorted(suppressed_lines("# flow: ignore[FL203]\n\na: 1\n", (comment,)))
    [23]
    """
    starts: set[int] = set()
    for comment in comments:
        if _SUPPRESSION.match(comment.text):
            at = line_start(text, comment.span.start)
            if not text[at : comment.span.start].strip():
                space = _SPACE.match(text, at)
                at = at if space is None else space.end()
            starts.add(at)
    return frozenset(starts)


def line_start(text: str, offset: int) -> int:
    """Where the line of an offset starts."""
    return text.rfind("\n", 0, offset) + 1

"""Comments: what follows a ``#`` in the gaps between scalars."""

import re
from collections.abc import Iterator

import msgspec

from flow_core.places import Span
from flow_core.syntax.nodes import Node, Scalar, walk

_COMMENT = re.compile(r"(?<!\S)#[^\r\n]*")


class Comment(msgspec.Struct, frozen=True, gc=False):
    """A comment; the text includes its ``#``."""

    span: Span
    text: str


def find_comments(text: str, root: Node | None, shift: int = 0) -> tuple[Comment, ...]:
    """The comments of a text, in order, with the tree that was read from it.

    ``shift`` is what the offsets of the tree are ahead of those of the text.
    """
    if "#" not in text:
        return ()
    comments: list[Comment] = []
    at = 0
    for start, end in (*occupied(text, root, shift), (len(text), len(text))):
        while (found := _COMMENT.search(text, at, max(start, at))) is not None:
            comments.append(Comment(Span(*found.span()), found[0]))
            at = found.end()
        at = max(at, end)
    return tuple(comments)


def occupied(text: str, root: Node | None, shift: int) -> Iterator[tuple[int, int]]:
    """The ranges of scalars, in order; the header of a block scalar may hold a comment."""
    for node in walk(root):
        if isinstance(node, Scalar):
            start, end = node.start - shift, node.end - shift
            if node.style in ("literal", "folded"):
                body = text.find("\n", start, end)
                start = end if body < 0 else body
            yield start, end

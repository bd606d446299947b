"""Text to document; the only way in."""

from typing import Literal

from flow_core.syntax import faults
from flow_core.syntax.compose import compose
from flow_core.syntax.document import Document
from flow_core.syntax.nodes import Scalar, follow

BOM = "\ufeff"


def parse(text: str, kind: Literal["yaml", "json"], cache: object = None) -> Document:
    """Parse a text. Never raises: what is wrong is in the problems of the document.

    >>> parse("a: no", "yaml").get(("a",)).value
    'no'
    """
    shift = 1 if text.startswith(BOM) else 0
    composed = compose(text[shift:], shift)
    root = None if composed.root is None else follow(composed.root)
    problems = composed.problems
    if composed.failure is not None:
        at = composed.failure.at + shift
        problems += (faults.syntax_error(composed.failure.problem, at, at + 1),)
    elif root is None or (isinstance(root, Scalar) and root.start == root.end):
        problems += (faults.empty_file(len(text)),)
    return Document(text, kind, root, problems)

"""Text to document; the only way in."""

from typing import Literal

from flow_core.reading import MAX_SIZE
from flow_core.syntax import faults
from flow_core.syntax.blocks import Block, Cache, Placed
from flow_core.syntax.document import Document
from flow_core.syntax.read_yaml import read_yaml

_UTF_16 = ("\udcff\udcfe", "\udcfe\udcff")
"""Its byte order marks, as `flow_core.reading.decode` shows bytes that are no UTF-8."""


def parse(text: str, kind: Literal["yaml", "json"], cache: Cache | None = None) -> Document:
    """Parse a text. Never raises: what is wrong is in the problems of the document.

    The document depends on nothing but the text and the kind. A cache only saves work: with it,
    blocks of YAML that were read before are not read again.

    >>> parse("a: no", "yaml").get(("a",)).value
    'no'
    """
    if len(text) > MAX_SIZE:
        return Document("", kind, None, (faults.too_large(),))  # so that no rule reads it either
    if _is_utf_16(text):
        return Document(text, kind, None, (faults.utf_16(),))
    if kind == "yaml":
        reading = read_yaml(text, cache)
        return Document(text, kind, reading.root, reading.problems, reading.blocks, reading.origins)
    from flow_core.syntax.flow import read_json

    root, problems = read_json(text)
    if root is None:
        problems = [faults.empty_file(len(text))]
    problems.sort(key=lambda problem: problem.span)
    return Document(text, kind, root, tuple(problems), (Placed(0, Block("", root)),))


def _is_utf_16(text: str) -> bool:
    """Whether a text begins with the mark of UTF-16, or with an ASCII character in two bytes."""
    return text.startswith(_UTF_16) or (len(text) > 1 and text[:2].count("\0") == 1)

"""Text to a tree with exact ranges: YAML and JSON alike, tolerant, and never failing."""

from flow_core.syntax.blocks import Cache
from flow_core.syntax.comments import Comment
from flow_core.syntax.document import Document
from flow_core.syntax.nodes import Alias, Entry, Mapping, Node, Scalar, Sequence, Value, data
from flow_core.syntax.parse import parse
from flow_core.syntax.problems import SyntaxProblem

__all__ = [
    "Alias",
    "Cache",
    "Comment",
    "Document",
    "Entry",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "SyntaxProblem",
    "Value",
    "data",
    "parse",
]

"""Each kind of problem of the syntax and of the shape is exactly one rule's to report."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from flow_core import rules
from flow_core.language.problem import ProblemKind
from flow_core.syntax.problems import SyntaxKind

FOLDER = Path(rules.__file__).parent


def claimed(function: str) -> Iterator[str]:
    """The kinds that rules name in calls of `from_syntax` or `from_shape`."""
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == function:
                yield from (str(ast.literal_eval(kind)) for kind in node.args[1:])


@pytest.mark.parametrize(
    ("function", "kinds"),
    [("from_syntax", get_args(SyntaxKind)), ("from_shape", get_args(ProblemKind))],
)
def test_each_kind_has_one_rule(function: str, kinds: tuple[str, ...]) -> None:
    assert len(kinds) > 20
    assert Counter(claimed(function)) == dict.fromkeys(kinds, 1)

"""The parts of expressions, their types, and what holds an offset."""

import pytest

from flow_core.analysis.scopes import record
from flow_core.expr.inspection import around, inspect
from flow_core.expr.parser import parse
from flow_core.expr.scope import Scope
from flow_core.types import nullable, show
from flow_core.types.kinds import INTEGER, STRING, ListType

SCOPE = Scope({"inputs": record({"a": nullable(STRING), "l": ListType(INTEGER)})})


@pytest.mark.parametrize(
    ("source", "part", "expected"),
    [
        ("inputs.a", "inputs.a", "string?"),
        ("inputs.a != null && inputs.a.size() > 2", "inputs.a", "string"),  # the last of them
        ("inputs.a == null ? 0 : inputs.a.size()", "inputs.a", "string"),
        ("inputs.l.map(x, x + 1)", "x + 1", "integer"),
        ("inputs.l.map(x, x + 1)", "x", "integer"),
        ("has(inputs.a)", "inputs.a", "string?"),
        ("(inputs.l)[0] * 1.5", "inputs.l", "list<integer>"),
        ("(inputs.l)[0] * 1.5", "(inputs.l)[0]", "integer"),
    ],
)
def test_each_part_has_its_type_where_it_stands(source: str, part: str, expected: str) -> None:
    start = source.rindex(part)
    seen = inspect(parse(source).tree, SCOPE)
    assert show(seen[start, start + len(part)].type) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("inputs.‸a", "inputs.a"),
        ("inp‸uts.a", "inputs"),
        ("1 +‸ 2", "1 + 2"),
        ("1 + ‸2", "2"),
        ("-‸x", "x"),
        ("f(a, ‸ b)", "f(a,  b)"),
        ("‸", ""),
    ],
)
def test_the_innermost_node_that_holds_an_offset(marked: str, expected: str) -> None:
    offset = marked.index("‸")
    source = marked.replace("‸", "")
    node = around(parse(source).tree, offset)[0]
    assert source[node.start : node.end] == expected

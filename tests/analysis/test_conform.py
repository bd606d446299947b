"""Where a value does not fit a type: the part that is to blame."""

from typing import TYPE_CHECKING

import pytest

from flow_core.analysis.check_value import check_value
from flow_core.expr.scope import Scope
from flow_core.model.read_values import read_value
from flow_core.syntax import parse
from flow_core.types import nullable, parse_type
from flow_core.types.kinds import INTEGER, STRING, ListType

if TYPE_CHECKING:
    from flow_core.problems import Problem

SCOPE = Scope({"s": STRING, "n": INTEGER, "maybe": nullable(STRING), "l": ListType(STRING)})
LINE = {"fields": {"sku": "string", "qty": "integer"}}
LINES = {"fields": {"lines": {"type": "array", "items": {**LINE, "additionalProperties": False}}}}
CLOSED = {**LINE, "additionalProperties": False}


def misfits(value: str, type_: object) -> list[tuple[tuple[str | int, ...], str]]:
    document = parse(f"v: {value}", "yaml")
    problems: list[Problem] = []
    read = read_value(document.get(("v",)), ("v",), problems)
    expected, faults = parse_type(type_, lambda _: None)  # type: ignore[arg-type]
    assert read is not None
    assert not faults
    assert not problems
    result = check_value(read, ("v",), SCOPE, expected)
    return [(misfit.path[1:], misfit.mismatch.text) for misfit in result.misfits if not misfit.hint]


@pytest.mark.parametrize(
    ("value", "type_", "paths"),
    [
        ("'${{ s }}'", "string", []),
        ("'${{ s }}'", "integer", [()]),
        ("'${{ maybe }}'", "string", [()]),
        ("'${{ maybe }}'", "string?", []),
        ("'a ${{ n }}'", "string", []),
        ("'a ${{ n }}'", "integer", [()]),
        ("['${{ s }}', 1]", "list<string>", [(1,)]),
        ("['${{ s }}', '${{ n }}']", "list<string>", [(1,)]),
        ("['${{ s }}', '${{ n }}']", "list<string>?", [(1,)]),
        ("{a: '${{ n }}', b: x}", "map<string>", [("a",)]),
        ("{sku: '${{ s }}', qty: '${{ s }}'}", LINE, [("qty",)]),
        ("{sku: '${{ s }}'}", LINE, [()]),
        ("{sku: '${{ s }}', qty: 1, more: {x: 1}}", LINE, []),
        ("{sku: '${{ s }}', qty: 1, more: {x: 1}}", CLOSED, [("more",)]),
        ("{sku: {deep: '${{ s }}'}, qty: 1}", CLOSED, [("sku",)]),
        ("{lines: [{sku: a, qty: b}], s: '${{ s }}'}", LINES, [("lines", 0, "qty")]),
        ("['${{ s }}']", {"type": "array", "items": {"type": "string"}, "minItems": 2}, [()]),
        ("'${{ l }}'", {"anyOf": [{"type": "string"}, {"type": "array"}]}, []),
    ],
)  # fmt: skip
def test_the_part_that_does_not_fit(
    value: str, type_: object, paths: list[tuple[str | int, ...]]
) -> None:
    assert [path for path, _ in misfits(value, type_)] == paths


def test_a_number_that_stands_for_a_text_is_shown_as_it_was_written() -> None:
    document = parse("v: [1.10, '${{ s }}']", "yaml")
    read = read_value(document.get(("v",)), ("v",), [])
    assert read is not None
    result = check_value(read, ("v",), SCOPE, ListType(STRING), lambda _: "1.10")
    assert [misfit.mismatch.suggestion for misfit in result.misfits] == ['"1.10"']

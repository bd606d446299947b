"""Constants that can't work, whatever the data: patterns, durations, times, formats, zero."""

from collections.abc import Iterator, Sequence

from flow_core.durations import parse_duration
from flow_core.expr.ast import Ast, Binary, ListLiteral, Literal
from flow_core.expr.operators import kinds
from flow_core.expr.problems import ExprProblem, Kind
from flow_core.types.kinds import Type


def check_constants(name: str, operands: Sequence[Ast]) -> Iterator[ExprProblem]:
    """What is wrong with the constant operands of a call; a target is the first of them."""
    texts = [_text(operand) for operand in operands]
    if name == "matches" and texts[1] is not None:
        yield from _check_regex(operands[1], texts[1])
    elif texts[0] is not None and name in _CHECKS:
        yield from _CHECKS[name](operands, texts[0])


def check_zero(node: Binary, left: Type, right: Type) -> ExprProblem | None:
    """Division of integers by a constant zero."""
    divisor = node.right
    whole = kinds(left) == kinds(right) == ("integer",)
    if node.operator not in {"/", "%"} or not whole or not isinstance(divisor, Literal):
        return None
    if divisor.value != 0:
        return None
    return _problem("bad-constant", divisor, "an integer can't be divided by zero", "")


def _check_regex(node: Ast, pattern: str) -> Iterator[ExprProblem]:
    from flow_core.expr.regex import RegexError, compile_regex

    try:
        compile_regex(pattern)
    except RegexError as error:
        hint = "regular expressions are RE2's"
        yield _problem("bad-regex", node, f"the pattern is no regular expression: {error}", hint)


def _check_duration(operands: Sequence[Ast], text: str) -> Iterator[ExprProblem]:
    if parse_duration(text) is None:
        hint = "write it like `1h30m` or `500ms`"
        yield _problem("bad-duration", operands[0], f"`{text}` is no duration", hint)


def _check_timestamp(operands: Sequence[Ast], text: str) -> Iterator[ExprProblem]:
    from flow_core.expr.times import parse_timestamp

    if parse_timestamp(text) is None:
        hint = "write it like `2026-01-31T09:00:00Z`, with an offset"
        yield _problem("bad-timestamp", operands[0], f"`{text}` is no time", hint)


def _check_format(operands: Sequence[Ast], text: str) -> Iterator[ExprProblem]:
    from flow_core.expr.formats import format_problem

    values = operands[1]
    problem = format_problem(text, len(values.items)) if isinstance(values, ListLiteral) else ""
    if problem:
        yield _problem("bad-format", operands[0], problem, "give one value for each `%`")


_CHECKS = {"duration": _check_duration, "timestamp": _check_timestamp, "format": _check_format}


def _text(node: Ast) -> str | None:
    """The value of a constant text."""
    return node.value if isinstance(node, Literal) and isinstance(node.value, str) else None


def _problem(kind: Kind, node: Ast, message: str, hint: str) -> ExprProblem:
    return ExprProblem(kind, message, node.start, node.end, hint)

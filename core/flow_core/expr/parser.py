"""From tokens to a tree: a Pratt parser of CEL's grammar that never fails.

Where something is missing the tree gets a hole and the reader a problem, so that completion works
in ``steps.charge.`` and checking goes on around a slip. Nesting is bounded.
"""

from functools import lru_cache

import msgspec

from flow_core.expr import ast
from flow_core.expr.ast import Ast
from flow_core.expr.cursor import MAX_NESTING
from flow_core.expr.operands import OperandParser
from flow_core.expr.problems import ExprProblem

_MAX_PROBLEMS = 20

_RELATION, _SUM, _PRODUCT = 3, 4, 5
_BINDING = {
    "||": 1,
    "&&": 2,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">=", "in"), _RELATION),
    **dict.fromkeys("+-", _SUM),
    **dict.fromkeys("*/%", _PRODUCT),
}
_WORDS = {"and": "&&", "or": "||", "not": "!", "is": "=="}


class Parsed(msgspec.Struct, frozen=True):
    """A tree, always, and the problems of its syntax in the order of the text."""

    tree: Ast
    problems: tuple[ExprProblem, ...]


@lru_cache(maxsize=4096)
def parse(source: str) -> Parsed:
    """Parse the text between ``${{`` and ``}}``; between two edits of a file most stay the same.

    >>> parse("steps.charge.").tree.name
    ''
    """
    parser = _Parser(source)
    tree = parser.whole()
    problems = sorted(parser.problems, key=lambda problem: problem.start)
    return Parsed(tree, tuple(problems[:_MAX_PROBLEMS]))


class _Parser(OperandParser):
    """The upper half of the parser: operators by their precedence."""

    def whole(self) -> Ast:
        """The only expression of the source."""
        if self.token.kind == "end":
            hint = "write what the value should be, such as `inputs.name`"
            self.problem("empty-expression", "the expression is empty", self.token, hint, start=0)
            return ast.Hole(0, len(self.source))
        tree = self.expression(0)
        if self.token.kind != "end" and not self.problems:
            self.surplus()
        return tree

    def surplus(self) -> None:
        """Say what is wrong with a token that stands behind a complete expression."""
        token = self.token
        word = token.value if token.kind == "name" else None
        if isinstance(word, str) and word in _WORDS:
            hint = f"write `{_WORDS[word]}`"
            message = f"`{word}` is no operator"
            self.problem("unexpected-token", message, token, hint, _WORDS[word])
        else:
            message = f"{self.show(token)} can't follow a complete expression"
            self.problem("unexpected-token", message, token, "put an operator between the two")

    def expression(self, depth: int) -> Ast:
        """Anything: a ternary or what binds more tightly."""
        start = self.token.start
        condition = self.binary(0, depth)
        start = min(start, condition.start)
        if self.token.kind != "?":
            return condition
        height = self.height
        self.advance()
        then = self.binary(0, depth + 1)
        height = max(height, self.height)
        if self.accept(":"):
            otherwise = self.expression(depth + 1)
            height = max(height, self.height)
        else:
            hint = "a choice is written `condition ? value : other`"
            self.problem("missing-expression", "the choice has no `:`", self.token, hint)
            otherwise = ast.Hole(self.end, self.end)
        tree = ast.Ternary(condition, then, otherwise, start, self.end)
        return self.grown(tree, height)

    def binary(self, floor: int, depth: int) -> Ast:
        """A chain of operators that bind more tightly than ``floor``."""
        start = self.token.start
        left = self.unary(depth)
        start = min(start, left.start)
        while (binding := _BINDING.get(self.token.kind, 0)) > floor:
            height = self.height
            operator = self.advance()
            right = self.binary(binding, depth + 1)
            height = max(height, self.height)
            left = ast.Binary(operator.kind, left, right, operator.start, start, self.end)
            left = self.grown(left, height)
        return left

    def unary(self, depth: int) -> Ast:
        """An operand with its signs; a minus before a number belongs to the number."""
        token = self.token
        if depth > MAX_NESTING:
            return self.too_deep()
        if token.kind not in {"-", "!"}:
            return self.member(depth)
        following = self.tokens[self.position + 1]
        if token.kind == "-" and isinstance(following.value, int | float):
            return self.member(depth)
        self.advance()
        operand = self.unary(depth + 1)
        sign = ast.Unary("-" if token.kind == "-" else "!", operand, token.start, self.end)
        return self.grown(sign, self.height)

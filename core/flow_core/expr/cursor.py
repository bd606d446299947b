"""Moving through the tokens of an expression, and saying what is wrong with them."""

from flow_core.expr import ast
from flow_core.expr.ast import Ast
from flow_core.expr.lexer import Token, tokenize
from flow_core.expr.problems import ExprProblem, Kind

MAX_NESTING = 64
"""How deep brackets and right sides may nest; CEL asks for at least 12."""

MAX_DEPTH = 128
"""How deep a tree may be, chains of operators included; CEL asks for at least 32 in a row."""

CLOSERS = {"(": ")", "[": "]", "{": "}"}


class Cursor:
    """The state of one parse: the tokens, where we are, what went wrong.

    ``height`` is that of the tree parsed last.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens, self.problems = tokenize(source)
        self.lexical = {problem.start for problem in self.problems}
        self.position = 0
        self.token = self.tokens[0]
        self.end = 0
        self.height = 0
        self.stopped = False

    # Moving on

    def advance(self) -> Token:
        """Take the current token."""
        token = self.token
        if token.kind != "end":
            self.end = token.end
            self.position += 1
            self.token = self.tokens[self.position]
        return token

    def accept(self, kind: str) -> bool:
        """Take the current token if it is of a kind."""
        if self.token.kind != kind:
            return False
        self.advance()
        return True

    def stop(self) -> None:
        """Give up on the rest of the text."""
        self.stopped = True
        self.position = len(self.tokens) - 1
        self.token = self.tokens[-1]

    def problem(  # noqa: PLR0913, PLR0917 - the parts of a problem
        self,
        kind: Kind,
        message: str,
        token: Token,
        hint: str = "",
        suggestion: str | None = None,
        start: int | None = None,
    ) -> None:
        """Report, unless the same place has been reported already."""
        if self.stopped or token.start in self.lexical:
            return
        self.lexical.add(token.start)
        first = token.start if start is None else start
        self.problems.append(ExprProblem(kind, message, first, token.end, hint, suggestion))

    def skip_brackets(self) -> None:
        """Pass over everything up to the bracket that closes the current one."""
        open_brackets = 0
        while self.token.kind != "end":
            kind = self.advance().kind
            open_brackets += (kind in CLOSERS) - (kind in CLOSERS.values())
            if open_brackets == 0:
                break

    def close(self, bracket: Token) -> None:
        """Take the bracket that closes another."""
        closer = CLOSERS[bracket.kind]
        if self.accept(closer):
            return
        message = f"`{bracket.kind}` is never closed"
        self.problem("unclosed-bracket", message, bracket, f"add the missing `{closer}`")

    # Depth

    def too_deep(self) -> Ast:
        """A hole instead of the rest, where nesting has gone too far."""
        hint = "split the expression into several steps"
        message = "the expression is nested too deeply"
        self.problem("too-deep", message, self.token, hint)
        hole = ast.Hole(self.end, self.end)
        self.stop()
        return hole

    def grown(self, tree: Ast, height: int) -> Ast:
        """The tree, one level higher than its highest part, or a hole if that is too high."""
        self.height = height + 1
        if self.height <= MAX_DEPTH:
            return tree
        self.too_deep()
        self.height = 0
        return ast.Hole(tree.start, tree.end)

    # Messages

    def unsupported(self, token: Token, what: str, hint: str) -> None:
        """Report syntax of CEL that Flow leaves out."""
        self.problem("unsupported-syntax", f"Flow has no {what}", token, hint)

    def show(self, token: Token) -> str:
        """A token as it stands in the source."""
        if token.kind == "end":
            return "the end"
        text = self.source[token.start : token.end]
        return f"`{text if len(text) <= 40 else text[:37] + '…'}`"  # noqa: PLR2004 - a line's worth

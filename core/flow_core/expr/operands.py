"""Parsing what stands between operators: literals, names, calls, lists, maps, selections."""

from abc import ABC, abstractmethod

from flow_core.expr import ast
from flow_core.expr.ast import Ast
from flow_core.expr.cursor import CLOSERS, Cursor
from flow_core.expr.lexer import KEYWORDS, RESERVED, Token

_FIRST = frozenset({"name", "literal", "true", "false", "null", "(", "[", "{", "-", "!", "."})
"""Kinds of tokens that can begin an expression."""

_MACROS = {
    "all": (2, 3),
    "exists": (2, 3),
    "exists_one": (2, 3),
    "existsOne": (2, 3),
    "map": (2, 3),
    "filter": (2,),
    "sortBy": (2,),
    "transformList": (3, 4),
    "transformMap": (3, 4),
    "transformMapEntry": (3, 4),
}
"""How many arguments make a member call a macro; the first ones are its variables."""


def variable_count(macro: str, arguments: int) -> int:
    """How many of a macro's arguments are variables."""
    if macro in {"all", "exists", "exists_one", "existsOne"}:
        return arguments - 1
    return 2 if macro.startswith("transform") else 1


class OperandParser(Cursor, ABC):
    """The lower half of the parser."""

    @abstractmethod
    def expression(self, depth: int) -> Ast:
        """Anything, with operators in it."""

    @abstractmethod
    def binary(self, floor: int, depth: int) -> Ast:
        """A chain of operators that bind more tightly than ``floor``."""

    # Members

    def member(self, depth: int) -> Ast:
        """A primary with its selections, calls and indices."""
        start = self.token.start
        tree = self.primary(depth)
        start = min(start, tree.start)
        while self.token.kind in {".", "[", "{"} and not self.stopped:
            height = self.height
            if self.token.kind == ".":
                tree = self.selection(tree, start, depth)
            elif self.token.kind == "[":
                tree = self.index(tree, start, depth)
            elif isinstance(tree, ast.Name | ast.Select):
                tree = self.message(tree, start)
            else:
                break
            tree = self.grown(tree, max(height, self.height))
        return tree

    def selection(self, operand: Ast, start: int, depth: int) -> Ast:
        """What follows a dot: a field, or a member call."""
        dot = self.advance()
        self.height = 0
        if self.token.kind == "?":
            self.unsupported(self.advance(), "`.?`", "write `coalesce(a.b, default)`")
        token = self.token
        if token.kind not in {"name", "quoted"}:
            name, first, last = self.missing_name(dot)
        else:
            self.advance()
            name, first, last = str(token.value), token.start, token.end
        if token.kind == "name" and self.token.kind == "(":
            return self.member_call(operand, token, start, depth)
        return ast.Select(operand, name, first, last, start, self.end)

    def missing_name(self, dot: Token) -> tuple[str, int, int]:
        """A hole for the name that a dot waits for; a keyword is no name but is taken for one."""
        token = self.token
        if token.kind in KEYWORDS and token.start == dot.end:
            hint = f"write `['{token.kind}']`"
            self.problem("reserved-word", f"`{token.kind}` is a reserved word", token, hint)
            self.advance()
            return token.kind, token.start, token.end
        self.problem("missing-name", "a name is missing after `.`", dot, "name a property")
        return "", dot.end, dot.end

    def member_call(self, target: Ast, name: Token, start: int, depth: int) -> Ast:
        """``target.name(…)``: a macro if the name and the number of arguments say so."""
        arguments = self.arguments(depth)
        text = str(name.value)
        if len(arguments) in _MACROS.get(text, ()):
            return self.macro(target, name, arguments, start)
        return ast.Call(text, target, arguments, name.start, name.end, start, self.end)

    def macro(self, target: Ast, name: Token, arguments: tuple[Ast, ...], start: int) -> Ast:
        """A macro; its variables must be plain names."""
        macro = str(name.value)
        count = variable_count(macro, len(arguments))
        variables: list[ast.Name] = []
        for argument in arguments[:count]:
            if not isinstance(argument, ast.Name):
                place = Token("name", argument.start, argument.end)
                message = f"`{macro}` needs the name of a variable here"
                self.problem("bad-macro", message, place, f"write `.{macro}(x, …)`")
                argument = ast.Name("", argument.start, argument.end)  # noqa: PLW2901 - mended
            variables.append(argument)
        return ast.Macro(
            str(name.value), target, tuple(variables), arguments[count:],
            name.start, name.end, start, self.end,
        )  # fmt: skip

    def index(self, operand: Ast, start: int, depth: int) -> Ast:
        """``[index]``."""
        bracket = self.advance()
        if self.token.kind == "?":
            self.unsupported(self.advance(), "`[?`", "write `coalesce(a[b], default)`")
        index = self.expression(depth + 1)
        self.close(bracket)
        return ast.Index(operand, index, start, self.end)

    def message(self, name: Ast, start: int) -> Ast:
        """``Name{…}``, which builds a message in plain CEL and means nothing in Flow."""
        brace = self.token
        hint = "write a map: `{'key': value}`"
        shown = Token("name", name.start, brace.end)
        self.unsupported(shown, "construction of messages", hint)
        self.skip_brackets()
        return ast.Hole(start, self.end)

    # Primaries

    def primary(self, depth: int) -> Ast:
        """A literal, a name, a global call, a list, a map or parentheses."""
        self.height = 0
        token = self.token
        match token.kind:
            case "literal" | "true" | "false" | "null" | "-":
                return self.literal()
            case "name" | ".":
                return self.name(depth)
            case "(":
                return self.parentheses(depth)
            case "[":
                self.advance()
                items = self.items(token, depth)
                return ast.ListLiteral(items, token.start, self.end)
            case "{":
                return self.map(depth)
            case _:
                return self.missing()

    def missing(self) -> Ast:
        """A hole where an expression should begin, just behind what was read last."""
        token = self.token
        if token.kind in {"bad", "quoted"}:
            shown = "a quoted name can only follow a `.`"
            self.problem("unexpected-token", shown, token)
            self.advance()
            return ast.Hole(token.start, token.end)
        shown = "the end" if token.kind == "end" else self.show(token)
        message = f"an expression is missing before {shown}"
        hint = "write what is missing, or remove what asks for it"
        if self.source[self.end - 1 : token.end] == "<>":
            hint = "`<>` is written `!=`"
        self.problem("missing-expression", message, token, hint, start=min(self.end, token.start))
        return ast.Hole(self.end, self.end)

    def literal(self) -> Ast:
        """A constant; the range of ints is that of an int64."""
        token = self.advance()
        start = token.start
        value = token.value
        if token.kind == "-":
            token = self.advance()
            value = -token.value if isinstance(token.value, int | float) else None
        elif token.kind in {"true", "false", "null"}:
            value = {"true": True, "false": False}.get(token.kind)
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            message = "the number is outside the range of an integer"
            hint = "integers have 64 bits; write a `.0` behind it for a double"
            self.problem("bad-number", message, token, hint, start=start)
            value = 0
        return ast.Literal(value, start, token.end)

    def name(self, depth: int) -> Ast:
        """A variable or a global call."""
        start = self.token.start
        absolute = self.accept(".")
        token = self.token
        if token.kind != "name":
            dot = self.tokens[self.position - 1]
            self.missing_name(dot)
            return ast.Name("", start, self.end, absolute)
        self.advance()
        text = str(token.value)
        if self.token.kind == "(":
            return self.call(token, start, depth)
        if text in RESERVED:
            hint = "choose another name"
            self.problem("reserved-word", f"`{text}` is a reserved word", token, hint)
        elif text == "not" and self.token.kind in _FIRST:
            self.problem("unexpected-token", "`not` is no operator", token, "write `!`", "!")
        return ast.Name(text, start, token.end, absolute)

    def call(self, name: Token, start: int, depth: int) -> Ast:
        """``name(…)``; ``has`` takes a selection."""
        arguments = self.arguments(depth)
        function = str(name.value)
        if function == "has" and len(arguments) == 1:
            field = arguments[0]
            if isinstance(field, ast.Select):
                return ast.Has(field, start, self.end)
            place = Token("name", field.start, field.end)
            hint = "write `has(value.property)`"
            self.problem("bad-macro", "`has` asks for a property", place, hint)
        return ast.Call(function, None, arguments, name.start, name.end, start, self.end)

    def parentheses(self, depth: int) -> Ast:
        """``(expression)``."""
        bracket = self.advance()
        tree = self.expression(depth + 1)
        self.close(bracket)
        return tree

    def map(self, depth: int) -> Ast:
        """``{key: value, …}``."""
        brace = self.advance()
        entries: list[tuple[Ast, Ast]] = []
        height = 0
        while self.token.kind not in {"}", "end"}:
            if self.token.kind == "?":
                self.unsupported(self.advance(), "`?` before a key", "write the key without it")
            before = self.position
            key = self.binary(0, depth + 1)
            height = max(height, self.height)
            if self.accept(":"):
                value = self.expression(depth + 1)
                height = max(height, self.height)
            else:
                hint = "an entry of a map is written `'key': value`"
                self.problem("missing-expression", "the entry has no `:`", self.token, hint)
                value = ast.Hole(self.end, self.end)
            entries.append((key, value))
            if not self.separated(before, "}"):
                break
        self.close(brace)
        return self.grown(ast.MapLiteral(tuple(entries), brace.start, self.end), height)

    # Lists of things

    def arguments(self, depth: int) -> tuple[Ast, ...]:
        """``(a, b)``, from the opening parenthesis."""
        return self.items(self.advance(), depth, trailing=False)

    def items(self, bracket: Token, depth: int, *, trailing: bool = True) -> tuple[Ast, ...]:
        """Expressions up to the closing bracket. A list may end in a comma, a call may not."""
        closer = CLOSERS[bracket.kind]
        items: list[Ast] = []
        height = 0
        while self.token.kind not in {closer, "end"}:
            if closer == "]" and self.token.kind == "?":
                self.unsupported(self.advance(), "`?` before an item", "write it without")
            before = self.position
            items.append(self.expression(depth + 1))
            height = max(height, self.height)
            if not self.separated(before, closer):
                break
            if self.token.kind == closer and not trailing:
                items.append(self.missing())
        self.close(bracket)
        self.height = height + 1
        return tuple(items)

    def separated(self, before: int, closer: str) -> bool:
        """Whether another item follows; a missing comma is reported and taken for granted."""
        if self.accept(","):
            return True
        if self.token.kind in {closer, "end"}:
            return False
        message = f"`,` or `{closer}` is missing before {self.show(self.token)}"
        self.problem("unexpected-token", message, self.token)
        return self.position > before and self.token.kind in _FIRST

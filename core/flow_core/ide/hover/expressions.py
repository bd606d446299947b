"""Hover inside expressions: the type of what is under the cursor, and where it comes from."""

from flow_core.expr import ast
from flow_core.expr.ast import Ast
from flow_core.expr.calls import called
from flow_core.expr.inspection import Seen, around, inspect
from flow_core.expr.references import path_of
from flow_core.ide.cursor import Cursor, Inside
from flow_core.ide.describe import describe_function
from flow_core.ide.expected import expected
from flow_core.ide.hover.found import Found
from flow_core.ide.hover.names import describe_path
from flow_core.ide.type_text import structures
from flow_core.markdown import block, code, paragraphs
from flow_core.places import Place, Span
from flow_core.syntax.nodes import Scalar
from flow_core.types import show

_LONGEST = 60


def in_expression(cursor: Cursor) -> Found | None:
    """What is under the cursor, if that is in an expression."""
    inside, scope = cursor.inside, cursor.scope
    if inside is None or scope is None:
        return None
    nodes = around(inside.expression.tree, inside.offset)
    seen = inspect(inside.expression.tree, scope)
    return _Part(cursor, inside, nodes, seen).found()


class _Part:
    """The part of an expression at the cursor: ``nodes`` are those around it, innermost first."""

    def __init__(
        self,
        cursor: Cursor,
        inside: Inside,
        nodes: tuple[Ast, ...],
        seen: dict[tuple[int, int], Seen],
    ) -> None:
        self.cursor = cursor
        self.inside = inside
        self.node, *self.outer = nodes
        self.seen = seen

    def found(self) -> Found | None:
        """What there is to say about it."""
        text, span = self._text()
        if not text:
            return None
        start = self.inside.expression.start
        return Found(text, Place(self.inside.path, start=start + span.start, end=start + span.end))

    def _text(self) -> tuple[str, Span]:
        node = self._named()
        outer = self.outer[0] if self.outer else None
        match node:
            case ast.Call() | ast.Macro() | ast.Has() if self._is_at(self._callee(node)[1]):
                name, span = self._callee(node)
                return paragraphs(describe_function(name), self._line(node)), span
            case ast.Name() if isinstance(outer, ast.Macro) and node in outer.variables:
                return self._variable(node, outer), Span(node.start, node.end)
            case _:
                return self._value(node), Span(node.start, node.end)

    def _is_at(self, span: Span) -> bool:
        return span.start <= self.inside.offset <= span.end

    def _named(self) -> Ast:
        """The node at the cursor, or the one around it that it is a part of the name of."""
        node, outer = self.node, self.outer[0] if self.outer else None
        match outer:
            case ast.Index(index=index) if node is index and path_of(outer):
                return outer  # `steps['charge']`
            case ast.Call(target=target) if node is target and self._seen(node) is None:
                return outer  # `lists.range`
            case _:
                return node

    def _callee(self, node: ast.Call | ast.Macro | ast.Has) -> tuple[str, Span]:
        """What is called, and where that is named."""
        if isinstance(node, ast.Has):
            return "has", Span(node.start, node.start + len("has"))
        name = node.name if isinstance(node, ast.Macro) else node.function
        start, found = node.name_start, self._seen(node)
        if isinstance(node, ast.Call) and found is not None:
            name, target = called(node, found.scope)
            start = node.start if target is None else start
        return name, Span(start, node.name_end)

    def _variable(self, node: ast.Name, macro: ast.Macro) -> str:
        """A variable that a macro declares."""
        scopes = [found.scope for each in macro.arguments if (found := self._seen(each))]
        type_ = scopes[0].locals.get(node.name) if scopes else None
        return block(f"{node.name}: {show(type_)}", "cel") if type_ is not None else ""

    def _value(self, node: Ast) -> str:
        found = self._seen(node)
        path = path_of(node)
        if found is None or isinstance(node, ast.Hole):
            return ""
        if path and path[0] not in found.scope.locals:
            text = describe_path(self.cursor, self.inside.site, path, found)
        else:
            text = paragraphs(self._line(node), structures(found.type) if path else "")
        return paragraphs(text, self._expected(node))

    def _seen(self, node: Ast) -> Seen | None:
        return self.seen.get((node.start, node.end))

    def _line(self, node: Ast) -> str:
        """A part of the expression with its type."""
        found = self._seen(node)
        if found is None:
            return ""
        text = " ".join(self.inside.expression.source[node.start : node.end].split())
        text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
        return block(f"{text}: {show(found.type)}", "cel")

    def _expected(self, node: Ast) -> str:
        """What is wanted of the whole expression, where it is all of a value."""
        scalar, source = self.cursor.node, self.inside.expression.source
        is_all = isinstance(scalar, Scalar) and scalar.text.strip() == f"${{{{{source}}}}}"
        if node is not self.inside.expression.tree or not is_all:
            return ""
        wanted = expected(self.cursor.module, self.inside.path)
        return f"Expected here: {code(show(wanted.type))}" if wanted else ""

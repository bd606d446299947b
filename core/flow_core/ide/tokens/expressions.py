"""The tokens of an expression: variables, properties, functions, operators and literals."""

from collections.abc import Iterator
from functools import lru_cache

from flow_core.expr import ast
from flow_core.expr.ast import Ast
from flow_core.expr.functions import MACROS, functions
from flow_core.expr.lexer import Token, tokenize
from flow_core.expr.parser import parse
from flow_core.expr.references import path_of
from flow_core.ide.tokens.legend import Modifier, TokenType, Word

_Kind = tuple[TokenType, tuple[Modifier, ...]]

_MEMBERS: dict[str, _Kind] = {
    "steps": ("class", ()),
    "inputs": ("parameter", ()),
    "state": ("variable", ()),
    "secrets": ("variable", ("readonly",)),
}
"""What the names are that are read of these variables."""

_QUIET = frozenset("()[]{}.,")
"""Punctuation that has no colour of its own."""
_CONSTANTS = ("true", "false", "null")


@lru_cache(maxsize=4096)
def expression_words(source: str) -> tuple[Word, ...]:
    """The tokens of an expression, in order.

    >>> source = "steps.pay.status"
    >>> [(source[start:end], kind) for start, end, kind, _ in expression_words(source)]
    [('steps', 'variable'), ('pay', 'class'), ('status', 'property')]
    """
    tokens, _ = tokenize(source)
    names = dict(_names(parse(source).tree, frozenset()))
    return tuple(_words(tokens[:-1], names))


def _words(tokens: list[Token], names: dict[int, _Kind]) -> Iterator[Word]:
    dotted = False
    for token in tokens:
        if token.kind not in _QUIET:
            kind, modifiers = names.get(token.start) or _kind(token, dotted=dotted)
            yield token.start, token.end, kind, modifiers
        dotted = token.kind == "."


def _kind(token: Token, *, dotted: bool) -> _Kind:
    """What a token is by itself."""
    if token.kind in ("name", "quoted"):
        return ("property" if dotted else "variable"), ()
    if token.kind == "literal":
        return ("string" if isinstance(token.value, str | bytes) else "number"), ()
    if token.kind in _CONSTANTS:
        return "enumMember", ()
    return ("keyword" if token.kind == "in" else "operator"), ()


def _names(node: Ast, bound: frozenset[str]) -> Iterator[tuple[int, _Kind]]:
    """What the names in a tree are, by where they start; ``bound`` are the macros' variables."""
    inner = bound
    match node:
        case ast.Name(name=name) if name:
            is_local = name in bound and not node.absolute
            yield node.end - len(name), ("parameter" if is_local else "variable", ())
        case ast.Select(name_start=start) if node.name:
            path = path_of(node.operand)
            yield start, _MEMBERS.get(path[0] if len(path) == 1 else "", ("property", ()))
        case ast.Call():
            yield from _called(node)
        case ast.Has():
            yield node.start, ("macro", ("defaultLibrary",))
        case ast.Macro():
            yield node.name_start, ("macro", ("defaultLibrary",))
            for variable in node.variables:
                yield variable.start, ("parameter", ("declaration",))
            yield from _names(node.target, bound)
            inner = bound | {variable.name for variable in node.variables}
        case _:
            pass
    below = node.arguments if isinstance(node, ast.Macro) else ast.children(node)
    for child in below:
        yield from _names(child, inner)
    if isinstance(node, ast.Call):
        yield from _library(node)


def _called(node: ast.Call) -> Iterator[tuple[int, _Kind]]:
    known = node.function in functions() or _qualified(node) in functions()
    modifiers: tuple[Modifier, ...] = ("defaultLibrary",) if known else ()
    member = node.target is not None and _qualified(node) not in functions()
    name: TokenType = "macro" if node.function in MACROS else "method" if member else "function"
    yield node.name_start, (name, modifiers)


def _library(node: ast.Call) -> Iterator[tuple[int, _Kind]]:
    """What looks like a variable and is the first part of a function's name: `strings.quote`."""
    if node.target is not None and _qualified(node) in functions():
        yield node.target.start, ("namespace", ("defaultLibrary",))


def _qualified(node: ast.Call) -> str:
    target = node.target
    return f"{target.name}.{node.function}" if isinstance(target, ast.Name) else ""

"""What is being typed in an expression: which part of its tree, and what is wanted there."""

import re
from collections.abc import Callable, Mapping

import msgspec

from flow_core.expr import ast
from flow_core.expr.ast import Ast
from flow_core.expr.cursor import CLOSERS
from flow_core.expr.functions import Parameter, functions
from flow_core.expr.inspection import Seen, inspect
from flow_core.expr.lexer import Token, tokenize
from flow_core.expr.operators import item_type
from flow_core.expr.parser import parse
from flow_core.expr.scope import Scope
from flow_core.types import Type, union
from flow_core.types.by_value import widened
from flow_core.types.kinds import (
    ANY,
    BOOLEAN,
    INTEGER,
    NUMBER,
    OBJECT,
    STRING,
    BytesType,
    DatetimeType,
    DurationType,
    ListType,
    NumberType,
    StringType,
)

_BEFORE = re.compile(r"[A-Za-z_]\w*\Z")
_AFTER = re.compile(r"\w*")
_MARK = "_"
_KINDS: Mapping[str, Type] = {
    "any": ANY,
    "boolean": BOOLEAN,
    "integer": INTEGER,
    "number": NUMBER,
    "string": STRING,
    "bytes": BytesType(),
    "duration": DurationType(),
    "datetime": DatetimeType(),
    "list": ListType(ANY),
    "map": OBJECT,
}


class Position(msgspec.Struct, frozen=True):
    """The part of an expression at the cursor: ``chain`` is its node and those around it.

    ``before`` and ``after`` are what is typed of a word, or of a text between quotes, which lacks
    its ``closer``; ``seen`` are the types of the parts, ``scope`` is what can be read outside of
    macros. ``called`` tells that parentheses follow.
    """

    chain: tuple[Ast, ...]
    before: str
    after: str
    seen: Mapping[tuple[int, int], Seen]
    scope: Scope
    closer: str = ""
    called: bool = False

    @property
    def node(self) -> Ast:
        """The node of what is typed: a name, a selection or a call by its name, or a text."""
        return self.chain[0]

    @property
    def here(self) -> Scope:
        """What can be read at the node."""
        for node in self.chain:
            found = self.seen.get((node.start, node.end))
            if found is not None:
                return found.scope
        return self.scope

    def type_of(self, node: Ast) -> Type:
        """The type of a part."""
        found = self.seen.get((node.start, node.end))
        return ANY if found is None else found.type

    def is_compared_with(self, is_it: Callable[[Ast], bool]) -> bool:
        """Whether the node, or a list that holds it, is compared with something."""
        for node in self.chain[1:]:
            match node:
                case ast.ListLiteral():
                    continue
                case ast.Binary(operator="==" | "!=" | "in", left=left, right=right):
                    return is_it(left) or is_it(right)
                case _:
                    return False
        return False


def position(source: str, offset: int, scope: Scope) -> Position | None:
    """The position of an offset in the source of an expression."""
    text = next((each for each in tokenize(source)[0] if _is_text_at(each, source, offset)), None)
    if text is not None:
        return _in_text(source, offset, text, scope)
    before, after = _BEFORE.search(source[:offset]), _AFTER.match(source, offset)
    word = before[0] if before else ""
    start = offset - len(word)
    rest = after[0] if after else ""
    marked = f"{source[:offset]}{_MARK}{source[offset + len(rest) :]}"
    tree = parse(marked).tree
    chain = _chain(tree, lambda node: _named_at(node, start))
    if not chain or _declares(chain):
        return None
    called = source.startswith("(", offset + len(rest))
    return Position(chain, word, rest, inspect(tree, scope), scope, called=called)


def _is_text_at(token: Token, source: str, offset: int) -> bool:
    """Whether a token is a text whose quotes hold the offset."""
    if token.kind != "literal" or not isinstance(token.value, str):
        return False
    quote = source[token.start]
    closed = token.end - token.start > 1 and source[token.end - 1] == quote
    return quote in "'\"" and token.start < offset <= token.end - closed


def _in_text(source: str, offset: int, token: Token, scope: Scope) -> Position | None:
    """The position within a text; one without an end is taken to end at the cursor."""
    quote = source[token.start]
    closed = token.end - token.start > 1 and source[token.end - 1] == quote
    before = source[token.start + 1 : offset]
    after = source[offset : token.end - 1] if closed else ""
    if not closed:
        source = f"{source[:offset]}{quote}{source[offset:]}"
    tree = parse(source).tree
    chain = _chain(tree, lambda n: isinstance(n, ast.Literal) and n.start == token.start)
    closer = "" if closed else quote
    return Position(chain, before, after, inspect(tree, scope), scope, closer) if chain else None


def _chain(tree: Ast, is_it: Callable[[Ast], bool]) -> tuple[Ast, ...]:
    """The first node that is meant, and those around it, innermost first."""
    pending: list[tuple[Ast, ...]] = [(tree,)]
    while pending:
        chain = pending.pop()
        if is_it(chain[0]):
            return chain
        pending += [(child, *chain) for child in reversed(ast.children(chain[0]))]
    return ()


def _named_at(node: Ast, start: int) -> bool:
    """Whether a node has its name at an offset."""
    match node:
        case ast.Name(name=name, end=end):
            return end - len(name) == start
        case ast.Select(name_start=first) | ast.Call(name_start=first):
            return first == start
        case _:
            return False


def _declares(chain: tuple[Ast, ...]) -> bool:
    """Whether a name is that of a macro's variable, which is anybody's choice."""
    node, *around = chain
    return bool(around) and isinstance(around[0], ast.Macro) and node in around[0].variables


def unclosed(source: str) -> str:
    """The brackets that close what a source leaves open.

    >>> unclosed("lines.map(x, [x.sku")
    '])'
    """
    stack: list[str] = []
    for token in tokenize(source)[0]:
        if token.kind in CLOSERS:
            stack.append(CLOSERS[token.kind])
        elif stack and token.kind == stack[-1]:
            stack.pop()
    return "".join(reversed(stack))


def wanted(found: Position, outer: Type | None) -> Type | None:
    """The type that is wanted at a position; ``outer`` is that of the whole expression."""
    return _wanted(found, found.chain, outer)


def _wanted(found: Position, chain: tuple[Ast, ...], outer: Type | None) -> Type | None:
    if len(chain) == 1:
        return outer
    node, parent, *_ = chain
    match parent:
        case ast.Binary():
            return _operand(found, node, parent)
        case ast.Unary(operator=operator):
            return BOOLEAN if operator == "!" else NUMBER
        case ast.Ternary(condition=condition):
            return BOOLEAN if node is condition else _wanted(found, chain[1:], outer)
        case ast.Macro(target=target, name=name):
            if node is target:
                return ListType(ANY)
            return BOOLEAN if name in {"all", "exists", "exists_one", "filter"} else None
        case ast.Index(index=index) if node is index:
            return INTEGER if isinstance(found.type_of(parent.operand), ListType) else STRING
        case ast.Call(target=target) if node is not target:
            return _argument(found, chain, parent, outer)
        case ast.ListLiteral():
            around = _wanted(found, chain[1:], outer)
            return around.item if isinstance(around, ListType) else None
        case _:
            return None


def _operand(found: Position, node: Ast, parent: ast.Binary) -> Type | None:
    """What one side of an operator should be, by the other."""
    if parent.operator in {"&&", "||"}:
        return BOOLEAN
    other = found.type_of(parent.right if node is parent.left else parent.left)
    if parent.operator == "in":
        return item_type(other) if node is parent.left else ListType(other)
    if parent.operator in {"==", "!="}:
        return None if other == ANY else _without_constants(other)
    return NUMBER if isinstance(other, NumberType) else None if other == ANY else widened(other)


def _without_constants(type_: Type) -> Type:
    """The type of what is compared with a value: with a constant, any of its kind."""
    is_constant = isinstance(type_, StringType | NumberType) and len(type_.enum or ()) == 1
    return widened(type_) if is_constant else type_


def _argument(
    found: Position, chain: tuple[Ast, ...], call: ast.Call, outer: Type | None
) -> Type | None:
    """What an argument of a function should be; the values of `coalesce` are all alike."""
    if call.function == "coalesce":
        return _wanted(found, chain[1:], outer)
    function = functions().get(call.function)
    index = next((i for i, each in enumerate(call.arguments) if each is chain[0]), 0)
    parameters = [
        overload.parameter(index)
        for overload in (function.overloads if function else ())
        if (overload.target is None) == (call.target is None) and overload.parameters
    ]
    return _of_kinds(parameters) if parameters else None


def _of_kinds(parameters: list[Parameter]) -> Type:
    kinds = {kind: None for parameter in parameters for kind in sorted(parameter.kinds)}
    return union(*(_KINDS[kind] for kind in kinds))

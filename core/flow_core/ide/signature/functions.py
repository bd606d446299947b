"""Signature help in the calls of expressions."""

from collections.abc import Iterator, Sequence

import msgspec

from flow_core.expr.ast import Ast, Call, Hole, walk
from flow_core.expr.functions import MACROS, Function, Overload, functions
from flow_core.expr.functions import Parameter as Operand
from flow_core.expr.inspection import inspect
from flow_core.expr.lexer import Token, tokenize
from flow_core.expr.operators import kinds
from flow_core.ide.cursor import Cursor, Inside
from flow_core.ide.signature.help import Help, Parameter, Signature
from flow_core.markdown import sentence
from flow_core.places import Span
from flow_core.types import Type

_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


class _Written(msgspec.Struct, frozen=True):
    """A call as far as it is written: its name's token, its namespace or the dot before it.

    ``argument`` is the index of the one that holds the cursor.
    """

    name: Token
    namespace: str
    is_member: bool
    argument: int


def function_help(cursor: Cursor) -> Help | None:
    """The function or macro whose arguments hold the cursor."""
    inside = cursor.inside
    written = None if inside is None else _written(inside.expression.source, inside.offset)
    if inside is None or written is None:
        return None
    name = str(written.name.value)
    full = f"{written.namespace}.{name}"
    function = functions().get(full) or functions().get(name)
    if function is not None:
        is_member = written.is_member and function.name != full
        return _of_function(cursor, inside, written, function, is_member=is_member)
    if name not in MACROS:
        return None
    form, doc = MACROS[name]
    found = _signature(form, doc)
    return Help((found,), 0, min(written.argument, len(found.parameters) - 1))


def _written(source: str, offset: int) -> _Written | None:
    """The innermost call around an offset; its end need not be written yet."""
    tokens = [token for token in tokenize(source)[0] if token.kind != "end"]
    before = [token for token in tokens if token.end <= offset]
    opened: list[int] = []
    commas: list[int] = []
    for index, token in enumerate(before):
        if token.kind in _OPEN:
            opened.append(index)
            commas.append(0)
        elif token.kind in _CLOSE and opened:
            opened.pop()
            commas.pop()
        elif token.kind == "," and commas:
            commas[-1] += 1
    for index, count in zip(reversed(opened), reversed(commas), strict=True):
        if _is_call(before, index):
            return _called(before, index - 1, count)
    return None


def _is_call(tokens: Sequence[Token], index: int) -> bool:
    """Whether a bracket opens the arguments of a call."""
    return tokens[index].kind == "(" and index > 0 and tokens[index - 1].kind == "name"


def _called(tokens: Sequence[Token], index: int, argument: int) -> _Written:
    is_member = index > 0 and tokens[index - 1].kind == "."
    owner = tokens[index - 2] if is_member and index > 1 else None
    namespace = str(owner.value) if owner is not None and owner.kind == "name" else ""
    return _Written(tokens[index], namespace, is_member, argument)


def _of_function(
    cursor: Cursor, inside: Inside, written: _Written, function: Function, *, is_member: bool
) -> Help:
    same = [each for each in function.overloads if (each.target is not None) is is_member]
    overloads = same or list(function.overloads)
    tree, start = inside.expression.tree, written.name.start
    call = next((n for n in walk(tree) if isinstance(n, Call) and n.name_start == start), None)
    types = {} if call is None else dict(_types(cursor, tree, call, written.argument))
    count = max(written.argument + bool(written.argument), len(call.arguments) if call else 0)
    fits = [_fit(overload, count, types) for overload in overloads]
    active = fits.index(max(fits))
    found = tuple(_signature(each.text, function.doc) for each in overloads)
    most = max(len(found[active].parameters) - 1, 0)
    return Help(found, active, min(written.argument, most))


def _types(cursor: Cursor, tree: Ast, call: Call, argument: int) -> Iterator[tuple[int, Type]]:
    """The types of the arguments but of the one that is being written; at -1 that of the target."""
    seen = {} if cursor.scope is None else inspect(tree, cursor.scope)
    operands = [call.target, *call.arguments]
    for index, operand in enumerate(operands, -1):
        found = None if operand is None else seen.get((operand.start, operand.end))
        if found is not None and index != argument and not isinstance(operand, Hole):
            yield index, found.type


def _fit(overload: Overload, count: int, types: dict[int, Type]) -> tuple[bool, bool]:
    """Whether an overload has so many parameters, and takes what is written."""
    parameters = overload.parameters
    enough = count <= len(parameters) or any(parameter.repeated for parameter in parameters)
    return enough, all(
        _takes(overload.target if index < 0 else overload.parameter(index), type_)
        for index, type_ in types.items()
        if index < 0 or (parameters and enough)
    )


def _takes(operand: Operand | None, type_: Type) -> bool:
    return operand is None or any(
        kind in {"any", "null"} or kind in operand.kinds or "any" in operand.kinds
        for kind in kinds(type_)
    )


def _signature(label: str, doc: str) -> Signature:
    """A signature from how it is written: ``list.map(x, value)``."""
    head, _, rest = label.partition("(")
    inner, _, _ = rest.rpartition(")")
    parameters: list[Parameter] = []
    start = len(head) + 1
    for part in inner.split(", ") if inner else ():
        parameters.append(Parameter(Span(start, start + len(part))))
        start += len(part) + 2
    return Signature(label, sentence(doc), tuple(parameters))

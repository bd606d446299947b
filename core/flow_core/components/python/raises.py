"""The errors that a function's own body raises and does not catch."""

import ast
from collections.abc import Iterator

from flow_core.components.python.docstrings import read_docstring, summary
from flow_core.components.python.names import Definition, Names, Qualified
from flow_core.components.python.source import FunctionNode, Source

_CATCH_ALL = frozenset({"Exception", "BaseException", ""})
_MAX_BASES = 30


def raised(function: FunctionNode, source: Source, names: Names) -> dict[str, str]:
    """Names and meanings of the exceptions in ``raise X`` and ``raise X(…)``, in order."""
    found: dict[str, str] = {}
    for node, caught in _raises(function, source, names):
        exception = error_class(node, source, names)
        if exception and not caught & lineage(node, source, names):
            found.setdefault(*exception)
    return found


def error_class(node: ast.expr, source: Source, names: Names) -> tuple[str, str] | None:
    """The name and the meaning of an exception class; None for what is no class's name.

    The meaning is the first paragraph of the class's docstring.
    """
    symbol = names.resolve(node, source)
    match symbol:
        case Definition(node=ast.ClassDef() as class_):
            text = read_docstring(ast.get_docstring(class_, clean=False) or "").description
            return class_.name, summary(text)
        case Qualified(name=name):
            module, _, last = name.rpartition(".")
            # A dotted name that starts with no import is an attribute of some local object.
            known = last[:1].isupper() and not module.startswith("builtins.")
            return (last, "") if known else None
        case _:
            return None


def _raises(
    function: FunctionNode, source: Source, names: Names
) -> Iterator[tuple[ast.expr, frozenset[str]]]:
    """The class each ``raise`` names, and the names of those that handlers around it catch."""
    pending: list[tuple[ast.AST, frozenset[str]]] = [
        (node, frozenset[str]()) for node in reversed(function.body)
    ]
    while pending:
        node, caught = pending.pop()
        match node:
            case ast.Raise(exc=ast.Call(func=name)) | ast.Raise(exc=ast.expr() as name):
                yield name, caught
            case ast.Try() | ast.TryStar():
                inside = caught | _handled(node, source, names)
                rest = [*node.handlers, *node.orelse, *node.finalbody]
                pending += ((child, caught) for child in reversed(rest))
                pending += ((child, inside) for child in reversed(node.body))
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.expr():
                pass
            case _:
                children = reversed(list(ast.iter_child_nodes(node)))
                pending += ((child, caught) for child in children)


def _handled(node: ast.Try | ast.TryStar, source: Source, names: Names) -> frozenset[str]:
    """The names of the exceptions that the handlers of a ``try`` catch; "" for all."""
    found: set[str] = set()
    for handler in node.handlers:
        if handler.type is None:
            found.add("")
            continue
        types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        classes = [error_class(type_, source, names) for type_ in types]
        found |= {class_[0] for class_ in classes if class_}
    return frozenset(found)


def lineage(node: ast.expr, source: Source, names: Names) -> frozenset[str]:
    """The names of an exception class and of its bases, as far as they are known."""
    found = set(_CATCH_ALL)
    pending = [(node, source)]
    while pending and len(found) < _MAX_BASES:
        node, source = pending.pop()
        symbol = names.resolve(node, source)
        match symbol:
            case Definition(node=ast.ClassDef(name=name, bases=bases)) if name not in found:
                found.add(name)
                pending += [(base, symbol.source) for base in bases]
            case Qualified(name=name):
                found.add(name.rpartition(".")[2])
            case _:
                pass
    return frozenset(found)

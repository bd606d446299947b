"""The values that a component's own code asks about: what it compares with leads into branches."""

import ast
from collections.abc import Iterator

from flow_core.components.python.source import Source, parse_source
from flow_core.diagnostics import Json
from flow_testing.components.declared import Declared

_MOST = 24
_LONGEST = 60
_ASKING = frozenset({"startswith", "endswith", "removeprefix", "removesuffix", "get", "find"})


def words(component: Declared) -> list[Json]:
    """Texts and numbers that the module compares something with, those of the function first."""
    module, _, name = component.signature.target.partition(":")
    found = component.project.python_source(module)
    if found is None:
        return []
    source = parse_source(module, *found)
    own = source.bindings.get(name)
    nodes: list[ast.AST] = [own] if isinstance(own, ast.FunctionDef | ast.AsyncFunctionDef) else []
    asked = [
        *(each for node in nodes for each in _asked(node)),
        *_asked(source.tree),
        *_kept(source),
    ]
    unique = {(type(each), each): each for each in asked if _is_handy(each)}
    return list(unique.values())[:_MOST]


def _is_handy(value: Json) -> bool:
    return isinstance(value, str | int | float) and len(str(value)) <= _LONGEST


def _asked(tree: ast.AST) -> Iterator[Json]:
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=left, comparators=others):
                yield from _constants([left, *others])
            case ast.MatchValue(value=value):
                yield from _constants([value])
            case ast.Call(func=ast.Attribute(attr=attr), args=arguments) if attr in _ASKING:
                yield from _constants(arguments)
            case _:
                pass


def _kept(source: Source) -> Iterator[Json]:
    """What the module's own tables hold: the keys of dictionaries, the items of lists."""
    for bound in source.bindings.values():
        if isinstance(bound, ast.Dict):
            yield from _constants([key for key in bound.keys if key])
        elif isinstance(bound, ast.List | ast.Tuple | ast.Set):
            yield from _constants([bound])


def _constants(nodes: list[ast.expr]) -> Iterator[Json]:
    """The constants, those inside of lists too; beside a number its neighbours."""
    for node in nodes:
        match node:
            case ast.Constant(value=bool() | None):
                pass
            case ast.Constant(value=str() as text):
                yield text
            case ast.Constant(value=int() | float() as number):
                yield from (number, number + 1, number - 1)
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                yield from _constants(items)
            case _:
                pass

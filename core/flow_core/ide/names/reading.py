"""The names in one expression, each with what it stands for."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from flow_core.expr.ast import (
    Ast,
    Binary,
    Call,
    Index,
    ListLiteral,
    Literal,
    Macro,
    Name,
    Select,
    Ternary,
    children,
)
from flow_core.ide.names.values import Given, Items, Ports, Root, Sources, joined
from flow_core.ide.symbol import Occurrence, Symbol, key_of
from flow_core.model.pipeline import Expression
from flow_core.model.sites import Site
from flow_core.module import Module
from flow_core.places import Path, Place

if TYPE_CHECKING:
    from flow_core.ide.names.meaning import Meaning

_Bound: TypeAlias = Mapping[str, tuple[Symbol, Sources]]
"""The variables of macros, and where their values come from."""

_QUOTE = re.compile(r"""[rRbB]*(?P<quote>\'{3}|"{3}|'|")""")
_UNBOUND: _Bound = MappingProxyType({})
_SECTIONS = frozenset({"steps", "inputs", "state", "secrets"})
_LIKE_ITS_LIST = frozenset({"reverse", "distinct", "slice", "sort"})
_LIKE_ITS_ARGUMENTS = frozenset({"coalesce", "merge", "dyn"})
_CALLS = ("uses", "steps", "switch", "value")


class Reader:
    """Reads one expression; ``names`` gathers the names in it."""

    def __init__(
        self, meaning: "Meaning", module: Module, site: Site, path: Path, expression: Expression
    ) -> None:
        self.names: list[Occurrence] = []
        self._meaning = meaning
        self._module = module
        self._site = site
        self._path = path
        self._start = expression.start
        self._source = expression.source

    def value(self, node: Ast, bound: _Bound = _UNBOUND) -> Sources:
        """Where the value of a node comes from."""
        self._meaning.depth += 1
        found = self._value(node, bound)
        self._meaning.depth -= 1
        return found

    def _value(self, node: Ast, bound: _Bound) -> Sources:
        match node:
            case Name():
                return self._name(node, bound)
            case Select():
                value = self.value(node.operand, bound)
                return self._property(value, node.name, node.name_start, node.name_end)
            case Index():
                return self._index(node, bound)
            case Macro():
                return self._macro(node, bound)
            case Call():
                return self._call(node, bound)
            case _:
                return self._composed(node, bound)

    def _composed(self, node: Ast, bound: _Bound) -> Sources:
        parts = [self.value(child, bound) for child in children(node)]
        match node:
            case Ternary():
                return joined(*parts[1:])
            case Binary(operator="+"):
                return joined(*parts)
            case ListLiteral():
                return (Items(joined(*parts)),)
            case _:
                return ()

    # Properties

    def _index(self, node: Index, bound: _Bound) -> Sources:
        value = self.value(node.operand, bound)
        match node.index:
            case Literal(value=str(name)):
                return self._property(value, name, *self._quoted(node.index))
            case index:
                self.value(index, bound)
                return self._meaning.item(value)

    def _quoted(self, literal: Literal) -> tuple[int, int]:
        """Where the text of a string stands between its quotes."""
        found = _QUOTE.match(self._source, literal.start)
        opening = found.end() - found.start() if found else 0
        closing = len(found["quote"]) if found else 0
        return literal.start + opening, max(literal.end - closing, literal.start + opening)

    def _property(self, value: Sources, name: str, start: int, end: int) -> Sources:
        if not name:
            return ()
        found = self._meaning.property(value, name)
        if start < end:
            self.names.append(found.at(self._place(start, end)))
        return found.value

    def _note(self, symbol: Symbol, start: int, end: int) -> None:
        if start < end:
            self.names.append(Occurrence((symbol,), self._place(start, end)))

    def _place(self, start: int, end: int) -> Place:
        return Place(self._path, start=self._start + start, end=self._start + end)

    # Calls

    def _call(self, node: Call, bound: _Bound) -> Sources:
        parts = [self.value(child, bound) for child in children(node)]
        first, *rest = parts or [()]
        match node.function:
            case function if function in _LIKE_ITS_LIST:
                return first
            case function if function in _LIKE_ITS_ARGUMENTS:
                return joined(*parts)
            case "flatten":
                return joined(*(item.of for item in first if isinstance(item, Items)))
            case "chunk":
                return (Items(first),)
            case "get" if node.target is None and isinstance(key := _second(node), Literal):
                return self._get(first, key, rest[1:])
            case _:
                return ()

    def _get(self, value: Sources, key: Literal, default: list[Sources]) -> Sources:
        if not isinstance(key.value, str):
            return ()
        found = self._property(value, key.value, *self._quoted(key))
        return joined(found, *default)

    def _macro(self, node: Macro, bound: _Bound) -> Sources:
        value = self.value(node.target, bound)
        item = self._meaning.item(value)
        values = [item] if len(node.variables) == 1 else [(), item]
        variables = {
            variable.name: (self._variable(variable), source)
            for variable, source in zip(node.variables, values, strict=False)
        }
        parts = [self.value(argument, {**bound, **variables}) for argument in node.arguments]
        match node.name:
            case "filter" | "sortBy":
                return value
            case "map" | "transformList":
                return (Items(parts[-1]),)
            case _:
                return ()

    def _variable(self, node: Name) -> Symbol:
        """What a macro declares."""
        place = replace(self._place(node.start, node.end), file=self._module.file)
        symbol = Symbol("variable", node.name, place)
        self._note(symbol, node.start, node.end)
        return symbol

    # Names

    def _name(self, node: Name, bound: _Bound) -> Sources:
        if node.name in bound and not node.absolute:
            symbol, value = bound[node.name]
            self._note(symbol, node.start, node.end)
            return value
        start = node.end - len(node.name)
        if node.name in _SECTIONS:
            return self._section(node.name)
        return self._local(node.name, start, node.end)

    def _section(self, name: str) -> Sources:
        if self._site.role != "request":
            return (Root(self._module, name),)
        return (Ports(self._module, str(self._path[1])),) if name == "inputs" else ()

    def _local(self, name: str, start: int, end: int) -> Sources:
        """A name that a step's key makes visible: it stands for what it is made of."""
        context, module = self._site.context, self._module
        match name:
            case "item" | "index" if context.item:
                path: Path = (*self._step(context.item), "for_each")
                value = self._meaning.item(self._meaning.written(module, path))
            case "previous" | "iteration" if context.loop:
                path = (*self._step(context.loop), "repeat")
                value = (Given(module, path[:-1]),)
            case "outputs" if context.outputs is not None:
                path, value = self._calling(context.outputs), (Given(module, context.outputs),)
            case _:
                return ()
        self._note(Symbol("variable", name, key_of(module.file, *path)), start, end)
        return value if name in {"item", "previous", "outputs"} else ()

    def _step(self, name: str) -> Path:
        return self._module.steps[name].step.path

    def _calling(self, path: Path) -> Path:
        """The key that makes a call."""
        document = self._module.document
        keys = ((*path, key) for key in _CALLS)
        return next((each for each in keys if document.get(each) is not None), path)


def _second(node: Call) -> Ast | None:
    """The second argument of a call."""
    return node.arguments[1] if len(node.arguments) > 1 else None

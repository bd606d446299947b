"""The names of types, wherever types are written."""

from collections.abc import Iterator

from flow_core.ide.names import symbols
from flow_core.ide.names.python import python_name
from flow_core.ide.symbol import Occurrence, Symbol, key_of
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.syntax.nodes import Mapping, Scalar, Sequence, Value
from flow_core.types.keywords import KEYWORDS
from flow_core.types.kinds import Ref
from flow_core.types.shorthand import names_in

_OWN = "#/types/"


def names_of_type(module: Module, path: Path) -> Iterator[Occurrence]:
    """The names in a type that is written at a path: of other types, and of its own fields."""
    node = module.document.get(path)
    if node is not None:
        yield from _type(module, node, path)


def _type(module: Module, node: Value, path: Path) -> Iterator[Occurrence]:
    match node:
        case Scalar(value=str(text)):
            for name, start in names_in(text):
                yield from _named(module, name, path, start)
        case Mapping(fields=fields):
            for key, value in fields.items():
                yield from _keyword(module, key, value, (*path, key))
        case Sequence(values=values):
            for index, value in enumerate(values):
                yield from _type(module, value, (*path, index))
        case _:
            return


def _keyword(module: Module, key: str, node: Value, path: Path) -> Iterator[Occurrence]:
    """What stands under a keyword of JSON Schema."""
    match KEYWORDS.get(key):
        case "schema" | "type" | "list of schemas":
            yield from _type(module, node, path)
        case "schemas" if isinstance(node, Mapping):
            for name, value in node.fields.items():
                if key in {"fields", "properties"}:
                    yield symbols.declared(module, "field", (*path, name))
                yield from _type(module, value, (*path, name))
        case "names" if isinstance(node, Sequence):
            yield from _required(module, node, path)
        case "string" if key == "$ref" and isinstance(node, Scalar):
            yield from _reference(module, node.text, path)
        case _:
            return


def _required(module: Module, node: Sequence, path: Path) -> Iterator[Occurrence]:
    """The properties that `required` lists."""
    for index, item in enumerate(node.values):
        name = item.text if isinstance(item, Scalar) else ""
        holders = ((*path[:-1], key, name) for key in ("fields", "properties"))
        for holder in holders:
            if module.document.get(holder) is not None:
                symbol = Symbol("field", name, key_of(module.file, *holder))
                yield Occurrence((symbol,), Place((*path, index)))


def _reference(module: Module, target: str, path: Path) -> Iterator[Occurrence]:
    """A `$ref` to a type of this file, or to a file."""
    if target.startswith(_OWN):
        name = target.removeprefix(_OWN)
        if "/" not in name:
            yield from _named(module, name, path, len(_OWN))
    elif not target.startswith("#") and "://" not in target:
        name = target.partition("#")[0]
        found = symbols.file(module.project.resolve(module.file, name))
        yield Occurrence((found,), Place(path, start=0, end=len(name)))


def _named(module: Module, text: str, path: Path, start: int) -> Iterator[Occurrence]:
    """`Order` or `payments.Receipt`, from an offset of a scalar on."""
    alias, dot, name = text.rpartition(".")
    end = start + len(text)
    if not dot:
        symbol = symbols.entry(module, "type", "types", name)
        yield Occurrence((symbol,), Place(path, start=start, end=end))
        return
    whole = symbols.entry(module, "alias", "imports", alias)
    yield Occurrence((whole,), Place(path, start=start, end=start + len(alias)))
    found = _imported(module, alias, name) if name else None
    if found is not None:
        yield Occurrence((found,), Place(path, start=end - len(name), end=end))


def _imported(module: Module, alias: str, name: str) -> Symbol | None:
    """A type of an import."""
    found = module.imported(alias)
    if found.module is not None:
        return symbols.entry(found.module, "type", "types", name)
    if found.library is None or name not in found.library.types:
        return None
    type_, file = found.library.types[name], found.library.file
    if isinstance(type_, Ref):
        return Symbol("type", name, python_name(module, type_.file, type_.name))
    return Symbol("type", name, python_name(module, file, name))

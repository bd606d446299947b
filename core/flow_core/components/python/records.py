"""Classes that are data: dataclasses, TypedDicts, NamedTuples, pydantic models, Enums."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET, UnsetType

from flow_core.components.python.classes import Classes
from flow_core.components.python.docstrings import read_docstring
from flow_core.components.python.known import known_type
from flow_core.components.python.literals import enumeration, literal
from flow_core.components.python.names import Definition, Qualified
from flow_core.components.python.source import Source
from flow_core.places import Place
from flow_core.types.kinds import ANY, NULL, Field, ObjectType, Ref, Type, UnionType

if TYPE_CHECKING:
    from flow_core.components.python.hints import Hint, Hints
    from flow_core.diagnostics import Json

_NOWHERE = Place()
_FIELD_MAKERS = frozenset(
    {
        "attr.field",
        "attr.ib",
        "attrs.field",
        "dataclasses.field",
        "msgspec.field",
        "pydantic.Field",
    }
)
_NO_FIELDS = frozenset({"typing.ClassVar", "dataclasses.KW_ONLY"})


class RecordField(msgspec.Struct, frozen=True):
    """A field of a record, with what only a port needs to know of it."""

    field: Field
    secret: bool = False
    place: Place = Place()


class Records:
    """Reads classes. A record is always a `Ref`, so records may be recursive."""

    def __init__(self, hints: "Hints") -> None:
        self._hints = hints
        self._names = hints.names
        self._classes = Classes(hints.names)
        self._found: dict[tuple[str, str], dict[str, RecordField]] = {}

    def type(self, definition: Definition, node: ast.ClassDef) -> Type:
        """The type of a class; `any` for one that is no data or can't be known."""
        match self._classes.family(definition):
            case "enum":
                return self._enum(definition, node)
            case "record" | "typed_dict":
                return Ref(
                    definition.name, definition.source.file, lambda: self._object(definition)
                )
            case "plain":
                return ANY
            case _:
                return self._subclass_of_known(definition, node)

    def fields(self, definition: Definition) -> dict[str, RecordField] | None:
        """The fields of a record, inherited ones first; None where it is no record."""
        if self._classes.family(definition) not in ("record", "typed_dict"):
            return None
        return self._fields(definition)

    def functional(self, call: ast.Call, fields: ast.Dict, source: Source) -> ObjectType:
        """``TypedDict("X", {…}, total=…)``."""
        total = _constant(call, "total") is not False
        found: dict[str, Field] = {}
        for key, value in zip(fields.keys, fields.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                hint = self._hints.hint(value, source)
                found[key.value] = self._field(hint, required=total).field
        return ObjectType(found)

    def _object(self, definition: Definition) -> ObjectType:
        return ObjectType({name: found.field for name, found in self._fields(definition).items()})

    def _subclass_of_known(self, definition: Definition, node: ast.ClassDef) -> Type:
        """``class Sku(str)`` is a string, ``class Lines(RootModel[list[Line]])`` a list."""
        symbols = self._classes.bases(definition)
        if len(symbols) != 1 or not isinstance(symbols[0], Qualified):
            return ANY
        base = node.bases[0]
        if symbols[0].name == "pydantic.RootModel" and isinstance(base, ast.Subscript):
            base = base.slice
        elif not known_type(symbols[0].name):
            return ANY
        file = definition.source.file
        return Ref(definition.name, file, lambda: self._hints.type(base, definition.source))

    def _enum(self, definition: Definition, node: ast.ClassDef) -> Type:
        """The values of an Enum's members; `any` where one is computed."""
        bases = [
            base.name if isinstance(base, Qualified) else ""
            for base in self._classes.bases(definition)
        ]
        values: list[Json] = []
        for statement in node.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if name[0] != "_":
                    member = literal(value, definition.source, self._names)
                    if isinstance(value, ast.Call) and self._is_auto(value, definition.source):
                        member = _automatic(name, values, bases)
                    if isinstance(member, UnsetType):
                        return ANY
                    values.append(member)
                case _:
                    pass
        return enumeration(values)

    def _is_auto(self, call: ast.Call, source: Source) -> bool:
        symbol = self._names.resolve(call.func, source)
        return isinstance(symbol, Qualified) and symbol.name == "enum.auto"

    def _fields(self, definition: Definition) -> dict[str, RecordField]:
        """All fields. Where bases go in a circle the family is unknown, so this ends."""
        key = (definition.source.file, definition.name)
        if key not in self._found:
            fields: dict[str, RecordField] = {}
            for base in reversed(self._classes.bases(definition)):
                if isinstance(base, Definition):
                    fields |= self._fields(base)
            self._found[key] = fields | dict(self._own_fields(definition))
        return self._found[key]

    def _own_fields(self, definition: Definition) -> Iterator[tuple[str, RecordField]]:
        node, source = definition.node, definition.source
        if not isinstance(node, ast.ClassDef):
            return
        total = _constant(node, "total") is not False
        described = read_docstring(ast.get_docstring(node, clean=False) or "").parameters
        for statement, following in zip(node.body, [*node.body[1:], None], strict=True):
            match statement:
                case ast.AnnAssign(target=ast.Name(id=name)) if self._is_field(statement, source):
                    hint = self._hints.hint(statement.annotation, source)
                    text = hint.description or _string(following) or described.get(name, "")
                    hint = msgspec.structs.replace(hint, description=text)
                    yield self._assigned(name, statement, hint, source, required=total)
                case _:
                    pass

    def _is_field(self, node: ast.AnnAssign, source: Source) -> bool:
        """Whether an annotation declares a field that is there on this side of a component."""
        hint = node.annotation
        head = hint.value if isinstance(hint, ast.Subscript) else hint
        symbol = self._names.resolve(head, source)
        name = symbol.name if isinstance(symbol, Qualified) else ""
        if self._hints.output:
            return name not in _NO_FIELDS and name != "dataclasses.InitVar"
        computed = isinstance(node.value, ast.Call) and _constant(node.value, "init") is False
        return name not in _NO_FIELDS and not computed

    def _assigned(
        self, name: str, node: ast.AnnAssign, hint: "Hint", source: Source, *, required: bool
    ) -> tuple[str, RecordField]:
        """A field with the default or the ``field(…)`` that is assigned to it."""
        value, place = node.value, source.place(node.target)
        if isinstance(value, ast.Call) and self._makes_field(value, source):
            hint = self._hints.field_keywords(hint, value, source)
            alias = _constant(value, "alias")
            name = alias if isinstance(alias, str) else name
        elif value is not None:
            default = literal(value, source, self._names)
            hint = msgspec.structs.replace(hint, default=default, optional=True)
        return name, self._field(hint, required=required, place=place)

    def _makes_field(self, call: ast.Call, source: Source) -> bool:
        symbol = self._names.resolve(call.func, source)
        return isinstance(symbol, Qualified) and symbol.name in _FIELD_MAKERS

    def _field(self, hint: "Hint", *, required: bool, place: Place = _NOWHERE) -> RecordField:
        """A field. Absent means null in Flow, so one that admits null need not be given.

        What a component gives holds its fields with a default; only ``NotRequired`` may be absent.
        """
        required = required if hint.required is None else hint.required
        if not self._hints.output:
            required = required and not hint.optional and not _holds_null(hint.type)
        field = Field(hint.type, required, hint.default, hint.description)
        return RecordField(field, hint.secret, place)


def _holds_null(type_: Type) -> bool:
    """Whether null is written in the type; names are not followed, as they may lead back here."""
    return type_ == NULL or (isinstance(type_, UnionType) and NULL in type_.members)


def _automatic(name: str, before: "list[Json]", bases: list[str]) -> "Json | UnsetType":
    """What ``auto()`` gives: a StrEnum's name in lower case, else one more than what was there."""
    if "enum.StrEnum" in bases:
        return name.lower()
    if bases not in (["enum.Enum"], ["enum.IntEnum"]):
        return UNSET
    return max((value for value in before if isinstance(value, int)), default=0) + 1


def _constant(node: ast.ClassDef | ast.Call, name: str) -> object:
    """The constant given as a keyword, None for none."""
    for word in node.keywords:
        if word.arg == name and isinstance(word.value, ast.Constant):
            return word.value.value
    return None


def _string(node: ast.stmt | None) -> str:
    """The text of a statement that is nothing but a string: the documentation of a field."""
    match node:
        case ast.Expr(value=ast.Constant(value=str() as text)):
            return " ".join(text.split())
        case _:
            return ""

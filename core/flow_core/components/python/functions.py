"""One decorated function as a component's signature."""

import ast
import builtins
from collections.abc import Iterator

import msgspec
from msgspec import UNSET

from flow_core.components.python.docstrings import Docstring, read_docstring
from flow_core.components.python.hints import Hints, type_arguments
from flow_core.components.python.known import FORMS, canonical
from flow_core.components.python.literals import literal
from flow_core.components.python.names import Definition, Names, Qualified
from flow_core.components.python.options import OptionsReader
from flow_core.components.python.raises import raised
from flow_core.components.python.records import RecordField
from flow_core.components.python.source import FunctionNode, Source, parse_expression
from flow_core.components.signature import Port, Signature
from flow_core.places import Place
from flow_core.problems import Problem
from flow_core.types.algebra import admits_null, nullable
from flow_core.types.kinds import NULL, AnyType, ObjectType

_NEVER = frozenset({"typing.Never", "typing.NoReturn"})
_MAX_STEPS = 20
"""How many aliases and quotes a return hint may hide behind."""


class FunctionReader:
    """Reads functions of one module; ``problems`` gathers what can't be ports."""

    def __init__(self, source: Source, names: Names) -> None:
        self._source = source
        self._names = names
        self._inputs = Hints(names, output=False)
        self._outputs = Hints(names, output=True)
        self.problems: list[Problem] = []

    def signature(self, name: str, function: FunctionNode, decorator: ast.expr | None) -> Signature:
        """The component that a function is, by its ``@component`` if it has one."""
        docs = read_docstring(ast.get_docstring(function, clean=False) or "")
        reader = OptionsReader(self._source, self._names)
        options = reader.read(decorator)
        self.problems += reader.problems
        self._undefined(function)
        errors = options.errors | raised(function, self._source, self._names)
        return Signature(
            name=name,
            kind="python",
            inputs={port.name: port for port in self._input_ports(function, docs)},
            outputs={port.name: port for port in self._output_ports(function, docs)},
            errors={error: docs.raises.get(error, text) for error, text in errors.items()},
            version=options.version,
            description=docs.description,
            estimate=options.estimate,
            breaker=options.breaker,
            tags=options.tags,
            deprecated=options.deprecated,
            place=self._source.name_place(function),
            target=f"{self._source.module}:{function.name}",
        )

    def _input_ports(self, function: FunctionNode, docs: Docstring) -> Iterator[Port]:
        arguments = function.args
        positional = [*arguments.posonlyargs, *arguments.args]
        missing = [None] * (len(positional) - len(arguments.defaults))
        names = [*positional, *arguments.kwonlyargs]
        defaults = [*missing, *arguments.defaults, *arguments.kw_defaults]
        for argument, default in zip(names, defaults, strict=True):
            yield self._input(argument, default, docs)
        if arguments.vararg:
            self._variadic(arguments.vararg, "*")
        if arguments.kwarg:
            yield from self._keyword_ports(arguments.kwarg, docs)

    def _input(self, argument: ast.arg, default: ast.expr | None, docs: Docstring) -> Port:
        """A parameter as a port; a default that is no literal only makes it optional."""
        hint = self._inputs.hint(argument.annotation, self._source)
        value = hint.default if default is None else literal(default, self._source, self._names)
        type_ = nullable(hint.type) if value is None else hint.type
        null = admits_null(type_) and not isinstance(type_, AnyType)
        return Port(
            name=argument.arg,
            type=type_,
            required=default is None and not hint.optional and not null,
            default=value,
            description=hint.description or docs.parameters.get(argument.arg, ""),
            secret=hint.secret,
            place=_narrowed(self._source.place(argument), argument.arg),
        )

    def _keyword_ports(self, argument: ast.arg, docs: Docstring) -> Iterator[Port]:
        """``**options: Unpack[Options]`` declares ports; any other ``**`` can't."""
        record = self._record(argument.annotation) if _is_unpacked(argument) else None
        fields = self._inputs.records.fields(record) if record else None
        if fields is None:
            self._variadic(argument, "**")
            return
        for name, found in fields.items():
            yield _field_port(name, found, docs.parameters)

    def _undefined(self, function: FunctionNode) -> None:
        """Tell a return hint that is a name which the module certainly does not define."""
        hint = function.returns
        if not isinstance(hint, ast.Name) or getattr(function, "type_params", None):
            return
        if self._source.binds(hint.id) or hasattr(builtins, hint.id):
            return
        self.problems.append(
            Problem(
                kind="python-undefined",
                place=self._source.place(hint),
                message=f"`{hint.id}` is neither defined nor imported",
                help="import or define it; until then the outputs are not known",
            )
        )

    def _variadic(self, argument: ast.arg, stars: str) -> None:
        self.problems.append(
            Problem(
                kind="python-variadic",
                place=self._source.place(argument),
                message=f"`{stars}{argument.arg}` is no input, as inputs have names and types",
                help="declare a parameter for each input",
            )
        )

    def _output_ports(self, function: FunctionNode, docs: Docstring) -> Iterator[Port]:
        """The fields of a record, else one port `result`; none for `None`."""
        returns = function.returns
        record = self._record(returns)
        if record and (fields := self._outputs.records.fields(record)) is not None:
            for name, found in fields.items():
                yield _output_port(name, found, docs.returns)
            return
        hint = self._outputs.hint(returns, self._source)
        if isinstance(hint.type, ObjectType):
            for name, field in hint.type.fields.items():
                yield _output_port(name, RecordField(field), docs.returns)
        elif hint.type != NULL and not self._never(returns):
            text = hint.description or " ".join(filter(None, docs.returns.values()))
            place = self._source.place(returns or function)
            yield Port("result", hint.type, description=text, secret=hint.secret, place=place)

    def _never(self, node: ast.expr | None) -> bool:
        symbol = self._names.resolve(node, self._source) if node else None
        return isinstance(symbol, Qualified) and canonical(symbol.name) in _NEVER

    def _record(self, node: ast.expr | None) -> Definition | None:
        """The class that a hint names, also behind an alias, quotes or ``Annotated``."""
        source = self._source
        for _ in range(_MAX_STEPS):
            match node:
                case ast.Constant(value=str() as text):
                    node = parse_expression(text)
                    continue
                case ast.Subscript(value=head, slice=inside):
                    symbol = self._names.resolve(head, source)
                    if isinstance(symbol, Qualified):
                        node = _inside(FORMS.get(canonical(symbol.name), ""), inside)
                        continue
                case ast.Name() | ast.Attribute():
                    symbol = self._names.resolve(node, source)
                case _:
                    return None
            if not isinstance(symbol, Definition) or isinstance(symbol.node, ast.ClassDef):
                return symbol if isinstance(symbol, Definition) else None
            node = symbol.node if isinstance(symbol.node, ast.expr) else None
            source = symbol.source
        return None


def _inside(form: str, inside: ast.expr) -> ast.expr | None:
    """What a form's brackets hold that the form leaves as it is."""
    arguments = type_arguments(inside)
    match form:
        case "Annotated" | "Awaitable" | "ReadOnly" | "Secret" | "Unpack":
            return arguments[0]
        case "Coroutine":
            return arguments[-1]
        case _:
            return None


def _is_unpacked(argument: ast.arg) -> bool:
    """Whether a hint has brackets at all: ``**options: str`` gives each value's type, no names."""
    return isinstance(argument.annotation, ast.Subscript)


def _field_port(name: str, found: RecordField, texts: dict[str, str]) -> Port:
    """A record's field as a port; one that may be absent gives null."""
    field = found.field
    absent = not field.required and field.default is UNSET
    return Port(
        name=name,
        type=nullable(field.type) if absent else field.type,
        required=field.required,
        default=field.default,
        description=field.description or texts.get(name, ""),
        secret=found.secret,
        place=found.place,
    )


def _output_port(name: str, found: RecordField, texts: dict[str, str]) -> Port:
    """A record's field as an output; left out it reads as null, but is not null where it is not."""
    port = _field_port(name, found, texts)
    absent = admits_null(port.type) and not admits_null(found.field.type)
    return msgspec.structs.replace(port, absent=absent)


def _narrowed(place: Place, name: str) -> Place:
    """The range of a parameter's name without its hint."""
    return msgspec.structs.replace(place, end=min(place.end, place.start + len(name)))

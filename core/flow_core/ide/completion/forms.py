"""The form that the value of a key has, as a template: what must be there is there already."""

from flow_core.ide.completion.template import EXPRESSION, Open, Stop, Template
from flow_core.language.keys import resolve
from flow_core.language.shapes import (
    Boolean,
    Constant,
    Key,
    ListOf,
    MapOf,
    OneOf,
    Record,
    Shape,
    Text,
    TypeShape,
    Value,
    Words,
)

_COLLECTIONS = (ListOf, MapOf, Record)
_QUOTED = frozenset({"cron", "datetime", "comparison"})
_DATA = Stop(quoted="data")


def form(key: Key) -> Template:
    """What a key starts out with."""
    shape = resolve(key.shape)
    if isinstance(shape, Words | Boolean):
        return choice(shape, key.default)
    return _form(shape)


def choice(shape: Words | Boolean, default: object = None) -> Stop:
    """The words of a shape, those first that say something new."""
    if isinstance(shape, Words):
        return Stop(choices=tuple(sorted(shape.words, key=lambda word: word == default)))
    return Stop(choices=("false", "true") if default is True else ("true", "false"), quoted="data")


def _form(shape: Shape) -> Template:
    match resolve(shape):
        case Constant(value=value):
            return value
        case OneOf(variants=variants):
            return _form(_simplest(variants))
        case Words() | Boolean() as words:
            return choice(words)
        case Text(format=spelled):
            return Stop(quoted="text" if spelled in _QUOTED else "name")
        case Value(gives=gives) if gives != "any":
            return Stop() if gives == "text" else EXPRESSION
        case ListOf(item=item):
            return [_form(item)]
        case MapOf() as names:
            return _map(names)
        case Record() as record:
            return {key.name: form(key) for key in record.required} or Open()
        case TypeShape():
            return Stop()
        case _:
            return _DATA


def _simplest(variants: tuple[Shape, ...]) -> Shape:
    """The variant to start with: a value on the line of the key, if that will do."""
    shapes = [resolve(variant) for variant in variants]
    return next((shape for shape in shapes if not isinstance(shape, _COLLECTIONS)), shapes[0])


def _map(shape: MapOf) -> Template:
    """A mapping; where people declare names in it, its first."""
    if shape.names == "text" and not shape.filled:
        return Open()
    computed = isinstance(shape.value, OneOf)  # an output
    return {Stop("name"): EXPRESSION if computed else _form(shape.value)}

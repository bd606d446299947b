"""What names mean that follow a dot: properties of steps, outputs, inputs and typed values."""

from collections.abc import Iterator

import msgspec

from flow_core.ide.names import symbols
from flow_core.ide.names.fields import typed_item, typed_property
from flow_core.ide.names.properties import (
    UNKNOWN,
    Property,
    declared,
    input_of,
    port_of,
    together,
)
from flow_core.ide.names.reading import Reader
from flow_core.ide.names.values import (
    Given,
    Items,
    Ports,
    Results,
    Root,
    Source,
    Sources,
    StepOf,
    Taken,
    Typed,
    Written,
    joined,
)
from flow_core.ide.symbol import Occurrence, Symbol, key_of
from flow_core.model.pipeline import (
    Constant,
    Expression,
    Give,
    Group,
    ListValue,
    MapValue,
    Output,
    Switch,
    Uses,
    Value,
)
from flow_core.model.sites import Site
from flow_core.module import Module
from flow_core.places import Path, Place


class Read(msgspec.Struct, frozen=True):
    """An expression that was read: the names in it, and where its value comes from."""

    names: tuple[Occurrence, ...] = ()
    value: Sources = ()


_DEEPEST_READ = 60
"""How deep in others an expression may still be read, so that no chain of steps recurses far."""
_DEEPEST = 200
"""How deep a property may be followed: deeper than any expression is by itself."""


class Meaning:
    """Follows values through the expressions of a project's files; each is read once."""

    def __init__(self) -> None:
        self.depth = 0
        self._read: dict[tuple[Module, Path, int], Read] = {}
        self._known: dict[tuple[Module, Path, str], Property] = {}

    # Expressions

    def read(self, module: Module, site: Site, path: Path, expression: Expression) -> Read:
        """The names in an expression of a site, which stands in the scalar at a path."""
        key = (module, path, expression.start)
        if key not in self._read:
            if self.depth > _DEEPEST_READ:
                return Read()
            self._read[key] = Read()  # what depends on itself comes from nowhere
            reader = Reader(self, module, site, path, expression)
            value = reader.value(expression.tree)
            self._read[key] = Read(tuple(reader.names), value)
        return self._read[key]

    def written(self, module: Module, path: Path) -> Sources:
        """Where a value comes from that is written at a path."""
        site = next((module.sites[p] for p in _prefixes(path) if p in module.sites), None)
        if site is None:
            return ()
        value = _part(site.value, path[len(site.path) :])
        match value:
            case Expression():
                return self.read(module, site, path, value).value
            case MapValue() | Constant(data=dict()):
                return (Written(module, path),)
            case ListValue(items=items):
                each = (self.written(module, (*path, index)) for index in range(len(items)))
                return (Items(joined(*each)),)
            case _:
                return ()

    # Properties

    def property(self, sources: Sources, name: str) -> Property:
        """What a name stands for that is read of a value."""
        if self.depth > _DEEPEST:
            return UNKNOWN
        self.depth += 3
        found = together(self._property(source, name) for source in sources)
        self.depth -= 3
        return found

    def item(self, sources: Sources) -> Sources:
        """Where the items of a list come from."""
        return joined(*(_item(source) for source in sources))

    def _property(self, source: Source, name: str) -> Property:
        match source:
            case Root():
                return declared(source, name)
            case StepOf(module=module, name=step) if name == "outputs":
                return Property((), _outputs(module, step))
            case Given(module=module, path=path):
                key = (module, path, name)
                if key not in self._known:
                    self._known[key] = UNKNOWN  # what depends on itself comes from nowhere
                    self._known[key] = self._given(module, path, name)
                return self._known[key]
            case Taken(module=module, path=path):
                return input_of(module, module.called(path), name)
            case Ports(module=module, component=component):
                return input_of(module, module.library.components.get(component), name)
            case Results(module=module):
                return self._result(module, name)
            case Written(module=module, path=path):
                return Property((), self.written(module, (*path, name)))
            case Typed():
                symbol, value = typed_property(source, name)
                return Property((symbol,) if symbol else (), value)
            case _:
                return UNKNOWN

    # What calls give

    def _given(self, module: Module, path: Path, name: str) -> Property:
        """An output of the call at a path, for which a step's handlers may stand in."""
        own = self._call(module, path, name)
        handlers = [self._call(module, each, name) for each in _handlers(module, path)]
        if not own.symbols:
            return together([own, *handlers])
        linked = (s for each in handlers for s in each.symbols if not _is_literal(s))
        value = joined(own.value, *(each.value for each in handlers))
        return Property(own.symbols, value, tuple(dict.fromkeys((*own.linked, *linked))))

    def _call(self, module: Module, path: Path, name: str) -> Property:
        """An output of the one call at a path."""
        info = module.calls.get(path)
        match info.call if info else None:
            case Uses():
                return self._called(module, path, name)
            case Group(outputs=outputs) if name in outputs:
                symbol = Symbol("output", name, key_of(module.file, *path, "outputs", name))
                return Property((symbol,), self._output(module, outputs[name]))
            case Switch(branches=branches):
                inner = ((*path, "switch", index) for index in range(len(branches)))
                return together(self._call(module, each, name) for each in inner)
            case Give(value=value):
                return self._literal(module, (*path, "value"), value, name)
            case _:
                return UNKNOWN

    def _literal(self, module: Module, path: Path, value: Value, name: str) -> Property:
        """What `value` gives under a name: a key of it, or what its expression comes from."""
        if isinstance(value, Expression):
            return self.property(self.written(module, path), name)
        if _part(value, (name,)) is None:
            return UNKNOWN
        symbol = Symbol("output", name, key_of(module.file, *path, name))
        return Property((symbol,), self.written(module, (*path, name)))

    def _called(self, module: Module, path: Path, name: str) -> Property:
        """An output of a component or pipeline."""
        resolution = module.resolved(path)
        signature, inner = resolution.signature, resolution.module
        port = signature.outputs.get(name) if signature else None
        if signature is None or port is None:
            return UNKNOWN
        if inner is not None and port.place == Place(("outputs", name), file=inner.file):
            return self._result(inner, name)
        return port_of(module, "output", port, signature)

    def _result(self, module: Module, name: str) -> Property:
        """An output of the pipeline of a file."""
        output = module.pipeline.outputs.get(name)
        symbol = symbols.entry(module, "output", "outputs", name)
        return Property((symbol,), self._output(module, output) if output else ())

    def _output(self, module: Module, output: Output) -> Sources:
        """Where the value of an output of a pipeline or group comes from."""
        if output.type is None:
            return self.written(module, output.path)
        place = Place((*output.path[:-1], "type"), file=module.file)
        return (Typed(module, output.type, place),)


def _outputs(module: Module, name: str) -> Sources:
    """Where the outputs of a step come from, as others see them."""
    info = module.steps.get(name)
    if info is None:
        return ()
    step, found = info.step, (Given(module, info.step.path),)
    collects = step.repeat is not None and step.repeat.collect
    gathered: Sources = (Items(found),) if collects else found
    return gathered if step.for_each is None else (Items(gathered),)


def _handlers(module: Module, path: Path) -> list[Path]:
    """The handlers that stand in for the call at a path, if it is a step's."""
    info = module.calls.get(path)
    if info is None or info.role != "step":
        return []
    return [(*path, "catch", index) for index in range(len(module.steps[info.step].step.catch))]


def _is_literal(output: Symbol) -> bool:
    """Whether an output is a key of a `value`, which in a handler names what the step gives."""
    return output.place.path[-2:-1] == ("value",)


def _item(source: Source) -> Sources:
    match source:
        case Items(of=of):
            return of
        case Typed():
            return typed_item(source)
        case _:
            return ()


def _prefixes(path: Path) -> Iterator[Path]:
    """A path and those above it."""
    return (path[:length] for length in range(len(path), 0, -1))


def _part(value: Value, path: Path) -> Value | None:
    """The part of a value at a path inside of it."""
    for step in path:
        match value:
            case MapValue(entries=entries) if step in entries:
                value = entries[str(step)]
            case ListValue(items=items) if isinstance(step, int) and step < len(items):
                value = items[step]
            case Constant(data=dict() as data) if step in data:
                value = Constant(data[str(step)])
            case Constant(data=list() as data) if isinstance(step, int) and step < len(data):
                value = Constant(data[step])
            case _:
                return None
    return value

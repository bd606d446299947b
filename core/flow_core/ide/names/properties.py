"""What a name stands for that is read of something, and where the value under it comes from."""

from collections.abc import Iterable

import msgspec

from flow_core.components.signature import Port, Signature
from flow_core.ide.names import symbols
from flow_core.ide.names.values import Root, Sources, StepOf, Typed, joined
from flow_core.ide.symbol import Kind, Occurrence, Role, Symbol
from flow_core.module import Module
from flow_core.places import Place


class Property(msgspec.Struct, frozen=True):
    """What a name stands for, and where the value under that name comes from.

    ``linked`` are symbols that must have the same name.
    """

    symbols: tuple[Symbol, ...] = ()
    value: Sources = ()
    linked: tuple[Symbol, ...] = ()

    def at(self, place: Place, role: Role = "read") -> Occurrence:
        """The name as it stands at a place."""
        return Occurrence(self.symbols, place, role, self.linked)


UNKNOWN = Property()


def together(found: Iterable[Property]) -> Property:
    """What a name stands for that has several sources."""
    each = list(found)
    names = dict.fromkeys(symbol for one in each for symbol in one.symbols)
    linked = dict.fromkeys(symbol for one in each for symbol in one.linked)
    return Property(tuple(names), joined(*(one.value for one in each)), tuple(linked))


def declared(root: Root, name: str) -> Property:
    """What a section of a file has under a name."""
    module = root.module
    match root.section:
        case "steps":
            return Property((symbols.step(module, name),), (StepOf(module, name),))
        case "secrets":
            return Property((symbols.secret(module, name),))
        case "state":
            channel = module.pipeline.state.get(name)
            symbol = symbols.entry(module, "channel", "state", name)
            place = Place(("state", name, "type"), file=module.file)
            return Property((symbol,), (Typed(module, channel.type, place),) if channel else ())
        case section:
            port = module.pipeline.inputs.get(name)
            symbol = symbols.entry(module, "input", section, name)
            return Property((symbol,), (Typed(module, port.type, port.place),) if port else ())


def input_of(module: Module, signature: Signature | None, name: str) -> Property:
    """An input of what is called."""
    port = signature.inputs.get(name) if signature else None
    return port_of(module, "input", port, signature) if signature and port else UNKNOWN


def port_of(module: Module, kind: Kind, port: Port, signature: Signature) -> Property:
    """An input or output that has a declared type."""
    symbol = symbols.port(kind, port, signature)
    place = None if symbol.place.span else port.place
    return Property((symbol,), (Typed(module, port.type, place),))

"""Ports and signatures as trees of facts."""

from collections.abc import Hashable
from typing import TYPE_CHECKING

import msgspec

from flow_core.components.signature import Breaker, Port, Signature
from flow_core.diff import show
from flow_core.diff.canonical import canonical_data, canonical_type
from flow_core.diff.names import Names
from flow_core.diff.step_tree import estimate
from flow_core.diff.tree import Branch, Leaf, Tree, branch, listed, plain, time
from flow_core.places import Path
from flow_core.types import admits_null

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flow_core.types import Type


class PortTrees:
    """Makes the trees of ports; ``home`` is the file from which types of other files are seen."""

    def __init__(self, home: str, names: Names) -> None:
        self._home = home
        self._names = names

    def ports(self, ports: "Mapping[str, Port]", at: Path) -> Branch:
        """Ports by name."""
        found: dict[str, Tree | None] = {
            name: self.port(port, (*at, name)) for name, port in ports.items()
        }
        return branch(found, "", at)

    def port(self, port: Port, at: Path) -> Branch:
        """One port."""
        entries: dict[str, Tree | None] = {
            "type": self.type(port.type, at),
            "default": _default(port, at),
            "secret": plain(port.secret or None, at),
            "env": plain(port.env or None, at),
            "description": plain(port.description or None, at),
        }
        return Branch(_there(entries), show.show_type(port.type), at, port)

    def type(self, type_: "Type", at: Path) -> Leaf:
        """A type."""
        return Leaf(self.canon(type_), show.show_type(type_), at, type_)

    def canon(self, type_: "Type") -> Hashable:
        """What is compared of a type."""
        return canonical_type(type_, self._home, self._names)

    def signature(self, found: Signature, at: Path) -> Branch:
        """A component as its callers see it."""
        entries: dict[str, Tree | None] = {
            "inputs": self.ports(found.inputs, (*at, "inputs")),
            "outputs": self.ports(found.outputs, (*at, "outputs")),
            "errors": _errors(found.errors, (*at, "errors")),
            "estimate": estimate(found.estimate, (*at, "estimate")),
            "circuit_breaker": breaker(found.breaker, (*at, "circuit_breaker")),
            "secrets": names_of(found.secrets, (*at, "secrets")),
            "deprecated": plain(found.deprecated or None, (*at, "deprecated")),
            "version": plain(found.version or None, (*at, "version")),
            "description": plain(found.description or None, (*at, "description")),
            "tags": listed(found.tags or None, (*at, "tags")),
        }
        return Branch(_there(entries), _ports_shown(found), at, found)


def _there(entries: "dict[str, Tree | None]") -> dict[str, Tree]:
    return {name: entry for name, entry in entries.items() if entry is not None}


def _default(port: Port, at: Path) -> Leaf | None:
    """The default, where it says more than the type does: null is that of what admits null."""
    if port.default is msgspec.UNSET or (port.default is None and admits_null(port.type)):
        return None
    return Leaf(canonical_data(port.default), show.show_data(port.default), (*at, "default"))


def _errors(errors: "Mapping[str, str]", at: Path) -> Branch:
    found: dict[str, Tree | None] = {
        name: Leaf(meaning, meaning or name, (*at, name)) for name, meaning in errors.items()
    }
    return branch(found, "", at)


def names_of(names: tuple[str, ...] | None, at: Path) -> Branch | None:
    """Names, each a fact of its own."""
    if names is None:
        return None
    found: dict[str, Tree | None] = {
        name: Leaf(name, name, (*at, index)) for index, name in enumerate(names)
    }
    return branch(found, "", at)


def breaker(found: Breaker | None, at: Path) -> Tree | None:
    """A circuit breaker."""
    if found is None:
        return None
    entries: dict[str, Tree | None] = {
        "failure_threshold": plain(found.failure_threshold, (*at, "failure_threshold")),
        "reset_timeout": time(found.reset_timeout, (*at, "reset_timeout")),
        "half_open_max": plain(found.half_open_max, (*at, "half_open_max")),
        "errors": listed(found.errors, (*at, "errors")),
    }
    return branch(entries, f"opens after {found.failure_threshold} failures", at)


def _ports_shown(found: Signature) -> str:
    inputs = ", ".join(
        f"{name}: {show.show_type(port.type)}" for name, port in found.inputs.items()
    )
    outputs = ", ".join(f"{name}: {show.show_type(p.type)}" for name, p in found.outputs.items())
    return show.cut(f"({inputs}) → ({outputs})")

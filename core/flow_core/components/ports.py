"""Types and typed ports, from nodes."""

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from flow_core.components.signature import Port
from flow_core.diagnostics import Json
from flow_core.fields import fields, flag, named, text
from flow_core.places import Path, Place
from flow_core.problems import Problem
from flow_core.syntax.nodes import Value, data
from flow_core.types import Type, admits_null, parse_type
from flow_core.types.kinds import AnyType

Lookup: TypeAlias = Callable[[str], Type | None]
"""Finds the types that a file names."""

_PORT_ONLY = frozenset({"secret", "env"})


class PortReader:
    """Reads types and ports of one file; ``problems`` gathers what is wrong with their types."""

    def __init__(self, file: str, lookup: Lookup) -> None:
        self.file = file
        self.lookup = lookup
        self.problems: list[Problem] = []

    def type(self, node: Value, path: Path) -> Type:
        """The type a node spells; `AnyType` where it spells none."""
        return self._parse(data(node), path)

    def types(self, node: Value | None, path: Path) -> dict[str, Type]:
        """A mapping of types."""
        return {name: self.type(value, (*path, name)) for name, value in named(node).items()}

    def ports(self, node: Value | None, path: Path) -> dict[str, Port]:
        """A mapping of ports."""
        return {name: self.port(name, v, (*path, name)) for name, v in named(node).items()}

    def port(self, name: str, node: Value, path: Path) -> Port:
        """One port: a type, with the keys that only ports have beside the schema's."""
        keys = fields(node)
        raw = data(node)
        if isinstance(raw, dict):
            raw = {key: value for key, value in raw.items() if key not in _PORT_ONLY}
        type_ = self._parse(raw, path)
        default = data(keys["default"]) if "default" in keys else msgspec.UNSET
        null = admits_null(type_) and not isinstance(type_, AnyType)
        return Port(
            name=name,
            type=type_,
            required=default is msgspec.UNSET and not null,
            default=default,
            description=text(keys.get("description")),
            secret=flag(keys.get("secret")) or False,
            env=text(keys.get("env")),
            place=Place(path, file=self.file),
        )

    def _parse(self, raw: Json, path: Path) -> Type:
        found, problems = parse_type(raw, self.lookup)
        for problem in problems:
            place = Place(
                (*path, *problem.path), problem.part, problem.start, problem.end, self.file
            )
            self.problems.append(
                Problem(problem.kind, place, problem.message, problem.help, problem.suggestion)
            )
        return found

"""The expressions in the HTTP requests of a file's own components, which see only their inputs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from flow_core.analysis.check_value import check_value
from flow_core.analysis.scopes import record
from flow_core.analysis.typing import CheckedSite
from flow_core.components.signature import Signature
from flow_core.expr.scope import Scope
from flow_core.fields import fields
from flow_core.model.read_values import read_value
from flow_core.model.sites import Context, Site
from flow_core.places import Path
from flow_core.problems import Problem
from flow_core.syntax.nodes import Value
from flow_core.types.kinds import STRING

if TYPE_CHECKING:
    from flow_core.module import Module


class Requests(msgspec.Struct, frozen=True):
    """The sites of all requests, checked, and what was wrong with the syntax of expressions.

    ``scopes`` is what the expressions of each site see.
    """

    sites: tuple[CheckedSite, ...]
    scopes: dict[Path, Scope]
    problems: tuple[Problem, ...]


def read_requests(module: "Module") -> Requests:
    """The requests of the components that a file declares."""
    problems: list[Problem] = []
    sites: list[CheckedSite] = []
    scopes: dict[Path, Scope] = {}
    for name, component in module.library.components.items():
        if component.kind == "http":
            scope = _scope(component)
            found = list(_request(module, name, scope, problems))
            sites += found
            scopes |= {checked.site.path: scope for checked in found}
    return Requests(tuple(sites), scopes, tuple(problems))


def _scope(component: Signature) -> Scope:
    ports = component.inputs.values()
    secret = frozenset(("inputs", port.name) for port in ports if port.secret)
    return Scope({"inputs": record({port.name: port.type for port in ports})}, secret=secret)


def _request(
    module: "Module", name: str, scope: Scope, problems: list[Problem]
) -> Iterator[CheckedSite]:
    path: Path = ("components", name, "run", "http")
    for where, node in _parts(fields(module.document.get(path)), path):
        value = read_value(node, where, problems)
        if value is not None:
            expected = None if where[4] == "body" else STRING
            result = check_value(value, where, scope, expected, module.scalar_text)
            yield CheckedSite(Site(where, value, "request", Context()), result)


def _parts(request: dict[str, Value], path: Path) -> Iterator[tuple[Path, Value]]:
    """What of a request may hold expressions."""
    for key in ("url", "body"):
        if key in request:
            yield (*path, key), request[key]
    for name, value in fields(request.get("headers")).items():
        yield (*path, "headers", name), value

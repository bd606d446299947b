"""Where secrets go: the references through which a value holds one."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from flow_core.analysis.check_value import value_references
from flow_core.diagnostics import Mend, Patch
from flow_core.expr.references import NamePath
from flow_core.model.sites import Role, Site
from flow_core.places import Place

if TYPE_CHECKING:
    from flow_core.module import Module


class SecretUse(msgspec.Struct, frozen=True):
    """A reference to a secret in the value of a site."""

    site: Site
    name: str
    place: Place


def secret_uses(module: "Module", *roles: Role) -> Iterator[SecretUse]:
    """The references to secrets in the sites of these roles, each secret once for a site.

    A secret that is not declared is none yet: that is a finding of its own.
    """
    for checked in module.checked:
        site = checked.site
        if checked.result.secret and site.role in roles:
            yield from _uses(module, site)


def _uses(module: "Module", site: Site) -> Iterator[SecretUse]:
    scope = module.typing.scope(site)
    seen: set[NamePath] = set()
    for use, place in value_references(site.value, site.path):
        if use.path not in seen and scope.is_secret(use.path) and _is_declared(module, use.path):
            seen.add(use.path)
            yield SecretUse(site, ".".join(use.path), place)


def _is_declared(module: "Module", path: NamePath) -> bool:
    return path[0] != "secrets" or len(path) == 1 or path[1] in module.pipeline.secrets


def declaration(module: "Module", name: str) -> Mend:
    """The fix that declares a secret."""
    path = ("secrets", len(module.pipeline.secrets))
    return Mend(f"Declare the secret `{name}`", (Patch("insert", path, name),), "unsafe")

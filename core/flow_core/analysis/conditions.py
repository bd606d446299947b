"""Conditions whose outcome is certain before anything runs."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from flow_core.expr.ast import walk
from flow_core.expr.checker import check
from flow_core.expr.references import path_of
from flow_core.model.pipeline import Constant, Expression, Value
from flow_core.model.sites import Site
from flow_core.places import Path
from flow_core.types.kinds import BooleanType, NullType, NumberType, StringType, Type

if TYPE_CHECKING:
    from flow_core.module import Module

ROLES = ("when", "until", "branch.when", "retry.when", "catch.when")
"""The sites that are conditions."""

MOST_VALUES = 6
"""How many values of a type a message lists."""


class Verdict(msgspec.Struct, frozen=True):
    """The certain outcome of a condition.

    ``alone`` tells that it does not depend on the earlier branches of a switch having been passed
    over.
    """

    site: Site
    outcome: bool
    alone: bool = True


class Conditions:
    """What is certain of a file's conditions; those with problems of their own are left out."""

    def __init__(self, module: "Module") -> None:
        self._module = module

    @cached_property
    def verdicts(self) -> Mapping[Path, Verdict]:
        """The conditions whose outcome is certain, by path."""
        sites = (site for site in self._module.sites.values() if site.role in ROLES)
        found = ((site.path, self._judge(site)) for site in sites)
        return {path: verdict for path, verdict in found if verdict is not None}

    def outcome(self, path: Path) -> bool | None:
        """The certain outcome of the condition at a path, None where there is none."""
        verdict = self.verdicts.get(path)
        return None if verdict is None else verdict.outcome

    def _judge(self, site: Site) -> Verdict | None:
        if self._module.typing.checked(site.path).result.problems:
            return None
        alone = self._truth(_without_branches(site))
        if alone is not None:
            return Verdict(site, alone)
        passed = self._truth(site) if _is_later_branch(site) else None
        return None if passed is None else Verdict(site, passed, alone=False)

    def _truth(self, site: Site) -> bool | None:
        match site.value:
            case Constant(data=bool() as outcome):
                return outcome
            case Expression(tree=tree):
                from flow_core.expr.constants import truth

                return truth(tree, self._module.typing.scope(site))
            case _:
                return None

    def why(self, verdict: Verdict) -> str:
        """What is known of the paths in a condition: "`inputs.region` is `eu` or `us`"."""
        value = verdict.site.value
        if not isinstance(value, Expression):
            return ""
        scope = self._module.typing.scope(verdict.site)
        known: dict[str, str] = {}
        for node in walk(value.tree):
            path = ".".join(path_of(node))
            if path and path not in known:
                known[path] = _values(check(node, scope).type)
        return " and ".join(f"`{path}` is {values}" for path, values in known.items() if values)


def _values(type_: Type) -> str:
    """The values of a type in words, if they are known and few."""
    match type_:
        case NullType():
            return "null"
        case BooleanType(const=bool() as const):
            return "true" if const else "false"
        case StringType(enum=tuple() as texts) if len(texts) <= MOST_VALUES:
            return " or ".join(f"`{text}`" for text in texts)
        case NumberType(minimum=low, maximum=high) if low is not None or high is not None:
            bounds = {"at least": low, "at most": high}
            return " and ".join(f"{word} {n:g}" for word, n in bounds.items() if n is not None)
        case _:
            return ""


def _is_later_branch(site: Site) -> bool:
    """Whether branches of a switch have been passed over."""
    return not all(outcome for _, outcome in site.context.given)


def _without_branches(site: Site) -> Site:
    """The site as if no branch of a switch had been passed over."""
    if not _is_later_branch(site):
        return site
    given = tuple((condition, outcome) for condition, outcome in site.context.given if outcome)
    return replace(site, context=replace(site.context, given=given))


def same_condition(one: Value | None, other: Value | None) -> bool:
    """Whether two conditions are written alike, but for spaces and comments."""
    if isinstance(one, Expression) and isinstance(other, Expression):
        return _tokens(one.source) == _tokens(other.source)
    return isinstance(one, Constant) and one == other


def _tokens(source: str) -> list[tuple[str, object]]:
    from flow_core.expr.lexer import tokenize

    return [(token.kind, token.value) for token in tokenize(source)[0]]

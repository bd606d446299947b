"""What an expression can see where it stands: names with their types, and what is known of them."""

from collections.abc import Mapping

import msgspec

from flow_core.expr.narrowing import NOTHING, Facts
from flow_core.expr.references import NamePath
from flow_core.types import member, without_null
from flow_core.types.kinds import BooleanType, StringType, Type

_OUTPUTS = 3
"""The length of the path ``steps.x.outputs``."""


class Scope(msgspec.Struct, frozen=True):
    """The variables of an expression.

    * ``names``: the variables and their types; ``steps`` is an object of the steps' attributes;
    * ``elsewhere``: where variables are visible that need not be here: ``{"item": "in a step with
      `for_each`"}``;
    * ``succeeded``: for each step that need not have succeeded the type of its outputs if it has;
    * ``secret``: paths whose values are secret, with all that is below them;
    * ``facts``: what is known, from a step's `when` or from the expression itself;
    * ``locals``: the variables of macros, which hide the names.
    """

    names: Mapping[str, Type]
    elsewhere: Mapping[str, str] = {}
    succeeded: Mapping[str, Type] = {}
    secret: frozenset[NamePath] = frozenset()
    facts: Facts = NOTHING
    locals: Mapping[str, Type] = {}

    def narrowed(self, facts: Facts) -> "Scope":
        """This scope where more is known."""
        if not facts:
            return self
        return msgspec.structs.replace(self, facts=self.facts.both(facts))

    def binding(self, variables: Mapping[str, Type]) -> "Scope":
        """This scope inside a macro with these variables."""
        facts = self.facts.without(frozenset(variables))
        return msgspec.structs.replace(self, facts=facts, locals={**self.locals, **variables})

    def lookup(self, name: str, *, absolute: bool = False) -> Type | None:
        """The type of a variable, or None where there is none of that name."""
        if not absolute and name in self.locals:
            return self.locals[name]
        return self.names.get(name)

    def visible(self) -> tuple[str, ...]:
        """All names that could stand here."""
        return (*self.locals, *self.names)

    @property
    def refines(self) -> bool:
        """Whether anything is known of paths that their declarations do not say."""
        return self.facts is not NOTHING or bool(self.succeeded)

    def refine(self, path: NamePath, type_: Type) -> Type:
        """The type of a path, given what its declaration says and what is known here."""
        if self._is_outputs(path) and self.has_succeeded(path[1]):
            type_ = self.succeeded[path[1]]
        known = self.facts
        if path in known.not_null:
            type_ = without_null(type_)
        if path in known.one_of or path in known.none_of:
            type_ = self._among(path, type_)
        return type_

    def has_succeeded(self, step: str) -> bool:
        """Whether it is known here that a step succeeded.

        Its status tells, and so does an output that is not null: the outputs of a step that did
        not succeed are all null.
        """
        outputs = ("steps", step, "outputs")
        if any(path[:_OUTPUTS] == outputs and len(path) > _OUTPUTS for path in self.facts.not_null):
            return True
        return self.statuses(step) == frozenset[object]({"succeeded"})

    def statuses(self, step: str) -> frozenset[object] | None:
        """The statuses that a step can have here, or None where any is possible."""
        path = ("steps", step, "status")
        declared = _enum(_member(_member(self.names.get("steps"), step), "status"))
        known = self.facts.one_of.get(path)
        possible = declared if known is None else known if declared is None else declared & known
        return None if possible is None else possible - self.facts.none_of.get(path, frozenset())

    def is_secret(self, path: NamePath) -> bool:
        """Whether a path leads to a secret, or to something that holds one."""
        return any(path[: len(secret)] == secret[: len(path)] for secret in self.secret)

    def _is_outputs(self, path: NamePath) -> bool:
        return (
            len(path) == _OUTPUTS
            and path[0] == "steps"
            and path[2] == "outputs"
            and path[1] in self.succeeded
            and "steps" not in self.locals
        )

    def _among(self, path: NamePath, type_: Type) -> Type:
        """The type narrowed to the constants that are still possible."""
        if isinstance(type_, BooleanType):
            flags = [value for value in (True, False) if self._possible(path, value)]
            return BooleanType(flags[0]) if len(flags) == 1 else type_
        if isinstance(type_, StringType):
            known = self.facts.one_of.get(path, frozenset())
            declared = type_.enum or sorted(text for text in known if isinstance(text, str))
            texts = tuple(text for text in declared if self._possible(path, text))
            return StringType(enum=texts) if texts else type_
        return type_

    def _possible(self, path: NamePath, value: object) -> bool:
        """Whether a path can still have a value."""
        known = self.facts.one_of.get(path)
        excluded = self.facts.none_of.get(path, frozenset())
        return value not in excluded and (known is None or value in known)


def _member(type_: Type | None, name: str) -> Type | None:
    return None if type_ is None else member(type_, name)


def _enum(type_: Type | None) -> frozenset[object] | None:
    """The values of an enum of strings."""
    return frozenset(type_.enum) if isinstance(type_, StringType) and type_.enum else None

"""The rules, one module each. To add one, write its module and name it in `FAMILIES`."""

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

import msgspec

from flow_core.diagnostics import Finding
from flow_core.module import Module
from flow_core.rules.rule import Rule


class RuleModule(Protocol):
    """What a rule's module offers; its docstring is the manual page."""

    __doc__: str | None
    RULE: Rule

    def check(self, module: Module) -> Iterator[Finding]:
        """All that the rule finds in a module."""
        ...


if TYPE_CHECKING:
    ALL: tuple[RuleModule, ...]


class Family(msgspec.Struct, frozen=True):
    """Rules, by the names of their modules, that can find something in the same modules.

    Where ``concerns`` is false none of them can, and they are not even imported: a valid file
    should not wait for the manual of all that could be wrong with it.
    """

    concerns: Callable[[Module], object]
    names: tuple[str, ...]


FAMILIES = (
    Family(
        lambda module: module.document.problems,
        (
            "syntax_error",
            "duplicate_key",
            "bad_key",
            "bad_indentation",
            "unquoted_expression",
            "colon_in_value",
            "leading_indicator",
            "comment_cuts_expression",
            "invented_key",
            "bad_alias",
            "too_large",
            "several_documents",
            "unsupported_yaml",
            "bad_encoding",
            "empty_file",
            "json_syntax",
        ),
    ),
    Family(
        lambda module: module.shape,
        (
            "unknown_key",
            "foreign_key",
            "wrong_type",
            "missing_key",
            "missing_call",
            "several_calls",
            "bad_name",
            "bad_value",
            "bad_duration",
            "out_of_range",
            "reserved_key",
            "yaml_boolean",
            "number_for_string",
            "empty_value",
            "expression_not_allowed",
            "unsupported_version",
            "misplaced_key",
            "foreign_file",
            "bad_literal",
        ),
    ),
    Family(
        lambda module: module.shape or module.document.problems,
        ("bare_expression",),
    ),
    Family(
        lambda module: module.problems or module.misfits,
        (
            "unknown_type",
            "bad_type",
            "expression_syntax",
            "unknown_name",
            "unknown_property",
            "unknown_function",
            "operand_type",
            "nullable_use",
            "argument_type",
            "nullable_argument",
            "invalid_literal",
            "condition_type",
            "for_each_type",
            "state_write_type",
            "output_type",
            "text_of_value",
            "impossible_constant",
            "wider_type",
            "unknown_secret",
            "unknown_component",
            "unknown_alias",
            "unknown_import",
            "unknown_output",
            "import_outside_root",
            "broken_component",
            "not_a_pipeline",
        ),
    ),
    Family(
        lambda module: module.is_scenario,
        (
            "unknown_pipeline",
            "unknown_mock",
            "scenario_inputs",
            "mock_type",
            "unknown_mock_error",
            "unknown_expectation",
            "unmocked_effect",
            "unused_mock",
            "impossible_expectation",
            "needs_samples",
        ),
    ),
    Family(
        lambda _: True,
        (
            "unused_suppression",
            "bad_cron",
            "bad_time_zone",
            "duplicate_step",
            "unmarked_expression",
            "unknown_step",
            "hidden_step",
            "dependency_cycle",
            "recursive_pipeline",
            "never_runs",
            "constant_condition",
            "unreachable_branch",
            "unused_step",
            "unused_input",
            "output_never_set",
            "unused_secret",
            "state_race",
            "state_not_written",
            "unused_state",
            "redundant_dependency",
            "unknown_channel",
            "unused_type",
            "null_outputs",
            "invalid_default",
            "branch_types",
            "handler_type",
            "bad_returns",
            "reducer_type",
            "half_declared_output",
            "retry_never_fires",
            "retry_unknown_error",
            "retry_beyond_max_duration",
            "delay_above_max",
            "timeout_beyond_budget",
            "breaker_never_opens",
            "catch_never_matches",
            "catch_shadowed",
            "empty_errors",
            "repeat_without_end",
            "misplaced_limit",
            "worst_case_duration",
            "worst_case_cost",
            "attempts_budget",
            "concurrency_conflict",
            "schedule_inputs",
            "timeout_too_short",
            "retry_hopeless",
            "defaults_have_no_effect",
            "estimate_reversed",
            "secret_in_output",
            "secret_to_plain_port",
            "secret_in_state",
            "secret_in_condition",
            "secret_in_clear",
            "shell_injection",
            "plain_http",
            "secret_not_declared_by_caller",
            "missing_description",
            "missing_step_description",
            "missing_port_description",
            "step_name_style",
            "type_name_style",
            "redundant_default",
            "port_name_style",
            "unused_import",
            "unknown_input",
            "missing_input",
            "deprecated_component",
            "incompatible_version",
            "bad_version_range",
            "broken_import",
            "broken_python",
            "wrong_errors",
        ),
    ),
)
"""Every rule, where it can find something; each family by code."""


@cache
def _load(names: tuple[str, ...]) -> tuple[RuleModule, ...]:
    return tuple(cast("RuleModule", import_module(f"{__name__}.{name}")) for name in names)


@cache
def _all() -> tuple[RuleModule, ...]:
    modules = (module for family in FAMILIES for module in _load(family.names))
    return tuple(sorted(modules, key=lambda module: module.RULE.code))


def __getattr__(name: str) -> object:
    """``ALL``, every built-in rule by code, which nobody should wait for who needs a few."""
    if name != "ALL":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _all()


@cache
def codes() -> frozenset[str]:
    """The codes of all built-in rules."""
    return frozenset(rule.RULE.code for rule in _all())


def all_rules(plugins: tuple[str, ...]) -> tuple[RuleModule, ...]:
    """The built-in rules, and those of the plug-ins that a project's settings name."""
    return (*_all(), *plugin_rules(plugins))


_SURFACE = 3
"""How many of the families look at nothing but the syntax and the shape."""


def rules_for(module: Module, *, surface: bool = False) -> Iterator[RuleModule]:
    """Those of a project's rules that may find something in a module, or on its surface."""
    for family in FAMILIES[:_SURFACE] if surface else FAMILIES:
        if family.concerns(module):
            yield from _load(family.names)
    if surface:
        return
    yield from plugin_rules(module.project.settings.rules)


@lru_cache
def plugin_rules(names: tuple[str, ...]) -> tuple[RuleModule, ...]:
    """The rules behind entry points of the group ``flow.rules``; each is a module or an iterable.

    Raises:
        LookupError: where no installed package offers a plug-in of that name.
    """
    if not names:
        return ()
    from importlib.metadata import entry_points

    found = {point.name: point for point in entry_points(group="flow.rules")}
    rules: list[RuleModule] = []
    for name in names:
        if name not in found:
            raise LookupError(f"no installed package offers the rules `{name}`")
        loaded = found[name].load()
        rules += [loaded] if hasattr(loaded, "RULE") else loaded
    return tuple(rules)

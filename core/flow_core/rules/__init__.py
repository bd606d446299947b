"""The rules, one module each. To add one, write its module and name it in `ALL`."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol, cast

from flow_core.diagnostics import Finding
from flow_core.module import Module
from flow_core.rules import (
    argument_type,
    bad_alias,
    bad_cron,
    bad_duration,
    bad_encoding,
    bad_indentation,
    bad_key,
    bad_literal,
    bad_name,
    bad_returns,
    bad_time_zone,
    bad_type,
    bad_value,
    bare_expression,
    branch_types,
    colon_in_value,
    comment_cuts_expression,
    condition_type,
    duplicate_key,
    duplicate_step,
    empty_file,
    empty_value,
    expression_not_allowed,
    expression_syntax,
    for_each_type,
    foreign_file,
    foreign_key,
    handler_type,
    impossible_constant,
    invalid_default,
    invalid_literal,
    invented_key,
    json_syntax,
    leading_indicator,
    misplaced_key,
    missing_call,
    missing_key,
    nullable_argument,
    nullable_use,
    number_for_string,
    operand_type,
    out_of_range,
    output_type,
    reducer_type,
    reserved_key,
    several_calls,
    several_documents,
    state_write_type,
    syntax_error,
    text_of_value,
    too_large,
    unknown_function,
    unknown_key,
    unknown_name,
    unknown_property,
    unknown_type,
    unquoted_expression,
    unsupported_version,
    unsupported_yaml,
    unused_suppression,
    wider_type,
    wrong_type,
    yaml_boolean,
)
from flow_core.rules.rule import Rule


class RuleModule(Protocol):
    """What a rule's module offers; its docstring is the manual page."""

    __doc__: str | None
    RULE: Rule

    def check(self, module: Module) -> Iterator[Finding]:
        """All that the rule finds in a module."""
        ...


ALL: tuple[RuleModule, ...] = cast(
    "tuple[RuleModule, ...]",
    (
        syntax_error,
        duplicate_key,
        bad_key,
        bad_indentation,
        unquoted_expression,
        colon_in_value,
        leading_indicator,
        comment_cuts_expression,
        unused_suppression,
        invented_key,
        bad_alias,
        too_large,
        several_documents,
        unsupported_yaml,
        bad_encoding,
        empty_file,
        json_syntax,
        unknown_key,
        foreign_key,
        wrong_type,
        missing_key,
        missing_call,
        several_calls,
        bad_name,
        bad_value,
        bad_duration,
        out_of_range,
        reserved_key,
        yaml_boolean,
        number_for_string,
        empty_value,
        expression_not_allowed,
        unsupported_version,
        misplaced_key,
        foreign_file,
        bare_expression,
        bad_literal,
        bad_cron,
        bad_time_zone,
        duplicate_step,
        unknown_type,
        bad_type,
        expression_syntax,
        unknown_name,
        unknown_property,
        unknown_function,
        operand_type,
        nullable_use,
        argument_type,
        nullable_argument,
        invalid_literal,
        condition_type,
        for_each_type,
        state_write_type,
        output_type,
        text_of_value,
        impossible_constant,
        invalid_default,
        branch_types,
        handler_type,
        bad_returns,
        wider_type,
        reducer_type,
    ),
)


@lru_cache(maxsize=1)
def codes() -> frozenset[str]:
    """The codes of all built-in rules."""
    return frozenset(rule.RULE.code for rule in ALL)


def all_rules(plugins: tuple[str, ...]) -> tuple[RuleModule, ...]:
    """The built-in rules, and those of the plug-ins that a project's settings name."""
    return (*ALL, *plugin_rules(plugins)) if plugins else ALL


@lru_cache
def plugin_rules(names: tuple[str, ...]) -> tuple[RuleModule, ...]:
    """The rules behind entry points of the group ``flow.rules``; each is a module or an iterable.

    Raises:
        LookupError: where no installed package offers a plug-in of that name.
    """
    from importlib.metadata import entry_points

    found = {point.name: point for point in entry_points(group="flow.rules")}
    rules: list[RuleModule] = []
    for name in names:
        if name not in found:
            raise LookupError(f"no installed package offers the rules `{name}`")
        loaded = found[name].load()
        rules += [loaded] if hasattr(loaded, "RULE") else loaded
    return tuple(rules)

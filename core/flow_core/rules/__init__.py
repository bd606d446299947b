"""The rules, one module each. To add one, write its module and name it in `ALL`."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol, cast

from flow_core.diagnostics import Finding
from flow_core.module import Module
from flow_core.rules import (
    argument_type,
    attempts_budget,
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
    bad_version_range,
    bare_expression,
    branch_types,
    breaker_never_opens,
    broken_component,
    broken_import,
    catch_never_matches,
    catch_shadowed,
    colon_in_value,
    comment_cuts_expression,
    concurrency_conflict,
    condition_type,
    defaults_have_no_effect,
    delay_above_max,
    deprecated_component,
    duplicate_key,
    duplicate_step,
    empty_errors,
    empty_file,
    empty_value,
    expression_not_allowed,
    expression_syntax,
    for_each_type,
    foreign_file,
    foreign_key,
    handler_type,
    import_outside_root,
    impossible_constant,
    incompatible_version,
    invalid_default,
    invalid_literal,
    invented_key,
    json_syntax,
    leading_indicator,
    misplaced_key,
    misplaced_limit,
    missing_call,
    missing_description,
    missing_input,
    missing_key,
    missing_port_description,
    missing_step_description,
    not_a_pipeline,
    nullable_argument,
    nullable_use,
    number_for_string,
    operand_type,
    out_of_range,
    output_type,
    plain_http,
    port_name_style,
    reducer_type,
    redundant_default,
    repeat_without_end,
    reserved_key,
    retry_beyond_max_duration,
    retry_hopeless,
    retry_never_fires,
    retry_unknown_error,
    schedule_inputs,
    secret_in_clear,
    secret_in_condition,
    secret_in_output,
    secret_in_state,
    secret_not_declared_by_caller,
    secret_to_plain_port,
    several_calls,
    several_documents,
    shell_injection,
    state_write_type,
    step_name_style,
    syntax_error,
    text_of_value,
    timeout_beyond_budget,
    timeout_too_short,
    too_large,
    type_name_style,
    unknown_alias,
    unknown_component,
    unknown_function,
    unknown_import,
    unknown_input,
    unknown_key,
    unknown_name,
    unknown_output,
    unknown_property,
    unknown_secret,
    unknown_type,
    unquoted_expression,
    unsupported_version,
    unsupported_yaml,
    unused_import,
    unused_suppression,
    wider_type,
    worst_case_cost,
    worst_case_duration,
    wrong_errors,
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
        retry_never_fires,
        retry_unknown_error,
        retry_beyond_max_duration,
        delay_above_max,
        timeout_beyond_budget,
        breaker_never_opens,
        catch_never_matches,
        catch_shadowed,
        empty_errors,
        repeat_without_end,
        misplaced_limit,
        worst_case_duration,
        worst_case_cost,
        attempts_budget,
        concurrency_conflict,
        schedule_inputs,
        timeout_too_short,
        retry_hopeless,
        defaults_have_no_effect,
        secret_in_output,
        secret_to_plain_port,
        secret_in_state,
        secret_in_condition,
        secret_in_clear,
        shell_injection,
        plain_http,
        unknown_secret,
        secret_not_declared_by_caller,
        missing_description,
        missing_step_description,
        missing_port_description,
        step_name_style,
        type_name_style,
        redundant_default,
        port_name_style,
        unknown_component,
        unknown_alias,
        unknown_import,
        unused_import,
        unknown_input,
        missing_input,
        unknown_output,
        deprecated_component,
        incompatible_version,
        bad_version_range,
        import_outside_root,
        broken_import,
        broken_component,
        not_a_pipeline,
        wrong_errors,
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

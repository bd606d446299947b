"""The words of ``--select`` and ``--ignore``: codes, beginnings of codes, names, or ``all``."""

import os

from flow_cli.errors import UserError, did_you_mean
from flow_cli.projects import settings_at


def rule_words(values: list[str] | None, option: str) -> tuple[str, ...]:
    """The words given, each value of an option holding one or several with commas between.

    Raises:
        UserError: A word names no rule.
    """
    words = [word.strip() for value in values or [] for word in value.split(",")]
    for word in words:
        _require_rule(word, option)
    return tuple(words)


def _require_rule(word: str, option: str) -> None:
    from flow_cli.engine import rules_of

    rules = [module.RULE for module in rules_of(settings_at(os.getcwd()))]
    codes, names = [rule.code for rule in rules], [rule.name for rule in rules]
    begins_a_code = word[:2].isupper() and any(code.startswith(word) for code in codes)
    if word != "all" and word not in names and not begins_a_code:
        hint = did_you_mean(word, [*codes, *names]) or "see `flow rules`"
        raise UserError(f"`{option} {word}` names no rule", hint)

"""The words that choose rules, on the command line and in settings.

Each is a code, the beginning of one, a name, or ``all``.
"""

import os

from flow_cli.errors import UserError, did_you_mean
from flow_cli.projects import settings_at
from flow_core.settings import Settings, place_of


def rule_words(values: list[str] | None, option: str) -> tuple[str, ...]:
    """The words given, each value of an option holding one or several with commas between.

    Raises:
        UserError: A word names no rule.
    """
    words = [word.strip() for value in values or [] for word in value.split(",")]
    for word in words:
        _require_rule(word, f"`{option} {word}`", settings_at(os.getcwd()))
    return tuple(words)


def require_rules(settings: Settings) -> None:
    """Make sure that the words in a project's settings name rules.

    Raises:
        UserError: A word names no rule.
    """
    chosen = {"select": settings.select, "ignore": settings.ignore, "severity": settings.severity}
    for key, words in chosen.items():
        for word in words:
            try:
                _require_rule(word, f"`{word}` in `{key}`", settings)
            except UserError as error:
                where = place_of(settings.file, *([word] if key == "severity" else []), key)
                raise UserError(f"{where}: {error.message}", error.help) from error


def _require_rule(word: str, said: str, settings: Settings) -> None:
    from flow_cli.engine import rules_of

    rules = [module.RULE for module in rules_of(settings)]
    codes, names = [rule.code for rule in rules], [rule.name for rule in rules]
    begins_a_code = word[:2].isupper() and any(code.startswith(word) for code in codes)
    if word != "all" and word not in names and not begins_a_code:
        hint = did_you_mean(word, [*codes, *names]) or "see `flow rules`"
        raise UserError(f"{said} names no rule", hint)

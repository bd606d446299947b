"""The table that says what a change of each key means. The first row that matches counts.

``*`` stands for one name or index, ``**`` for any number of them. A row without a kind is for all.
"""

import msgspec

from flow_core.diff.change import Impact, Kind
from flow_core.places import Path


class Rule(msgspec.Struct, frozen=True):
    """What a change of that kind at that path means."""

    path: str
    kind: Kind | None
    impact: Impact
    why: str


def rule_for(path: Path, kind: Kind) -> Rule:
    """The row for a change."""
    words = tuple("*" if isinstance(part, int) else part for part in path)
    for rule in RULES:
        if rule.kind in (None, kind) and _matches(tuple(rule.path.split(".")), words):
            return rule
    return _REST


def _matches(pattern: tuple[str, ...], words: tuple[str, ...]) -> bool:
    if not pattern or not words:
        return pattern == ("**",) or not (pattern or words)
    if pattern[0] == "**":
        return any(_matches(pattern[1:], words[i:]) for i in range(len(words) + 1))
    fits = pattern[0] in ("*", words[0]) or (pattern[0] == "x-*" and words[0].startswith("x-"))
    return fits and _matches(pattern[1:], words[1:])


_PEOPLE = "only people read it"
_SIMULATED = "only simulations assume it"

_REST = Rule("**", None, "behaviour", "runs may go otherwise")
RULES: tuple[Rule, ...] = (
    Rule("name", None, "behaviour", "runs, and what is recorded of them, go by the name"),
    Rule("description", None, "cosmetic", _PEOPLE),
    Rule("tags", None, "cosmetic", _PEOPLE),
    Rule("metadata.**", None, "cosmetic", "Flow makes nothing of it"),
    Rule("x-*", None, "cosmetic", "Flow makes nothing of it"),
    Rule("max_parallel", None, "behaviour", "another number of attempts runs at once"),
    Rule("budget.*", "added", "behaviour", "a run that needs more now ends with `budget_exceeded`"),
    Rule("budget.*", "removed", "behaviour", "nothing bounds it any more"),
    Rule("budget.*", "changed", "behaviour", "the bound of a whole run moved"),
    Rule("defaults.**", None, "behaviour", "steps that do not say it themselves have it"),
    Rule("schedule.*", "added", "behaviour", "runs start at further times"),
    Rule("schedule.*", "removed", "behaviour", "runs no longer start at these times"),
    Rule("schedule.**", None, "behaviour", "runs start otherwise"),
    Rule("imports.*", "added", "cosmetic", "a name alone calls nothing"),
    Rule("imports.*", "removed", "cosmetic", "a name alone calls nothing"),
    Rule("imports.*", "renamed", "behaviour", "mocks name components by it"),
    Rule(
        "imports.*", "changed", "behaviour", "what is called under this name comes from elsewhere"
    ),
    Rule("types.*", "added", "cosmetic", "nothing is of this type before it is used"),
    Rule("types.*", "removed", "breaking", "files that import the type no longer find it"),
    Rule("types.*", "renamed", "breaking", "files that import the type no longer find it"),
    # What callers give
    Rule("inputs.*", "removed", "breaking", "callers that give it are refused"),
    Rule("inputs.*", "renamed", "breaking", "callers that give it are refused"),
    Rule("inputs.*.default", "changed", "behaviour", "runs that do not give it go otherwise"),
    Rule("inputs.*.default", "added", "behaviour", "callers may leave it out now"),
    Rule("inputs.*.secret", "added", "behaviour", "its values are kept out of traces and outputs"),
    Rule("inputs.*.secret", "removed", "breaking", "callers may not give it secrets any more"),
    Rule("inputs.*.env", None, "behaviour", "it is read from another variable"),
    Rule("inputs.*.description", None, "cosmetic", _PEOPLE),
    # What callers get
    Rule("outputs.*", "added", "behaviour", "callers may use one more output"),
    Rule("outputs.*", "removed", "breaking", "callers that read it no longer find it"),
    Rule("outputs.*", "renamed", "breaking", "callers that read it no longer find it"),
    Rule("outputs.*.value", None, "behaviour", "callers get another value"),
    Rule("outputs.*.secret", "added", "breaking", "callers may use it for secret ports only"),
    Rule("outputs.*.secret", None, "behaviour", "callers may use it anywhere"),
    Rule("outputs.*.description", None, "cosmetic", _PEOPLE),
    Rule("errors.*", "added", "breaking", "callers do not handle this error yet"),
    Rule("errors.*", "removed", "behaviour", "handlers for it have nothing to do any more"),
    Rule("errors.*", "changed", "cosmetic", _PEOPLE),
    Rule("secrets.*", "added", "breaking", "who runs or calls it has to supply this secret"),
    Rule("secrets.*", "removed", "behaviour", "the secret is no longer read"),
    # Inside
    Rule("state.*.description", None, "cosmetic", _PEOPLE),
    Rule("state.*", "renamed", "behaviour", "recorded runs know the channel by its old name"),
    Rule("state.*.reduce", None, "behaviour", "writes are put together in another way"),
    Rule("state.*.default", None, "behaviour", "it starts from another value"),
    Rule("state.**", None, "behaviour", "what steps remember changes"),
    Rule("components.*", "added", "behaviour", "callers may use one more component"),
    Rule(
        "components.*", "removed", "breaking", "files that import the component no longer find it"
    ),
    Rule(
        "components.*", "renamed", "breaking", "files that import the component no longer find it"
    ),
    Rule("components.*.run.**", None, "behaviour", "calls do something else"),
    Rule("components.*.run", None, "behaviour", "calls do something else"),
    Rule("components.*.circuit_breaker.**", None, "behaviour", "calls are cut off otherwise"),
    Rule("components.*.estimate.cost", None, "behaviour", "budgets count it"),
    Rule("components.*.estimate", None, "behaviour", "budgets count its cost"),
    Rule("components.*.estimate.**", None, "cosmetic", _SIMULATED),
    Rule("components.*.deprecated", None, "cosmetic", "callers are warned, and go on"),
    Rule("components.*.description", None, "cosmetic", _PEOPLE),
    Rule("components.*.tags", None, "cosmetic", _PEOPLE),
    # What is called, and stands elsewhere
    Rule("calls.**.description", None, "cosmetic", _PEOPLE),
    Rule("calls.*.tags", None, "cosmetic", _PEOPLE),
    Rule("calls.*.version", None, "cosmetic", "calls get it all the same"),
    Rule("calls.*.deprecated", None, "cosmetic", "callers are warned, and go on"),
    Rule("calls.*.errors.*", "added", "behaviour", "a call can fail in one more way"),
    Rule("calls.*.errors.*", "removed", "behaviour", "a call can no longer fail in this way"),
    Rule("calls.*.errors.*", "changed", "cosmetic", _PEOPLE),
    Rule("calls.*.estimate.cost", None, "behaviour", "budgets count it"),
    Rule("calls.*.estimate.*", None, "cosmetic", _SIMULATED),
    Rule("calls.**", None, "behaviour", "what is called here changed"),
    Rule("steps.*", "added", "behaviour", "runs do one thing more"),
    Rule("steps.*", "removed", "behaviour", "runs no longer do it"),
    Rule("steps.*", "renamed", "behaviour", "idempotency keys, signals and mocks go by its path"),
    Rule("steps.*.place", None, "behaviour", "idempotency keys, signals and mocks go by its path"),
    Rule("steps.*.description", None, "cosmetic", _PEOPLE),
    Rule("steps.*.metadata.**", None, "cosmetic", "Flow makes nothing of it"),
    Rule("steps.*.x-*", None, "cosmetic", "Flow makes nothing of it"),
    Rule("steps.*.estimate.cost", None, "behaviour", "budgets count it"),
    Rule("steps.*.estimate.*", None, "cosmetic", _SIMULATED),
    Rule("steps.*.estimate", None, "behaviour", "budgets count its cost"),
    Rule("steps.**.range", None, "behaviour", "another version may be called"),
    Rule("steps.**.with.*", None, "behaviour", "the call is given something else"),
    Rule("steps.**.retry", "added", "behaviour", "a failed attempt is made again"),
    Rule("steps.**.retry", "removed", "behaviour", "a failed attempt is not made again"),
    Rule("steps.**.retry.**", None, "behaviour", "failed attempts are made again otherwise"),
    Rule("steps.**.timeout", "added", "behaviour", "an attempt that takes longer is cut"),
    Rule("steps.**.timeout", "removed", "behaviour", "nothing cuts an attempt that hangs"),
    Rule("steps.**.timeout", "changed", "behaviour", "attempts are cut at another time"),
    Rule("steps.*.depends_on.*", None, "behaviour", "it waits for other steps, or for other ends"),
    Rule("steps.*.when", None, "behaviour", "it runs under another condition"),
    Rule("steps.*.for_each", None, "behaviour", "it runs for other elements"),
    Rule("steps.*.max_parallel", None, "behaviour", "another number of elements runs at once"),
    Rule("steps.*.fail_fast", None, "behaviour", "a failed element stops the others, or no longer"),
    Rule("steps.*.repeat.**", None, "behaviour", "it is repeated otherwise"),
    Rule("steps.*.repeat", None, "behaviour", "it is repeated otherwise"),
    Rule("steps.*.catch", None, "behaviour", "the first handler that matches runs"),
    Rule("steps.*.catch.**", None, "behaviour", "failures are handled otherwise"),
    Rule("steps.*.compensate.**", None, "behaviour", "it is undone otherwise"),
    Rule("steps.*.compensate", None, "behaviour", "it is undone otherwise"),
    Rule("steps.*.set.*", None, "behaviour", "it writes something else to the state"),
    Rule("steps.*.returns.**", None, "behaviour", "other steps see values of another type"),
    Rule("steps.*.concurrency.**", None, "behaviour", "other attempts may run at the same time"),
    Rule("steps.*.concurrency", None, "behaviour", "other attempts may run at the same time"),
    Rule("steps.**.switch", "changed", "behaviour", "the first branch that matches is taken"),
    Rule("steps.**.switch.**", None, "behaviour", "it takes another way"),
    Rule("steps.**.uses", None, "behaviour", "it calls something else"),
    Rule("steps.**.outputs.*", None, "behaviour", "other steps get another value from it"),
)

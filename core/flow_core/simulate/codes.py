"""The codes of what only a simulation can find, with their manual pages, as rules have theirs."""

from flow_core.diagnostics import Severity
from flow_core.rules.pages import Page, manual
from flow_core.rules.rule import Rule
from flow_core.simulate.sweep_codes import SWEEP_TEXTS

_TEXTS = {
    ("FL810", "too-few-mocks"): """\
A list of mocks has one for each attempt of each activation, and an attempt had none.

## Why it matters

What the attempt does is not known, so nothing that follows from it would be true (R-mock-1).

## Fails

```yaml fragment
charge: [{fail: GatewayError}]      # and `retry` makes a second attempt
```

## How to fix

Add what the next attempt does. Where every attempt does the same, write one mock without a list.
""",
    ("FL811", "run-without-end"): """\
A simulated run makes more attempts than a simulation allows, so it is taken to have no end.

## Why it matters

The bound is a million attempts. A `repeat` or `retry` with a large bound and no delay, or a
`for_each` over a list that was computed wrongly, gets there.

## How to fix

Look at the step that is named: lower `max_iterations` or `max_attempts`, or let `until` hold
earlier.
""",
    ("FL812", "trace-of-another-run"): """\
A recorded trace does not fit the pipeline it is replayed with: the same events lead elsewhere.

## Why it matters

A trace holds what came from outside of a run; all else follows from the pipeline (R-instant-5). A
pipeline that has changed follows another way.

## How to fix

Record the run again, or check out the version that was run and replay it with that.
""",
    ("FL813", "unmet-expectation"): """\
A scenario ran, and something went otherwise than its `expect` says (R-mock-4 to R-mock-9).

## Why it matters

Either the pipeline does not do what it is meant to do, or it was changed on purpose and the
scenario speaks of how it was.

## How to fix

Look at the timeline that the failure shows. Mend the pipeline; or, if what happened is right, let
`flow test --update` write it into the scenario, and read the difference before you commit it.
""",
}


def run_time_pages() -> dict[str, Page]:
    """The pages by their codes."""
    texts = {(*known, Severity.ERROR): text for known, text in _TEXTS.items()} | SWEEP_TEXTS
    return {
        code: Page(Rule(code, name, severity), text.rstrip())
        for (code, name, severity), text in texts.items()
    }


def by_code() -> dict[str, Page]:
    """The pages of all rules and of these by their codes, in order."""
    return dict(sorted({**manual(), **run_time_pages()}.items()))


def all_pages() -> dict[str, Page]:
    """The pages of all rules and of these, by their codes and by their names."""
    found = by_code()
    return {**found, **{page.rule.name: page for page in found.values()}}

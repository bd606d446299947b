"""A cron is not understood, or names a time that never comes.

## Why it matters

A schedule that can't be read starts nothing, and one for 30 February never does.

## Fails

```yaml
flow: 1
name: greet
schedule:
  - {cron: "0 25 * * *", timezone: Europe/Berlin}
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
schedule:
  - {cron: "0 5 * * *", timezone: Europe/Berlin}
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

## How to fix

Five fields: minute, hour, day of month, month, day of week. Each is `*`, a number, a name, a range
`1-5`, a step `*/15`, or a list of these.
"""

from collections.abc import Iterator

from flow_core.cron import CronProblem, cron_problems
from flow_core.diagnostics import Finding, Mend, Patch, Severity
from flow_core.fields import fields, text
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule
from flow_core.syntax import Sequence

RULE = Rule("FL121", "bad-cron", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Each fault of each cron of the schedule."""
    schedule = fields(module.document.root).get("schedule")
    for index, entry in enumerate(schedule.values if isinstance(schedule, Sequence) else ()):
        cron = text(fields(entry).get("cron"))
        if cron and "${{" not in cron:
            path = ("schedule", index, "cron")
            yield from (_finding(problem, cron, path) for problem in cron_problems(cron))


def _finding(problem: CronProblem, cron: str, path: Path) -> Finding:
    mend = None
    if problem.suggestion is not None:
        mended = cron[: problem.start] + problem.suggestion + cron[problem.end :]
        mend = Mend(f"Write `{mended}`", (Patch("replace", path, mended),), "unsafe")
    place = Place(path, start=problem.start, end=problem.end)
    return Finding(place, problem.message, problem.help, mend=mend)

"""A time zone is not known.

## Why it matters

The hours of a schedule are those of its time zone, with summer time and all. An unknown one has no
hours.

## Fails

```yaml
flow: 1
name: greet
schedule:
  - {cron: "0 5 * * *", timezone: Europe/Berln}
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

Write a name of the IANA database, such as `Europe/Berlin` or `UTC`.
"""

from collections.abc import Iterator

from flow_core.cron import timezone_problem
from flow_core.diagnostics import Finding, Mend, Patch, Severity
from flow_core.fields import fields, text
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule
from flow_core.syntax import Sequence

RULE = Rule("FL122", "bad-time-zone", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Time zones of the schedule that are not in the IANA database."""
    schedule = fields(module.document.root).get("schedule")
    for index, entry in enumerate(schedule.values if isinstance(schedule, Sequence) else ()):
        zone = text(fields(entry).get("timezone"))
        problem = timezone_problem(zone) if zone and "${{" not in zone else None
        if problem is not None:
            message, help_, meant = problem
            path = ("schedule", index, "timezone")
            patch = Patch("replace", path, meant)
            mend = Mend(f"Write `{meant}`", (patch,), "unsafe") if meant else None
            yield Finding(Place(path), message, help_, mend=mend)

"""What `flow dry-run` does with many runs: `--samples`, `--explore`, and a schedule's year."""

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from flow_cli.dry_run import OVER_LIMIT, Request, over_limit, what_is_given
from flow_cli.errors import CLEAN, FINDINGS, UserError
from flow_cli.many_runs_text import exploration_text, sampling_text
from flow_cli.progress import counter
from flow_cli.report import count
from flow_cli.terminal import wants_color, write
from flow_core.clock import clock
from flow_core.plan.plan import PipelinePlan
from flow_core.simulate import simulate
from flow_core.simulate.explore import Exploration, Way, explore
from flow_core.simulate.run import plan_of
from flow_core.simulate.sampling import Sampling, sample
from flow_core.simulate.shown import scenario_of

if TYPE_CHECKING:
    from flow_core.module import Module
    from flow_core.simulate.calendar import PlannedRun

_YEAR = timedelta(days=365)
_MOST_LINES = 40


def many_runs(request: Request, module: "Module") -> int:
    """Sample or explore, report it, and return the exit code."""
    plan = plan_of(module)
    if request.explore is not None:
        return _explore(request, module, plan)
    return _sample(request, module, plan)


def _sample(request: Request, module: "Module", plan: PipelinePlan) -> int:
    given = what_is_given(request, module)
    samples = request.samples or 1
    tick = counter("Simulated", samples)
    found = sample(
        plan,
        given.inputs,
        given.scenario,
        samples=samples,
        seed=request.seed or 0,
        scenario_file=given.file,
        start=request.start,
        tick=tick,
    )
    tick.erase()
    write(_sampling(found, plan, request))
    if over_limit(request, found.duration.p90, found.cost.p90):
        return OVER_LIMIT
    return CLEAN


def _sampling(found: Sampling, plan: PipelinePlan, request: Request) -> str:
    if request.format == "json":
        data = {
            "pipeline": plan.name,
            **msgspec.to_builtins(found),
            "failure_probability": found.failure_probability,
        }
        return json.dumps(data, indent=2) + "\n"
    if request.format == "csv":
        rows: list[tuple[str, ...]] = [("figure", "p50", "p90", "p99", "most")]
        for name, spread in (("duration_us", found.duration), ("cost", found.cost)):
            rows.append((name, *map(str, msgspec.structs.astuple(spread))))
        return _csv(rows)
    return sampling_text(plan.name, found, color=wants_color(request.color, sys.stdout))


def _explore(request: Request, module: "Module", plan: PipelinePlan) -> int:
    given = what_is_given(request, module)
    inputs = {**(given.scenario.inputs if given.scenario else {}), **given.inputs}
    most = request.explore or 1
    tick = counter("Explored", most)
    found = explore(plan, inputs, most=most, counts=asks_for_counts(module), tick=tick)
    tick.erase()
    if request.format == "json":
        write(json.dumps(_exploration_data(found, plan, inputs), indent=2) + "\n")
    elif request.format == "csv":
        rows: list[tuple[str, ...]] = [("status", "error", "elapsed_us", "cost", "choices")]
        rows += [_way_row(way) for way in found.ends]
        write(_csv(rows))
    else:
        color = wants_color(request.color, sys.stdout)
        write(exploration_text(plan.name, found, color=color))
    longest = found.longest.elapsed if found.longest else 0
    dearest = found.dearest.cost if found.dearest else 0
    return OVER_LIMIT if over_limit(request, longest, dearest) else CLEAN


def _way_row(way: Any) -> tuple[str, ...]:
    unusual = (f"{c.what}={c.how}" for c in way.choices if c.how not in ("ok", "true"))
    end = way.end
    return end.status, end.error, str(way.elapsed), str(way.cost), "; ".join(unusual)


def _exploration_data(
    found: Exploration, plan: PipelinePlan, inputs: dict[str, Any]
) -> dict[str, Any]:
    def shown(way: Way | None) -> dict[str, Any] | None:
        if way is None:
            return None
        return {**msgspec.to_builtins(way), "scenario": scenario_of(plan, way, inputs)}

    return {
        "pipeline": plan.name,
        "states": found.states,
        "complete": found.complete,
        "ends": [shown(way) for way in found.ends],
        "longest": shown(found.longest),
        "dearest": shown(found.dearest),
        "reached": sorted(found.reached),
        "unreachable": list(found.unreachable),
    }


def asks_for_counts(module: "Module") -> bool:
    """Whether an expression asks how many attempts or iterations a step made."""
    from flow_core.analysis.tested import UnderTest

    return any(
        mention.path[0] == "steps" and not {"attempts", "iterations"}.isdisjoint(mention.path)
        for each in UnderTest(module).modules
        for mention in each.mentions
    )


# The schedule


def schedule(request: Request, module: "Module") -> int:
    """Step the schedule through a period: when runs start, and which are skipped or queue."""
    from flow_core.simulate.calendar import plan_runs

    plan = plan_of(module)
    if not plan.schedule:
        message = f"`{plan.name}` has no `schedule`"
        raise UserError(message, 'add `schedule: [{cron: "0 6 * * *"}]`')
    start, until = _period(request)
    given = what_is_given(request, module).inputs
    durations = [
        simulate(
            plan, {**given, **entry.inputs}, seed=request.seed, scheduled_at=start.isoformat()
        ).elapsed
        for entry in plan.schedule
    ]
    runs = list(plan_runs(plan.schedule, start, until, durations.__getitem__))
    write(_runs(runs, plan, request))
    return CLEAN if all(run.fate == "runs" for run in runs) else FINDINGS


def _period(request: Request) -> tuple[datetime, datetime]:
    first, last = request.period or (None, None)
    start = _moment(first or request.start) if first or request.start else datetime.now(UTC)
    until = _moment(last) if last else start + _YEAR
    if until <= start:
        raise UserError("`--until` is not after `--from`", "give a later day")
    return start, until


def _moment(text: str | None) -> datetime:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        help_ = "write `2026-01-31` or `2026-01-31T06:00:00+01:00`"
        raise UserError(f"`{text}` is no day or time", help_) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _runs(runs: "list[PlannedRun]", plan: PipelinePlan, request: Request) -> str:
    if request.format == "json":
        data = [msgspec.to_builtins(run) for run in runs]
        return json.dumps({"pipeline": plan.name, "runs": data}, indent=2) + "\n"
    if request.format == "csv":
        header = ("entry", "due", "fate", "start", "end")
        return _csv([header, *(_run_row(run) for run in runs)])
    return "\n".join(_run_lines(runs, plan)) + "\n"


def _run_row(run: "PlannedRun") -> tuple[str, ...]:
    times = (run.start, run.end)
    return (
        str(run.entry),
        run.due.isoformat(),
        run.fate,
        *(time.isoformat() if time else "" for time in times),
    )


def _run_lines(runs: "list[PlannedRun]", plan: PipelinePlan) -> Iterator[str]:
    fates = Counter(run.fate for run in runs)
    words = [f"{n} {'run' if fate == 'runs' else fate}" for fate, n in fates.most_common()]
    yield f"{plan.name}: {count(len(runs), 'time')} due: {', '.join(words) or 'nothing to do'}"
    for number, entry in enumerate(plan.schedule):
        yield f'  entry {number}: "{entry.cron}" {entry.timezone}, overlap {entry.overlap}'
    yield ""
    for run in runs[:_MOST_LINES]:
        which = f"entry {run.entry}  " if len(plan.schedule) > 1 else ""
        yield f"  {run.due:%a %Y-%m-%d %H:%M}Z  {which}{run.fate:9} {_times(run)}".rstrip()
    if len(runs) > _MOST_LINES:
        yield f"  … and {len(runs) - _MOST_LINES} more (all of them: --format csv)"


def _times(run: "PlannedRun") -> str:
    """How long a run took, and how late it began."""
    if run.start is None or run.end is None:
        return ""
    took, late = run.end - run.start, run.start - run.due
    told = clock(took / timedelta(microseconds=1))
    return f"{told}, {clock(late / timedelta(microseconds=1))} late" if late else told


def _csv(rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()

"""Many simulated runs for people: percentiles, probabilities, and what outcomes there are."""

from collections.abc import Iterator
from itertools import groupby

from flow_cli.report import count
from flow_cli.terminal import escape, paint
from flow_core.clock import clock
from flow_core.simulate.explore import Exploration, Way
from flow_core.simulate.sampling import Sampling

BAR = 24
MOST_CHOICES = 8
"""So many choices of a way are shown."""


def sampling_text(name: str, found: Sampling, *, color: bool) -> str:
    """The report of `--samples`."""
    head = paint(escape(name), "bold", color)
    lines = [f"{head}: {count(found.samples, 'run')}, seed {found.seed}", "", *_spreads(found)]
    lines += ["", f"failure probability {found.failure_probability:.1%}"]
    lines += [f"  {escape(n)}: {times / found.samples:.1%}" for n, times in found.errors.items()]
    lines += ["", "on the critical path:", *_shares(found.critical, found.samples)]
    if found.failed:
        lines += ["", "failed:", *_shares(found.failed, found.samples)]
    if found.assumed:
        lines += ["", "taken to hold in every run, as it is only known after it:"]
        lines += [f"  {escape(question)}" for question in found.assumed[:MOST_CHOICES]]
        lines += ["  …"] if len(found.assumed) > MOST_CHOICES else []
    return "\n".join(lines) + "\n"


def _spreads(found: Sampling) -> Iterator[str]:
    yield f"  {'':8}  {'p50':>8}  {'p90':>8}  {'p99':>8}  {'most':>8}"
    time, cost = found.duration, found.cost
    times = [clock(value) for value in (time.p50, time.p90, time.p99, time.most)]
    costs = [f"{value:.4g}" for value in (cost.p50, cost.p90, cost.p99, cost.most)]
    for label, values in (("duration", times), ("cost", costs)):
        yield "  " + "  ".join([f"{label:8}", *(f"{value:>8}" for value in values)])


def _shares(counts: dict[str, int], of: int) -> Iterator[str]:
    wide = max(len(name) for name in counts) if counts else 0
    for name, times in counts.items():
        bar = "█" * max(1, round(times / of * BAR))
        yield f"  {escape(name):{wide}}  {times / of:6.1%}  {bar}"


def exploration_text(name: str, found: Exploration, *, color: bool) -> str:
    """The report of `--explore`."""
    bound = "all of them" if found.complete else "the bound was reached: there may be more"
    head = paint(escape(name), "bold", color)
    lines = [f"{head}: {count(found.states, 'situation')} explored, {bound}"]
    lines += ["", "outcomes, each with what leads to it:"]
    lines += [] if found.ends else ["  none was reached before the bound"]
    for way in sorted(found.ends, key=lambda way: (way.end.status != "succeeded", way.end.error)):
        lines += _outcome(way, color)
    for title, worst in (("longest", found.longest), ("dearest", found.dearest)):
        if worst is not None:
            told = f"{title}: {clock(worst.elapsed)}, cost {worst.cost:.4g}"
            lines += ["", told, *_choices(worst)]
    if found.unreachable:
        told = "never runs with these inputs:" if found.complete else "not reached so far:"
        lines += ["", told]
        lines += [f"  {escape(path)}" for path in found.unreachable]
    return "\n".join(lines) + "\n"


def _outcome(way: Way, color: bool) -> Iterator[str]:  # noqa: FBT001 - the last of two
    style = "help" if way.end.status == "succeeded" else "error"
    error = f" with {escape(way.end.error)}" if way.end.error else ""
    missing = ", ".join(f"`{escape(output)}`" for output in way.end.missing)
    without = f", without {missing}" if missing else ""
    undone = ", a compensation failed" if way.end.uncompensated else ""
    told = paint(way.end.status, style, color)
    yield f"  {told}{error}{without}{undone} (after {clock(way.elapsed)})"
    yield from (f"  {line}" for line in _choices(way))


def _choices(way: Way) -> Iterator[str]:
    """What went otherwise than usual."""
    unusual = [
        f"  {escape(choice.what)}: {choice.how}" + (f", {times} times" if times > 1 else "")
        for choice, again in groupby(c for c in way.choices if c.how not in ("ok", "true"))
        for times in [sum(1 for _ in again)]
    ]
    yield from unusual[:MOST_CHOICES]
    if len(unusual) > MOST_CHOICES:
        yield f"  … and {len(unusual) - MOST_CHOICES} more"

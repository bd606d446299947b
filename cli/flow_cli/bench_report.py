"""The figures of a benchmark, as text, Markdown and JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from flow_cli.bench_figures import Bench, Measure, Ratio
from flow_cli.report import count
from flow_core.clock import clock
from flow_core.printable import escape

_MEANINGS = {
    "check": "read and check",
    "plan": "make the plan",
    "run": "one run",
    "memory": "memory of a run",
    "snapshot": "largest state",
}
_KIB = 1024


class Table(msgspec.Struct, frozen=True):
    """What is shown: the figures of the version at hand, and those of another one.

    ``ratios`` are by the names of the measures; ``label`` says which the other version is.
    """

    bench: Bench
    other: Bench | None = None
    ratios: dict[str, Ratio] = {}
    label: str = ""


def text(table: Table) -> str:
    """The figures as a table for a terminal."""
    rows = [_header(table), *_rows(table)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  " + "  ".join(_aligned(row, widths)).rstrip() for row in rows)
    return "\n".join([_head(table), "", *lines]) + "\n"


def _aligned(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    yield row[0].ljust(widths[0])
    yield from (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))


def markdown(table: Table) -> str:
    """The figures as a table for a review."""
    header, rows = _header(table), _rows(table)
    rule = ["---", *["---:"] * (len(header) - 1)]
    lines = ("| " + " | ".join(row) + " |" for row in (header, rule, *rows))
    return "\n".join([_head(table), "", *lines]) + "\n"


def as_json(table: Table) -> str:
    """The figures with all values."""
    data: dict[str, Any] = msgspec.to_builtins(table.bench)
    for name, measure in table.bench.measures.items():
        data["measures"][name] |= _sums(measure)
    if table.other is not None:
        data["against"] = {"label": table.label, **msgspec.to_builtins(table.other)}
        data["ratios"] = msgspec.to_builtins(table.ratios)
    return json.dumps(data, indent=2) + "\n"


def _sums(measure: Measure) -> dict[str, float]:
    return {"median": measure.median, "least": measure.least, "spread": measure.spread}


def _head(table: Table) -> str:
    rounds = len(table.bench.yardstick.values)
    against = f", against {escape(table.label)}" if table.other else ""
    attempts = count(table.bench.attempts, "attempt")
    return f"{escape(table.bench.pipeline)}: {count(rounds, 'round')}, {attempts} a run{against}"


def _header(table: Table) -> list[str]:
    if table.other is None:
        return ["CPU time and size", "median", "best", "spread"]
    return ["CPU time and size", "now", "before", "ratio", "95% sure"]


def _rows(table: Table) -> Iterator[list[str]]:
    for name, measure in table.bench.measures.items():
        yield [_MEANINGS[name], *_cells(table, name, measure)]
    attempts, run = table.bench.attempts, table.bench.measures["run"]
    if not attempts or table.other is not None:
        return
    each = msgspec.structs.replace(run, values=tuple(value / attempts for value in run.values))
    yield ["one attempt", *_cells(table, "", each)]
    rate = attempts / run.median if run.median else 0
    yield ["attempts a second", f"{rate:,.0f}", f"{attempts / max(run.least, 1e-9):,.0f}", ""]


def _cells(table: Table, name: str, measure: Measure) -> list[str]:
    if table.other is None:
        spread = f"±{measure.spread:.0%}" if len(measure.values) > 1 else ""
        return [_shown(measure.median, measure), _shown(measure.least, measure), spread]
    other, ratio = table.other.measures[name], table.ratios[name]
    bounds = "" if ratio.low == ratio.high else f"{ratio.low:.2f} to {ratio.high:.2f}"
    medians = (_shown(each.median, each) for each in (measure, other))
    return [*medians, f"{ratio.median:.2f}", bounds]


def _shown(value: float, measure: Measure) -> str:
    if measure.unit == "s":
        return clock(value * 1e6)
    return f"{value:,.0f} B" if value < 10 * _KIB else f"{value / _KIB:,.1f} KiB"

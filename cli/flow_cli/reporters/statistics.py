"""How many findings each rule has, the most frequent first (``--statistics``)."""

from collections import Counter

from flow_cli.report import Report, is_fixable
from flow_cli.reporters.text import summary
from flow_cli.terminal import paint


def render(report: Report) -> str:
    """A line for each rule: count, code, severity, name; ``[*]`` where ``--fix`` mends some."""
    counts = Counter((each.code, each.severity, each.name) for each in report.diagnostics)
    fixable = {each.code for each in report.diagnostics if is_fixable(each)}
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    digits = max((len(str(number)) for _, number in rows), default=0)
    lines = [
        f"{number:>{digits}}  {paint(code, severity.name.lower(), report.color)}"
        f"  {severity.name.lower():7}  {name}{' [*]' if code in fixable else ''}"
        for (code, severity, name), number in rows
    ]
    return "\n".join([*lines, *([""] if lines else []), summary(report)]) + "\n"

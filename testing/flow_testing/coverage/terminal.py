"""The report for the terminal: a table of files, and what is missing."""

from collections.abc import Iterator

from flow_core.coverage import Count, FileSum, Sums


def terminal_report(sums: Sums, *, missing: bool = False) -> str:
    """The table as text; with ``missing`` also each goal that was missed, and its line."""
    rows = [(file.name, file.count) for file in sums.files]
    if len(rows) != 1:
        rows.append(("total", sums.count))
    lines = [*_table(rows, "file"), ""]
    lines += _table([(kind, count) for kind, count in sums.kinds.items()], "kind")
    for file in sums.files:
        lines += _notes(file, missing=missing)
    return "\n".join(lines) + "\n"


def _table(rows: list[tuple[str, Count]], head: str) -> Iterator[str]:
    width = max(len(name) for name in (head, *(name for name, _ in rows)))
    yield f"{head:{width}}  {'goals':>6}  {'missed':>6}  {'cover':>6}"
    for name, count in rows:
        yield f"{name:{width}}  {count.total:>6}  {count.missed:>6}  {count.text:>6}"


def _notes(file: FileSum, *, missing: bool) -> Iterator[str]:
    """What was missed of a file, and that its data is of another version."""
    if file.stale:
        yield f"\n{file.name}: it has changed since it was run, so that no run of it counts"
    if missing and file.missed:
        yield ""
        yield from (f"{goal.lacking} ({file.name}:{goal.line})" for goal in file.missed)

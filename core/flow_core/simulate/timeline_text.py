"""The timeline of a simulated run for people: a line for each step, with a bar of what it did."""

from collections import Counter
from collections.abc import Iterator

from flow_core.clock import clock
from flow_core.plan.find import find_step, siblings, without_indices
from flow_core.printable import Paint, escape, width
from flow_core.simulate.report import retry_of
from flow_core.simulate.run import Run
from flow_core.simulate.timeline import Row, parent

BAR = 32
"""Columns of the bars."""
MOST_ELEMENTS = 12
"""So many elements of a step are shown one by one."""
MOST_NAME = 40
MOST_ATTEMPTS = 16
"""Of more attempts of a step only the first and the last ones are shown."""

_STYLES = {"failed": "error", "cancelled": "warning", "recovered": "warning", "skipped": "dim"}


def timeline(run: Run, paint: Paint) -> Iterator[str]:
    """The lines of the timeline."""
    shown = [row for row in _shown(run) if row.start is not None]
    if not shown:
        return
    labels = {row.path: _label(run, row) for row in shown}
    wide = max(width(label) for label in labels.values())
    end = f"{clock(run.elapsed):>{BAR - 2}}"
    yield ""
    yield paint(f"  {'':{wide}}  {'start':>7} {'took':>7}  0s{end}", "dim")
    hidden = Counter(parent(row.path) for row in run.rows.values() if _is_left_out(row))
    for row in shown:
        yield _line(run, row, labels[row.path], wide, paint)
        yield from _attempts(run, row, wide, paint)
        if more := hidden[row.path]:
            yield paint(
                f"    {'  ' * row.depth}  … {more} elements that succeeded are left out", "dim"
            )


def _shown(run: Run) -> Iterator[Row]:
    """The rows to show: of many elements only the first, and those that did not go well."""
    hidden: set[str] = set()
    for row in run.rows.values():
        if _is_left_out(row):
            hidden.add(row.path)
            continue
        if any(row.path.startswith(f"{path}/") for path in _ancestors(row.path) if path in hidden):
            continue
        yield row


def _is_left_out(row: Row) -> bool:
    is_element = row.path.endswith("]") and "!" not in row.path[len(parent(row.path)) :]
    return is_element and _index(row.path) >= MOST_ELEMENTS and row.status == "succeeded"


def _index(path: str) -> int:
    return int(path.rpartition("[")[2].rstrip("]"))


def _ancestors(path: str) -> Iterator[str]:
    while path := parent(path):
        yield path


def _label(run: Run, row: Row) -> str:
    mark = "●" if row.path in run.critical else " "
    last = row.path.rpartition("/")[2]
    name, bang, below = last.partition("!")
    if bang:
        name = f"!{below}"
    elif name.endswith("]"):
        name = name[name.rindex("[") :]
    return f"{mark} {_cut('  ' * row.depth + escape(name))}"


def _cut(name: str) -> str:
    """A name, or its beginning where it is longer than there is room for.

    >>> _cut("a" * 50)
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'
    """
    while width(name) > MOST_NAME - 2:
        name = name.removesuffix("…")[:-1] + "…"
    return name


def _line(run: Run, row: Row, label: str, wide: int, paint: Paint) -> str:
    start, end = row.span or (0, 0)
    text = label + " " * max(0, wide - width(label))
    times = f"{clock(start):>7} {clock(end - start):>7}"
    bar = paint(_bar(row, run.elapsed), _STYLES.get(row.status, "info"))
    return f"  {text}  {times}  {bar} {_status(run, row, paint)}".rstrip()


def _bar(row: Row, total: int) -> str:
    """What a row did over time: █ an attempt or what is inside of it, ░ a wait."""
    cells = [" "] * BAR
    start, end = row.span or (0, 0)
    _fill(cells, start, end, total, "█" if row.composite or not row.attempts else "░")
    for wait in row.waits:
        _fill(cells, wait.start, min(wait.end, end), total, "░")
    for attempt in row.attempts:
        _fill(cells, attempt.start, attempt.end or attempt.start, total, "█")
    return "".join(cells)


def _fill(cells: list[str], start: int, end: int, total: int, mark: str) -> None:
    scale = BAR / max(total, 1)
    first = min(int(start * scale), BAR - 1)
    last = max(first + 1, min(BAR, round(end * scale)))
    cells[first:last] = mark * (last - first)


def _status(run: Run, row: Row, paint: Paint) -> str:
    certainty = run.certainties.get(without_indices(row.path), "will")
    words = [row.status or ("waits" if run.outcome is None else "")]
    if row.status == "recovered":
        words = ["succeeded, recovered"]
    if row.status == "failed" and row.attempts and row.attempts[-1].how not in ("ok", "cut"):
        words.append(f"({row.attempts[-1].how})")
    if certainty == "may":
        words.append("(may run)")
    after = _after(run, row)
    told = paint(" ".join(filter(None, words)), _STYLES.get(row.status, "help"))
    return f"{told}{paint(after, 'dim')}"


def _after(run: Run, row: Row) -> str:
    """Who it waited for: the dependency that settled last, or a slot."""
    if row.start is None or "!" in row.path or row.path.endswith("]"):
        return ""
    first = row.attempts[0] if row.attempts else None
    if first and first.ready < first.start:
        return f"  queued {clock(first.start - first.ready)} for a slot"
    step = find_step(run.plan, row.path)
    prefix = row.path.rpartition("/")[0]
    prefix = f"{prefix}/" if prefix else ""
    if step is None or not step.dependencies:
        return ""
    graph = siblings(run.plan, row.path)
    names = [graph[d.step].name for d in step.dependencies] if graph else []
    ended = [(run.rows[prefix + n].end or 0, n) for n in names if prefix + n in run.rows]
    return f"  after {max(ended)[1]}" if ended else ""


def _attempts(run: Run, row: Row, wide: int, paint: Paint) -> Iterator[str]:
    """One line for each attempt where there were several, or the only one did not end well."""
    if len(row.attempts) < 2:  # noqa: PLR2004 - several
        return
    retry = retry_of(run, row.path)
    of = f"/{retry.max_attempts}" if retry else ""
    indent = "  " * (row.depth + 1)
    step = find_step(run.plan, row.path)
    iteration = 1 if step is not None and step.repeat is not None and "!" not in row.path else 0
    waits = {wait.start: wait for wait in row.waits}
    left_out = range(MOST_ATTEMPTS // 2, len(row.attempts) - MOST_ATTEMPTS // 2)
    for number, attempt in enumerate(row.attempts):
        end = attempt.end if attempt.end is not None else attempt.start
        if number and row.attempts[number - 1].number >= attempt.number:
            iteration += 1 if iteration else 0
        if number in left_out:
            if number == left_out.start:
                yield paint(f"    {indent}… {len(left_out)} attempts are left out", "dim")
            continue
        which = f"{attempt.number}{of}" if of or not iteration else ""
        again = f"#{iteration} " if iteration else ""
        label = f"  {indent}{again}{which}".rstrip()
        wait = waits.get(end)
        told = "ok" if attempt.how == "ok" else attempt.how or "runs"
        if wait is not None:
            told += f", waits {clock(wait.end - wait.start)}"
        if attempt.ready < attempt.start:
            told += f", queued {clock(attempt.start - attempt.ready)}"
        times = f"{clock(attempt.start):>7} {clock(end - attempt.start):>7}"
        text = f"  {label:{wide}}  {times}  {'':{BAR}} {told}"
        yield paint(text, "dim")

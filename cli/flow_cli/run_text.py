"""A simulated run for people: a timeline, what it means, and why steps do not run."""

from collections import Counter
from collections.abc import Iterator

from flow_cli.report import count
from flow_cli.terminal import escape, paint, width
from flow_core.diagnostics import Json
from flow_core.markers import is_unknown
from flow_core.plan.find import find_step, without_indices
from flow_core.simulate.report import assumptions, retry_of, shown_inputs, shown_outputs
from flow_core.simulate.run import Run
from flow_core.simulate.timeline import Row, parent

BAR = 32
"""Columns of the bars."""
MOST_ELEMENTS = 12
"""So many elements of a step are shown one by one."""
MOST_NAME = 40

_STYLES = {"failed": "error", "cancelled": "warning", "recovered": "warning", "skipped": "dim"}
_REASONS = {
    "condition": "a step that it waits for did not go as it asks",
    "when": "its `when` is false",
    "no_match": "no branch of its `switch` holds",
    "skip": "it says `skip`",
    "run_failing": "the run was failing",
    "cancelled": "the run was cancelled",
    "budget_exceeded": "a budget was used up",
}


def clock(microseconds: float) -> str:
    """A time for people, of about three digits.

    >>> clock(0), clock(1_500), clock(12_340_000), clock(3_600_000_000 * 26)
    ('0s', '1.5ms', '12.3s', '1d02h')
    >>> clock(999_700), clock(59_970_000)
    ('1s', '1m00s')
    """
    if microseconds < 1:
        return "0s"
    for most, size, unit in ((999.5, 1, "us"), (999.5, 1e3, "ms"), (59.95, 1e6, "s")):
        if microseconds / size < most:
            return f"{microseconds / size:.3g}{unit}"
    minutes, seconds = divmod(round(microseconds / 1e6), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days}d{hours:02}h"
    return f"{hours}h{minutes:02}m" if hours else f"{minutes}m{seconds:02}s"


def render(run: Run, *, color: bool, show_data: bool = False) -> str:
    """The whole report."""
    parts = [_head(run, color), *_timeline(run, color), "", *_summary(run, color)]
    if show_data:
        parts += ["", *_data(run)]
    return "\n".join(parts) + "\n"


def _head(run: Run, color: bool) -> str:  # noqa: FBT001 - the last of two, always
    seed = run.kernel.state.seed
    told = f", seed {seed}" if seed is not None else ""
    return f"{paint(escape(run.plan.name), 'bold', color)}: dry run{told}"


# The timeline


def _timeline(run: Run, color: bool) -> Iterator[str]:  # noqa: FBT001
    shown = [row for row in _shown(run) if row.start is not None]
    if not shown:
        return
    labels = {row.path: _label(run, row) for row in shown}
    wide = max(width(label) for label in labels.values())
    end = f"{clock(run.elapsed):>{BAR - 2}}"
    yield ""
    yield paint(f"  {'':{wide}}  {'start':>7} {'took':>7}  0s{end}", "dim", color)
    hidden = Counter(parent(row.path) for row in run.rows.values() if _is_left_out(row))
    for row in shown:
        yield _line(run, row, labels[row.path], wide, color)
        yield from _attempts(run, row, wide, color)
        if more := hidden[row.path]:
            yield paint(
                f"    {'  ' * row.depth}  … {more} elements that succeeded are left out",
                "dim",
                color,
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
    mark = "●" if row.path in run.critical_path else " "
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


def _line(run: Run, row: Row, label: str, wide: int, color: bool) -> str:  # noqa: FBT001
    start, end = row.span or (0, 0)
    text = label + " " * max(0, wide - width(label))
    times = f"{clock(start):>7} {clock(end - start):>7}"
    bar = paint(_bar(row, run.elapsed), _STYLES.get(row.status, "info"), color)
    return f"  {text}  {times}  {bar} {_status(run, row, color)}".rstrip()


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


def _status(run: Run, row: Row, color: bool) -> str:  # noqa: FBT001
    certainty = run.certainties.get(without_indices(row.path), "will")
    words = [row.status or ("waits" if run.outcome is None else "")]
    if row.status == "recovered":
        words = ["succeeded, recovered"]
    if row.status == "failed" and row.attempts and row.attempts[-1].how not in ("ok", "cut"):
        words.append(f"({row.attempts[-1].how})")
    if certainty == "may":
        words.append("(may run)")
    after = _after(run, row)
    told = paint(" ".join(filter(None, words)), _STYLES.get(row.status, "help"), color)
    return f"{told}{paint(after, 'dim', color)}"


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
    graph = _graph_of(run, row.path)
    names = [graph[d.step] for d in step.dependencies] if graph else []
    ended = [(run.rows[prefix + n].end or 0, n) for n in names if prefix + n in run.rows]
    return f"  after {max(ended)[1]}" if ended else ""


def _graph_of(run: Run, path: str) -> list[str]:
    """The names of the steps beside the one at a path."""
    above = path.rpartition("/")[0]
    if not above:
        return [step.name for step in run.plan.graph.steps]
    from flow_core.plan.find import find_calls, inner_graphs

    step = find_step(run.plan, above)
    name = path.rpartition("/")[2].partition("[")[0]
    for call in find_calls(step, above) if step else ():
        for graph in inner_graphs(call):
            if name in graph.names:
                return [each.name for each in graph.steps]
    return []


def _attempts(run: Run, row: Row, wide: int, color: bool) -> Iterator[str]:  # noqa: FBT001
    """One line for each attempt where there were several, or the only one did not end well."""
    if len(row.attempts) < 2:  # noqa: PLR2004 - several
        return
    retry = retry_of(run, row.path)
    of = f"/{retry.max_attempts}" if retry else ""
    indent = "  " * (row.depth + 1)
    step = find_step(run.plan, row.path)
    iteration = 1 if step is not None and step.repeat is not None and "!" not in row.path else 0
    for number, attempt in enumerate(row.attempts):
        end = attempt.end if attempt.end is not None else attempt.start
        if number and row.attempts[number - 1].number >= attempt.number:
            iteration += 1 if iteration else 0
        which = f"{attempt.number}{of}" if of or not iteration else ""
        again = f"#{iteration} " if iteration else ""
        label = f"  {indent}{again}{which}".rstrip()
        wait = next((w for w in row.waits if w.start == end), None)
        told = "ok" if attempt.how == "ok" else attempt.how or "runs"
        if wait is not None:
            told += f", waits {clock(wait.end - wait.start)}"
        if attempt.ready < attempt.start:
            told += f", queued {clock(attempt.start - attempt.ready)}"
        times = f"{clock(attempt.start):>7} {clock(end - attempt.start):>7}"
        text = f"  {label:{wide}}  {times}  {'':{BAR}} {told}"
        yield paint(text, "dim", color)


# What it comes to


def _summary(run: Run, color: bool) -> Iterator[str]:  # noqa: FBT001
    outcome = run.outcome
    style = "help" if run.status == "succeeded" else "error"
    told = paint(run.status, style, color)
    attempts = count(run.kernel.state.attempts, "attempt")
    cost = f", cost {run.cost:.4g}" if run.cost else ""
    yield f"{told} after {clock(run.elapsed)}, {attempts}{cost}"
    if outcome and outcome.error and run.status != "succeeded":
        where = f" at `{escape(outcome.error.step)}`" if outcome.error.step else ""
        said = run.secrets.without(outcome.error.message)
        message = f": {escape(str(said))}" if said else ""
        yield f"error: {escape(outcome.error.name)}{where}{message}"
    if outcome and (outcome.compensated or outcome.status != "succeeded"):
        yield f"compensated: {'yes' if outcome.compensated else 'no'}"
    if run.critical_path:
        chain = [path for path in run.critical_path if "/" not in path and "[" not in path]
        yield f"critical path (●): {' → '.join(map(escape, chain))}"
    yield from _waiting(run)
    yield from _skipped(run, color)
    yield from _assumed(run)


def _waiting(run: Run) -> Iterator[str]:
    for path in run.waiting:
        yield f"waiting: `{escape(path)}` waits for a signal or for an end that never comes"


def _skipped(run: Run, color: bool) -> Iterator[str]:  # noqa: FBT001
    """The steps that do not run, each with the reason."""
    skipped = [row for row in run.rows.values() if row.status == "skipped"]
    if skipped:
        yield ""
        yield paint("not run:", "bold", color)
    for row in skipped:
        certainty = run.certainties.get(without_indices(row.path), "wont")
        sure = " (may run after all)" if certainty == "may" else ""
        yield f"  {escape(row.path)}: {_why(run, row)}{sure}"


def _why(run: Run, row: Row) -> str:
    if row.detail != "condition":
        return _REASONS.get(row.detail, row.detail)
    step = find_step(run.plan, row.path)
    names = _graph_of(run, row.path)
    prefix = row.path.rpartition("/")[0]
    prefix = f"{prefix}/" if prefix else ""
    for dependency in (*step.dependencies, *step.outer) if step else ():
        name = names[dependency.step]
        other = run.rows.get(prefix + name)
        status = "" if other is None else other.status.replace("recovered", "succeeded")
        if status not in dependency.statuses:
            wanted = " or ".join(dependency.statuses)
            return f"it wants `{escape(name)}` {wanted}, and that {_went(status)}"
    return _REASONS["condition"]


def _went(status: str) -> str:
    return {"": "did not run", "succeeded": "succeeded", "failed": "failed"}.get(
        status, f"was {status}"
    )


def _assumed(run: Run) -> Iterator[str]:
    found = assumptions(run)
    if not found:
        return
    yield ""
    yield "assumed, as it is only known after the run:"
    for each in found:
        question = escape(each["question"])
        because = f" (it reads {escape(each['because'])})" if each["because"] else ""
        yield f"  {question} is {each['answer']}{because}"


def _known(data: Json) -> Json:
    """A value with words in the place of what is only known after the run."""
    if is_unknown(data):
        return "«unknown»"
    if isinstance(data, dict):
        return {name: _known(value) for name, value in data.items()}
    return [_known(item) for item in data] if isinstance(data, list) else data


def _data(run: Run) -> Iterator[str]:
    """Inputs and outputs."""
    import json

    def line(name: str, value: Json) -> str:
        return f"  {escape(name)}: {escape(json.dumps(_known(value), ensure_ascii=False))}"

    hide = run.secrets.without
    given = {n: shown_outputs(run, n, r.outputs) for n, r in run.steps.items() if r.outputs}
    outputs = (run.outcome.outputs if run.outcome else None) or {}
    titles = ("inputs:", shown_inputs(run)), ("outputs of steps:", given), ("outputs:", outputs)
    for title, values in titles:
        if values:
            yield title
            yield from (line(name, hide(value)) for name, value in values.items())

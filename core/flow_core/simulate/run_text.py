"""A simulated run for people: a timeline, what it means, and why steps do not run."""

from collections.abc import Iterator

from flow_core.clock import clock
from flow_core.diagnostics import Json
from flow_core.markers import is_unknown
from flow_core.plan.find import find_step, siblings, without_indices
from flow_core.printable import Paint, escape, plain
from flow_core.simulate.report import assumptions, shown_inputs, shown_outputs
from flow_core.simulate.run import Run
from flow_core.simulate.timeline import Row
from flow_core.simulate.timeline_text import timeline
from flow_core.types.show import count

MOST_OF_CHAIN = 12
"""So many steps of the critical path are named."""

_REASONS = {
    "condition": "a step that it waits for did not go as it asks",
    "when": "its `when` is false",
    "no_match": "no branch of its `switch` holds",
    "skip": "it says `skip`",
    "run_failing": "the run was failing",
    "cancelled": "the run was cancelled",
    "budget_exceeded": "a budget was used up",
}


def render(run: Run, *, paint: Paint = plain, show_data: bool = False) -> str:
    """The whole report."""
    parts = [_head(run, paint), *timeline(run, paint), "", *_summary(run, paint)]
    if show_data:
        parts += ["", *_data(run)]
    return "\n".join(parts) + "\n"


def _head(run: Run, paint: Paint) -> str:
    seed = run.kernel.state.seed
    told = f", seed {seed}" if seed is not None else ""
    return f"{paint(escape(run.plan.name), 'bold')}: dry run{told}"


def _summary(run: Run, paint: Paint) -> Iterator[str]:
    outcome = run.outcome
    style = "help" if run.status == "succeeded" else "error"
    told = paint(run.status, style)
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
        yield f"critical path (●): {' → '.join(map(escape, _ends_of(chain)))}"
    yield from _waiting(run)
    yield from _skipped(run, paint)
    yield from _assumed(run)


def _ends_of(chain: list[str]) -> list[str]:
    """A chain, or of a long one the beginning and the end.

    >>> " ".join(_ends_of([str(number) for number in range(100)]))
    '0 1 2 3 4 5 … 94 95 96 97 98 99'
    """
    side = MOST_OF_CHAIN // 2
    return chain if len(chain) <= MOST_OF_CHAIN else [*chain[:side], "…", *chain[-side:]]


def _waiting(run: Run) -> Iterator[str]:
    for path in run.waiting:
        yield f"waiting: `{escape(path)}` waits for a signal or for an end that never comes"


def _skipped(run: Run, paint: Paint) -> Iterator[str]:
    """The steps that do not run, each with the reason."""
    skipped = [row for row in run.rows.values() if row.status == "skipped"]
    if skipped:
        yield ""
        yield paint("not run:", "bold")
    for row in skipped:
        certainty = run.certainties.get(without_indices(row.path), "wont")
        sure = " (may run after all)" if certainty == "may" else ""
        yield f"  {escape(row.path)}: {_why(run, row)}{sure}"


def _why(run: Run, row: Row) -> str:
    if row.detail != "condition":
        return _REASONS.get(row.detail, row.detail)
    step = find_step(run.plan, row.path)
    beside = siblings(run.plan, row.path)
    prefix = row.path.rpartition("/")[0]
    prefix = f"{prefix}/" if prefix else ""
    for dependency in (*step.dependencies, *step.outer) if step else ():
        name = beside[dependency.step].name
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


def without_markers(data: Json) -> Json:
    """A value with words in the place of what is only known after the run."""
    if is_unknown(data):
        return "«unknown»"
    if isinstance(data, dict):
        return {name: without_markers(value) for name, value in data.items()}
    return [without_markers(item) for item in data] if isinstance(data, list) else data


def _data(run: Run) -> Iterator[str]:
    """Inputs and outputs."""
    import json

    def line(name: str, value: Json) -> str:
        return f"  {escape(name)}: {escape(json.dumps(without_markers(value), ensure_ascii=False))}"

    hide = run.secrets.without
    given = {n: shown_outputs(run, n, r.outputs) for n, r in run.steps.items() if r.outputs}
    outputs = (run.outcome.outputs if run.outcome else None) or {}
    titles = ("inputs:", shown_inputs(run)), ("outputs of steps:", given), ("outputs:", outputs)
    for title, values in titles:
        if values:
            yield title
            yield from (line(name, hide(value)) for name, value in values.items())

"""A run as plain data: what `flow dry-run --format json` prints and editors draw."""

from collections.abc import Iterator
from typing import Any

from flow_core.diagnostics import Json
from flow_core.kernel.names import error_data
from flow_core.markers import has_unknown
from flow_core.model.pipeline import Retry
from flow_core.plan.find import find_calls, find_step, without_indices
from flow_core.plan.plan import Leaf
from flow_core.simulate.run import Run
from flow_core.simulate.secrets import HIDDEN
from flow_core.simulate.timeline import Row


def run_data(run: Run, *, show_data: bool = False) -> dict[str, Any]:
    """Everything about a run; times in microseconds. ``show_data`` adds inputs and outputs.

    The values of secret ports are never shown.
    """
    outcome, shown = run.outcome, run.secrets.without
    data: dict[str, Any] = {
        "pipeline": run.plan.name,
        "status": run.status,
        "elapsed": run.elapsed,
        "cost": run.cost,
        "attempts": run.kernel.state.attempts,
        "seed": run.kernel.state.seed,
        "compensated": outcome.compensated if outcome else False,
        "error": shown(error_data(outcome.error)) if outcome else None,
        "errors": [shown(error_data(error)) for error in outcome.errors] if outcome else [],
        "ran": run.path,
        "critical_path": run.critical_path,
        "waiting": run.waiting,
        "assumed": assumptions(run),
        "steps": [row_data(run, row) for row in run.rows.values()],
    }
    if show_data:
        data["inputs"] = shown_inputs(run)
        data["outputs"] = shown(outcome.outputs) if outcome else None
        data["state"] = shown(run.kernel.channels())
        for entry in data["steps"]:
            result = run.step(entry["path"])
            if result is not None:
                entry["outputs"] = shown_outputs(run, entry["path"], result.outputs)
    return data


def row_data(run: Run, row: Row) -> dict[str, Any]:
    """One row of the timeline."""
    result = run.step(row.path)
    return {
        "path": row.path,
        "status": "succeeded" if row.status == "recovered" else row.status,
        "recovered": row.status == "recovered",
        "reason": row.detail,
        "error": error_data(result.error) if result else None,
        "iterations": result.iterations if result else 0,
        "composite": row.composite,
        "start": row.start,
        "end": row.end,
        "critical": row.path in run.critical,
        "certainty": run.certainties.get(without_indices(row.path), "will"),
        "attempts": [
            {"number": a.number, "ready": a.ready, "start": a.start, "end": a.end, "how": a.how}
            for a in row.attempts
        ],
        "waits": [{"start": w.start, "end": w.end, "kind": w.kind} for w in row.waits],
    }


def assumptions(run: Run) -> list[dict[str, str]]:
    """What was assumed because it is only known after the run, and why."""
    found = {
        note.path: {"question": note.path, "answer": note.how, "because": str(note.data or "")}
        for note in run.notes
        if note.what == "assumed"
    }
    return [*found.values(), *_answers(run)]


def _answers(run: Run) -> Iterator[dict[str, str]]:
    """The approvals and signals that nobody gave, and that were taken to come at once."""
    for path, row in run.rows.items():
        step = find_step(run.plan, path) if row.attempts else None
        waits = any(
            isinstance(c, Leaf) and c.waits for c in (find_calls(step, path) if step else ())
        )
        result = run.step(path)
        if waits and result is not None and has_unknown(result.outputs):
            yield {"question": path, "answer": "answered at once", "because": ""}


def shown_inputs(run: Run) -> dict[str, Json]:
    """The inputs of a run without its secrets."""
    ports = run.plan.inputs
    return {
        name: HIDDEN if name in ports and ports[name].secret else run.secrets.without(value)
        for name, value in run.inputs.items()
    }


def shown_outputs(run: Run, path: str, outputs: Json) -> Json:
    """The outputs of a step without its secrets."""
    step = find_step(run.plan, path)
    calls = find_calls(step, path) if step else []
    hidden = {name for call in calls if isinstance(call, Leaf) for name in call.secret}
    return run.secrets.without(_without(hidden, outputs))


def _without(hidden: set[str], outputs: Json) -> Json:
    if not hidden:
        return outputs
    if isinstance(outputs, list):
        return [_without(hidden, item) for item in outputs]
    if isinstance(outputs, dict):
        return {name: HIDDEN if name in hidden else value for name, value in outputs.items()}
    return outputs


def retry_of(run: Run, path: str) -> Retry | None:
    """The retry policy of the attempts at a path."""
    step = find_step(run.plan, path)
    for call in find_calls(step, path) if step else ():
        if call.policy.retry is not None:
            return call.policy.retry.policy
    return None

"""Expectations that become what happened: how a scenario file changes so that its runs meet it.

Only what is named and was not met is rewritten. A comparison stays one: a limit that was exceeded
becomes what was found, rounded to two figures so that it holds.
"""

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from flow_core.durations import show_duration
from flow_core.markers import has_unknown
from flow_core.model.scenario import Comparison
from flow_core.module import Module
from flow_core.places import Path, show_path
from flow_core.project import kind_of
from flow_core.simulate.expectations import Unmet
from flow_core.simulate.run import Run
from flow_core.simulate.scenarios import UNMET, ScenarioResult
from flow_core.syntax import parse
from flow_core.syntax.nodes import Scalar
from flow_core.syntax.patch import apply_edits, apply_patches

if TYPE_CHECKING:
    from flow_core.diagnostics import Json

from flow_core.diagnostics import Patch

_OF_ALL_RUNS = ("percentiles", "success_rate")
_STEPS = (
    *(10**power for power in range(9)),
    *(60_000_000 * n for n in (1, 5, 10, 30, 60, 120, 360, 720, 1440)),
)
"""What durations are rounded to, in microseconds: powers of ten, then minutes, hours and a day."""


class Update(msgspec.Struct, frozen=True):
    """How the expectations of a scenario are to change, and why some of them can't."""

    scenario: str
    patches: tuple[Patch, ...] = ()
    left: tuple[str, ...] = ()


def update_of(result: ScenarioResult, module: Module) -> Update | None:
    """What makes a scenario expect what happened; None where it failed for another reason.

    ``module`` is that of its file.
    """
    name = result.scenario.name
    if not result.unmet or any(each.code != UNMET for each in result.failures):
        return None
    patches: list[Patch] = []
    left: list[str] = []
    for each in result.unmet:
        why = _why_left(each, result, module)
        if why:
            left.append(f"`{show_path(each.path[3:])}`: {why}")
        elif (patch := _patch(each, result.run, module)) not in patches:
            patches.append(patch)
    return Update(name, tuple(patches), tuple(left))


def _why_left(unmet: Unmet, result: ScenarioResult, module: Module) -> str:
    """Why an expectation can't become what was found, "" if it can."""
    actual, key = unmet.actual, unmet.path[3]
    if module.document.get(unmet.path) is None:
        return "the scenario expects nothing, so that the run is to succeed"
    if result.samples is not None and key not in _OF_ALL_RUNS:
        return "its runs differ"
    if actual is msgspec.UNSET:
        return "it was never reached"
    if key == "status" and actual == "waiting":
        return "the run did not end"
    if unmet.limit is not None and unmet.limit.operator == "!=":
        return "it says what is not to be"
    secrets = result.run.secrets if result.run else None
    if has_unknown(actual) or (secrets and secrets.without(actual) != actual):
        return "it is secret or not known"
    return ""


def _patch(unmet: Unmet, run: Run | None, module: Module) -> Patch:
    absent = _absent_outputs(unmet.path, run)
    if absent:
        return Patch("delete", absent)
    if unmet.limit is not None:
        return Patch("replace", unmet.path, _limit(unmet, unmet.limit, module))
    actual: Json = None if unmet.actual is msgspec.UNSET else unmet.actual
    if actual is None and unmet.path[-1] == "error" and not _is_data(unmet.path):
        return Patch("delete", unmet.path)
    return Patch("replace", unmet.path, actual)


def _absent_outputs(path: Path, run: Run | None) -> Path:
    """The path of expected outputs that are not there at all, as nothing succeeded; else ()."""
    if path[3] == "outputs" and run is not None and run.outputs is None:
        return path[:4]
    step = run.step(str(path[4])) if path[5:6] == ("outputs",) and run is not None else None
    return path[:6] if step is not None and step.outputs is None else ()


def _is_data(path: Path) -> bool:
    """Whether a path leads into outputs or state, which may hold anything."""
    return path[3] in ("outputs", "state") or path[5:6] == ("outputs",)


# Limits


def _limit(unmet: Unmet, limit: Comparison, module: Module) -> "Json":
    """A limit as the file writes it: with its operator, where it has one."""
    found = float(unmet.actual) if isinstance(unmet.actual, int | float) else 0.0
    rounded = _rounded(found, limit)
    node = module.document.get(unmet.path)
    written = node.text.strip() if isinstance(node, Scalar) else ""
    has_operator = written.startswith(("<", ">", "="))
    if limit.is_duration:
        text = show_duration(int(rounded))
        return f"{limit.operator} {text}" if has_operator else text
    number = int(rounded) if rounded == int(rounded) else rounded
    return f"{limit.operator} {number}" if has_operator else number


def _rounded(found: float, limit: Comparison) -> float:
    """What was found, rounded so that the comparison holds."""
    if limit.operator == "==":
        return found
    step = _step(found, is_duration=limit.is_duration)
    steps = math.ceil(found / step) if "<" in limit.operator else math.floor(found / step)
    if limit.operator in ("<", ">") and steps * step == found:
        steps += 1 if limit.operator == "<" else -1
    digits = max(0, -math.floor(math.log10(step)))
    return round(max(0, steps) * step, digits)


def _step(found: float, *, is_duration: bool) -> float:
    """What a figure is rounded to: about a tenth of it."""
    if is_duration:
        return max((step for step in _STEPS if step * 10 <= found), default=1)
    return 10.0 ** (math.floor(math.log10(found)) - 1) if found > 0 else 1.0


# The file


class Updated(msgspec.Struct, frozen=True):
    """A text with its updates made, the scenarios that they changed, and why others were not."""

    text: str
    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def updated(text: str, module: Module, updates: Iterable[Update]) -> Updated:
    """The text of a scenario file with expectations rewritten; ``module`` is of that file.

    A scenario whose expectations others share is left alone.
    """
    changed: list[str] = []
    left: list[str] = []
    for update in updates:
        left += (f"`{update.scenario}`: {why}" for why in update.left)
        if not update.patches:
            continue
        before = _read(text, module)
        try:
            after = apply_edits(text, apply_patches(before.document, update.patches))
        except ValueError as error:
            left.append(f"`{update.scenario}`: {error}")
            continue
        others = list(_changed_others(before, _read(after, module), update.scenario))
        if others:
            left.append(f"`{update.scenario}`: it shares what it expects with `{others[0]}`")
        else:
            text = after
            changed.append(update.scenario)
    return Updated(text, tuple(changed), tuple(left))


def _read(text: str, module: Module) -> Module:
    return Module(module.file, parse(text, kind_of(module.file)), module.project)


def _changed_others(before: Module, after: Module, name: str) -> Iterator[str]:
    """The other scenarios that a change of one has changed, through an anchor."""
    now = after.scenario.scenarios
    for other, scenario in before.scenario.scenarios.items():
        if other != name and now.get(other) != scenario:
            yield other

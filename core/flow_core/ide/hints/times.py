"""Hints of how long a step can take with all its attempts."""

from collections.abc import Iterator

from flow_core.analysis.waits import total_wait
from flow_core.durations import show_duration
from flow_core.ide.hints.hint import Hint, behind
from flow_core.markdown import paragraphs
from flow_core.model.pipeline import Step
from flow_core.module import Module


def step_times(module: Module, step: Step) -> Iterator[Hint]:
    """The longest possible duration of a step that may call more than once."""
    effort = module.worst_case.step(step)
    limit, attempts = effort.duration.limit, effort.attempts.limit
    policies = {"retry": step.retry, "repeat": step.repeat, "timeout": step.timeout}
    key = next((key for key, policy in policies.items() if policy is not None), None)
    if key is None or not limit or attempts is None or attempts <= 1:
        return
    offset = behind(module, (*step.path, key))
    yield Hint(offset, f"≤ {show_duration(round(limit))}", "times", _tooltip(step, attempts))


def _tooltip(step: Step, attempts: float) -> str:
    """What the time is made of."""
    wait = total_wait(step.retry) if step.retry is not None else 0
    return paragraphs(
        "The longest that this step can take, queues aside.",
        f"At most {attempts:g} attempts"
        + (f", with waits of {show_duration(wait)} between those of a call" if wait else "")
        + ".",
    )

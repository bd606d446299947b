"""Which resilience is in force for a step's own call, the file's defaults considered."""

from flow_core.model.pipeline import Defaults, Retry, Step, Switch, Uses

WAITING = ("std.wait", "std.wait_signal", "std.approval")
"""Components that wait by design; defaults leave them alone."""


def timeout_of(step: Step, defaults: Defaults) -> int | None:
    """The timeout of each attempt in microseconds, None for none."""
    if step.timeout is not None or not _inherits(step, "timeout"):
        return step.timeout
    return defaults.timeout


def retry_of(step: Step, defaults: Defaults) -> Retry | None:
    """The retry policy, None for none."""
    if step.retry is not None or not _inherits(step, "retry"):
        return step.retry
    return defaults.retry


def _inherits(step: Step, key: str) -> bool:
    """Whether a default applies: to leaf calls that do not wait, unless the key is null."""
    if key in step.without:
        return False
    match step.call:
        case Uses(target=target):
            return target not in WAITING
        case Switch(branches=branches):
            return all(isinstance(branch.call, Uses) for branch in branches)
        case _:
            return False

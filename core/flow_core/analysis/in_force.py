"""Which resilience is in force for a step's own call, the file's defaults considered."""

from typing import TYPE_CHECKING

import msgspec

from flow_core.model.pipeline import Defaults, Retry, Step

if TYPE_CHECKING:
    from flow_core.components.signature import Signature

WAITING = ("std.wait", "std.wait_signal", "std.approval")
"""Components that wait by design; defaults leave them alone."""


class Governing(msgspec.Struct, frozen=True):
    """What governs the attempts of one call; ``inherited`` names what `defaults` gave."""

    timeout: int | None = None
    retry: Retry | None = None
    inherited: tuple[str, ...] = ()


def governing(step: Step, signature: "Signature | None", defaults: Defaults) -> Governing:
    """What governs the attempts of a step's own call, or of one branch of its `switch`.

    ``signature`` is that of the call, None for groups and for what is unknown: `defaults` apply to
    leaf calls that do not wait by design.
    """
    timeout, retry = step.timeout, step.retry
    if signature is None or not is_defaulted(signature):
        return Governing(timeout, retry)
    inherited: list[str] = []
    if timeout is None and defaults.timeout is not None and "timeout" not in step.without:
        timeout = defaults.timeout
        inherited.append("timeout")
    if retry is None and defaults.retry is not None and "retry" not in step.without:
        retry = defaults.retry
        inherited.append("retry")
    return Governing(timeout, retry, tuple(inherited))


def is_defaulted(signature: "Signature") -> bool:
    """Whether `defaults` apply to calls of a component."""
    waits = signature.kind == "std" and f"std.{signature.name}" in WAITING
    return signature.kind != "pipeline" and not waits

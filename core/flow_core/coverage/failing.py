"""Which calls can go wrong, and which take time, as far as a plan tells."""

from collections.abc import Collection

from flow_core.plan import plan as p
from flow_core.plan.find import attempted, inner_graphs

_ALWAYS = frozenset({"unexpected", "type_error"})
"""What every effect may come to."""


def can_fail(call: p.Attempted, errors: Collection[str] | None = None) -> bool:
    """Whether an attempt of a call may fail, with one of ``errors`` if they are given.

    What only a wrong expression brings about does not count: nobody tests for that.
    """
    if _is_limited(call.policy) and takes_time(call) and _is_among("timeout", errors):
        return True
    if isinstance(call, p.Leaf):
        return _leaf_fails(call, errors)
    return any(
        step.repeat is not None or any(can_fail(inner) for inner in attempted(step.call))
        for graph in inner_graphs(call)
        for step in graph.steps
    )


def _is_limited(policy: p.Policy) -> bool:
    retry = policy.retry
    return policy.timeout is not None or bool(retry and retry.policy.max_duration is not None)


def _leaf_fails(leaf: p.Leaf, errors: Collection[str] | None) -> bool:
    if leaf.target.errors is None or (leaf.breaker and _is_among("circuit_open", errors)):
        return True
    own = leaf.target.errors | _ALWAYS if leaf.target.effect else leaf.target.errors
    return not leaf.waits and any(_is_among(name, errors) for name in own)


def _is_among(name: str, errors: Collection[str] | None) -> bool:
    return errors is None or name in errors


def takes_time(call: p.Attempted) -> bool:
    """Whether an attempt of a call may take time."""
    if isinstance(call, p.Leaf):
        return call.target.effect or bool(call.waits)
    return any(
        takes_time(inner)
        for graph in inner_graphs(call)
        for step in graph.steps
        for inner in attempted(step.call)
    )

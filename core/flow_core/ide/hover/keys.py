"""Keys of the language: what they mean, and what applies where one stands."""

from collections.abc import Iterator

from flow_core.analysis.in_force import is_defaulted
from flow_core.analysis.policies import Policy, walk_policies
from flow_core.analysis.waits import total_wait, wait
from flow_core.document_page import retry_text
from flow_core.durations import show_duration
from flow_core.ide.cursor import Cursor
from flow_core.ide.describe import describe_key, estimate_words
from flow_core.markdown import code, paragraphs
from flow_core.model.pipeline import Retry
from flow_core.module import Module
from flow_core.places import Path

_MOST_WAITS = 8


def describe_key_at(cursor: Cursor) -> str:
    """The key of the language at the cursor, "" where it is none."""
    if cursor.key is None:
        return ""
    lines = [f"* {line}" for line in _here(cursor.module, cursor.path)]
    return paragraphs(describe_key(cursor.key), "\n".join(lines))


def _here(module: Module, path: Path) -> Iterator[str]:
    """What the key comes to where it stands."""
    for length in (len(path) - 1, len(path) - 2):
        policy = _policies(module).get(path[:length]) if length > 0 else None
        key = path[length : length + 1]
        if policy is not None and key == ("retry",):
            yield from _retry(module, policy)
        elif policy is not None and key == ("timeout",):
            yield from _timeout(module, policy)
    if path[-1] == "estimate":
        yield from _estimate(module, path[:-1])


def _policies(module: Module) -> dict[Path, Policy]:
    return {policy.path: policy for policy in walk_policies(module.pipeline)}


def _retry(module: Module, policy: Policy) -> Iterator[str]:
    """The waits that a policy makes, what it replaces, and how long it lasts."""
    if policy.retry is not None:
        yield from _waits(policy.retry)
    default = module.pipeline.defaults.retry
    if default is not None and _is_defaulted(module, policy):
        yield f"replaces that of `defaults`: {retry_text(default)}"
    yield from _worst_case(module, policy)


def _waits(retry: Retry) -> Iterator[str]:
    count = retry.max_attempts - 1
    shown = [show_duration(wait(retry, n)) for n in range(1, min(count, _MOST_WAITS) + 1)]
    if not retry.delay or not shown:
        return
    more = ", …" if count > _MOST_WAITS else ""
    yield f"waits {', '.join(shown)}{more}: {show_duration(total_wait(retry))} in all"


def _timeout(module: Module, policy: Policy) -> Iterator[str]:
    default = module.pipeline.defaults.timeout
    if default is not None and _is_defaulted(module, policy):
        yield f"replaces that of `defaults`: {show_duration(default)}"
    yield from _worst_case(module, policy)


def _is_defaulted(module: Module, policy: Policy) -> bool:
    """Whether `defaults` would apply in its place."""
    signature = module.called(policy.path)
    return policy.role == "step" and signature is not None and is_defaulted(signature)


def _worst_case(module: Module, policy: Policy) -> Iterator[str]:
    info = module.steps.get(policy.step)
    if info is not None and info.step.path == policy.path:
        limit = module.worst_case.step(info.step).duration.limit
        if limit:
            yield f"the step takes at most {show_duration(round(limit))}"


def _estimate(module: Module, path: Path) -> Iterator[str]:
    """What is assumed without it."""
    signature = module.called(path)
    if signature is not None and signature.estimate is not None:
        words = estimate_words(signature.estimate)
        yield f"replaces that of {code(signature.name)}: {words}"

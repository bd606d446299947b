"""A circuit breaker can't open: what it counts never happens, or not often enough.

## Why it matters

A breaker protects a service that is down from a thousand more requests. One that counts an error
that the component never raises, or more failures than a run may make attempts, protects nothing.

## Fails

```yaml
flow: 1
name: payments
components:
  charge:
    errors: {GatewayError: the gateway did not answer}
    circuit_breaker: {failure_threshold: 5, reset_timeout: 30s, errors: [GatewayFault]}
    run: {shell: [charge-card]}
```

## Passes

```yaml
flow: 1
name: payments
components:
  charge:
    errors: {GatewayError: the gateway did not answer}
    circuit_breaker: {failure_threshold: 5, reset_timeout: 30s, errors: [GatewayError]}
    run: {shell: [charge-card]}
```

## How to fix

Name errors that the component declares, or `timeout`, `unexpected` and `type_error`.
`circuit_open`, `cancelled` and wrong expressions never count. Keep `failure_threshold` within the
`budget.attempts` of the pipelines that call the component.
"""

from collections.abc import Iterator

from flow_core.analysis.raises import BUILT_IN
from flow_core.components.signature import Breaker, Signature
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.problems import Problem
from flow_core.rules.rule import Rule, finding
from flow_core.suggest import closest

RULE = Rule("FL406", "breaker-never-opens", Severity.WARNING, whole=True)

_COUNTED = ("timeout", "unexpected", "type_error")
"""Built-in errors that any component may come to and that a breaker counts."""

_NEVER_COUNTED = ("circuit_open", "cancelled", "expression_error")


def check(module: Module) -> Iterator[Finding]:
    """Errors that this file's components never raise; thresholds beyond this file's budget."""
    for name, signature in module.library.components.items():
        if signature.breaker is not None and signature.breaker.errors:
            yield from _errors(module, name, signature, signature.breaker.errors)
    if module.pipeline.budget.attempts is not None:
        yield from _thresholds(module, module.pipeline.budget.attempts)


def _errors(
    module: Module, name: str, signature: Signature, errors: tuple[str, ...]
) -> Iterator[Finding]:
    is_pipeline = signature.kind == "pipeline"
    for index, error in enumerate(errors):
        if error in signature.errors or error in _COUNTED:
            continue
        if is_pipeline and error not in _NEVER_COUNTED:
            continue  # what a pipeline raises is known to its own file
        place = Place(("components", name, "circuit_breaker", "errors", index))
        yield finding(module, _uncounted(name, error, signature, place))


def _uncounted(name: str, error: str, signature: Signature, place: Place) -> Problem:
    meant = closest(error, (*signature.errors, *BUILT_IN))
    meant = meant if meant in signature.errors or meant in _COUNTED else None
    if error in _NEVER_COUNTED:
        message, hint = f"no breaker counts `{error}`", "delete it, or name an error of the call"
    else:
        message = f"`{name}` never raises `{error}`, so its breaker counts none"
        hint = f"did you mean `{meant}`?" if meant else "declare it under the component's `errors`"
    return Problem("uncounted-error", place, message, hint, meant)


def _thresholds(module: Module, attempts: int) -> Iterator[Finding]:
    """The first call of each component whose breaker needs more failures than a run can have."""
    seen: set[tuple[str, Place]] = set()
    for path in module.calls:
        signature = module.called(path)
        if signature is None or signature.breaker is None:
            continue
        if signature.breaker.failure_threshold > attempts:
            key = (signature.name, signature.place)
            if key not in seen:
                seen.add(key)
                yield _threshold(path, signature, signature.breaker, attempts)


def _threshold(path: Path, signature: Signature, breaker: Breaker, attempts: int) -> Finding:
    return Finding(
        Place((*path, "uses")),
        f"the breaker of `{signature.name}` opens after {breaker.failure_threshold} failures, "
        f"and the budget allows {attempts} attempts",
        "lower the breaker's `failure_threshold`, or raise `budget.attempts`",
        (
            Related(Place(("budget", "attempts")), "no run makes more attempts"),
            Related(signature.place, "the component with the breaker"),
        ),
    )

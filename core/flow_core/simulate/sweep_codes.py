"""The codes of what only a sweep of faults can find (`flow test --faults`), with their pages."""

from flow_core.diagnostics import Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

SWEEP_TEXTS: dict[tuple[str, str, Severity], str] = {
    ("FL820", "never-succeeds", _ERROR): """\
In none of many runs in which nothing goes wrong does the pipeline succeed.

## Why it matters

Inputs and outputs were drawn from the types in a hundred ways, every call went well, and still each
run failed: a timeout is shorter than the call, a check never holds, a value never fits.

## How to fix

Look at the timeline: it is the run that came furthest. If the pipeline wants values that its types
don't tell, narrow the types (`enum`, `minimum`, `pattern`).
""",
    ("FL821", "never-ends", _ERROR): """\
A run waits for what never comes, or makes attempts without end.

## Why it matters

It holds its resources and its schedule until somebody notices.

## How to fix

Give a `timeout` to what waits, and bounds to what is repeated.
""",
    ("FL822", "value-not-taken", _WARNING): """\
Values that fit the types make an expression or a port fail in the middle of a run.

## Why it matters

The types promise that any such value will do. One that a component gives for the first time in
production ends the run with `expression_error` or `type_error`.

## How to fix

Guard the expression (`coalesce`, `has`, a `when`), or narrow the type of where the value comes
from.
""",
    ("FL823", "not-undone", _WARNING): """\
A run failed, what a step did stays done, and there is a component that would take it back.

## Why it matters

The component beside the step's own gives nothing and takes just what the step gives, as `release`
does for `reserve`; but nothing calls it for this step.

## How to fix

Add it as the step's `compensate`. If it does something else, silence the line:
`# flow: ignore[FL823] reason`.
""",
    ("FL824", "left-behind", _WARNING): """\
A run fails, and beside the failure something was done that is not undone.

## Why it matters

Other steps of this pipeline are compensated, so a failed run is to leave nothing behind. This step
has no `compensate` and does not wait for the one that failed, so it ran although the run was lost.

## How to fix

Let it depend on the step that may fail, or give it a `compensate`.
""",
    ("FL825", "undone-with-another-value", _WARNING): """\
A compensation is given another value than the one that the step gave, or got, under that name.

## Why it matters

It undoes something else, or nothing. Nobody notices until a run fails.

## How to fix

Write `${{ outputs.… }}` with the name of the port.
""",
    ("FL826", "error-not-taken", _WARNING): """\
A step handles some errors of its component, and another one that it declares ends the run.

## Why it matters

A handler shows that failing here is expected. An error that neither `retry` nor a handler names was
probably forgotten, or another was named in its place.

## How to fix

Name it in `retry.errors` or in a handler. If it is meant to end the run, say so in the `errors` of
the pipeline.
""",
    ("FL827", "outage-not-retried", _WARNING): """\
A `retry` leaves out the errors that the component's circuit breaker counts.

## Why it matters

What a breaker counts is an outage, which passes. The retry names other errors, which don't.

## How to fix

Name the breaker's errors in `retry.errors`.
""",
    ("FL828", "expected-failure", _WARNING): """\
An estimate says that a component fails now and then, and the step neither retries nor handles it.

## Why it matters

So many runs fail for no other reason.

## How to fix

Add a `retry` or a `catch`, or correct `estimate.failure_rate`.
""",
    ("FL829", "idle-gate", _WARNING): """\
A step that is there to stop or to delay others has nobody who waits for it.

## Why it matters

A check that fails ends the run, but what does not wait for it has been done by then. A wait that
nobody waits for delays nothing.

## How to fix

Let the steps that it guards depend on it.
""",
    ("FL830", "handler-not-reached", _WARNING): """\
No fault of the pipeline leads to a handler.

## Why it matters

It is not tested by anything, and does not help where it was meant to.

## How to fix

See which errors the step raises and what its `retry` leaves over. A handler whose `when` depends on
data may be reached by values that were not drawn: silence the line then.
""",
    ("FL831", "timeout-cuts-slow-calls", _WARNING): """\
A timeout cuts calls that take as long as one call in twenty does by its estimate.

## Why it matters

One in twenty attempts fails though nothing is wrong.

## How to fix

Raise the `timeout` above the estimate's `p95`, or correct the estimate.
""",
    ("FL832", "wait-out-of-proportion", _WARNING): """\
A retry waits next to nothing, or many times longer than the call may take.

## Why it matters

After some milliseconds nothing has changed, so all attempts are spent on one hiccup; hours between
attempts of a call of seconds hold up the run. Often a unit is wrong: `5ms` for `5s`.

## How to fix

Wait about as long as the call takes, and let `backoff: exponential` do the rest.
""",
    ("FL833", "budget-not-kept", _ERROR): """\
A run in which nothing goes wrong does not keep within the pipeline's budget.

## Why it matters

The budget is there to stop runs that go wrong.

## How to fix

Raise the `budget`, or make fewer or shorter attempts.
""",
    ("FL834", "step-not-reached", _WARNING): """\
A step runs in none of the runs, with whatever values and faults.

## Why it matters

Its condition probably never holds, or what it waits for never ends as it asks.

## How to fix

Look at its `when` and its `depends_on`. Where the condition wants one value of very many, narrow
the type to an `enum`, or silence the line.
""",
    ("FL835", "another-output", _WARNING): """\
A port gets an output of another name, and an output of its own name that fits goes unused.

## Why it matters

`weight: ${{ steps.price.outputs.total }}` fits by type and is wrong all the same.

## How to fix

Pass the output that has the name, or silence the line if the other is meant.
""",
    ("FL836", "sweep-changed", _ERROR): """\
With some fault the pipeline does otherwise than its saved sweep says.

## Why it matters

A saved sweep holds what each fault leads to. A change of that is either a mistake, or what was
intended and wants to be read and saved.

## How to fix

Mend the pipeline, or make the sweep anew with `flow test --faults --save` and read its difference
before you commit it.
""",
    ("FL837", "output-lost", _WARNING): """\
A fault makes an output null, and the run succeeds without saying so.

## Why it matters

The output's expression is not null without the fault, and its type does not say that it may be, so
whoever uses the pipeline relies on it.

## How to fix

Let the run fail, give a value in the handler, or declare the output with a type that admits null.
""",
}

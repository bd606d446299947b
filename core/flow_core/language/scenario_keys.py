"""The keys of scenario files (`*.flowtest.yaml`)."""

from flow_core.language.common_keys import DESCRIPTION
from flow_core.language.shapes import (
    Boolean,
    Choice,
    Constant,
    Data,
    Key,
    ListOf,
    MapOf,
    Number,
    OneOf,
    Record,
    Text,
    Words,
)

RUN_STATUSES = ("succeeded", "failed", "cancelled", "budget_exceeded")
_COUNT = Number(integer=True, minimum=0)

_MOCK = Record(
    "mock",
    "a mock",
    "What one attempt does in place of the real call: exactly one of `returns`, `fail`, `hang`.",
    (
        Key("returns", Data(literal=True), "The outputs it gives.", example="returns: {ok: true}"),
        Key("fail", Text(), "The name of the error it raises.", example="fail: GatewayError"),
        Key("hang", Constant(value=True), "Never ends, so that a timeout cuts it."),
        Key(
            "takes",
            Text("duration"),
            "How long it takes. Without it, the estimate's `p50`, else nothing.",
            example="takes: 4s",
        ),
    ),
    choice=Choice(("returns", "fail", "hang")),
)
_STEP_EXPECTATION = Record(
    "step_expectation",
    "what is expected of a step",
    "What is expected of one step. What is not named is not compared.",
    (
        Key(
            "status",
            Words(("succeeded", "failed", "skipped", "cancelled")),
            "How the step ended.",
        ),
        Key("attempts", _COUNT, "How many attempts there were, over all elements and iterations."),
        Key("iterations", _COUNT, "How many iterations of `repeat` there were."),
        Key(
            "waits",
            ListOf(Text("duration")),
            "The waits between attempts, in order.",
            example="waits: [500ms, 1s]",
        ),
        Key("recovered", Boolean(), "Whether a handler of `catch` saved the step."),
        Key("outputs", Data(literal=True), "The step's outputs, or a part of them."),
        Key("error", Text(), "The name of the step's error."),
    ),
)
_EXPECTATION = Record(
    "expectation",
    "what is expected",
    "What is expected of a run. What is not named is not compared.",
    (
        Key("status", Words(RUN_STATUSES), "How the run ended."),
        Key(
            "ran",
            ListOf(Text()),
            "The steps that succeeded or failed, in the order in which they ended.",
            example="ran: [validate, charge]",
        ),
        Key(
            "steps",
            MapOf(_STEP_EXPECTATION),
            "What is expected of single steps, by name.",
            example="steps: {charge: {attempts: 3, recovered: true}}",
        ),
        Key("outputs", MapOf(Data(literal=True)), "The pipeline's outputs, or some of them."),
        Key("state", MapOf(Data(literal=True)), "The channels at the end, or some of them."),
        Key("error", Text(), "The name of the run's error."),
        Key("compensated", Boolean(), "Whether compensations ran and none failed."),
        Key(
            "elapsed",
            Text("comparison"),
            "How long the run took: a duration, or a comparison with one.",
            example='elapsed: "< 2h"',
        ),
        Key(
            "cost",
            OneOf((Number(minimum=0), Text("comparison"))),
            "What the run cost: a number, or a comparison with one.",
            example='cost: "< 0.4"',
        ),
    ),
)
_SCENARIO = Record(
    "scenario",
    "a scenario",
    "One run to simulate, and what is expected of it.",
    (
        DESCRIPTION,
        Key("inputs", MapOf(Data(literal=True)), "The pipeline's inputs, as literals."),
        Key(
            "secrets",
            MapOf(Text()),
            "Secrets for this run, in clear: never real ones.",
            example="secrets: {STRIPE_KEY: test}",
        ),
        Key(
            "seed",
            Number(integer=True, minimum=0),
            "The seed of jitter. Without it, waits have no jitter.",
        ),
        Key(
            "start",
            Text("datetime"),
            "When the simulated run starts: an RFC 3339 time with an offset.",
            example='start: "2026-11-20T06:00:00Z"',
        ),
        Key(
            "mocks",
            MapOf(OneOf((_MOCK, ListOf(_MOCK, filled=True)))),
            "What effects do, by step (`charge`, `pick[0]`, `onboard/create`) or by component "
            "(`payments.invoice`). A list has one entry for each attempt.",
            example="mocks:\n  charge: [{fail: GatewayError}, {returns: {receipt: {id: r1}}}]",
        ),
        Key("expect", _EXPECTATION, "What the run must have done."),
    ),
)

SCENARIOS = Record(
    "scenario_file",
    "a scenario file",
    "The root of a `*.flowtest.yaml` or `*.flowtest.json` file: scenarios that test a pipeline.",
    (
        Key("flow_test", Constant(1), "The version of scenario files.", required=True),
        Key(
            "pipeline",
            Text("path"),
            "The pipeline under test, as a path from this file.",
            required=True,
            example="pipeline: ../order.flow.yaml",
        ),
        DESCRIPTION,
        Key(
            "scenarios",
            MapOf(_SCENARIO, filled=True),
            "The scenarios, each under a sentence that says what it shows.",
            required=True,
        ),
        Key("$schema", Text(), "The JSON Schema of this file, for editors that look for it here."),
    ),
)

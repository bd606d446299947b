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
PERCENTILES = ("p50", "p75", "p90", "p95", "p99")
MOST_SAMPLES = 100_000
_COUNT = Number(integer=True, minimum=0)

_MOCK = Record(
    "mock",
    "a mock",
    "What one attempt does in place of the real call: exactly one of `returns`, `fail`, `hang`, "
    "`estimated`.",
    (
        Key("returns", Data(literal=True), "The outputs it gives.", example="returns: {ok: true}"),
        Key("fail", Text(), "The name of the error it raises.", example="fail: GatewayError"),
        Key("hang", Constant(value=True), "Never ends, so that a timeout cuts it."),
        Key(
            "estimated",
            Constant(value=True),
            "Does what the component's `estimate` says: with `samples` it fails as often as the "
            "`failure_rate`. What it gives is only known after a run.",
        ),
        Key(
            "takes",
            Text("duration"),
            "How long it takes. Without it, the estimate's `p50`, else nothing; with `samples` it "
            "is drawn from `p50` and `p95`.",
            example="takes: 4s",
        ),
        Key(
            "failure_rate",
            Number(minimum=0, maximum=1),
            "With `samples`: the share of attempts, 0 to 1, that fail instead, each with one of "
            "the errors that the component declares.",
            example="failure_rate: 0.02",
        ),
    ),
    choice=Choice(("returns", "fail", "hang", "estimated"), {"failure_rate": "returns"}),
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
_LIMITS = Record(
    "percentile",
    "a percentile",
    "What so many of 100 runs stay within.",
    (
        Key("duration", Text("duration"), "How long such a run takes at most."),
        Key("cost", Number(minimum=0), "What such a run costs at most."),
    ),
)
_PERCENTILES = Record(
    "percentiles",
    "percentiles",
    "What 50, 75, 90, 95 or 99 of 100 runs stay within.",
    tuple(
        Key(
            name,
            _LIMITS,
            f"What {name.removeprefix('p')} of 100 runs stay within.",
            example=f"{name}: {{duration: 2m, cost: 0.1}}",
        )
        for name in PERCENTILES
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
        Key(
            "max_duration",
            Text("duration"),
            "How long the run takes at most; with `samples`, each of the runs.",
            example="max_duration: 5m",
        ),
        Key(
            "max_cost",
            Number(minimum=0),
            "What the run costs at most; with `samples`, each of the runs.",
            example="max_cost: 0.4",
        ),
        Key(
            "percentiles",
            _PERCENTILES,
            "What so many of 100 runs stay within. Only with `samples`.",
            example="percentiles: {p50: {duration: 30s}, p95: {duration: 2m, cost: 0.1}}",
        ),
        Key(
            "success_rate",
            OneOf((Number(minimum=0, maximum=1), Text("comparison"))),
            "The share of the runs that succeed, 0 to 1: a number, or a comparison with one. "
            "Only with `samples`.",
            example='success_rate: ">= 0.99"',
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
            "The seed of jitter. Without it, waits have no jitter. With `samples` it is the seed "
            "of the first run, else 0.",
        ),
        Key(
            "samples",
            Number(integer=True, minimum=1, maximum=MOST_SAMPLES),
            "Makes so many runs, each with the next seed. What `mocks` leave open is drawn from "
            "the estimates: durations, and failures where a mock asks for them.",
            example="samples: 500",
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
        Key("expect", _EXPECTATION, "What the run must have done. Without it, it must succeed."),
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

"""Keys that mean the same wherever they stand."""

from flow_core.language.shapes import (
    Data,
    Key,
    ListOf,
    MapOf,
    Number,
    Record,
    Text,
    Value,
    Words,
)

DESCRIPTION = Key(
    "description",
    Text("prose"),
    "What this is for, in Markdown. Shown on hover and in the generated documentation.",
)
METADATA = Key(
    "metadata",
    MapOf(Data()),
    "Data for people and other tools. Flow itself never reads it.",
    example="metadata: {owner: shop}",
)
TAGS = Key("tags", ListOf(Text()), "Words to find this by, for instance with `flow components`.")
VERSION = Key(
    "version",
    Text("version"),
    "A semantic version, which callers can ask for: `uses: payments.charge@^2.1`. "
    'Quote it where it reads as a number (`"1.10"`).',
    example="version: 1.4.0",
)
TIMEOUT = Key(
    "timeout",
    Text("duration"),
    "How long one attempt may take; then it fails with `timeout`. Waiting and approval count, "
    "queueing for a slot does not. Without it there is no limit.",
    example="timeout: 30s",
)
ERRORS_FILTER = Key(
    "errors",
    ListOf(Text()),
    "The names of the errors that are meant. Without it, any error is.",
    example="errors: [timeout, GatewayError]",
)

RETRY = Key(
    "retry",
    Record(
        "retry",
        "a retry policy",
        "How a failing call is tried again.",
        (
            Key(
                "max_attempts",
                Number(integer=True, minimum=1),
                "How often the call is tried at most, **including the first attempt**.",
                required=True,
            ),
            Key("delay", Text("duration"), "The wait after the first failure.", default="0s"),
            Key(
                "backoff",
                Words(("fixed", "linear", "exponential")),
                "How the wait grows: `fixed` keeps `delay`, `linear` multiplies it by the number "
                "of failures, `exponential` by `factor` after each.",
                default="fixed",
            ),
            Key(
                "factor",
                Number(minimum=0),
                "What an exponential wait is multiplied by after each failure.",
                default=2,
            ),
            Key("max_delay", Text("duration"), "The longest single wait."),
            Key(
                "max_duration",
                Text("duration"),
                "A bound on all attempts and waits together, from the first start. No attempt "
                "starts after it, a running one is cut with `timeout`.",
            ),
            Key(
                "jitter",
                Number(minimum=0, maximum=1),
                "The share of each wait that is random, 0 to 1: a wait is shortened by up to this.",
                default=0,
            ),
            Key(
                "errors",
                ListOf(Text()),
                "Only these errors are retried. Without it all are, except `expression_error`, "
                "`type_error`, `cancelled` and `budget_exceeded`.",
                example="errors: [timeout, GatewayError]",
            ),
            Key(
                "when",
                Value("boolean"),
                "Retries only while this holds. Sees `error` and `attempt`.",
                example="when: ${{ error.data.status >= 500 }}",
            ),
        ),
    ),
    "Tries again after a failure. `max_attempts` includes the first attempt.",
    example="retry: {max_attempts: 4, delay: 500ms, backoff: exponential, max_delay: 10s}",
)

_P50 = Key("p50", Text("duration"), "The median duration.")
_P95 = Key("p95", Text("duration"), "The duration that 95 of 100 attempts stay within.")
_COST = Key("cost", Number(minimum=0), "What one attempt costs, in the project's unit.")
ESTIMATE = Key(
    "estimate",
    Record(
        "step_estimate",
        "an estimate",
        "What simulation assumes about a call.",
        (_P50, _P95, _COST),
    ),
    "What simulation assumes about this call, in place of the component's estimate or history.",
    example="estimate: {p50: 300ms, p95: 2s, cost: 0.002}",
)
COMPONENT_ESTIMATE = Key(
    "estimate",
    Record(
        "component_estimate",
        "an estimate",
        "What simulation assumes about a component.",
        (
            _P50,
            _P95,
            _COST,
            Key(
                "failure_rate",
                Number(minimum=0, maximum=1),
                "The share of attempts that fail, 0 to 1.",
            ),
        ),
    ),
    "What simulation assumes about each call. A step's `estimate` wins over it.",
    example="estimate: {p50: 300ms, p95: 2s, cost: 0.002, failure_rate: 0.01}",
)

"""The keys of component definitions."""

from flow_core.language.common_keys import (
    COMPONENT_ESTIMATE,
    DESCRIPTION,
    ERRORS_FILTER,
    METADATA,
    TAGS,
    VERSION,
)
from flow_core.language.shapes import (
    Choice,
    Key,
    ListOf,
    MapOf,
    Number,
    Record,
    Text,
    Value,
    Words,
)
from flow_core.language.type_keys import INPUT, OUTPUT

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

_BREAKER = Record(
    "circuit_breaker",
    "a circuit breaker",
    "Stops calling what keeps failing. One breaker for each component in a run, "
    "sub-pipelines included.",
    (
        Key(
            "failure_threshold",
            Number(integer=True, minimum=1),
            "How many failures in a row open it; calls then fail with `circuit_open`.",
            required=True,
        ),
        Key(
            "reset_timeout",
            Text("duration"),
            "How long it stays open before it lets calls probe.",
            required=True,
        ),
        Key(
            "half_open_max",
            Number(integer=True, minimum=1),
            "How many calls may probe at once. The first success closes it, the first failure "
            "opens it again.",
            default=1,
        ),
        ERRORS_FILTER,
    ),
)
_HTTP = Record(
    "http",
    "an HTTP request",
    "A request that a component makes.",
    (
        Key("method", Words(METHODS), "The HTTP method.", default="GET"),
        Key("url", Value("text"), "The URL. Sees `inputs`.", required=True),
        Key("headers", MapOf(Value("text")), "The headers. Sees `inputs`."),
        Key("body", Value(), "What is sent, as JSON. Sees `inputs`."),
    ),
)
_RUN = Record(
    "run",
    "an implementation",
    "What runs when a component is called: exactly one of `python`, `shell`, `http` and `flow`.",
    (
        Key(
            "python",
            Text(),
            "A Python function as `module:name`.",
            example='python: "shop.payments:charge"',
        ),
        Key(
            "executor",
            Words(("async", "thread", "process")),
            "Where the Python function runs.",
            default="thread",
        ),
        Key(
            "shell",
            ListOf(Text(), filled=True),
            "A command and its arguments. Inputs are environment variables of the same name, "
            "outputs are JSON on standard output.",
            example="shell: [python, report.py]",
        ),
        Key("http", _HTTP, "An HTTP request."),
        Key("flow", Text("path"), "A pipeline, as a path.", example="flow: ./charge.flow.yaml"),
    ),
    choice=Choice(("python", "shell", "http", "flow"), {"executor": "python"}),
)
COMPONENT = Record(
    "component",
    "a component",
    "Something that steps can call: typed inputs and outputs, named errors, and what runs.",
    (
        VERSION,
        DESCRIPTION,
        Key(
            "inputs",
            MapOf(INPUT, names="identifier"),
            "The inputs by name: a type, or a type with `default`, `env` and `secret`.",
            example="inputs: {amount: {type: number, minimum: 0}}",
        ),
        Key(
            "outputs",
            MapOf(OUTPUT, names="identifier"),
            "The outputs by name, each with its type.",
            example="outputs: {receipt: Receipt}",
        ),
        Key(
            "errors",
            MapOf(Text("prose"), names="identifier"),
            "The errors it can raise, by name, with what they mean.",
            example="errors: {CardDeclined: the bank said no}",
        ),
        COMPONENT_ESTIMATE,
        Key(
            "circuit_breaker",
            _BREAKER,
            "Stops calling the component after failures in a row.",
            example="circuit_breaker: {failure_threshold: 5, reset_timeout: 30s}",
        ),
        TAGS,
        METADATA,
        Key(
            "deprecated",
            Text("prose"),
            "That it should no longer be used, and what to use instead.",
            example="deprecated: use charge_v3",
        ),
        Key(
            "run",
            _RUN,
            "What runs when the component is called.",
            required=True,
            example='run: {python: "shop.payments:charge"}',
        ),
    ),
)

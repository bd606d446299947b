"""The keys of a pipeline or component library, from the root of the file."""

from flow_core.language.common_keys import DESCRIPTION, METADATA, RETRY, TAGS, TIMEOUT, VERSION
from flow_core.language.component_keys import COMPONENT
from flow_core.language.shapes import (
    Constant,
    Data,
    Key,
    ListOf,
    MapOf,
    Named,
    Number,
    Record,
    Text,
    Words,
)
from flow_core.language.step_keys import OUTPUTS, STEPS
from flow_core.language.type_keys import INPUT, TYPE

LANGUAGE_VERSION = 1

_CHANNEL = Record(
    "channel",
    "a channel",
    "A shared value that steps write with `set` and expressions read as `state.name`.",
    (
        Key("type", TYPE, "The type of the channel's value.", required=True),
        Key(
            "reduce",
            Words(("append", "merge", "last", "sum", "min", "max")),
            "How a write joins what is there.",
            default="last",
        ),
        Key(
            "default",
            Data(literal=True),
            "The value before any write. Without it `append` starts from `[]`, others from null.",
        ),
        DESCRIPTION,
    ),
)
_DEFAULTS = Record(
    "defaults",
    "defaults",
    "What applies to each leaf call of this file that does not say otherwise.",
    (TIMEOUT, RETRY),
)
_BUDGET = Record(
    "budget",
    "a budget",
    "Bounds of a whole run, sub-pipelines included. Exceeding one raises `budget_exceeded`.",
    (
        Key("duration", Text("duration"), "How long a run may take, `finally` excepted."),
        Key("cost", Number(minimum=0), "What a run may cost, in the project's unit."),
        Key("attempts", Number(integer=True, minimum=1), "How many calls a run may make."),
    ),
)
_SCHEDULE = Record(
    "schedule",
    "a schedule entry",
    "When the pipeline starts by itself.",
    (
        Key(
            "cron",
            Text("cron"),
            "Five fields: minute, hour, day of month, month, day of week. Names such as `MON` are "
            "known. Where both day fields are restricted, either suffices.",
            required=True,
            example='cron: "0 6 * * 1-5"',
        ),
        Key(
            "timezone",
            Text("timezone"),
            "An IANA time zone.",
            default="UTC",
            example="timezone: Europe/Berlin",
        ),
        Key(
            "overlap",
            Words(("skip", "queue", "cancel_running")),
            "What happens when the previous run still runs.",
            default="skip",
        ),
        Key("inputs", MapOf(Data(literal=True)), "The inputs of the runs, as literals."),
    ),
)

PIPELINE = Record(
    "pipeline",
    "a pipeline or a component library",
    "The root of a `*.flow.yaml` or `*.flow.json` file: a pipeline (it has `steps`), a component "
    "library (it has only `components` or `types`), or both.",
    (
        Key(
            "flow",
            Constant(LANGUAGE_VERSION),
            "The version of the language.",
            required=True,
            example="flow: 1",
        ),
        Key(
            "name",
            Text("label"),
            "The name of the pipeline: letters, digits, `_`, `-` and `.`. "
            "Required where there are `steps`.",
            example="name: order-processing",
        ),
        VERSION,
        DESCRIPTION,
        METADATA,
        TAGS,
        Key(
            "imports",
            MapOf(Text("reference"), names="identifier"),
            "Where components and types come from, by alias: a path to a Flow file, or "
            "`python:module`, whose signatures are read from source without importing it.",
            example="imports: {payments: ./components/payments.flow.yaml, shop: python:shop.steps}",
        ),
        Key(
            "types",
            MapOf(TYPE, names="identifier"),
            "Types by name: shorthand or JSON Schema.",
            example="types:\n  Line: {fields: {sku: string, qty: {type: integer, minimum: 1}}}",
        ),
        Key(
            "inputs",
            MapOf(INPUT, names="identifier"),
            "What callers give, by name: a type, or a type with `default`, `env` and `secret`.",
            example="inputs:\n  order: Order\n  region: {type: string, default: eu}",
        ),
        Key(
            "secrets",
            ListOf(Text("identifier")),
            "The names of the secrets that expressions may read as `secrets.NAME`.",
            example="secrets: [STRIPE_KEY]",
        ),
        Key(
            "errors",
            ListOf(Text()),
            "The component errors that the pipeline may raise. Without it they are inferred; "
            "with it they are checked.",
            example="errors: [CardDeclined]",
        ),
        Key(
            "state",
            MapOf(_CHANNEL, names="identifier"),
            "Channels: shared values that steps write, each with a rule to join writes.",
            example="state:\n  audit: {type: list<string>, reduce: append}",
        ),
        Key(
            "defaults",
            _DEFAULTS,
            "What applies to each leaf call of this file, `finally` included, except `std.wait`, "
            "`std.wait_signal` and `std.approval`. A step's own key replaces the whole default; "
            "`null` removes it.",
            example="defaults: {timeout: 30s, retry: {max_attempts: 2}}",
        ),
        Key(
            "max_parallel",
            Number(integer=True, minimum=1),
            "How many attempts may run at once. Without it there is no limit.",
        ),
        Key(
            "budget",
            _BUDGET,
            "Bounds of a whole run.",
            example="budget: {duration: 3d, cost: 5.00, attempts: 10000}",
        ),
        Key(
            "schedule",
            ListOf(_SCHEDULE),
            "When the pipeline starts by itself.",
            example='schedule:\n  - {cron: "0 6 * * 1-5", timezone: Europe/Berlin}',
        ),
        Key(
            "components",
            MapOf(COMPONENT, names="identifier"),
            "Components that this file defines, by name.",
            example="components:\n  report:\n    run: {shell: [python, report.py]}",
        ),
        STEPS,
        Key(
            "finally",
            MapOf(Named("step"), names="identifier"),
            "Steps that always run at the end, as a graph of their own. They see `run.status` and "
            "`run.error`.",
            example="finally:\n  close:\n    uses: std.log\n    with:\n"
            "      message: ended as ${{ run.status }}",
        ),
        OUTPUTS,
        Key("$schema", Text(), "The JSON Schema of this file, for editors that look for it here."),
    ),
)

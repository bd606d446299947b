"""The keys of steps, calls, branches and handlers."""

from flow_core.language.common_keys import (
    DESCRIPTION,
    ERRORS_FILTER,
    ESTIMATE,
    METADATA,
    RETRY,
    TIMEOUT,
)
from flow_core.language.shapes import (
    Boolean,
    Choice,
    Constant,
    Key,
    ListOf,
    MapOf,
    Named,
    Number,
    OneOf,
    Record,
    Text,
    Value,
    Words,
    nullable,
)
from flow_core.language.type_keys import TYPE

STATUSES = ("succeeded", "failed", "skipped", "cancelled", "settled")

_OUTPUT_TYPE = Key("type", TYPE, "The declared type. Without it the type is inferred.")
_OUTPUT = Record(
    "output",
    "an output",
    "An output with a declared type. A mapping is one only if it has `value` and no other keys.",
    (
        Key("value", Value(), "What the output gives.", required=True),
        _OUTPUT_TYPE,
        DESCRIPTION,
    ),
    marker="value",
)

USES = Key(
    "uses",
    Text("reference"),
    "The component to call: `alias.name`, `std.name`, the name of a component of this file, or a "
    "path to a pipeline. `@^2.1`, `@~2.1` or `@2.1.0` asks for a version.",
    example="uses: payments.charge@^2.1",
)
WITH = Key(
    "with",
    MapOf(Value()),
    "The inputs of the component, by name.",
    example="with:\n  amount: ${{ inputs.order.total }}",
)
STEPS = Key(
    "steps",
    MapOf(Named("step"), names="identifier", filled=True),
    "The steps by name. A step starts when its dependencies have settled; the order in the file "
    "only breaks ties. Names are unique in the file, groups included.",
    example="steps:\n  hello:\n    uses: std.log\n    with: {message: Hello}",
)
OUTPUTS = Key(
    "outputs",
    MapOf(OneOf((_OUTPUT, Value())), names="identifier"),
    "What callers see, by name: a value, or `{type, value}` to declare the type.",
    example="outputs:\n  receipt: ${{ steps.charge.outputs.receipt }}",
)
SWITCH = Key(
    "switch",
    ListOf(Named("branch"), filled=True),
    "Branches, of which the first whose `when` holds is taken. The last may have no `when`; "
    "if none matches, the step is skipped.",
    example="switch:\n  - when: ${{ inputs.region == 'eu' }}\n    uses: warehouse.ship_eu\n"
    "  - skip: true",
)
VALUE = Key(
    "value",
    Value(),
    "Outputs without a call.",
    example="value: {receipt: null}",
)
SKIP = Key("skip", Constant(value=True), "Counts the step as skipped, without a call.")

_CALL_KEYS = (USES, WITH, STEPS, OUTPUTS, SWITCH)
_CALLS = ("uses", "steps", "switch")
_COMPANIONS = {"with": "uses", "outputs": "steps"}
_CALL = Choice(_CALLS, _COMPANIONS)
_CALL_OR_GIVE = Choice((*_CALLS, "value", "skip"), _COMPANIONS)

_CONDITION = OneOf((Words(STATUSES), ListOf(Words(STATUSES), filled=True)))
DEPENDS_ON = Key(
    "depends_on",
    OneOf((ListOf(Text()), MapOf(_CONDITION))),
    "The steps to wait for: a list, or a map from step to the status that it must have, "
    "`succeeded`, `failed`, `skipped`, `settled` (any of them) or a list. "
    "A reference to `steps.x.outputs` waits for `x` by itself.",
    example="depends_on: {charge: settled}",
)
STEP_WHEN = Key(
    "when",
    Value("boolean"),
    "Where this is false, the step is skipped. Evaluated once per step.",
    default=True,
    example="when: ${{ steps.validate.outputs.ok }}",
)

_REPEAT = Record(
    "repeat",
    "a repeat policy",
    "How a step repeats its call.",
    (
        Key(
            "until",
            Value("boolean"),
            "Ends the loop where it holds; tested after each success, over `outputs`, `iteration` "
            "and `previous`.",
            required=True,
            example="until: ${{ outputs.delivered }}",
        ),
        Key(
            "max_iterations",
            Number(integer=True, minimum=1),
            "The greatest number of iterations; reaching it raises `repeat_exhausted`.",
            required=True,
        ),
        Key("delay", Text("duration"), "The wait between iterations.", default="0s"),
        Key(
            "collect",
            Boolean(),
            "Whether `outputs` is the list of all iterations' outputs, not the last one's.",
            default=False,
        ),
    ),
)
_CONCURRENCY = Record(
    "concurrency",
    "a concurrency limit",
    "A limit shared by all steps and sub-pipelines that name the same group.",
    (
        Key("group", Value("text"), "The name of the group. Without it, the step is its own."),
        Key(
            "limit",
            Number(integer=True, minimum=1),
            "How many attempts of the group may run at once.",
            required=True,
        ),
    ),
)

COMPENSATE = Key(
    "compensate",
    Named("compensation"),
    "A call that undoes this step, made when the pipeline fails after the step succeeded. "
    "Sees the step's `outputs`.",
    example="compensate:\n  uses: payments.refund\n  with:\n    receipt: ${{ outputs.receipt }}",
)
CATCH = Key(
    "catch",
    ListOf(Named("handler")),
    "What to do when the call fails after all its retries: the first handler that matches runs. "
    "What it gives must fit the step's outputs.",
    example="catch:\n  - errors: [CardDeclined]\n    value: {receipt: null}",
)

STEP = Record(
    "step",
    "a step",
    "One call with what governs it. Each of these wraps those after it: `depends_on`, `when`, "
    "`for_each`, `catch`, `repeat`, `retry`, `concurrency`, `timeout`, the call.",
    (
        DESCRIPTION,
        *_CALL_KEYS,
        DEPENDS_ON,
        STEP_WHEN,
        Key(
            "for_each",
            Value("list"),
            "Runs the call once for each element of a list; `item` and `index` are in scope, and "
            "`outputs` becomes a list.",
            example="for_each: ${{ inputs.order.lines }}",
        ),
        Key(
            "max_parallel",
            Number(integer=True, minimum=1),
            "How many elements of `for_each` may run at once. Without it there is no limit.",
        ),
        Key(
            "fail_fast",
            Boolean(),
            "Whether no further element of `for_each` starts once one has failed.",
            default=True,
        ),
        Key(
            "repeat",
            _REPEAT,
            "Calls again after each success until a condition holds.",
            example='repeat: {until: "${{ outputs.done }}", max_iterations: 48, delay: 1h}',
        ),
        nullable(TIMEOUT),
        nullable(RETRY),
        CATCH,
        COMPENSATE,
        Key(
            "set",
            MapOf(Value()),
            "Writes to channels of `state` when the step succeeds. Sees the step's `outputs`.",
            example='set: {audit: "${{ [outputs.id] }}"}',
        ),
        Key(
            "returns",
            MapOf(TYPE),
            "Narrows output ports of type `any`; checked at run time.",
            example="returns: {body: list<Order>}",
        ),
        Key(
            "concurrency",
            _CONCURRENCY,
            "A limit shared by steps and sub-pipelines.",
            example="concurrency: {group: erp, limit: 2}",
        ),
        ESTIMATE,
        METADATA,
    ),
    choice=_CALL,
)
BRANCH = Record(
    "branch",
    "a branch",
    "One branch of a `switch`.",
    (
        Key("when", Value("boolean"), "Takes this branch where it holds.", default=True),
        *_CALL_KEYS,
        VALUE,
        SKIP,
        DESCRIPTION,
    ),
    choice=_CALL_OR_GIVE,
)
HANDLER = Record(
    "handler",
    "a handler",
    "One entry of `catch`. Its own `timeout` and `retry` apply, never the step's.",
    (
        ERRORS_FILTER,
        Key("when", Value("boolean"), "Handles only where it holds. Sees `error`.", default=True),
        *_CALL_KEYS,
        VALUE,
        SKIP,
        TIMEOUT,
        RETRY,
        COMPENSATE,
        DESCRIPTION,
    ),
    choice=_CALL_OR_GIVE,
)
COMPENSATION = Record(
    "compensation",
    "a compensation",
    "A call that undoes a step. Its own `timeout` and `retry` apply, never the step's.",
    (*_CALL_KEYS, TIMEOUT, RETRY, DESCRIPTION),
    choice=_CALL,
)

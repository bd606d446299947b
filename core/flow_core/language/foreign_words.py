"""The table of other formats' words, by the record in which they stand."""

from typing import Final

from flow_core.language.foreign import (
    Foreign,
    after_first,
    condition,
    keep,
    keep_mapping,
    keep_text,
    minutes,
    names,
    retries,
    seconds,
    tolerate,
)


def _table(*rows: tuple[str, Foreign]) -> dict[str, Foreign]:
    return {word: meaning for words, meaning in rows for word in words.split()}


_FIRST_COUNTS = "write `max_attempts`, which includes the first attempt"
_WHEN = Foreign("when", carry=condition)
_DEPENDS = "list the steps that this one waits for: `depends_on: [a, b]`"
_NO_ORDER = (
    "steps start when their dependencies have settled: write `depends_on` in the step that waits"
)

_CONDITIONS = _table(
    ("if", Foreign("when", "GitHub Actions", carry=condition)),
    ("condition onlyif runif", _WHEN),
    ("unless", Foreign("when", help="write `when` with the negation: `${{ !(…) }}`")),
)
_CALLS = _table(
    (
        "run script command cmd bash sh commands",
        Foreign("uses", help="call `std.shell`, with the command in `with: {command: …}`"),
    ),
    ("action task call component invoke", Foreign("uses", carry=keep_text, safe=False)),
    (
        "taskref templateref template",
        Foreign("uses", "Argo and Tekton", carry=keep_text, safe=False),
    ),
    (
        "type operator plugin function resource image",
        Foreign("uses", help="name the component to call: `uses: alias.name`"),
    ),
    (
        "params parameters arguments args inputs input",
        Foreign("with", carry=keep_mapping),
    ),
    (
        "env environment variables vars",
        Foreign("with", help="give values to the component's inputs in `with`"),
    ),
    (
        "result results register publish export outputparameters",
        Foreign(help="outputs need no key: read them as `steps.….outputs.…`"),
    ),
    ("choices choice cases case branches", Foreign("switch", help="write `switch` with branches")),
    (
        "parallel tasks do jobs",
        Foreign("steps", help="write an inline group: `steps` by name, each with `depends_on`"),
    ),
    ("sleep wait pause", Foreign("uses", help="call `std.wait`")),
    ("approval manual gate", Foreign("uses", help="call `std.approval`")),
)

_STEP = (
    _CONDITIONS
    | _CALLS
    | _table(
        ("needs", Foreign("depends_on", "GitHub Actions and GitLab", _DEPENDS, names)),
        ("dependson", Foreign("depends_on", "Kestra and Azure Pipelines", _DEPENDS, names)),
        ("dependencies depends upstream after waitfor", Foreign("depends_on", "", _DEPENDS, names)),
        ("runafter", Foreign("depends_on", "Tekton", _DEPENDS, names)),
        ("requires", Foreign("depends_on", "CircleCI", _DEPENDS, names)),
        ("next end", Foreign("depends_on", "Step Functions", _NO_ORDER)),
        ("downstream before onsuccess", Foreign("depends_on", help=_NO_ORDER)),
        (
            "triggerrule",
            Foreign(
                "depends_on",
                "Airflow",
                "say the status that each step must have: `depends_on: {a: settled}`",
            ),
        ),
        ("timeoutminutes", Foreign("timeout", "GitHub Actions", carry=minutes)),
        ("timeoutinminutes", Foreign("timeout", "Azure Pipelines", carry=minutes)),
        ("timeoutseconds", Foreign("timeout", "Step Functions", carry=seconds)),
        ("activedeadlineseconds", Foreign("timeout", "Argo", carry=seconds)),
        ("timeoutinseconds timeoutsecs timeoutsec maxseconds", Foreign("timeout", carry=seconds)),
        ("timeoutms timeoutmillis", Foreign("timeout", help="write `timeout: 500ms`")),
        ("executiontimeout maxduration deadline", Foreign("timeout", help="write `timeout: 30s`")),
        ("starttoclosetimeout", Foreign("timeout", "Temporal", "write `timeout: 30s`")),
        ("retries", Foreign("retry", "Airflow, Prefect and Tekton", _FIRST_COUNTS, retries)),
        ("retrycount", Foreign("retry", "Conductor", _FIRST_COUNTS, retries)),
        ("maxretries retrylimit", Foreign("retry", help=_FIRST_COUNTS, carry=retries)),
        (
            "retrystrategy retrypolicy retrydelay retrydelayseconds retryon",
            Foreign("retry", help="write `retry: {max_attempts: 3, delay: 1s}`"),
        ),
        (
            "continueonerror allowfailure ignoreerrors continueon ignorefailure softfail",
            Foreign("catch", "", "write `catch: [{skip: true}]`", tolerate, safe=False),
        ),
        (
            "onfailure onerror rescue fallback errorhandlers errors except",
            Foreign("catch", help="write `catch` with a list of handlers, each with a call"),
        ),
        ("rollback undo onrollback", Foreign("compensate", help="write `compensate` with a call")),
        ("strategy matrix", Foreign("for_each", "GitHub Actions", "write `for_each` over a list")),
        ("withitems withparam", Foreign("for_each", "Argo and Ansible", carry=keep)),
        ("foreach loop each items itemspath iterateover map", Foreign("for_each", carry=keep)),
        ("parallelism maxconcurrency concurrencylimit", Foreign("max_parallel", carry=keep)),
        ("maxparallel", Foreign("max_parallel", "GitHub Actions", carry=keep)),
        (
            "while until dowhile loopcondition",
            Foreign("repeat", help='write `repeat: {until: "${{ … }}", max_iterations: 10}`'),
        ),
        ("name title label displayname", Foreign("description", carry=keep_text)),
        ("id", Foreign(help="a step's name is its key: rename that and remove `id`")),
        ("desc summary doc docs comment", Foreign("description", carry=keep_text)),
        ("finally always", Foreign(help="steps that always run stand under `finally` of the file")),
        (
            "secrets",
            Foreign("with", help="pass a secret as an input: `with: {key: ${{ secrets.… }}}`"),
        ),
        ("pool queue semaphore mutex lock", Foreign("concurrency", help="write `concurrency`")),
        (
            "runson container services agent",
            Foreign(help="where a call runs is its component's matter"),
        ),
        ("labels", Foreign("metadata", carry=keep_mapping)),
        (
            "extends inherits",
            Foreign(help="there is no inheritance: share keys with YAML anchors or a sub-pipeline"),
        ),
    )
)

_PIPELINE = _table(
    ("jobs tasks stages nodes activities states", Foreign("steps", carry=keep_mapping, safe=False)),
    ("dag workflow do", Foreign("steps", help="write the steps by name under `steps`")),
    (
        "on trigger cron crontab",
        Foreign("schedule", help='write `schedule: [{cron: "0 6 * * *"}]`'),
    ),
    (
        "params parameters arguments variables vars args",
        Foreign("inputs", carry=keep_mapping, safe=False),
    ),
    ("input", Foreign("inputs", carry=keep_mapping)),
    ("env environment", Foreign("inputs", help="declare an input with `env: NAME`")),
    ("id title", Foreign("name", carry=keep_text)),
    ("desc summary doc docs", Foreign("description", carry=keep_text)),
    ("labels annotations", Foreign("metadata", carry=keep_mapping)),
    (
        "timeout timeoutminutes timeoutseconds deadline",
        Foreign(
            "defaults",
            help="a bound for each call is `defaults: {timeout: 30s}`, for the whole run "
            "`budget: {duration: 1h}`",
        ),
    ),
    (
        "retry retries retrystrategy defaultargs",
        Foreign("defaults", help="write `defaults: {retry: {max_attempts: 3}}`"),
    ),
    ("concurrency parallelism maxconcurrency maxactivetasks", Foreign("max_parallel")),
    ("maxparallel", Foreign("max_parallel", carry=keep)),
    (
        "onexit always after post cleanup ensure teardown",
        Foreign("finally", help="write steps by name under `finally`"),
    ),
    (
        "onfailure onerror errorhandlers",
        Foreign(
            "finally",
            help="write `catch` in a step, or steps under `finally` that look at `run.status`",
        ),
    ),
    ("include includes uses use require requires", Foreign("imports", carry=keep_mapping)),
    ("schemas definitions $defs models", Foreign("types", carry=keep_mapping, safe=False)),
    ("output results returns", Foreign("outputs", carry=keep_mapping)),
    ("secret", Foreign("secrets", carry=names)),
    ("context channels", Foreign("state", help="declare channels under `state`")),
    (
        "runson container image services agent pool",
        Foreign(help="where a call runs is its component's matter"),
    ),
)

_RETRY = _table(
    ("limit", Foreign("max_attempts", "Argo", _FIRST_COUNTS, after_first)),
    ("maxretries retries", Foreign("max_attempts", "", _FIRST_COUNTS, after_first)),
    ("MaxAttempts", Foreign("max_attempts", "Step Functions", _FIRST_COUNTS, after_first)),
    ("max", Foreign("max_attempts", "GitLab", _FIRST_COUNTS, after_first)),
    ("maximumattempts", Foreign("max_attempts", "Temporal", carry=keep)),
    ("attempts tries maxtries count times", Foreign("max_attempts", carry=keep)),
    ("intervalseconds", Foreign("delay", "Step Functions", carry=seconds)),
    ("delayseconds backoffseconds", Foreign("delay", carry=seconds)),
    (
        "interval initialinterval wait every",
        Foreign("delay", help="write `delay: 1s`", carry=keep_text),
    ),
    ("backoffrate", Foreign("factor", "Step Functions", carry=keep)),
    ("multiplier backoffcoefficient", Foreign("factor", carry=keep)),
    ("maxdelayseconds", Foreign("max_delay", "Step Functions", carry=seconds)),
    ("maxinterval maximuminterval cap", Foreign("max_delay", carry=keep_text)),
    ("timeout deadline", Foreign("max_duration", carry=keep_text, safe=False)),
    ("errorequals", Foreign("errors", "Step Functions", carry=names)),
    ("on retryon exceptions retryableerrors", Foreign("errors", carry=names)),
    ("if", _WHEN),
    ("type strategy policy", Foreign("backoff", carry=keep_text, safe=False)),
)

_HANDLER = (
    _CONDITIONS
    | _CALLS
    | _table(
        ("on error exception exceptions errorequals match", Foreign("errors", carry=names)),
        ("then next goto", Foreign("uses", help="name the component to call: `uses: alias.name`")),
        ("return returns default fallback", Foreign("value", carry=keep)),
        ("ignore", Foreign("skip", help="write `skip: true`")),
        ("name", Foreign("description", carry=keep_text)),
    )
)
_BRANCH = (
    _CONDITIONS
    | _CALLS
    | _table(
        ("case match", _WHEN),
        ("then next goto", Foreign("uses", help="name the component to call: `uses: alias.name`")),
        ("default else otherwise", Foreign(help="the last branch has no `when`, only its call")),
        ("return returns", Foreign("value", carry=keep)),
        ("name", Foreign("description", carry=keep_text)),
    )
)
_REPEAT = _table(
    ("while", Foreign("until", help="write `until` with the negation: `${{ !(…) }}`")),
    ("max maxattempts times count limit maxiteration", Foreign("max_iterations", carry=keep)),
    ("interval every wait sleep", Foreign("delay", carry=keep_text)),
)
_COMPONENT = _table(
    ("params parameters args arguments", Foreign("inputs", carry=keep_mapping)),
    ("returns results result", Foreign("outputs", carry=keep_mapping)),
    ("raises exceptions throws", Foreign("errors", carry=keep_mapping)),
    ("python shell http flow", Foreign("run", help="write it below `run`")),
    ("command script image implementation exec", Foreign("run", help="write `run: {shell: […]}`")),
    ("breaker", Foreign("circuit_breaker", carry=keep)),
    (
        "timeout retry catch",
        Foreign(help="a component says what it does; how it is called stands in the step"),
    ),
    ("desc summary doc", Foreign("description", carry=keep_text)),
)
_RUN = _table(
    ("command script cmd bash exec", Foreign("shell", help="write `shell: [program, argument]`")),
    ("function py callable", Foreign("python", carry=keep_text)),
    ("request rest url", Foreign("http", help="write `http: {url: …}`")),
    ("pipeline workflow subflow", Foreign("flow", carry=keep_text)),
)
_SCHEDULE = _table(
    ("tz zone", Foreign("timezone", carry=keep_text)),
    ("expression crontab", Foreign("cron", carry=keep_text)),
    ("every interval rate", Foreign("cron", help='write a cron expression: `"*/5 * * * *"`')),
    ("params parameters with", Foreign("inputs", carry=keep_mapping)),
    ("concurrencypolicy", Foreign("overlap", "Kubernetes", "write `overlap: skip`")),
)
_SCENARIO = _table(
    ("given", Foreign("inputs", carry=keep_mapping, safe=False)),
    ("then assert asserts expected expectations", Foreign("expect", carry=keep_mapping)),
    ("stubs fakes", Foreign("mocks", carry=keep_mapping)),
    ("runs repetitions repeat times", Foreign("samples", carry=keep)),
)
_MOCK = _table(
    ("return result results output outputs value", Foreign("returns", carry=keep)),
    ("error raise raises throw throws fails", Foreign("fail", carry=keep_text)),
    ("delay duration latency", Foreign("takes", carry=keep_text)),
    ("timeout hangs", Foreign("hang", help="write `hang: true`")),
)
_EXPECTATION = _table(
    ("result results", Foreign("outputs", carry=keep_mapping)),
    ("duration time", Foreign("elapsed", carry=keep)),
    ("timeout timelimit maxtime maxelapsed", Foreign("max_duration", carry=keep_text)),
    ("budget costlimit", Foreign("max_cost", carry=keep)),
    ("order path executed", Foreign("ran", carry=names)),
)
_CONCURRENCY = _table(
    ("key", Foreign("group", carry=keep_text)),
    ("max maxparallel slots", Foreign("limit", carry=keep)),
)

WORDS: Final[dict[str, dict[str, Foreign]]] = {
    "step": _STEP,
    "pipeline": _PIPELINE,
    "retry": _RETRY,
    "handler": _HANDLER,
    "compensation": _CALLS,
    "branch": _BRANCH,
    "repeat": _REPEAT,
    "component": _COMPONENT,
    "run": _RUN,
    "schedule": _SCHEDULE,
    "scenario": _SCENARIO,
    "mock": _MOCK,
    "expectation": _EXPECTATION,
    "concurrency": _CONCURRENCY,
}
"""The words by the name of the record in which they stand."""

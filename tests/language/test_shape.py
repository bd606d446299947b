"""What the shape checker finds, as data: broken lines, and what is said about them."""

import pytest

from flow_core.language.shape import ShapeProblem, check_shape, file_kind
from flow_core.syntax import Document, parse

VALID = """\
flow: 1
name: order-processing
version: 1.4.0
description: A `${{ … }}` in prose is only text.
x-shared: &shared {timeout: 10s}
metadata: {owner: shop, note: "${{ kept }}"}
imports: {shop: ./shop.flow.yaml}
types: {Order: {fields: {id: string}}}
inputs:
  order: Order
  region: {type: string, default: eu, env: REGION, secret: false}
secrets: [KEY]
errors: [CardDeclined]
state:
  audit: {type: list<string>, reduce: append}
defaults: {timeout: 30s, retry: {max_attempts: 2, jitter: 0.5}}
max_parallel: 8
budget: {duration: 3d, cost: 5.00, attempts: 100}
schedule:
  - {cron: "0 6 * * 1-5", timezone: Europe/Berlin, overlap: skip, inputs: {region: eu}}
components:
  ping:
    inputs: {host: string}
    errors: {Down: nobody answered}
    run: {http: {url: "https://${{ inputs.host }}/"}}
steps:
  first:
    <<: *shared
    uses: shop.charge@^2.1
    with: {a: null, b: [1], check-x: "${{ inputs.order }}"}
    when: true
    retry: null
    set: {audit: [first]}
    x-flow-ignore: [FL203]
  many:
    for_each: [1, 2]
    max_parallel: 2.0
    fail_fast: false
    depends_on: {first: [succeeded, failed]}
    concurrency: {group: "g-${{ item }}", limit: 1}
    steps:
      inner:
        uses: ./sub.flow.yaml
        timeout: null
    outputs:
      plain: ${{ steps.inner.outputs.x }}
      typed: {type: "string?", value: "${{ steps.inner.outputs.y }}"}
      mapping: {value: 1, other: 2}
    catch:
      - {errors: [timeout], when: "${{ error.attempt > 1 }}", skip: true}
      - {value: null}
    compensate: {uses: shop.undo, timeout: 5s}
  pick:
    switch:
      - {when: "${{ inputs.region == 'eu' }}", uses: shop.eu}
      - switch: [{value: {x: 1}}]
finally:
  close: {uses: std.log, with: {message: done}}
outputs: {x: "${{ steps.first.outputs.x }}"}
"""

SCENARIOS = """\
flow_test: 1
pipeline: ../order.flow.yaml
scenarios:
  a declined card becomes an invoice:
    inputs: {order: {id: o1}}
    secrets: {KEY: test}
    seed: 7
    start: "2026-11-20T06:00:00Z"
    mocks:
      shop.validate: {returns: {ok: true}, takes: 4s}
      pick[0]: [{fail: Gone}, {hang: true}]
      onboard/create: {returns: null}
    expect:
      status: budget_exceeded
      ran: [a, b]
      steps: {charge: {attempts: 3, waits: [0s, 1s], recovered: true}}
      outputs: {x: 1}
      elapsed: "<= 2h"
      cost: 0.4
"""

STEP = "flow: 1\nname: p\nsteps:\n  a:\n    uses: x.y\n    HERE\n"
ROOT = "flow: 1\nname: p\nHERE\nsteps:\n  a: {uses: x.y}\n"
RETRY = STEP.replace("HERE", "retry: {max_attempts: 2, HERE}")
SCENARIO = "flow_test: 1\npipeline: p.flow.yaml\nscenarios:\n  s:\n    HERE\n"

CASES = [
    # Unknown keys, and where they would be known
    (STEP, "timout: 30s", "unknown-key", "`timout` is no key of a step", "did you mean `timeout`?"),
    (STEP, "foo: 1", "unknown-key", "`foo` is no key of a step", "known are `description`, `uses`"),
    (RETRY, "backof: fixed", "unknown-key", "`backof` is no key of a retry", "`backoff`"),
    (STEP, "reset_timeout: 1s", "unknown-key", "no key of a step", "known are"),
    (STEP, "jitter: 0.1", "misplaced-key", "`jitter` is no key of a step", "below `retry`"),
    (STEP, "delay: 1s", "misplaced-key", "no key of a step itself", "below `repeat` or `retry`"),
    (ROOT, "with: {a: 1}", "misplaced-key", "`with` is no key", "a key of a step: indent"),
    (ROOT, "b: {uses: x.z}", "misplaced-key", "`b` is no key", "a step stands below `steps`"),
    (STEP, "outputs: {a: 1}", "misplaced-key", "only beside `steps`", "remove `outputs`"),
    (STEP, "cache: true", "reserved-key", "`cache` is reserved", "remove `cache`"),
    (ROOT, "triggers: []", "reserved-key", "`triggers` is reserved", "remove"),
    # Words of other formats
    (STEP, "needs: [b]", "foreign-key", "GitHub Actions and GitLab; Flow says `depends_on`", "[a,"),
    (STEP, "dependsOn: [b]", "foreign-key", "Flow says `depends_on`", "depends_on"),
    (STEP, "runAfter: [b]", "foreign-key", "a word of Tekton", "depends_on"),
    (STEP, "if: inputs.ok", "foreign-key", "`if` is a word of GitHub Actions", "write `when`"),
    (STEP, "timeout-minutes: 5", "foreign-key", "Flow says `timeout`", "write `timeout`"),
    (STEP, "retries: 3", "foreign-key", "Flow says `retry`", "includes the first attempt"),
    (STEP, "continue-on-error: true", "foreign-key", "Flow says `catch`", "catch: [{skip: true}]"),
    (STEP, "strategy: {matrix: {}}", "foreign-key", "Flow says `for_each`", "for_each"),
    (STEP, "Next: b", "foreign-key", "a word of Step Functions", "depends_on"),
    (STEP, "trigger_rule: all_done", "foreign-key", "a word of Airflow", "settled"),
    (STEP, "name: Charge", "foreign-key", "`name` is no key of a step", "write `description`"),
    (STEP, "id: charge", "foreign-key", "`id` is no key of a step", "a step's name is its key"),
    (RETRY, "maxAttempts: 3", "unknown-key", "`maxAttempts` is no key", "known are"),
    (RETRY, "BackoffRate: 2", "foreign-key", "Flow says `factor`", "write `factor`"),
    (ROOT, "on: push", "foreign-key", "Flow says `schedule`", "cron"),
    (ROOT, "timeout: 30s", "foreign-key", "Flow says `defaults`", "budget"),
    (STEP, "retry: {limit: 2}", "foreign-key", "a word of Argo", "includes the first attempt"),
    (SCENARIO, "mocks: {a: {return: 1}}", "foreign-key", "Flow says `returns`", "returns"),
    # Values of the wrong kind
    (ROOT, "tags: orders", "wrong-type", "must be a list, found the string `orders`", "`[orders]`"),
    (ROOT, "budget: 5", "wrong-type", "must be a budget (a mapping)", "write `duration: …`"),
    (ROOT, "description: true", "wrong-type", "read as a boolean", 'quote it: `"true"`'),
    (ROOT, "imports: [a]", "wrong-type", "must be a mapping, found a list", "in place of `- `"),
    (STEP, "retry: 3", "wrong-type", "must be a retry policy", "write `{max_attempts: 4}`"),
    (STEP, "catch: {skip: true}", "wrong-type", "must be a list, found a mapping", "write `- `"),
    (STEP, 'max_parallel: "3"', "wrong-type", "found the string `3`", "without quotes: `3`"),
    (STEP, "max_parallel: 1.5", "wrong-type", "an integer of at least 1", "write an integer"),
    (STEP, "depends_on: b", "wrong-type", "must be a list or a mapping", "write `[b]`"),
    (STEP, "when: 3", "wrong-type", "a boolean or `${{ … }}`", "write a boolean"),
    (STEP, 'fail_fast: "true"', "wrong-type", "found the string `true`", "without quotes: `true`"),
    (STEP, "for_each: {a: 1}", "wrong-type", "must be a list or `${{ … }}`", "write a list"),
    (ROOT, "version: 1.10", "number-for-string", "`1.10` is read as the number 1.1", '`"1.10"`'),
    (ROOT, "version: 0123", "number-for-string", "`0123` is read as the number 123", '`"0123"`'),
    (STEP, "fail_fast: yes", "yaml-boolean", "`yes` is a string in YAML 1.2", "write `true`"),
    (STEP, "when: off", "yaml-boolean", "`off` is a string in YAML 1.2", "write `false`"),
    (STEP, "when: inputs.ok", "bare-expression", "only text", "`${{ inputs.ok }}`"),
    (STEP, 'for_each: "{{ inputs.x }}"', "bare-expression", "only text", "`${{ inputs.x }}`"),
    (STEP, "retry:", "null-value", "`retry` has no value", "give it a value"),
    (STEP, "with:", "null-value", "`with` has no value, but a mapping", "give it a value"),
    (ROOT, "tags: [a, null]", "null-value", "`tags[1]` is null", "give it a value"),
    (ROOT, "schedule: [{cron: '* * * * *', overlap: skp}]", "bad-value", "found `skp`", "`skip`?"),
    (STEP, "depends_on: {b: done}", "bad-value", "one of `succeeded`", "write one of"),
    (STEP, "catch: [{skip: false}]", "bad-value", "`skip` must be `true`", "leave `skip` out"),
    (STEP, "catch: [{skip: 1}]", "wrong-type", "must be `true` or `false`", "write `true`"),
    (STEP, "timeout: 30", "bad-duration", "needs a unit, found the number `30`", "write `30s`"),
    (STEP, "timeout: 30 seconds", "bad-duration", "found `30 seconds`", "write `30s`"),
    (STEP, "timeout: PT1H30M", "bad-duration", "found `PT1H30M`", "write `1h30m`"),
    (STEP, "timeout: soon", "bad-duration", "found `soon`", "write a duration such as"),
    (STEP, "timeout: 999999999999999d", "bad-duration", "found `999", "write a duration"),
    (STEP, "timeout: -5s", "bad-duration", "found `-5s`", "write a duration such as"),
    (ROOT, "version: latest", "bad-version", "a version such as `1.4.0`", "write a version"),
    (STEP, "max_parallel: 0", "out-of-range", "an integer of at least 1, found `0`", "at least 1"),
    (RETRY, "jitter: 2", "out-of-range", "a number from 0 to 1, found `2`", "from 0 to 1"),
    (ROOT, "budget: {cost: -1}", "out-of-range", "a number of at least 0", "at least 0"),
    (ROOT, "secrets: [a-b]", "bad-name", "`secrets[0]` must be a name", "write `a_b`"),
    (ROOT, "inputs: {a-b: string}", "bad-name", "the name `a-b` in `inputs`", "to `a_b`"),
    (ROOT, "inputs: {for: string}", "bad-name", "`for` in `inputs` is a reserved word", "`for_`"),
    (ROOT, "inputs: {1st: string}", "bad-name", "the name `1st`", "to `_1st`"),
    (STEP, "x-flow-ignore: FL203", "wrong-type", "must be a list", "write `[FL203]`"),
    # Expressions where only literals stand
    (STEP, "timeout: ${{ inputs.t }}", "expression-not-allowed", "never evaluated", "a duration"),
    (
        STEP,
        'retry: "${{ inputs.r }}"',
        "expression-not-allowed",
        "`retry` must be literal",
        "retry",
    ),
    (STEP, "max_parallel: ${{ inputs.n }}", "expression-not-allowed", "`max_parallel`", "integer"),
    (ROOT, 'inputs: {a: {type: string, default: "${{ x }}"}}', "expression-not-allowed", "", ""),
    (SCENARIO, 'inputs: {a: ["${{ run.id }}"]}', "expression-not-allowed", "`a[0]`", "a value"),
    # What is missing, empty or too much
    (STEP, "repeat: {until: true}", "missing-key", "needs `max_iterations`", "add `max_iterations"),
    (STEP, "concurrency: {group: g}", "missing-key", "needs `limit`", "add `limit: …`"),
    (ROOT, "components: {c: {}}", "missing-key", "a component needs `run`", "add `run: …`"),
    (ROOT, "components: {c: {run: {}}}", "missing-call", "one of `python`, `shell`", "add one of"),
    (STEP, "catch: [{errors: [A]}]", "missing-call", "a handler needs one of", "add one of"),
    (STEP, "compensate: {with: {a: 1}}", "missing-call", "a compensation needs", "add `uses: …`"),
    (STEP, "switch: [{skip: true}]", "several-calls", "`switch` and `uses` exclude", "remove one"),
    (SCENARIO, "mocks: {a: {hang: true, fail: E}}", "several-calls", "`fail` and `hang`", ""),
    (STEP, "depends_on: {b: []}", "empty-value", "`b` is empty", "add an entry"),
]


def check(text: str) -> list[ShapeProblem]:
    document = parse(text, "yaml")
    assert document.problems == ()
    return list(check_shape(document))


def line(document: Document, problem: ShapeProblem) -> int:
    return document.lines.position(document.locate(problem.place).start)[0] + 1


@pytest.mark.parametrize("text", [VALID, SCENARIOS])
def test_what_is_right_is_left_alone(text: str) -> None:
    assert check(text) == []


@pytest.mark.parametrize(
    ("template", "broken", "kind", "message", "help_"), CASES, ids=[case[1] for case in CASES]
)
def test_one_cause_gives_one_problem(
    template: str, broken: str, kind: str, message: str, help_: str
) -> None:
    text = template.replace("HERE", broken)
    document = parse(text, "yaml")
    (problem,) = check_shape(document)
    assert problem.kind == kind
    assert message in problem.message
    assert help_ in problem.help
    assert line(document, problem) == 1 + text[: text.index(broken)].count("\n")


WHOLE = [
    ("[1]\n", "wrong-type", "the file must be a pipeline or a component library (a mapping)", 1),
    ("hello\n", "wrong-type", "found the string `hello`", 1),
    ("flow: 1\nname: p\n", "missing-key", "none of `steps`, `components` and `types`", 1),
    ("flow: 1\nsteps: {a: {uses: x.y}}\n", "missing-key", "the pipeline has no `name`", 1),
    ("name: p\nsteps: {a: {uses: x.y}}\n", "missing-key", "needs `flow`", 1),
    ("flow: 2\nname: p\nsteps: {a: {uses: x.y}}\n", "unsupported-version", "version `2`", 1),
    ('flow: "1"\nname: p\nsteps: {a: {uses: x.y}}\n', "wrong-type", "`flow` must be `1`", 1),
    ("flow: 1\nname: p\nsteps: {}\n", "empty-value", "`steps` is empty", 3),
    ("flow: 1\nname: p\nsteps:\n  - uses: x.y\n", "wrong-type", "`steps` must be a mapping", 4),
    ("flow: 1\nname: p\nsteps:\n  a: x.y\n", "wrong-type", "`a` must be a step (a mapping)", 4),
    ("flow: 1\nname: p\nsteps:\n  a:\n", "null-value", "`a` has no value, but a step", 4),
    ("flow: 1\nname: p\nsteps:\n  a: {when: true}\n", "missing-call", "a step needs one of", 4),
    ("flow: 1\nname: p\nsteps:\n  a: {run: ls}\n", "foreign-key", "Flow says `uses`", 4),
    ("flow: 1\nname: p\njobs:\n  a: {uses: x.y}\n", "foreign-key", "Flow says `steps`", 3),
    ("name: CI\non: push\njobs: {}\n", "foreign-file", "this is a GitHub Actions workflow", 1),
    ("apiVersion: v1\nkind: Workflow\n", "foreign-file", "a Kubernetes resource", 1),
    ("flow_test: 1\nscenarios: {s: {}}\n", "missing-key", "a scenario file needs `pipeline`", 1),
    ("scenarios: {s: {}}\npipeline: p\n", "missing-key", "needs `flow_test`", 1),
]


@pytest.mark.parametrize(("text", "kind", "message", "at"), WHOLE, ids=[case[0] for case in WHOLE])
def test_whole_files(text: str, kind: str, message: str, at: int) -> None:
    document = parse(text, "yaml")
    (problem,) = check_shape(document)
    assert problem.kind == kind
    assert message in problem.message
    assert line(document, problem) == at


def test_an_empty_document_is_the_syntax_s_to_report() -> None:
    document = parse("# nothing\n", "yaml")
    assert [problem.kind for problem in document.problems] == ["empty-file"]
    assert check_shape(document) == ()


def test_the_kind_of_a_file_is_told_by_its_keys() -> None:
    assert file_kind(parse(SCENARIOS, "yaml")) == "scenario"
    assert file_kind(parse(VALID, "yaml")) == "pipeline"
    assert file_kind(parse("flow: 1\nscenarios: {}\n", "yaml")) == "pipeline"


def test_keys_that_exclude_each_other_point_at_each_other() -> None:
    text = STEP.replace("HERE", "steps: {b: {uses: x.z}}")
    (problem,) = check(text)
    assert problem.place.path == ("steps", "a", "steps")
    assert [note.place.path for note in problem.notes] == [("steps", "a", "uses")]


def test_two_foreign_words_for_one_key_are_not_both_renamed() -> None:
    first, second = check(STEP.replace("HERE", "needs: [b]\n    requires: [c]"))
    assert first.mend is not None
    assert second.mend is None


def test_a_comma_that_made_a_key_is_named_once() -> None:
    document = parse(
        STEP.replace("HERE", "metadata: {a: 1}\n    retry: {max_attempts: 2, oops}"), "yaml"
    )
    assert [problem.kind for problem in document.problems] == ["invented-key"]
    assert check_shape(document) == ()


def test_json_says_the_same_as_yaml() -> None:
    document = parse('{"flow": 1, "name": "p", "steps": {"a": {"needs": ["b"]}}}', "json")
    assert [problem.kind for problem in check_shape(document)] == ["foreign-key", "missing-call"]


def test_a_merge_key_is_no_key_in_json() -> None:
    document = parse('{"flow": 1, "name": "p", "steps": {"a": {"uses": "x.y", "<<": {}}}}', "json")
    assert [problem.kind for problem in check_shape(document)] == ["unknown-key"]


def test_each_of_many_problems_is_reported() -> None:
    step = "  s{}: {{uses: x.y, with: {{a: 1}}, timeout: 10s, bogus: 1}}\n"
    text = "flow: 1\nname: p\nsteps:\n" + "".join(map(step.format, range(2000)))
    problems = check(text)
    assert len(problems) == 2000
    assert problems[-1].place.path == ("steps", "s1999", "bogus")


def test_deep_nesting_is_walked() -> None:
    depth = 45
    text = "flow: 1\nname: p\nsteps: " + "{a: {steps: " * depth + "{b: {bogus: 1}}" + "}}" * depth
    assert check(text)[-1].place.path[-1] == "bogus"

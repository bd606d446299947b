"""Which mock stands in for an attempt (R-mock-1 to R-mock-3)."""

from typing import Any

import pytest
from simulating import run_of, scenario_of

from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.simulate import Run, SimulationError, simulate

SUB = {"sub": "steps: {q: {uses: k.work}, p: {uses: k.work, depends_on: [q]}}\n"}
PIPELINE = """\
steps:
  a:
    for_each: [1, 2]
    uses: k.work
  g:
    depends_on: [a]
    steps:
      each:
        for_each: [1, 2]
        steps:
          x: {uses: k.work}
  s:
    depends_on: [g]
    uses: ./sub.flow.yaml
    catch:
      - {errors: [A], uses: k.work}
    compensate: {uses: k.work}
  last: {depends_on: [s], uses: k.tell}
"""


def took(run: Run) -> dict[str, str]:
    """How long each attempt of a leaf took, by its path."""
    return {
        note.path: f"{(end.at - note.at) // 1_000_000}s"
        for note in run.notes
        if note.what == "started" and not note.composite
        for end in run.notes
        if end.what == "ended" and (end.path, end.attempt) == (note.path, note.attempt)
    }


def ok(seconds: int) -> dict[str, Any]:
    return {"returns": {"n": seconds}, "takes": f"{seconds}s"}


ALL = {"k.work": ok(9), "k.tell": {"returns": {}}}
KEYS = [
    ("a component", {}, {"a[0]": "9s", "g/each[1]/x": "9s", "s/q": "9s"}),
    ("a step", {"a": ok(1)}, {"a[0]": "1s", "a[1]": "1s", "s/q": "9s"}),
    ("an element", {"a[1]": ok(1)}, {"a[0]": "9s", "a[1]": "1s"}),
    ("an element over its step", {"a[1]": ok(1), "a": ok(2)}, {"a[0]": "2s", "a[1]": "1s"}),
    ("in whatever order", {"a": ok(2), "a[1]": ok(1)}, {"a[0]": "2s", "a[1]": "1s"}),
    ("a whole path", {"g/each/x": ok(1)}, {"g/each[0]/x": "1s", "g/each[1]/x": "1s"}),
    ("an element in a path", {"g/each[1]/x": ok(1)}, {"g/each[0]/x": "9s", "g/each[1]/x": "1s"}),
    ("without the groups", {"x": ok(1)}, {"g/each[0]/x": "1s", "g/each[1]/x": "1s"}),
    ("without one group", {"each[0]/x": ok(1)}, {"g/each[0]/x": "1s", "g/each[1]/x": "9s"}),
    ("the longer path", {"x": ok(1), "each/x": ok(2)}, {"g/each[0]/x": "2s"}),
    ("a step of a sub-pipeline", {"s/q": ok(1)}, {"s/q": "1s", "s/p": "9s"}),
    ("a sub-pipeline must be named", {"s/q": ok(1), "p": ok(2)}, {"s/q": "1s", "s/p": "9s"}),
    ("a group as a whole", {"g": ok(1)}, {"g": "1s"}),
    ("a pipeline as a whole", {"s": ok(1)}, {"s": "1s"}),
    (
        "a handler",
        {"s/q": {"fail": "A"}, "s!catch[0]": ok(1)},
        {"s/q": "0s", "s!catch[0]": "1s"},
    ),
    (
        "a compensation",
        {"s!compensate": ok(1), "last": {"fail": "unexpected"}},
        {"s!compensate": "1s", "s/q": "9s"},
    ),
    (
        "a step's mock is none of its compensation",
        {"s/p": ok(1), "last": {"fail": "unexpected"}},
        {"s!compensate": "9s", "s/p": "1s"},
    ),
]


@pytest.mark.parametrize(("mocks", "expected"), [row[1:] for row in KEYS], ids=[r[0] for r in KEYS])
def test_key(mocks: dict[str, Any], expected: dict[str, str]) -> None:
    found = took(run_of(PIPELINE, {**ALL, **mocks}, files=SUB))
    assert {path: found.get(path) for path in expected} == expected


RETRIED = """\
steps:
  a:
    for_each: [1, 2]
    uses: k.work
    retry: {max_attempts: 3}
"""
AGAIN = """\
steps:
  g:
    retry: {max_attempts: 2}
    steps:
      a: {uses: k.work}
  r:
    depends_on: [g]
    uses: k.work
    repeat: {until: "${{ outputs.n == 3 }}", max_iterations: 5}
"""


def test_a_list_is_for_each_activation_on_its_own() -> None:
    found = run_of(RETRIED, {"a": [{"fail": "A"}, {"fail": "B"}, ok(1)]})
    ends = [(n.path, n.attempt, n.how) for n in found.notes if n.what == "ended"]
    both = [(1, "A"), (2, "B"), (3, "ok")]
    assert sorted(ends) == [(path, *end) for path in ("a[0]", "a[1]") for end in both]


def test_a_list_goes_on_across_iterations_and_retries_of_what_is_around() -> None:
    found = run_of(AGAIN, {"a": [{"fail": "A"}, ok(1)], "r": [ok(1), ok(2), ok(3)]})
    assert found.status == "succeeded"
    assert found.steps["r"].iterations == 3


REFUSED = [
    (
        "too short",
        RETRIED,
        {"a": [{"fail": "A"}]},
        "FL810",
        ("`a` has 1 mock", "`a[0]`"),
    ),
    ("none", RETRIED, {}, "FL807", ("`k.work`", "`a[0]`", "k.work: {returns: {n: …}}")),
    (
        "an approval that nobody answers",
        "steps: {ok: {uses: std.approval, with: {message: go?}}}\n",
        {},
        "FL807",
        ("`std.approval`", "`ok`"),
    ),
]


@pytest.mark.parametrize(
    ("pipeline", "mocks", "code", "words"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_refused(pipeline: str, mocks: dict[str, Any], code: str, words: tuple[str, ...]) -> None:
    with pytest.raises(SimulationError) as refused:
        run_of(pipeline, mocks)
    error = refused.value
    assert error.code == code
    assert all(word in f"{error.message} {error.help}" for word in words), error.message
    assert error.place.path[:2] == ("scenarios", "case")


def test_what_a_mock_leaves_out_is_null_where_it_may_be() -> None:
    pipeline = """\
types: {T: {fields: {c: 'integer?', d: integer}}}
components: {w: {outputs: {a: 'string?', b: 'list<T>'}, run: {shell: [x]}}}
steps: {a: {uses: w}}
"""
    found = run_of(pipeline, {"a": {"returns": {"b": [{"d": 1}]}}})
    assert found.steps["a"].outputs == {"a": None, "b": [{"c": None, "d": 1}]}


MODELS = """
from typing import NotRequired, TypedDict
from flow_core import component
class Model(TypedDict):
    name: str
    note: NotRequired[str]
@component
def train() -> Model: ...
@component
def use(model: Model): ...
"""


@pytest.mark.parametrize(
    ("returns", "status"),
    [
        ({"name": "x"}, "succeeded"),
        ({"name": "x", "note": "y"}, "succeeded"),
        ({"name": "x", "note": None}, "failed"),
    ],
)
def test_what_may_be_absent_is_not_null(returns: dict[str, Any], status: str) -> None:
    pipeline = """\
flow: 1
name: demo
imports: {m: "python:models"}
steps:
  train: {uses: m.train}
  use: {uses: m.use, with: {model: "${{ steps.train.outputs }}"}}
"""
    project = Project(Settings("/demo"), {"/demo/models.py": MODELS}.get)
    module = project.add("/demo/demo.flow.yaml", pipeline)
    mocks = {"train": {"returns": returns}, "use": {"returns": {}}}
    run = simulate(module, scenario=scenario_of(project, {"mocks": mocks}))
    assert run.steps["train"].status == status
    assert run.status == status
    if status == "succeeded":
        assert run.steps["train"].outputs == returns

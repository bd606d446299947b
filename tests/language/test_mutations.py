"""Random damage to valid files: nothing raises, schema and checker agree, mends can be made."""

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from flow_core.language.keys import FileKind
from flow_core.language.schema import schema
from flow_core.language.shape import check_shape
from flow_core.syntax import parse
from flow_core.syntax.patch import apply_edits, apply_patches

PIPELINE: dict[str, Any] = {
    "flow": 1,
    "name": "order",
    "version": "1.4.0",
    "imports": {"shop": "./shop.flow.yaml"},
    "secrets": ["KEY"],
    "defaults": {"timeout": "30s", "retry": {"max_attempts": 2, "jitter": 0.5}},
    "budget": {"duration": "3d", "cost": 5.0, "attempts": 100},
    "schedule": [{"cron": "0 6 * * *", "timezone": "UTC", "overlap": "skip"}],
    "components": {"ping": {"run": {"shell": ["ping", "host"]}, "tags": ["net"]}},
    "steps": {
        "first": {
            "uses": "shop.charge",
            "with": {"order": "${{ inputs.order }}"},
            "when": True,
            "retry": {"max_attempts": 3, "backoff": "linear", "errors": ["timeout"]},
            "catch": [{"errors": ["A"], "skip": True}, {"value": {"x": 1}}],
            "compensate": {"uses": "shop.undo"},
        },
        "many": {
            "for_each": "${{ inputs.lines }}",
            "fail_fast": False,
            "depends_on": {"first": ["succeeded", "failed"]},
            "concurrency": {"group": "g", "limit": 1},
            "steps": {"inner": {"uses": "shop.pick", "timeout": "5s"}},
            "outputs": {"x": "${{ steps.inner.outputs.x }}"},
        },
        "pick": {"switch": [{"when": "${{ true }}", "uses": "shop.eu"}, {"skip": True}]},
        "watch": {"uses": "shop.track", "repeat": {"until": True, "max_iterations": 3}},
    },
    "finally": {"close": {"uses": "std.log"}},
}
VALUES: list[Any] = [
    *(None, True, False, 0, 1, 1.5, -1, 10**400, "", "text", "30s", "30 s", "${{ x }}"),
    *("a ${{ x }}", "linear", "yes", "x" * 99, [], ["a"], [1], {}, {"a": 1}, {"uses": "x.y"}),
    *({"max_attempts": 2}, {"a": {"uses": "x.y"}}),
]
KEYS = [
    *(
        "uses",
        "when",
        "timeout",
        "steps",
        "value",
        "skip",
        "with",
        "x-note",
        "bogus",
        "check-stock",
    ),
    *("needs", "if", "retries", "timeout-minutes", "continue-on-error", "params", "limit", "run"),
]
VALIDATOR = Draft202012Validator(schema("pipeline"))


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths of everything below a value."""
    below: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        below = list(value.items())
    elif isinstance(value, list):
        below = list(enumerate(value))
    return [
        found for step, inner in below for found in [(*path, step), *paths(inner, (*path, step))]
    ]


@st.composite
def damaged(draw: st.DrawFn, most: int = 2) -> dict[str, Any]:
    """The pipeline with some entries replaced, removed or added."""
    document = copy.deepcopy(PIPELINE)
    for _ in range(draw(st.integers(1, most))):
        *parents, last = draw(st.sampled_from(paths(document)))
        parent: Any = document
        for step in parents:
            parent = parent[step]
        match draw(st.sampled_from(["replace", "remove", "add"])):
            case "remove" if len(parent) > 1:
                del parent[last]
            case "add" if isinstance(parent, dict):
                parent[draw(st.sampled_from(KEYS))] = copy.deepcopy(draw(st.sampled_from(VALUES)))
            case _:
                parent[last] = copy.deepcopy(draw(st.sampled_from(VALUES)))
    return document


@settings(max_examples=400, deadline=None)
@given(damaged())
def test_schema_and_shape_checker_agree(document: dict[str, Any]) -> None:
    problems = check_shape(parse(json.dumps(document), "json"), "pipeline")
    errors = [error.message for error in VALIDATOR.iter_errors(document)]
    assert bool(problems) == bool(errors), (problems, errors)


@settings(max_examples=200, deadline=None)
@given(damaged(most=4))
def test_each_mend_can_be_made_and_mends_what_it_says(document: dict[str, Any]) -> None:
    text = json.dumps(document, indent=2)
    parsed = parse(text, "json")
    problems = check_shape(parsed, "pipeline")
    for problem in problems:
        if problem.mend is not None:
            edits = apply_patches(parsed, problem.mend.patches)
            mended = parse(apply_edits(text, edits), "json")
            assert mended.problems == parsed.problems
            assert problem not in check_shape(mended, "pipeline")


WORDS = st.sampled_from([*KEYS, "flow", "name", "catch", "switch", "retry", "mocks", "scenarios"])
DATA = st.recursive(
    st.sampled_from(VALUES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(DATA, st.sampled_from(["pipeline", "scenario", "settings", None]))
def test_no_data_makes_it_raise(value: object, kind: FileKind | None) -> None:
    document = parse(json.dumps(value), "json")
    for problem in check_shape(document, kind):
        assert problem.message
        assert document.locate(problem.place).end <= len(document.text)
        assert len(problem.message) < 400


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="a:-{}[]&*<>'\"#$ \nuses:steps", max_size=80))
def test_no_text_makes_it_raise(text: str) -> None:
    document = parse("flow: 1\nsteps:\n a:\n  " + text, "yaml")
    for problem in check_shape(document):
        document.locate(problem.place)

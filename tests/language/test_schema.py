"""The JSON Schemas against the shape checker: two readings of one definition."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from flow_core.language.keys import FileKind
from flow_core.language.schema import schema
from flow_core.language.shape import check_shape
from flow_core.syntax import data, parse

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
STD = Path(__file__).parents[2] / "core" / "flow_core" / "components" / "std"
FILES = [
    path
    for folder in (EXAMPLES, STD)
    for path in sorted(folder.rglob("*.flow*.yaml"))
    if "broken" not in path.parts
]
VALIDATORS = {kind: Draft202012Validator(schema(kind)) for kind in ("pipeline", "scenario")}

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
    *(None, True, False, 0, 1, 1.5, -1, "", "text", "30s", "30 s", "${{ x }}", "a ${{ x }}"),
    *("linear", "yes", [], ["a"], [1], {}, {"a": 1}, {"uses": "x.y"}, {"max_attempts": 2}),
]
KEYS = ["uses", "when", "timeout", "needs", "bogus", "x-note", "steps", "value", "skip", "with"]


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
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """The pipeline with one or two entries replaced, removed or added."""
    document = copy.deepcopy(PIPELINE)
    for _ in range(draw(st.integers(1, 2))):
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
@given(mutated())
def test_schema_and_shape_checker_agree(document: dict[str, Any]) -> None:
    problems = check_shape(parse(json.dumps(document), "json"), "pipeline")
    errors = [error.message for error in VALIDATORS["pipeline"].iter_errors(document)]
    assert bool(problems) == bool(errors), (problems, errors)


@pytest.mark.parametrize("kind", ["pipeline", "scenario", "settings"])
def test_the_schemas_are_schemas(kind: FileKind) -> None:
    Draft202012Validator.check_schema(schema(kind))


def test_there_are_files_to_check() -> None:
    assert len(FILES) >= 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_valid_files_pass_both(path: Path) -> None:
    document = parse(path.read_text("utf-8"), "yaml")
    kind: FileKind = "scenario" if ".flowtest." in path.name else "pipeline"
    assert check_shape(document) == ()
    assert [error.message for error in VALIDATORS[kind].iter_errors(data(document.root))] == []


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ({"select": ["FL6"], "severity": {"FL411": "error"}}, True),
        ({"selct": ["FL6"]}, False),
        ({"severity": {"FL411": "fatal"}}, False),
    ],
)
def test_the_schema_of_settings(text: dict[str, Any], valid: bool) -> None:  # noqa: FBT001 - data
    assert Draft202012Validator(schema("settings")).is_valid(text) is valid

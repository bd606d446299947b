"""The JSON Schemas: they are schemas, and they accept what is valid."""

from pathlib import Path
from typing import Any

import pytest
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

"""The definition itself: complete, consistent, and equal to what is committed of it."""

import json
from pathlib import Path

import msgspec
import pytest

from flow_core.language.keys import FILES, RESERVED, FileKind, key_at, keys_for, records
from flow_core.language.reference import reference
from flow_core.language.schema import schema
from flow_core.language.shape import is_sound
from flow_core.language.type_keys import INPUT, TYPE_KEYS
from flow_core.settings import Settings
from flow_core.syntax import Mapping, parse

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
WRITE_KEYS = (
    'python -c "from flow_core.language.reference import reference; '
    "print(reference(), end='')\" > docs/reference/keys.md"
)
SCHEMAS: dict[FileKind, str] = {
    "pipeline": "flow.schema.json",
    "scenario": "flowtest.schema.json",
    "settings": "flow.toml.schema.json",
}


RECORDS = {record.name: record for kind in FILES for record, _ in records(kind)}
KEYS = {
    **{f"{record.name}.{key.name}": key for record in RECORDS.values() for key in record.keys},
    **{f"type.{key.name}": key for key in TYPE_KEYS},
    **{f"port.{key.name}": key for key in INPUT.keys},
}


def test_every_record_is_reached() -> None:
    assert {"pipeline", "step", "branch", "handler", "compensation", "retry", "mock"} <= set(
        RECORDS
    )


@pytest.mark.parametrize("name", KEYS)
def test_a_key_is_documented_in_sentences(name: str) -> None:
    key = KEYS[name]
    assert key.doc.endswith(".")
    assert key.doc[0].isupper() or key.doc[0] == "`"
    assert not (key.required and isinstance(key.default, str | int))


@pytest.mark.parametrize(
    "name", [n for n, k in KEYS.items() if k.example and "_settings." not in n]
)
def test_an_example_shows_its_key_as_it_may_be_written(name: str) -> None:
    key = KEYS[name]
    document = parse(key.example, "yaml")
    assert document.problems == ()
    assert isinstance(document.root, Mapping)
    assert list(document.root.fields) == [key.name]
    assert is_sound(document.root.fields[key.name], key.shape)


@pytest.mark.parametrize("name", [n for n, k in KEYS.items() if isinstance(k.default, str | int)])
def test_a_default_is_a_value_that_could_be_written(name: str) -> None:
    key = KEYS[name]
    root = parse(json.dumps({"x": key.default}), "json").root
    assert isinstance(root, Mapping)
    assert is_sound(root.fields["x"], key.shape)


def test_names_are_not_reserved() -> None:
    assert not {name.split(".")[1] for name in KEYS} & set(RESERVED)


def test_settings_hold_exactly_the_keys_of_the_definition() -> None:
    settings = Settings(root="/")
    keys = {key.name: key for key in FILES["settings"].keys}
    assert set(Settings.__struct_fields__) == {"root", "file", *keys}
    for name, key in keys.items():
        value = msgspec.json.decode(msgspec.json.encode(getattr(settings, name)))
        assert value == key.default


def test_the_reference_page_is_up_to_date() -> None:
    assert (REFERENCE / "keys.md").read_text("utf-8") == reference(), WRITE_KEYS


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schemas_are_up_to_date(kind: FileKind) -> None:
    committed = json.loads((REFERENCE / SCHEMAS[kind]).read_text("utf-8"))
    assert committed == schema(kind), f"flow schema {kind} -o docs/reference/{SCHEMAS[kind]}"


@pytest.mark.parametrize(
    ("path", "default"),
    [
        (("steps", "a", "retry", "delay"), "0s"),
        (("steps", "a", "steps", "b", "fail_fast"), True),
        (("steps", "a", "catch", 0, "retry", "factor"), 2),
        (("steps", "a", "switch", 1, "steps", "b", "repeat", "collect"), False),
        (("components", "c", "circuit_breaker", "half_open_max"), 1),
        (("inputs", "order", "secret"), False),
        (("schedule", 0, "timezone"), "UTC"),
        (("types", "Order", "fields", "lines", "items", "uniqueItems"), False),
    ],
)
def test_key_at_finds_the_key_of_a_path(path: tuple[str | int, ...], default: object) -> None:
    key = key_at(path)
    assert key is not None
    assert (key.name, key.default) == (path[-1], default)


@pytest.mark.parametrize("path", [(), ("steps", "a"), ("steps", "a", "with", "x"), ("nonsense",)])
def test_key_at_knows_no_names_of_the_user(path: tuple[str | int, ...]) -> None:
    assert key_at(path) is None


def test_keys_for_lists_what_may_stand() -> None:
    assert [key.name for key in keys_for(("defaults",))] == ["timeout", "retry"]
    assert keys_for(("steps",)) == ()
    assert {"secret", "env", "type", "enum"} <= {k.name for k in keys_for(("inputs", "x"))}
    mock = [key.name for key in keys_for(("scenarios", "s", "mocks", "a", 0), "scenario")]
    assert mock == ["returns", "fail", "hang", "estimated", "takes", "failure_rate"]


@pytest.mark.parametrize(
    ("path", "gives"),
    [
        (("steps", "a", "when"), "boolean"),
        (("steps", "a", "for_each"), "list"),
        (("steps", "a", "with"), "any"),
        (("steps", "a", "concurrency", "group"), "text"),
        (("outputs",), "any"),
        (("components", "c", "run", "http", "url"), "text"),
        (("steps", "a", "timeout"), None),
        (("schedule", 0, "inputs"), None),
    ],
)
def test_a_key_says_what_an_expression_gives(path: tuple[str | int, ...], gives: str) -> None:
    key = key_at(path)
    assert key is not None
    assert key.expression == gives

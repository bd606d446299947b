"""The smaller commands."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from flow_cli.reference import reference
from flow_cli.rewriting import Rewriting, rewrite_files, rewrite_stdin
from flow_core.rules import ALL
from flow_core.simulate.codes import run_time_pages
from flow_core.templates import TEMPLATES

Flow = Callable[..., Any]

# Rules


def test_explain_shows_the_manual_page_by_code_or_name(flow: Flow) -> None:
    for rule in ALL:
        by_code = flow("explain", rule.RULE.code)
        assert by_code.out.startswith(f"# {rule.RULE.code} {rule.RULE.name}\n")
        assert (rule.__doc__ or "").strip().splitlines()[-1] in by_code.out
        assert by_code == flow("explain", rule.RULE.name)
    assert flow("explain", "fl001").code == 0


def test_rules_are_listed(flow: Flow) -> None:
    lines = flow("rules").out.splitlines()
    codes = sorted([*(rule.RULE.code for rule in ALL), *run_time_pages()])
    assert [line.split()[0] for line in lines] == codes
    listed = json.loads(flow("rules", "--format", "json").out)
    assert [rule["code"] for rule in listed] == codes
    assert all(set(rule) == {"code", "name", "severity", "since", "summary"} for rule in listed)


# Schemas


@pytest.mark.parametrize("name", ["pipeline", "scenario", "settings", "report"])
def test_schemas_are_schemas(flow: Flow, name: str) -> None:
    schema = json.loads(flow("schema", name).out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_json_reports_are_as_their_schema_says(flow: Flow, broken: Path) -> None:
    schema = json.loads(flow("schema", "report").out)
    report = json.loads(flow("validate", broken.name, "--format", "json").out)
    assert report["diagnostics"]
    Draft202012Validator(schema).validate(report)


def test_a_schema_in_a_file(flow: Flow, tmp_path: Path) -> None:
    assert flow("schema", "--output", "x.json").out == ""
    assert (tmp_path / "x.json").read_text() == flow("schema").out


# Docs


def test_docs_of_a_pipeline(flow: Flow, clean: Path, tmp_path: Path) -> None:
    page = flow("docs", clean.name).out
    assert page.startswith("# demo\n")
    assert "```mermaid" in page
    assert flow("docs", clean.name, "--output", "page.md").out == ""
    assert (tmp_path / "page.md").read_text() == page


def test_a_file_with_syntax_problems_is_not_described(flow: Flow, broken: Path) -> None:
    done = flow("docs", broken.name)
    assert (done.code, done.out) == (2, "")
    assert f"`{broken.name}` cannot be described: line 6: " in done.err


# Format and convert: what they refuse


@pytest.mark.parametrize("options", [(), ("--check",), ("--diff",)])
def test_files_that_cannot_be_parsed_are_not_unchanged(
    flow: Flow, clean: Path, broken: Path, options: tuple[str, ...]
) -> None:
    old = broken.read_text()
    done = flow("format", clean.name, broken.name, *options)
    assert f"cannot format `{broken.name}`: line 6: " in done.err
    assert done.code == 2
    assert broken.read_text() == old


def test_prose_is_not_formatted(flow: Flow, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Title\n\nSome words.\n")
    done = flow("format", "README.md")
    assert "cannot format `README.md`: this is a text, not a Flow file" in done.err
    assert done.code == 2


@pytest.mark.parametrize(("to", "other"), [("yaml", "json"), ("json", "yaml")])
def test_nothing_is_converted_to_what_it_is(
    flow: Flow, tmp_path: Path, to: str, other: str
) -> None:
    (tmp_path / f"x.flow.{to}").write_text("{}")
    done = flow("convert", f"x.flow.{to}", "--to", to)
    assert f"`x.flow.{to}` is {to.upper()} already" in done.err
    assert f"help: say `--to {other}`" in done.err
    assert done.code == 2


# Init


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_new_project_is_clean(flow: Flow, tmp_path: Path, template: str) -> None:
    done = flow("init", "new", "--template", template)
    assert done.out.endswith("Next: flow validate new, then flow test new\n")
    assert (tmp_path / "new" / "README.md").exists()
    assert flow("validate", "new", "--strict").code == 0
    assert flow("test", "new").code == 0


def test_init_touches_nothing_that_exists(flow: Flow, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "README.md").write_text("mine")
    done = flow("init", "new")
    assert done.err.startswith("error: `new/README.md` exists already\n")
    assert done.code == 2
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["README.md"]


def test_templates_are_listed(flow: Flow) -> None:
    out = flow("init", "--list").out
    assert [line.split()[0] for line in out.splitlines()] == list(TEMPLATES)


# Components


@pytest.fixture
def library(tmp_path: Path) -> None:
    (tmp_path / "pay.flow.yaml").write_text(
        "flow: 1\ncomponents:\n  charge:\n    version: 2.1.0\n    description: Charge a card.\n"
        "    inputs: {amount: {type: integer, default: 3}, key: {type: string?, secret: true}}\n"
        "    outputs: {ok: boolean | string}\n    errors: {Declined: the bank said no}\n"
        "    tags: [money]\n    estimate: {p50: 300ms, cost: 0.5}\n    run: {shell: [pay]}\n"
    )


@pytest.mark.usefixtures("library")
def test_components_are_listed(flow: Flow) -> None:
    lines = flow("components", "list").out.splitlines()
    assert ["./pay.flow.yaml", "charge", "Charge a card."] in [
        line.split(None, 2) for line in lines
    ]
    assert any(line.split()[:2] == ["std", "http"] for line in lines)
    assert len(flow("components", "list", "--tag", "money").out.splitlines()) == 1
    assert len(flow("components", "list", "--category", "pay").out.splitlines()) == 1


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("option", "word", "told"),
    [
        ("--tag", "zzz", ("no component has the tag `zzz`", "`money`")),
        ("--tag", "mony", ("did you mean `money`?",)),
        ("--category", "zzz", ("no component has the category `zzz`", "`pay`")),
    ],
)
def test_components_of_nothing(flow: Flow, option: str, word: str, told: tuple[str, ...]) -> None:
    done = flow("components", "list", option, word)
    assert (done.code, done.out) == (2, "")
    assert all(part in done.err for part in told)


@pytest.mark.usefixtures("library")
def test_a_component_is_found_by_the_name_that_a_step_uses(flow: Flow, tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").write_text("")
    (tmp_path / "shop" / "steps.py").write_text(
        "from flow_core import component\n\n\n@component\ndef score(x: int) -> int: ...\n"
    )
    alone = flow("components", "show", "score")
    assert alone.code == 0
    for name in ("steps.score", "shop.steps.score", "python:shop.steps.score"):
        assert flow("components", "show", name) == alone
    assert flow("components", "show", "pay.charge") == flow("components", "show", "charge")


@pytest.mark.usefixtures("library")
def test_components_as_json(flow: Flow) -> None:
    done = flow("components", "list", "--tag", "money", "--format", "json")
    assert json.loads(done.out) == [
        {
            "name": "charge",
            "origin": "./pay.flow.yaml",
            "category": "pay",
            "kind": "shell",
            "version": "2.1.0",
            "tags": ["money"],
            "description": "Charge a card.",
            "deprecated": "",
        }
    ]


@pytest.mark.usefixtures("library")
def test_the_page_of_a_component(flow: Flow) -> None:
    assert (
        flow("components", "show", "charge").out
        == """\
# charge

From `./pay.flow.yaml`: a shell component, version 2.1.0, tags `money`

Charge a card.

| input | type | default | meaning |
| --- | --- | --- | --- |
| `amount` | `integer` | `3` |  |
| `key` | `string?` | null | secret |

| output | type | meaning |
| --- | --- | --- |
| `ok` | `boolean \\| string` |  |

| error | meaning |
| --- | --- |
| `Declined` | the bank said no |

Estimate: p50 300ms, cost 0.5
"""
    )


# Format and migrate: what they share


def shout(text: str, kind: str) -> str:
    if "?" in text:
        raise ValueError("a question")
    return text.upper() + f"# {kind}\n" if text.islower() else text


SHOUTING = Rewriting(shout, "shout", "shouted")


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "flow.toml").write_text("")
    (tmp_path / "a.flow.yaml").write_text("a: b\n")
    (tmp_path / "b.flow.json").write_text("A\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_are_rewritten_in_place(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rewrite_files([], SHOUTING, "write") == 0
    assert (texts / "a.flow.yaml").read_text() == "A: B\n# yaml\n"
    assert capsys.readouterr().err == "1 file shouted, 1 unchanged\n"


@pytest.mark.parametrize(
    ("mode", "out"),
    [
        ("check", "a.flow.yaml\n"),
        ("diff", "--- a.flow.yaml\n+++ a.flow.yaml\n@@ -1 +1,2 @@\n-a: b\n+A: B\n+# yaml\n"),
    ],
)
def test_checks_write_nothing(
    texts: Path, capsys: pytest.CaptureFixture[str], mode: Any, out: str
) -> None:
    assert rewrite_files(["."], SHOUTING, mode) == 1
    assert (texts / "a.flow.yaml").read_text() == "a: b\n"
    assert capsys.readouterr() == (out, "1 file to shout, 1 unchanged\n")


def test_a_file_that_cannot_be_rewritten_does_not_stop_the_others(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (texts / "0.flow.yaml").write_text("what?\n")
    (texts / "1.flow.yaml").write_bytes(b"\xff")
    assert rewrite_files(["."], SHOUTING, "write") == 2
    assert (texts / "a.flow.yaml").read_text() == "A: B\n# yaml\n"
    err = capsys.readouterr().err
    assert "error: cannot shout `0.flow.yaml`: a question\n" in err
    assert "is not UTF-8: byte 0 is 0xff\n" in err
    assert err.endswith("1 file shouted, 1 unchanged\n")


def test_standard_input_is_rewritten(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("flow_cli.rewriting.read_text", lambda _: "é\n")
    assert rewrite_stdin("x.flow.json", SHOUTING, "write") == 0
    assert capsys.readouterr().out == "É\n# json\n"
    assert rewrite_stdin("x.flow.yaml", SHOUTING, "check") == 1
    assert rewrite_stdin("x.flow.yaml", SHOUTING, "diff") == 1
    assert "+É\n" in capsys.readouterr().out


# The reference page


def test_the_reference_page_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"
    assert page.read_text("utf-8") == reference(), (
        "run `python -m flow_cli.reference > docs/reference/cli.md`"
    )

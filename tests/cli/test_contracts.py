"""`flow test --contracts`: what it tries, how it tells, and how it ends."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

Flow = Callable[..., Any]

FILES = {
    "flow.toml": "",
    "good.py": """
from pathlib import Path
from flow_core import component
Path(__file__).with_name("imported").touch()


@component
def keep(text: str) -> str:
    return text


@component
def lose(text: str) -> str:
    return text or other()


def other():
    return None
""",
    "lib.flow.yaml": """\
flow: 1
name: lib
components:
  ring: {run: {shell: [bell]}}
  keep:
    inputs: {text: string}
    outputs: {result: string}
    run: {python: "good:keep"}
""",
    "p.flow.yaml": """\
flow: 1
name: p
imports: {good: "python:good"}
steps:
  a: {uses: good.keep, with: {text: hello}}
""",
}


@pytest.fixture
def project(flow: Flow, tmp_path: Path) -> Path:
    """A project in which one of two functions breaks its contract."""
    del flow  # it makes a project first
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def contracts(flow: Flow, *arguments: str) -> Any:
    return flow("test", "--contracts", *arguments)


def test_nothing_runs_without_real(flow: Flow, project: Path) -> None:
    ran = contracts(flow)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "good.keep  not run  no `--real` names it; 6 calls would be tried"
    assert "lib.ring   skipped  it is a shell component" in ran.out
    assert "4 contracts: 3 not run, 1 skipped (" in lines[-2]
    assert lines[-1].startswith("help: say which components are real: `--real 'good.*'`")
    assert not (project / "imported").exists()


def test_a_breach_is_shown_with_its_place_and_a_test(flow: Flow, project: Path) -> None:
    ran = contracts(flow, "--real", "good.*")
    assert ran.code == 1
    assert "good.keep  kept  6 calls\n" in ran.out
    assert "good.lose  broken  " in ran.out
    assert "BROKEN good.lose\nerror: `good.lose`: the output `result` does not fit" in ran.out
    assert "--> good.py:13:" in ran.out
    assert "        component(\"good.lose\")(text='')\n" in ran.out
    assert not any(name.name == "__pycache__" for name in project.iterdir())


def test_settings_say_what_is_real(flow: Flow, project: Path) -> None:
    (project / "flow.toml").write_text('[test]\nreal = ["good.keep"]\n')
    ran = contracts(flow)
    assert ran.code == 0
    assert "kept  6 calls" in ran.out
    assert "good.lose  not run" in ran.out


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("good.lose", ["good.lose"]),
        ("good.*", ["good.keep", "good.lose", "lib.keep"]),
        ("lib.flow.yaml", ["lib.keep", "lib.ring"]),
        ("good.py", ["good.keep", "good.lose", "lib.keep"]),
        ("p.flow.yaml", ["good.keep"]),
        (".", ["good.keep", "good.lose", "lib.keep", "lib.ring"]),
    ],
)
def test_what_is_named_is_tried(wanted: str, names: list[str], flow: Flow, project: Path) -> None:
    del project
    ran = contracts(flow, wanted)
    assert [line.split()[0] for line in ran.out.partition("\n\n")[0].splitlines()] == names


@pytest.mark.parametrize("wanted", ["deep/code.py", "deep"])
def test_python_stands_for_what_is_declared_elsewhere(
    wanted: str, flow: Flow, project: Path
) -> None:
    (project / "deep").mkdir()
    (project / "deep" / "code.py").write_text("def go():\n    return None\n")
    library = 'flow: 1\nname: far\ncomponents: {go: {run: {python: "deep.code:go"}}}\n'
    (project / "far.flow.yaml").write_text(library)
    assert contracts(flow, wanted).out.startswith("far.go  not run")


def test_json_has_a_case_for_each_component(flow: Flow, project: Path) -> None:
    del project
    ran = contracts(flow, "--real", "*", "--format", "json")
    data = json.loads(ran.out)
    cases = {case["name"]: case for file in data["files"] for case in file["scenarios"]}
    assert {name: case["status"] for name, case in cases.items()} == {
        "good.keep": "kept",
        "good.lose": "broken",
        "lib.keep": "kept",
        "lib.ring": "skipped",
    }
    (failure,) = cases["good.lose"]["failures"]
    assert (failure["file"], failure["line"]) == ("good.py", 13)


def test_json_counts_what_did_not_run_for_itself(flow: Flow, project: Path) -> None:
    del project
    data = json.loads(contracts(flow, "--real", "good.keep", "--format", "json").out)
    assert (data["passed"], data["failed"], data["not_run"]) == (2, 0, 2)
    cases = {case["name"]: case for file in data["files"] for case in file["scenarios"]}
    assert [cases[name]["passed"] for name in ("good.keep", "good.lose")] == [True, None]
    assert cases["good.lose"]["reason"].startswith("no `--real` names it")


def test_junit_has_those_that_were_not_tried_too(flow: Flow, project: Path) -> None:
    del project
    ran = contracts(flow, "--real", "*", "--format", "junit")
    root = ET.fromstring(ran.out)  # noqa: S314 - our own output
    assert (root.get("tests"), root.get("failures")) == ("4", "1")
    assert sum(int(suite.get("skipped", "")) for suite in root) == 1
    (skipped,) = root.iter("skipped")
    assert (
        skipped.get("message") == "it is a shell component: only Python's can be called alone yet"
    )
    assert "component(&quot;good.lose&quot;)" in ran.out or 'component("good.lose")' in ran.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["good.loose"], "there is no component `good.loose`\nhelp: did you mean `good.lose`?"),
        (["--real", "godo.*"], "`--real godo.*` names no component"),
        (["--timeout", "soon"], "`--timeout soon` is no time to wait"),
    ],
)
def test_what_is_wrong_with_the_command_line_is_told(
    arguments: list[str], told: str, flow: Flow, project: Path
) -> None:
    del project
    ran = contracts(flow, *arguments)
    assert ran.code == 2
    assert told in ran.err


def test_a_project_without_components_is_told(flow: Flow, tmp_path: Path) -> None:
    (tmp_path / "flow.toml").touch()
    ran = contracts(flow)
    assert ran.code == 2
    assert "there are no components" in ran.err


def test_real_is_about_contracts(flow: Flow) -> None:
    ran = flow("test", "--real", "good.*")
    assert ran.code == 2
    assert "add `--contracts`" in ran.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[test]\nrael = []\n", "flow.toml:2: unknown key `rael`; did you mean `real`?"),
        ('[test]\nreal = "good"\n', "flow.toml:2: `test.real` should be a list of texts"),
        ("test = 5\n", "flow.toml:1: `test` should be a table"),
    ],
)
def test_wrong_settings_are_told_with_their_line(
    text: str, told: str, flow: Flow, project: Path
) -> None:
    (project / "flow.toml").write_text(text)
    ran = contracts(flow)
    assert ran.code == 2
    assert told in ran.err

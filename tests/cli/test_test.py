"""`flow test`: which scenarios it runs, how it tells, and how it ends."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from flow_cli import testing, testing_pool, watching
from flow_cli.testing import Request

Flow = Callable[..., Any]
PIPELINE = """\
flow: 1
name: parcels
inputs: {address: string}
components:
  carry: {run: {shell: [carry]}, inputs: {to: string}, outputs: {code: string}}
steps:
  carry: {uses: carry, with: {to: "${{ inputs.address }}"}}
outputs: {code: "${{ steps.carry.outputs.code }}"}
"""
HEAD = "flow_test: 1\npipeline: ../p.flow.yaml\nscenarios:\n"
SCENARIO = """\
  {name}:
    inputs: {{address: Kiel}}
    mocks: {{carry: {{returns: {{code: a}}}}}}
    expect: {{outputs: {{code: {code}}}}}
"""


def scenarios(**codes: str) -> str:
    """A file with scenarios of these names; they pass where their code is `a`."""
    parts = (SCENARIO.format(name=name, code=code) for name, code in codes.items())
    return HEAD + "".join(parts)


@pytest.fixture
def project(flow: Flow, tmp_path: Path) -> Path:
    """A project with scenarios for two pipelines, of which one fails."""
    del flow  # it makes a project first
    (tmp_path / "flow.toml").write_text('exclude = ["old"]\n')
    (tmp_path / "p.flow.yaml").write_text(PIPELINE)
    letters = PIPELINE.replace("parcels", "letters").replace("carry", "bring")
    (tmp_path / "q.flow.yaml").write_text(letters)
    for folder in ("tests", "old"):
        (tmp_path / folder).mkdir()
    (tmp_path / "tests/a.flowtest.yaml").write_text(scenarios(arrives="a", waits="a"))
    (tmp_path / "tests/b.flowtest.yaml").write_text(scenarios(hurries="a", fails="b"))
    other = scenarios(other="a").replace("p.flow", "q.flow").replace("carry", "bring")
    (tmp_path / "tests/q.flowtest.yaml").write_text(other)
    (tmp_path / "old/c.flowtest.yaml").write_text(scenarios(arrives="a"))
    return tmp_path


TEXT = """\
tests/a.flowtest.yaml: 2 passed
tests/b.flowtest.yaml: 1 passed, 1 failed
tests/q.flowtest.yaml: 1 passed

FAILED tests/b.flowtest.yaml::fails
error[FL813]: outputs.code: expected "b", found "a"
  --> tests/b.flowtest.yaml:11:24
   |
11 |     expect: {outputs: {code: b}}
   |                        ^^^^
   |

parcels: dry run

            start  took  0s
  ● carry      0s    0s  █                                 succeeded

succeeded after 0s, 1 attempt
critical path (●): carry

4 passed, 1 failed in 3 files (… ms)
"""


def without_times(text: str) -> str:
    import re

    return re.sub(r"\(\d+ ms\)", "(… ms)", text)


def trimmed(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("jobs", ["1", "2", "auto"])
def test_it_runs_all_scenarios_of_the_project(flow: Flow, jobs: str) -> None:
    done = flow("test", "--jobs", jobs)
    assert (done.code, done.err) == (1, "")
    shown = trimmed(without_times(done.out))
    assert shown.partition("dry run")[0] == TEXT.partition("dry run")[0]
    assert shown.endswith(TEXT[TEXT.index("succeeded after") :])


CHOICES = [
    (["tests"], 5),
    (["tests/a.flowtest.yaml"], 2),
    (["tests/a.flowtest.yaml::waits"], 1),
    (["tests/a.flowtest.yaml::waits", "tests/a.flowtest.yaml::arrives"], 2),
    (["tests/a.flowtest.yaml::waits", "tests/a.flowtest.yaml"], 2),
    (["p.flow.yaml"], 4),
    (["p.flow.yaml", "q.flow.yaml"], 5),
    (["q.flow.yaml", "tests/a.flowtest.yaml"], 3),
    (["tests/*.flowtest.yaml"], 5),
    (["old/c.flowtest.yaml"], 1),
    (["-k", "arrives"], 1),
    (["-k", "b.flowtest and not fails"], 1),
    (["tests/b.flowtest.yaml", "-k", "hurries or arrives"], 1),
]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(("arguments", "count"), CHOICES, ids=str)
def test_paths_and_names_choose(flow: Flow, arguments: list[str], count: int) -> None:
    report = json.loads(flow("test", *arguments, "--format", "json").out)
    assert report["passed"] + report["failed"] == count
    assert len(flow("test", *arguments, "--list").out.splitlines()) == count


@pytest.mark.usefixtures("project")
def test_names_are_listed_as_they_can_be_given_again(flow: Flow) -> None:
    listed = flow("test", "tests/b.flowtest.yaml", "--list")
    assert listed.out == "tests/b.flowtest.yaml::hurries\ntests/b.flowtest.yaml::fails\n"
    assert flow("test", listed.out.splitlines()[0]).code == 0


def test_odd_names_are_listed_and_chosen_as_they_are_shown(flow: Flow, project: Path) -> None:
    names = ('"a::b"', '"two\\nlines"', '"bell\\x07\\x1b[31m"', '"a[b]/c*"')
    text = HEAD + "".join(SCENARIO.format(name=name, code="a") for name in names)
    (project / "tests/a.flowtest.yaml").write_text(text)
    listed = flow("test", "tests/a.flowtest.yaml", "--list").out
    assert listed.replace("\n", "").isprintable()
    lines = listed.splitlines()
    assert len(lines) == len(names)
    for line in lines:
        assert "1 passed in 1 file" in flow("test", line, line).out


def test_an_empty_file_is_told_whatever_is_asked_of_it(flow: Flow, project: Path) -> None:
    (project / "tests/a.flowtest.yaml").write_text("# to be written\n")
    for asked in ("tests/a.flowtest.yaml", "tests/a.flowtest.yaml::waits"):
        done = flow("test", asked)
        assert done.code == 1
        assert "start with `flow_test: 1`" in done.out


REFUSALS = [
    (["gone"], "no such file or folder"),
    (["tests/a.flowtest.yaml::wait"], "did you mean `waits`?"),
    (["tests/a.flowtest.yaml::wait"], "error: `tests/a.flowtest.yaml` has no scenario `wait`"),
    (["::waits"], "`::waits` names no file"),
    (["flow.toml"], "holds no scenarios"),
    (["-k", "nothing such"], "no scenario is chosen"),
    (["-k", "and"], "a word is missing"),
    (["--jobs", "0"], "is no number of processes"),
    (["--jobs", "many"], "is no number of processes"),
    (["--watch", "--update"], "are two tasks"),
    (["--name", "x"], "is an option of `--record`"),
    (["--faults", "-k", "x"], "`-k` is about scenarios, and `--faults` runs none"),
    (["--contracts", "--seed", "1"], "`--seed` is about scenarios"),
]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(("arguments", "message"), REFUSALS, ids=str)
def test_what_can_not_be_run_ends_with_2(flow: Flow, arguments: list[str], message: str) -> None:
    done = flow("test", *arguments)
    assert done.code == 2
    assert message in done.err
    assert done.out == ""


def test_a_pipeline_that_no_scenario_tests_is_named(flow: Flow, tmp_path: Path) -> None:
    (tmp_path / "p.flow.yaml").write_text(PIPELINE)
    done = flow("test", "p.flow.yaml")
    assert (done.code, "no scenario tests `p.flow.yaml`" in done.err) == (2, True)


def test_a_project_without_scenarios_ends_with_2(flow: Flow, tmp_path: Path) -> None:
    (tmp_path / "p.flow.yaml").write_text(PIPELINE)
    done = flow("test")
    assert (done.code, "there are no scenarios" in done.err) == (2, True)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_it_stops_at_the_first_failure_where_that_is_asked_for(
    flow: Flow, project: Path, jobs: str
) -> None:
    text = scenarios(fails="b", never="a")
    (project / "tests/a.flowtest.yaml").write_text(text)
    done = flow("test", "-x", "--jobs", jobs)
    assert done.out.startswith("tests/a.flowtest.yaml: 1 failed\n\n")
    assert "1 failed in 1 file, stopped at the first failure" in done.out


@pytest.mark.parametrize("text", ["", "a: [\n", f"{HEAD}\n"])
def test_a_file_without_scenarios_is_a_failure_that_says_why(
    flow: Flow, project: Path, text: str
) -> None:
    (project / "tests/a.flowtest.yaml").write_text(text)
    done = flow("test", "tests/a.flowtest.yaml")
    assert done.code == 1
    assert "tests/a.flowtest.yaml: 1 failed\n\nFAILED tests/a.flowtest.yaml\nerror[FL" in done.out


def test_what_keeps_all_scenarios_from_running_is_told_once(flow: Flow, project: Path) -> None:
    (project / "p.flow.yaml").unlink()
    done = flow("test", "tests/a.flowtest.yaml")
    assert done.out.count("error[FL801]") == 1
    titles = "FAILED tests/a.flowtest.yaml::arrives\nFAILED tests/a.flowtest.yaml::waits\nerror"
    assert titles in done.out


@pytest.mark.usefixtures("project")
def test_timelines_of_all_runs_are_shown_where_that_is_asked_for(flow: Flow) -> None:
    out = flow("test", "tests/a.flowtest.yaml", "-v").out
    assert out.count("parcels: dry run") == 2
    assert "PASSED tests/a.flowtest.yaml::waits" in out


@pytest.mark.usefixtures("project")
def test_a_seed_takes_the_place_of_those_of_the_scenarios(flow: Flow) -> None:
    assert "parcels: dry run, seed 7" in flow("test", "-v", "--seed", "7").out


# Formats


@pytest.mark.usefixtures("project")
def test_json_says_everything(flow: Flow) -> None:
    done = flow("test", "--format", "json")
    report = json.loads(done.out)
    assert (done.code, report["passed"], report["failed"]) == (1, 4, 1)
    case = report["files"][1]["scenarios"][1]
    assert {key: case[key] for key in ("name", "line", "passed", "status", "elapsed")} == {
        "name": "fails",
        "line": 8,
        "passed": False,
        "status": "succeeded",
        "elapsed": 0,
    }
    assert case["failures"][0]["line"] == 11
    assert case["failures"][0]["message"] == 'outputs.code: expected "b", found "a"'
    assert "parcels: dry run" in case["timeline"]


@pytest.mark.usefixtures("project")
def test_junit_has_a_case_for_each_scenario(flow: Flow) -> None:
    root = ET.fromstring(flow("test", "--format", "junit").out.partition("\n")[2])  # noqa: S314
    assert (root.get("tests"), root.get("failures")) == ("5", "1")
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert cases.keys() == {"arrives", "waits", "hurries", "fails", "other"}
    assert cases["fails"].get("line") == "8"
    failures = [name for name, case in cases.items() if case.find("failure") is not None]
    assert failures == ["fails"]


def test_junit_holds_what_xml_can_not(flow: Flow, project: Path) -> None:
    (project / "tests/a.flowtest.yaml").write_text(scenarios(**{'"a\\u0001<b"': "a"}))
    ET.fromstring(flow("test", "--format", "junit").out.partition("\n")[2])  # noqa: S314


@pytest.mark.usefixtures("project")
def test_annotations_of_github(flow: Flow) -> None:
    out = flow("test", "--format", "github").out
    assert out.startswith("::error file=tests/b.flowtest.yaml,line=11,")
    assert out.count("\n") == 1


def test_names_are_shown_without_what_a_terminal_would_obey(flow: Flow, project: Path) -> None:
    (project / "tests/a.flowtest.yaml").write_text(scenarios(**{'"a\\e[2Jb"': "b"}))
    out = flow("test", "tests/a.flowtest.yaml").out
    assert "\x1b" not in out
    assert "FAILED tests/a.flowtest.yaml::a\\x1b[2Jb" in out


@pytest.mark.usefixtures("project")
def test_colour_is_shown_where_it_is_wanted(flow: Flow) -> None:
    assert "\x1b[1;31m1 failed\x1b[0m" in flow("test", "--color", "always").out
    assert "\x1b" not in flow("test", "--color", "always", "--format", "json").out


# Many


def test_a_large_file_is_shared_out_and_told_as_one(
    flow: Flow, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(testing_pool, "LARGE", 100)
    codes = {f"number {number}": "b" if number == 17 else "a" for number in range(40)}
    (project / "tests/a.flowtest.yaml").write_text(scenarios(**codes))
    one, two = (
        json.loads(flow("test", "tests", "--jobs", jobs, "--format", "json").out)
        for jobs in ("1", "2")
    )
    for report in (one, two):
        assert (report["passed"], report["failed"]) == (41, 2)
    names = [[case["name"] for case in each["files"][0]["scenarios"]] for each in (one, two)]
    assert names[0] == names[1] == list(codes)


def test_it_needs_no_pytest(flow: Flow, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del project
    for name in [name for name in sys.modules if name.partition(".")[0] == "flow_testing"]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("pytest", "_pytest", "hypothesis"):
        monkeypatch.setitem(sys.modules, name, None)
    assert flow("test", "-k", "arrives").code == 0


# Watching


def test_after_a_change_what_it_may_touch_runs_again(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changes: list[tuple[Path, str]] = [
        (project / "tests/a.flowtest.yaml", scenarios(arrives="a")),
        (project / "q.flow.yaml", PIPELINE.replace("carry", "bring")),
        (project / "p.flow.yaml", PIPELINE.replace("parcels", "packets")),
        (project / "other.flow.yaml", PIPELINE),
    ]
    told: list[str] = []

    def pause() -> None:
        told.append(capsys.readouterr().out)
        if not changes:
            raise KeyboardInterrupt
        file, text = changes.pop(0)
        file.write_text(text + "# changed\n")

    monkeypatch.chdir(project)
    monkeypatch.setattr("flow_cli.watching.time.sleep", lambda _seconds: pause())
    monkeypatch.setattr(watching.watch, "__defaults__", (pause,))
    with pytest.raises(KeyboardInterrupt):
        testing.watch(Request())
    files = [[line for line in out.splitlines() if ".yaml: " in line] for out in told]
    assert [len(each) for each in files] == [3, 1, 1, 2, 0]
    assert told[4] == "no scenario depends on what has changed\n"
    assert files[1] == ["tests/a.flowtest.yaml: 1 passed"]
    assert files[2] == ["tests/q.flowtest.yaml: 1 passed"]


# Updating


def test_update_rewrites_what_was_not_met_and_shows_it(flow: Flow, project: Path) -> None:
    done = flow("test", "--update")
    assert done.code == 0
    assert "-    expect: {outputs: {code: b}}\n+    expect: {outputs: {code: a}}\n" in done.out
    assert done.out.endswith("ms)\n")
    assert "5 passed in 3 files" in done.out
    assert (project / "tests/b.flowtest.yaml").read_text() == scenarios(hurries="a", fails="a")


def test_update_of_nothing_changes_nothing(flow: Flow, project: Path) -> None:
    (project / "p.flow.yaml").unlink()
    before = (project / "tests/b.flowtest.yaml").read_text()
    assert flow("test", "--update").code == 1
    assert (project / "tests/b.flowtest.yaml").read_text() == before


def test_update_says_what_it_leaves(flow: Flow, project: Path) -> None:
    text = scenarios(arrives="a").replace("expect: {", "expect: {elapsed: '!= 0s', ")
    (project / "tests/a.flowtest.yaml").write_text(text)
    done = flow("test", "tests/a.flowtest.yaml", "--update")
    assert done.code == 1
    assert "tests/a.flowtest.yaml: `arrives`: `elapsed`: it says what is not to be" in done.err


# Recording


@pytest.fixture
def trace(flow: Flow, project: Path) -> Path:
    """A recorded run."""
    scenario = "tests/a.flowtest.yaml#arrives"
    flow("dry-run", "p.flow.yaml", "--scenario", scenario, "--trace", "run.jsonl")
    return project / "run.jsonl"


@pytest.mark.usefixtures("trace")
def test_a_recorded_run_becomes_a_scenario_that_passes(flow: Flow, project: Path) -> None:
    done = flow("test", "--record", "run.jsonl")
    name = "tests/p.flowtest.yaml::as recorded in run.jsonl"
    assert (done.code, done.out, done.err) == (0, f"Wrote {name}, which passes\n", "")
    assert flow("test", "tests/p.flowtest.yaml").code == 0
    again = flow("test", "--record", "run.jsonl", "--name", "once more")
    assert again.out == "Added tests/p.flowtest.yaml::once more, which passes\n"
    assert "2 passed" in flow("test", "tests/p.flowtest.yaml").out
    assert (project / "tests/p.flowtest.yaml").read_text().startswith("flow_test: 1\n")


@pytest.mark.usefixtures("trace")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--into", "tests/a.flowtest.yaml", "--name", "waits"], "has a scenario `waits` already"),
        (["--into", "tests/q.flowtest.yaml"], "is for `letters`, not for `parcels`"),
        (["--into", "p.flow.yaml"], "is no name of a scenario file"),
        (["q.flow.yaml"], "the trace is of another `parcels`"),
        (["p.flow.yaml", "q.flow.yaml"], "a trace is of one pipeline"),
        (["flow.toml"], "holds no pipeline"),
    ],
)
def test_nothing_is_written_over(
    flow: Flow, project: Path, arguments: list[str], message: str
) -> None:
    before = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}
    done = flow("test", *arguments, "--record", "run.jsonl")
    assert done.code == 2
    assert message in done.err
    assert {file: file.read_bytes() for file in project.rglob("*") if file.is_file()} == before


def test_a_trace_whose_pipeline_is_not_there(flow: Flow, trace: Path) -> None:
    (trace.parent / "p.flow.yaml").rename(trace.parent / "r.flow.yaml")
    done = flow("test", "--record", "run.jsonl")
    assert (done.code, "which is not here" in done.err) == (2, True)
    assert flow("test", "r.flow.yaml", "--record", "run.jsonl").code == 0


def test_what_is_no_trace_is_refused(flow: Flow, project: Path) -> None:
    del project
    done = flow("test", "--record", "p.flow.yaml")
    assert done.code == 2
    assert "is no trace" in done.err

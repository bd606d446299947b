"""`flow test --cov`: what scenarios cover, with however many processes; and pictures of it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flow_core.coverage import Coverage

Flow = Callable[..., Any]
PARCEL = Path(__file__).parents[2] / "docs" / "first-dry-run"


@pytest.fixture(autouse=True)
def project(tmp_path: Path) -> Path:
    for file in PARCEL.iterdir():
        shutil.copy(file, tmp_path)
    return tmp_path


def test_the_table_follows_the_tests(flow: Flow) -> None:
    done = flow("test", "--cov", "--color", "never")
    assert done.code == 0
    tests, _, table = done.out.partition("\n\nfile")
    assert "2 passed" in tests
    assert "parcel.flow.yaml      19       4     79%" in table


def test_without_the_option_nothing_is_measured(flow: Flow) -> None:
    assert "goals" not in flow("test").out


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_all_processes_add_up(flow: Flow, project: Path, jobs: str) -> None:
    text = (project / "parcel.flowtest.yaml").read_text()
    (project / "again.flowtest.yaml").write_text(text)
    assert flow("test", "--cov-report", f"json:{jobs}.json", "--jobs", jobs).code == 0
    coverage = Coverage.from_json((project / f"{jobs}.json").read_bytes())
    (hits,) = coverage.files["parcel.flow.yaml"].values()
    assert (hits["quote.ran"], hits["quote.retry:used"]) == (4, 2)


def test_a_report_for_programs_is_not_disturbed(flow: Flow) -> None:
    done = flow("test", "--cov", "--format", "json")
    json.loads(done.out)
    assert "79%" in done.err


@pytest.mark.parametrize(("least", "code"), [("70", 0), ("80", 1)])
def test_too_little_coverage_fails(flow: Flow, least: str, code: int) -> None:
    done = flow("test", "--cov-fail-under", least)
    assert done.code == code
    assert ("at least 80% is asked for" in done.out) == bool(code)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--cov-only", "transitons"], "did you mean `transitions`?"),
        (["--cov-only", "parcel.flowtest.yaml"], "`flow test parcel.flowtest.yaml --cov`"),
        (["--cov-report", "pdf"], "there is no report `pdf`"),
        (["--cov", "--watch"], "`--watch` and `--cov` are two tasks"),
        (["--cov", "--faults"], "`--faults` and `--cov` are two tasks"),
        (["--cov-report", "json:parcel.flow.yaml/x"], "no report of coverage: `"),
        (["--cov-fail-under", "nan"], "nan is no percentage"),
        (["--cov-fail-under", "101"], "101 is no percentage"),
    ],
)
def test_what_cannot_be_done(flow: Flow, arguments: list[str], message: str) -> None:
    done = flow("test", *arguments)
    assert done.code == 2
    assert message in done.err


def test_only_the_projects_of_the_tests_count(flow: Flow, project: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(PARCEL, project / name)
        (project / name / "flow.toml").write_text("")
    out = flow("test", "one", "--cov").out
    assert "one/parcel.flow.yaml      19       4     79%" in out
    assert "two/" not in out
    assert "total" not in out


def test_a_project_in_which_no_test_could_run_counts(flow: Flow, project: Path) -> None:
    file = project / "parcel.flowtest.yaml"
    file.write_text(file.read_text().replace("quote:", "quot:"))
    assert "parcel.flow.yaml      19      19      0%" in flow("test", "--cov").out


def test_settings_elsewhere_that_cannot_be_used_are_told(flow: Flow, project: Path) -> None:
    (project / "sub").mkdir()
    (project / "sub/flow.toml").write_text("exclud = []\n")
    shutil.copy(project / "parcel.flow.yaml", project / "sub")
    done = flow("test", "parcel.flowtest.yaml", "--cov")
    assert done.code == 2
    assert "unknown key `exclud`" in done.err


# Pictures


def painted(flow: Flow, *arguments: str) -> Any:
    flow("test", "--cov-report", "json:build/c.json")
    return flow(
        "visualize", "parcel.flow.yaml", "--overlay", "coverage", "--coverage", "build/c.json",
        *arguments,
    )  # fmt: skip


def test_a_picture_tells_in_words_and_colours(flow: Flow) -> None:
    done = painted(flow)
    assert done.code == 0
    assert "partly · 3 of 4" in done.out
    assert "quote: retry never exhausted" in done.out
    assert "covered by tests: 15 of 19, 79%" in done.out


def test_an_arrow_tells_that_nothing_went_it(flow: Flow, project: Path) -> None:
    text = (project / "parcel.flowtest.yaml").read_text()
    (project / "parcel.flowtest.yaml").write_text(text.partition("  nobody comes:")[0])
    nodes = json.loads(painted(flow, "--format", "json").out)
    told = {(e["source"], e["target"]): (e["status"], e["label"]) for e in nodes["edges"]}
    assert told["pay", "pay!compensate"] == ("missed", "undo · never")
    label = "succeeded or skipped · never succeeded"
    assert told["declare", "collect"] == ("partly", label)
    assert told["quote", "pay"] == ("covered", "")


def test_a_pipeline_that_changed_is_shown_as_untested(flow: Flow, project: Path) -> None:
    painted(flow)
    file = project / "parcel.flow.yaml"
    file.write_text(file.read_text().replace("3s", "4s"))
    done = flow(
        "visualize", "parcel.flow.yaml", "--overlay", "coverage", "--coverage", "build/c.json"
    )
    assert "`parcel.flow.yaml` has changed since its tests were run" in done.out
    assert "0 of 19" in done.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "`--overlay coverage` needs what tests have covered"),
        (["--coverage", "parcel.flow.yaml"], "that is no coverage data"),
        (["--coverage", "nothing.json"], "nothing.json"),
        (["--coverage", "old.json"], "coverage data of version 9, and 1 is expected"),
    ],
)
def test_data_that_is_none(flow: Flow, project: Path, arguments: list[str], message: str) -> None:
    (project / "old.json").write_text('{"flow_coverage": 9, "files": {}}')
    done = flow("visualize", "parcel.flow.yaml", "--overlay", "coverage", *arguments)
    assert done.code == 2
    assert message in done.err

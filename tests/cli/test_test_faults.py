"""`flow test --faults`: what it tells, in which format, what it keeps, and how it ends."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from flow_testing.sweeps.saved import read

Flow = Callable[..., Any]
BEFORE = Path(__file__).parents[2] / "docs" / "first-sweep" / "before" / "booking.flow.yaml"
FLAWED = BEFORE.read_text("utf-8")
MENDED = FLAWED.replace("\n  send:\n", "\n  send:\n    depends_on: [pay]\n")


@pytest.fixture
def booking(flow: Flow, tmp_path: Path) -> Path:
    """A pipeline with a flaw, alone in its project."""
    del flow  # it makes a project first
    for each in tmp_path.glob("*.flow.yaml"):
        each.unlink()
    (tmp_path / "flow.toml").write_text("")
    file = tmp_path / "booking.flow.yaml"
    file.write_text(FLAWED)
    return file


def test_a_flaw_is_told_at_its_line_with_the_run_and_a_scenario(flow: Flow, booking: Path) -> None:
    ended = flow("test", "--faults")
    assert ended.code == 1
    assert "warning[FL824]: `send` is done and not undone" in ended.out
    assert f"{booking.name}:58:3" in ended.out
    assert (
        "1/3            200ms      1s                                   Busy, waits 2s" in ended.out
    )
    assert "scenarios:\n  left-behind, pay=Busy:\n" in ended.out
    assert "    expect:\n      # this is what goes wrong: say here what" in ended.out
    assert "1 finding in 1 pipeline" in ended.out


def test_the_scenario_that_is_told_passes(flow: Flow, booking: Path) -> None:
    out = flow("test", "--faults").out
    scenario = out[out.index("flow_test: 1") :].split("\n\n")[0]
    folder = booking.parent / "tests"
    folder.mkdir()
    (folder / "found.flowtest.yaml").write_text(f"{scenario}\n")
    assert flow("test", "tests").code == 0


def test_a_mended_pipeline_has_no_findings(flow: Flow, booking: Path) -> None:
    booking.write_text(MENDED)
    ended = flow("test", "--faults", "booking.flow.yaml")
    assert ended.code == 0
    assert ended.out.startswith("booking.flow.yaml: 24 runs in 1 world, no findings\n")


def test_a_finding_can_be_silenced_at_its_line(flow: Flow, booking: Path) -> None:
    booking.write_text(FLAWED.replace("\n  send:\n", "\n  send: # flow: ignore[FL824] a gift\n"))
    assert flow("test", "--faults").code == 0
    assert flow("validate").code == 0


def test_libraries_and_scenarios_are_passed_over(flow: Flow, booking: Path) -> None:
    booking.write_text(MENDED)
    library = "flow: 1\nname: lib\ntypes: {T: string}\n"
    (booking.parent / "lib.flow.yaml").write_text(library)
    assert "in 1 pipeline" in flow("test", "--faults").out


@pytest.mark.usefixtures("booking")
def test_json_has_each_finding_with_its_place(flow: Flow) -> None:
    data = json.loads(flow("test", "--faults", "--format", "json").out)
    swept, found = data["files"][0]["scenarios"]
    assert swept["name"] == "24 runs in 1 world"
    assert swept["passed"]
    (failure,) = found["failures"]
    assert (failure["code"], failure["line"]) == ("FL824", 58)


@pytest.mark.usefixtures("booking")
def test_junit_has_a_case_for_each_finding(flow: Flow) -> None:
    root = ET.fromstring(flow("test", "--faults", "--format", "junit").out)  # noqa: S314 - our own
    assert (root.get("tests"), root.get("failures")) == ("2", "1")
    assert "left-behind (FL824)" in [case.get("name") for case in root.iter("testcase")]


@pytest.mark.usefixtures("booking")
def test_github_shows_a_finding_beside_its_line(flow: Flow) -> None:
    out = flow("test", "--faults", "--format", "github").out
    assert out.startswith("::warning file=booking.flow.yaml,line=58,")


def test_a_sweep_that_is_cut_short_says_so(flow: Flow, booking: Path) -> None:
    booking.write_text(MENDED)
    out = flow("test", "--faults", "--max-runs", "5").out
    assert "5 runs in 1 world, not all: raise `--max-runs`, no findings" in out


def test_depth_says_how_many_faults_a_run_has(flow: Flow, booking: Path) -> None:
    booking.write_text(MENDED)
    runs = [flow("test", "--faults", "--depth", str(depth)).out.split()[1] for depth in (0, 1, 3)]
    assert int(runs[0]) == 1 < int(runs[1]) < int(runs[2])


# What is kept, and compared with


@pytest.mark.parametrize("folder", ["", "tests"])
def test_a_saved_sweep_shows_later_changes(flow: Flow, booking: Path, folder: str) -> None:
    booking.write_text(MENDED)
    (booking.parent / folder).mkdir(exist_ok=True)
    saved = flow("test", "--faults", "--save")
    assert saved.code == 0
    name = f"{folder}/booking.sweep.json" if folder else "booking.sweep.json"
    assert saved.err == f"saved {name}\n"
    assert read((booking.parent / name).read_bytes()).pipeline == "booking"
    same = flow("test", "--faults")
    assert same.code == 0
    assert f"1 world, as in {name}, no findings" in same.out
    booking.write_text(MENDED.replace("max_attempts: 3", "max_attempts: 4"))
    changed = flow("test", "--faults")
    assert changed.code == 1
    assert f", not as in {name}, " in changed.out
    assert "error[FL836]: `pay`: was “200ms: Busy, waits 2s, Busy, waits 2s, Busy" in changed.out


def test_a_sweep_beside_the_pipeline_is_found_once_there_are_tests(
    flow: Flow, booking: Path
) -> None:
    booking.write_text(MENDED)
    flow("test", "--faults", "--save")
    (booking.parent / "tests").mkdir()
    assert ", as in booking.sweep.json, " in flow("test", "--faults").out
    assert flow("test", "--faults", "--save").err == "saved booking.sweep.json\n"
    (booking.parent / "tests" / "booking.sweep.json").write_text("{}")
    ended = flow("test", "--faults")
    assert ended.code == 2
    assert "`tests/booking.sweep.json` and `booking.sweep.json`" in ended.err


def test_another_version_can_be_named(flow: Flow, booking: Path) -> None:
    other = booking.parent / "old.flow.yaml"
    other.write_text(MENDED.replace("max_attempts: 3", "max_attempts: 2"))
    booking.write_text(MENDED)
    ended = flow("test", "--faults", "--against", "old.flow.yaml", "booking.flow.yaml")
    assert ended.code == 1
    assert "FL836" in ended.out


def test_a_revision_can_be_named(flow: Flow, booking: Path) -> None:
    booking.write_text(MENDED)
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.com", "-C", str(booking.parent)]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "before"]):
        subprocess.run([*git, *words], check=True)  # noqa: S603 - our own words
    assert flow("test", "--faults", "--against", "HEAD").code == 0
    booking.write_text(MENDED.replace("delay: 2s", "delay: 3s"))
    ended = flow("test", "--faults", "--against", "HEAD")
    assert ended.code == 1
    assert "waits 3s" in ended.out


# What can't be used


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--faults", "--against", "nowhere"], "is no file and no revision"),
        (["--faults", "nowhere.flow.yaml"], "nowhere.flow.yaml"),
        (["--save"], "add `--faults`"),
        (["--depth", "2"], "`--depth` is an option of `--faults`"),
        (["--max-runs", "2000"], "`--max-runs` is an option of `--faults`"),
        (["--timeout", "5s"], "`--timeout` is an option of `--contracts`"),
        (["--faults", "--save", "--against", "HEAD"], "are two tasks"),
        (["--faults", "--depth", "9"], "--depth"),
    ],
)
@pytest.mark.usefixtures("booking")
def test_what_can_t_be_used_is_told(flow: Flow, arguments: list[str], told: str) -> None:
    ended = flow("test", *arguments)
    assert ended.code == 2
    assert told in ended.err


def test_a_broken_saved_sweep_is_told(flow: Flow, booking: Path) -> None:
    (booking.parent / "booking.sweep.json").write_text("{}")
    ended = flow("test", "--faults")
    assert ended.code == 2
    assert "`booking.sweep.json`: this is no saved sweep" in ended.err
    assert "--save" in ended.err


def test_a_pipeline_with_errors_is_told_with_its_errors(flow: Flow, booking: Path) -> None:
    booking.write_text(FLAWED.replace("uses: pay", "uses: apy"))
    ended = flow("test", "--faults")
    assert ended.code == 1
    assert "can't be run" in ended.out
    assert "did you mean `pay`?" in ended.out


def test_a_folder_without_pipelines_is_told(flow: Flow, booking: Path) -> None:
    booking.write_text("flow: 1\nname: lib\ntypes: {T: string}\n")
    ended = flow("test", "--faults")
    assert ended.code == 2
    assert "there are no pipelines" in ended.err

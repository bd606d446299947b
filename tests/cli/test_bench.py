"""`flow bench`: figures in every format, two versions side by side, limits, and what is refused."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flow_cli.bench_figures import Bench, Measure, apart, interval, paired

PIPELINE = """\
flow: 1
name: demo
components:
  work: {outputs: {n: integer}, estimate: {p50: 10s}, run: {shell: [x]}}
inputs: {flag: {type: boolean, default: true}}
steps:
  a: {uses: work}
  b: {depends_on: [a], when: "${{ inputs.flag }}", uses: work}
"""
SCENARIOS = """\
flow_test: 1
pipeline: ./demo.flow.yaml
scenarios:
  one: {inputs: {flag: false}, mocks: {work: {returns: {n: 1}}}}
"""
TIMED = {"check", "plan", "run"}
SIZED = {"memory", "snapshot"}
Flow = Callable[..., Any]


@pytest.fixture(autouse=True)
def project(tmp_path: Path, flow: Flow) -> Path:
    assert flow  # it enters the folder
    (tmp_path / "demo.flow.yaml").write_text(PIPELINE)
    (tmp_path / "demo.flowtest.yaml").write_text(SCENARIOS)
    (tmp_path / "longer.flow.yaml").write_text(PIPELINE + "  c: {uses: work}\n")
    return tmp_path


def bench(flow: Flow, *words: str, code: int = 0) -> Any:
    done = flow("bench", "demo.flow.yaml", "--rounds", "2", *words)
    assert (done.code, done.err if not code else "") == (code, "")
    return done


def test_text(flow: Flow) -> None:
    lines = bench(flow).out.splitlines()
    assert lines[0] == "demo: 2 rounds, 2 attempts a run"
    assert lines[2].split() == ["CPU", "time", "and", "size", "median", "best", "spread"]
    begins = ["read and check", "make the plan", "one run", "memory of a run", "largest state"]
    begins += ["one attempt", "attempts a second"]
    assert [line.strip().split("  ")[0] for line in lines[3:]] == begins


def test_json_has_every_value(flow: Flow) -> None:
    data = json.loads(bench(flow, "--format", "json").out)
    assert (data["pipeline"], data["attempts"]) == ("demo", 2)
    assert data["measures"].keys() == TIMED | SIZED
    for name in TIMED:
        values = data["measures"][name]["values"]
        assert len(values) == 2
        assert min(values) > 0
        assert data["measures"][name]["least"] == min(values)
    assert data["measures"]["snapshot"]["median"] > 100


def test_a_scenario_and_inputs_say_what_is_run(flow: Flow) -> None:
    assert json.loads(bench(flow, "-i", "flag=false", "--format", "json").out)["attempts"] == 1
    words = ("--scenario", "demo.flowtest.yaml#one", "--format", "json")
    assert json.loads(bench(flow, *words).out)["attempts"] == 1


def test_two_versions_side_by_side(flow: Flow) -> None:
    out = bench(flow, "--against", "longer.flow.yaml", "--format", "markdown").out
    assert out.splitlines()[0].endswith(", against longer.flow.yaml")
    assert out.splitlines()[2] == "| CPU time and size | now | before | ratio | 95% sure |"
    data = json.loads(bench(flow, "--against", "longer.flow.yaml", "--format", "json").out)
    assert data["ratios"].keys() == TIMED | SIZED
    assert data["ratios"]["snapshot"]["median"] < 1
    assert data["against"]["attempts"] == 3


def test_a_revision_of_git(flow: Flow, project: Path) -> None:
    identity = ["-c", "user.name=n", "-c", "user.email=n@example.com"]
    for words in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "first"]):
        subprocess.run(["git", *words], cwd=project, check=True)  # noqa: S603, S607
    (project / "demo.flow.yaml").write_text((project / "longer.flow.yaml").read_text())
    found = json.loads(bench(flow, "--against", "HEAD:demo.flow.yaml", "--format", "json").out)
    assert (found["attempts"], found["against"]["attempts"]) == (3, 2)


def test_figures_that_were_saved(flow: Flow, project: Path) -> None:
    bench(flow, "--save", "before.json")
    bench(flow, "--save", "before.json")  # figures may take the place of figures
    assert "against before.json" in bench(flow, "--against", "before.json").out
    saved = json.loads((project / "before.json").read_text())
    saved["measures"]["memory"]["values"] = [1]
    (project / "before.json").write_text(json.dumps(saved, separators=(",", ":")))
    done = bench(flow, "--against", "before.json", "--max-ratio", "1.2", code=4)
    assert done.err.startswith("error: `memory` takes ")


@pytest.mark.parametrize(("limit", "code"), [("1us", 4), ("1h", 0)])
def test_a_limit_of_cpu_time(flow: Flow, limit: str, code: int) -> None:
    bench(flow, "--max-cpu", limit, code=code)


def test_a_limit_that_noise_alone_does_not_exceed(flow: Flow) -> None:
    bench(flow, "--against", "demo.flow.yaml", "--max-ratio", "1000")


REFUSED = [
    (["--max-ratio", "1.2"], "`--max-ratio` compares with nothing"),
    (["--max-ratio", "0", "--against", "demo.flow.yaml"], "`--max-ratio` is no ratio: 0"),
    (["--max-cpu", "5"], "`5` is no duration"),
    (["--against", "gone.json"], "cannot read `gone.json`"),
    (["--against", "kit.flow.yaml"], "`kit.flow.yaml` is not one pipeline"),
    (["--against", "figures.json"], "`figures.json` holds no figures"),
    (["--save", "demo.flow.yaml"], "`demo.flow.yaml` holds no figures"),
    (["--scenario", "demo.flowtest.yaml#two"], "has no scenario `two`"),
]


@pytest.mark.parametrize(("words", "message"), REFUSED, ids=[each[1] for each in REFUSED])
def test_what_is_refused(flow: Flow, project: Path, words: list[str], message: str) -> None:
    (project / "kit.flow.yaml").write_text(
        "flow: 1\nname: kit\ncomponents: {w: {run: {shell: [x]}}}"
    )
    (project / "figures.json").write_text('{"flow_bench":1,"pipeline":2}')
    done = flow("bench", "demo.flow.yaml", "--rounds", "1", *words)
    assert done.code == 2
    assert message in done.err
    assert (project / "demo.flow.yaml").read_text() == PIPELINE


@pytest.mark.parametrize("broken", ["demo.flow.yaml", "longer.flow.yaml"])
def test_a_pipeline_with_errors_is_not_measured(flow: Flow, project: Path, broken: str) -> None:
    (project / broken).write_text(PIPELINE.replace("depends_on: [a]", "depends_on: [z]"))
    done = flow("bench", "demo.flow.yaml", "--rounds", "1", "--against", "longer.flow.yaml")
    assert (done.code, "FL201" in done.err or "`z`" in done.err) == (1, True)


def test_a_mock_that_is_missing_is_told(flow: Flow, project: Path) -> None:
    (project / "demo.flowtest.yaml").write_text(
        SCENARIOS.replace("{work: {returns: {n: 1}}}", "{}")
    )
    done = flow("bench", "demo.flow.yaml", "--rounds", "1", "--scenario", "demo.flowtest.yaml")
    assert (done.code, "nothing mocks `work`" in done.err) == (2, True)


def figures(run: list[float], pace: list[float]) -> Bench:
    return Bench(
        pipeline="p",
        attempts=1,
        yardstick=Measure("s", tuple(pace)),
        measures={"run": Measure("s", tuple(run)), "memory": Measure("bytes", (8,))},
    )


def test_versions_of_the_same_rounds_are_compared_round_by_round() -> None:
    ratio = paired(Measure("s", (2, 20, 200)), Measure("s", (1, 10, 100)))
    assert (ratio.median, ratio.low, ratio.high) == (2, 2, 2)


def test_versions_of_different_machines_are_compared_by_their_yardsticks() -> None:
    slow, quick = figures([4, 4, 4], [2, 2]), figures([2, 2, 2], [1, 1])
    ratio = apart(slow, quick, "run")
    assert (ratio.median, ratio.low, ratio.high) == (1, 1, 1)
    assert apart(slow, quick, "memory").median == 1


@pytest.mark.parametrize(
    ("count", "low", "high"), [(1, 0, 0), (5, 0, 4), (6, 0, 5), (9, 1, 7), (20, 5, 14)]
)
def test_the_interval_of_a_median_is_that_of_the_binomial_distribution(
    count: int, low: int, high: int
) -> None:
    assert interval(range(count)) == (low, high)

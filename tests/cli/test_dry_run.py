"""`flow dry-run`: what it prints, what it refuses, and what it leaves alone."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PIPELINE = """\
flow: 1
name: demo
imports: {tools: "python:tools"}
components:
  work:
    inputs: {n: any, key: {type: string?, secret: true}}
    outputs: {n: integer}
    errors: {A: one}
    estimate: {p50: 10s, cost: 0.5}
    run: {shell: [x]}
inputs:
  count: {type: integer, default: 2}
  name: {type: string, default: nobody}
  free: {type: any, default: null}
  list: {type: list<integer>, default: []}
  at: {type: datetime?}
  pw: {type: string, secret: true, default: "", env: DEMO_PW}
  needed: integer
steps:
  a:
    uses: work
    with: {n: "${{ [inputs.count, inputs.name, inputs.free] }}", key: "${{ inputs.pw }}"}
  b: {uses: tools.load, with: {n: "${{ inputs.needed }}"}}
  c: {when: "${{ steps.a.outputs.n > 3 }}", uses: work, with: {n: 1}}
outputs:
  n: ${{ inputs.count }}
"""
TOOLS = """\
from flow_core import component


@component
def load(n: int) -> None:
    \"\"\"Load.\"\"\"

raise SystemExit("the code of a component was run")
"""
SCENARIOS = """\
flow_test: 1
pipeline: ./demo.flow.yaml
scenarios:
  good:
    inputs: {needed: 1}
    mocks: {work: {returns: {n: 1}}, tools.load: {returns: {}}}
    expect: {status: succeeded, ran: [b, a]}
  wrong expectation:
    inputs: {needed: 1}
    mocks: {work: {returns: {n: 1}}, tools.load: {returns: {}}}
    expect: {status: failed}
  a failure that is expected:
    inputs: {needed: 1}
    mocks: {work: {fail: A}, tools.load: {returns: {}}}
    expect: {status: failed}
  typo:
    inputs: {needed: 1}
    mocks: {wrok: {returns: {n: 1}}}
  nothing mocked:
    inputs: {needed: 1}
"""
ONE = SCENARIOS[: SCENARIOS.index("  wrong")]
Flow = Callable[..., Any]


@pytest.fixture(autouse=True)
def project(tmp_path: Path) -> Path:
    (tmp_path / "demo.flow.yaml").write_text(PIPELINE)
    (tmp_path / "demo.flowtest.yaml").write_text(SCENARIOS)
    (tmp_path / "one.flowtest.yaml").write_text(ONE)
    (tmp_path / "tools.py").write_text(TOOLS)
    (tmp_path / "inputs.json").write_text('{"count": 7, "needed": 1}')
    (tmp_path / "inputs.yaml").write_text("count: 8\nneeded: 1\n")
    (tmp_path / "value.json").write_text("[1, 2, 3]")
    return tmp_path


def dry_run(flow: Flow, *words: str, **more: Any) -> Any:
    """The report of a run as JSON, with inputs and outputs."""
    done = flow("dry-run", "demo.flow.yaml", "--format", "json", "--show-data", *words, **more)
    assert done.code == 0, done.err
    return json.loads(done.out)


INPUTS: list[tuple[list[str], dict[str, Any]]] = [
    (["-i", "count=3"], {"count": 3}),
    (["-i", "count=3", "-i", "count=4"], {"count": 4}),
    (["-i", "name=7"], {"name": "7"}),
    (["-i", "name=a=b"], {"name": "a=b"}),
    (["-i", "name="], {"name": ""}),
    (["-i", 'name="x"'], {"name": '"x"'}),
    (["-i", "free=[1]"], {"free": [1]}),
    (["-i", "free=[1"], {"free": "[1"}),
    (["-i", "free=null"], {"free": None}),
    (["-i", "list=[1, 2]"], {"list": [1, 2]}),
    (["-i", "list=@value.json"], {"list": [1, 2, 3]}),
    (["-i", "at=2026-01-01T00:00:00Z"], {"at": "2026-01-01T00:00:00Z"}),
    (["-i", "@inputs.json"], {"count": 7, "needed": 1}),
    (["-i", "@inputs.yaml"], {"count": 8, "needed": 1}),
    (["-i", "@inputs.json", "-i", "count=9"], {"count": 9, "needed": 1}),
    (["-i", "count=9", "-i", "@inputs.json"], {"count": 7, "needed": 1}),
    (["-i", "-"], {"count": 5}),
]


@pytest.mark.parametrize(("words", "expected"), INPUTS, ids=[" ".join(w) for w, _ in INPUTS])
def test_input(flow: Flow, words: list[str], expected: dict[str, Any]) -> None:
    found = dry_run(flow, *words, stdin='{"count": 5}')["inputs"]
    assert {name: found[name] for name in expected} == expected


REFUSED = {
    "unknown": (["-i", "cuont=3"], "did you mean `count`?"),
    "unknown in a file": (["-i", "-"], "has no input `x`"),
    "no name": (["-i", "count"], "`count` is no input"),
    "not of its type": (["-i", "count=abc"], "`count` is integer, and `abc` is none"),
    "a fraction": (["-i", "count=1.5"], "1.5 is not a whole number"),
    "no list": (["-i", "list=5"], "`5` is a number, and list<integer> is expected"),
    "a file that is not there": (["-i", "@gone.json"], "cannot read `gone.json`"),
    "a value's file that is not there": (["-i", "list=@gone.json"], "cannot read `gone.json`"),
    "a list for inputs": (["-i", "@value.json"], "`value.json` holds no object"),
    "half a character": (["-i", "name=\udcff"], "only half there"),
    "no time": (["--start", "noon"], "`noon` is no time"),
    "no duration": (["--max-duration", "5 parsecs"], "`5 parsecs` is no duration"),
    "two questions": (["--samples", "2", "--explore"], "are two questions"),
    "a trace of many": (["--explore", "--trace", "t"], "`--trace` is for one run"),
    "a trace over a file": (["--trace", "tools.py"], "`tools.py` is no trace"),
    "a trace nowhere": (["--trace", "gone/t"], "cannot write `gone/t`"),
    "a history that is none": (["--history", "tools.py"], "`tools.py` is no trace"),
    "an input of explore": (["--explore", "-i", "count=1.5"], "1.5 is not a whole number"),
    "no scenarios": (["--scenario", "demo.flow.yaml"], "holds no scenarios"),
    "no scenario file": (["--scenario", "gone.flowtest.yaml"], "cannot read"),
    "several": (["--scenario", "demo.flowtest.yaml"], "has 5 scenarios"),
    "a misspelt one": (["--scenario", "demo.flowtest.yaml#goood"], "did you mean `good`?"),
    "not mocked": (["--scenario", "demo.flowtest.yaml#nothing mocked"], "work: {returns: {n: …}}"),
}


@pytest.mark.parametrize(("words", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(flow: Flow, project: Path, words: list[str], message: str) -> None:
    before = files(project)
    done = flow("dry-run", "demo.flow.yaml", *words, stdin='{"x": 1}')
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err
    assert files(project) == before


def files(folder: Path) -> dict[str, bytes]:
    """Every file that is not a cache, with what is in it."""
    found = (
        path for path in folder.rglob("*") if path.is_file() and ".flow_cache" not in str(path)
    )
    return {str(path): path.read_bytes() for path in found}


ENDS = [
    ([], 0),
    (["--scenario", "demo.flowtest.yaml#good"], 0),
    (["--scenario", "demo.flowtest.yaml::good"], 0),
    (["--scenario", "one.flowtest.yaml"], 0),
    (["--scenario", "demo.flowtest.yaml#a failure that is expected"], 0),
    (["--scenario", "demo.flowtest.yaml#wrong expectation"], 1),
    (["--scenario", "demo.flowtest.yaml#typo"], 1),
    (["--max-duration", "20s"], 0),
    (["--max-duration", "19s"], 4),
    (["--max-cost", "1"], 0),
    (["--max-cost", "0.99"], 4),
    (["--explore", "--max-duration", "1s"], 4),
    (["--samples", "3", "--max-cost", "0.4"], 4),
    (["--samples", "3"], 0),
    (["--explore"], 0),
]


@pytest.mark.parametrize(("words", "code"), ENDS, ids=[" ".join(w) for w, _ in ENDS])
@pytest.mark.parametrize("format_", ["text", "json", "csv"])
def test_exit_code_and_no_file_written(
    flow: Flow, project: Path, words: list[str], code: int, format_: str
) -> None:
    before = files(project)
    done = flow("dry-run", "demo.flow.yaml", "--format", format_, *words)
    assert done.code == code, done.err
    assert "\x1b" not in done.out + done.err
    assert files(project) == before
    if format_ == "json" and code != 1:
        json.loads(done.out)


def test_a_trace_is_the_only_file_written(flow: Flow, project: Path) -> None:
    before = files(project)
    for _ in range(2):  # an older trace may be replaced
        assert flow("dry-run", "demo.flow.yaml", "--trace", "run.jsonl").code == 0
    after = files(project)
    assert set(after) - set(before) == {str(project / "run.jsonl")}
    assert {name: after[name] for name in before} == before


def test_errors_are_shown_as_findings(flow: Flow, project: Path) -> None:
    (project / "demo.flow.yaml").write_text(PIPELINE.replace("uses: tools.load", "uses: tools.lod"))
    done = flow("dry-run", "demo.flow.yaml")
    assert done.code == 1
    assert "did you mean `tools.load`?" in done.err
    assert "demo.flow.yaml:" in done.err
    assert not done.out


def test_a_typo_in_a_scenario_is_a_finding(flow: Flow) -> None:
    done = flow("dry-run", "demo.flow.yaml", "--scenario", "demo.flowtest.yaml#typo")
    assert "FL802" in done.err
    assert "`wrok`" in done.err


def test_a_scenario_of_another_pipeline(flow: Flow, project: Path) -> None:
    (project / "other.flow.yaml").write_text(PIPELINE.replace("name: demo", "name: other"))
    done = flow("dry-run", "other.flow.yaml", "--scenario", "one.flowtest.yaml")
    assert done.code == 2
    assert "is for `demo`, not for `other`" in done.err


def test_an_expectation_that_is_not_met_is_told(flow: Flow) -> None:
    done = flow("dry-run", "demo.flow.yaml", "--scenario", "demo.flowtest.yaml#wrong expectation")
    assert 'the run: expected "failed", found "succeeded"' in done.err


@pytest.mark.parametrize("format_", ["text", "json"])
def test_secrets_are_hidden(
    flow: Flow, project: Path, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    monkeypatch.setenv("DEMO_PW", "from-the-environment")
    words = ["--format", format_, "--show-data", "--trace", "run.jsonl"]
    for more in ([], ["-i", "pw=on-the-line"]):
        done = flow("dry-run", "demo.flow.yaml", *words, *more)
        assert "***" in done.out
        seen = done.out + (project / "run.jsonl").read_text()
        assert "from-the-environment" not in seen
        assert "on-the-line" not in seen


def test_csv_has_a_line_for_each_attempt(flow: Flow) -> None:
    done = flow("dry-run", "demo.flow.yaml", "--format", "csv")
    header, *lines = csv.reader(io.StringIO(done.out))
    assert header == ["path", "attempt", "ready_us", "start_us", "end_us", "how"]
    assert [line[0] for line in lines] == ["a", "b", "c"]
    assert lines[2][3:5] == ["10000000", "20000000"]


def test_text_tells_what_is_only_known_after_the_run(flow: Flow) -> None:
    done = flow("dry-run", "demo.flow.yaml", "--color", "never")
    line = next(line for line in done.out.splitlines() if line.lstrip(" ●").startswith("c "))
    assert "(may run)" in line
    assert "after a" in line
    assert "c.when is true" in done.out


def test_names_can_do_nothing_to_a_terminal(flow: Flow, project: Path) -> None:
    hostile = 'flow: 1\nname: x\nsteps:\n  "a\\e[2Jb\\u202e": {uses: std.log, with: {message: m}}\n'
    (project / "hostile.flow.yaml").write_text(hostile)
    for words in ([], ["--explore"], ["--samples", "2"]):
        done = flow("dry-run", "hostile.flow.yaml", *words)
        assert "\x1b" not in done.out + done.err
        assert "\u202e" not in done.out + done.err


def test_values_can_do_nothing_to_a_terminal(flow: Flow) -> None:
    done = flow("dry-run", "demo.flow.yaml", "--show-data", "-i", "name=a\x1b[2Jb")
    assert done.code == 0
    assert "\x1b" not in done.out


def test_color(flow: Flow) -> None:
    assert "\x1b[" in flow("dry-run", "demo.flow.yaml", "--color", "always").out
    assert "\x1b[" not in flow("dry-run", "demo.flow.yaml", "--color", "never").out


def test_what_is_no_pipeline(flow: Flow, project: Path) -> None:
    (project / "empty.flow.yaml").write_text("")
    for path in ("gone.flow.yaml", ".", "one.flowtest.yaml"):
        done = flow("dry-run", path)
        assert done.code == 2, path
        assert f"`{path}`" in done.err
    assert flow("dry-run", "empty.flow.yaml").code == 1


LONG = """\
flow: 1
name: long
components: {work: {estimate: {p50: 1s}, run: {shell: [x]}}}
steps:
  each: {for_each: "${{ range(100) }}", uses: work}
  again: {uses: work, repeat: {max_iterations: 100, until: "${{ iteration == 100 }}"}}
"""
LAST = [f"s{number}" for number in range(94, 100)]


def test_what_is_long_is_shortened(flow: Flow, project: Path) -> None:
    before = ["again", *(f"s{number}" for number in range(99))]
    steps = [f"  s{n}: {{depends_on: [{each}], uses: work}}\n" for n, each in enumerate(before)]
    (project / "long.flow.yaml").write_text(LONG + "".join(steps))
    lines = flow("dry-run", "long.flow.yaml").out.splitlines()
    assert sum("#" in line for line in lines) == 16
    assert any("… 88 elements that succeeded are left out" in line for line in lines)
    assert any("… 84 attempts are left out" in line for line in lines)
    assert any("#100" in line for line in lines)
    (critical,) = [line for line in lines if line.startswith("critical path")]
    assert critical.endswith("again → s0 → s1 → s2 → s3 → s4 → … → " + " → ".join(LAST))

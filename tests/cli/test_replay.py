"""`flow replay`: stepping through a recorded run, comparing two, and what is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

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
Flow = Callable[..., Any]


@pytest.fixture(autouse=True)
def project(flow: Flow, tmp_path: Path) -> Path:
    (tmp_path / "demo.flow.yaml").write_text(PIPELINE)
    (tmp_path / "below").mkdir()
    for name, flag in (("one", "true"), ("same", "true"), ("other", "false")):
        words = ("-i", f"flag={flag}", "--trace", f"{name}.jsonl")
        assert flow("dry-run", "demo.flow.yaml", *words).code == 0
    return tmp_path


SHOWN = [
    ([], ["0s", "  a 1 started", "10s", "  a 1 ended ok", "state at 20s:", "  b: succeeded"]),
    (["--until", "10s"], ["state at 10s:", "  b: running, attempt 1", "  in flight: b"]),
    (["--until", "9s"], ["state at 0s:", "  b: pending", "  in flight: a"]),
    (["--until", "0s"], ["state at 0s:"]),
    (["--pipeline", "demo.flow.yaml"], ["state at 20s:"]),
]


@pytest.mark.parametrize(("words", "lines"), SHOWN, ids=[" ".join(w) for w, _ in SHOWN])
def test_shown(flow: Flow, words: list[str], lines: list[str]) -> None:
    done = flow("replay", "one.jsonl", *words)
    assert done.code == 0
    assert not done.err
    assert "\x1b" not in done.out
    assert not [line for line in lines if line not in done.out]


def test_json(flow: Flow) -> None:
    data = json.loads(flow("replay", "one.jsonl", "--format", "json", "--until", "10s").out)
    assert data["pipeline"] == "demo"
    assert data["at"] == 10_000_000
    assert data["steps"] == {"a": "succeeded", "b": "running"}
    assert [instant["at"] for instant in data["instants"]] == [0, 10_000_000]


@pytest.mark.parametrize(("keys", "states"), [("\n\n\n\n", 3), ("\nq\n", 2), ("", 1)])
def test_step_by_step(flow: Flow, keys: str, states: int) -> None:
    done = flow("replay", "one.jsonl", "--step", stdin=keys)
    assert done.code == 0
    assert done.out.count("state at") == states


def test_diff(flow: Flow) -> None:
    assert flow("replay", "one.jsonl", "--diff", "same.jsonl").code == 0
    done = flow("replay", "one.jsonl", "--diff", "other.jsonl")
    assert done.code == 1
    assert "-     10s b.when decided true" in done.out
    assert "+     10s b.when decided false" in done.out
    data = json.loads(flow("replay", "one.jsonl", "--diff", "other.jsonl", "--format", "json").out)
    assert data["difference"]["one"]["what"] == "decided"
    same = flow("replay", "one.jsonl", "--diff", "same.jsonl", "--format", "json")
    assert json.loads(same.out) == {"difference": None}


def test_from_another_folder(flow: Flow, project: Path) -> None:
    assert flow("replay", "../one.jsonl", folder=project / "below").code == 0


def header(text: str, **changes: Any) -> str:
    """A trace whose header says something else."""
    head, rest = text.split("\n", 1)
    return json.dumps({**json.loads(head), **changes}) + "\n" + rest


REFUSED: dict[str, tuple[Callable[[str], str], str]] = {
    "empty": (lambda _: "", "is no trace: line 1"),
    "half": (lambda text: text[:-30], "`bad.jsonl`: line 4"),
    "another version": (lambda text: header(text, flow_trace=9), "is a trace of version 9"),
    "a file that is gone": (lambda text: header(text, file="gone.flow.yaml"), "--pipeline FILE"),
    "an absolute file": (lambda text: header(text, file="/gone.flow.yaml"), "--pipeline FILE"),
    "other inputs": (lambda text: header(text, inputs={"flag": False}), "(FL812)"),
    "inputs that do not fit": (lambda text: header(text, inputs={"flag": 5}), "(FL812)"),
    "other events": (lambda text: text.replace('"succeeded","id"', '"failed","id"'), "line 3"),
    "a hostile name": (lambda text: header(text, flow_trace=2, file="a\x1b[2J"), "a\\x1b[2J"),
}


@pytest.mark.parametrize(("change", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(flow: Flow, project: Path, change: Callable[[str], str], message: str) -> None:
    (project / "bad.jsonl").write_text(change((project / "one.jsonl").read_text()))
    done = flow("replay", "bad.jsonl")
    assert done.code == 2
    assert message in done.err
    assert "\x1b" not in done.err


@pytest.mark.parametrize("data", [b"\xff\xfe", b"\0" * 100, bytes(range(256)), b"{}" * 1000])
def test_garbage(flow: Flow, project: Path, data: bytes) -> None:
    (project / "bad.jsonl").write_bytes(data)
    assert flow("replay", "bad.jsonl").code == 2
    assert flow("replay", "one.jsonl", "--diff", "bad.jsonl").code == 2
    assert flow("dry-run", "demo.flow.yaml", "--history", "bad.jsonl").code == 2


def test_a_pipeline_that_has_changed(flow: Flow, project: Path) -> None:
    file = project / "demo.flow.yaml"
    file.write_text(PIPELINE + "# nothing else\n")
    done = flow("replay", "one.jsonl")
    assert done.code == 0
    assert "has changed" in done.err
    file.write_text(PIPELINE.replace("10s", "5s"))  # estimates are no part of what happened
    assert flow("replay", "one.jsonl").code == 0
    file.write_text(PIPELINE.replace("  b:", "  c: {uses: work}\n  b:"))
    done = flow("replay", "one.jsonl")
    assert done.code == 2
    assert "FL812" in done.err


def test_history(flow: Flow, project: Path) -> None:
    words = ("dry-run", "demo.flow.yaml", "--format", "csv")
    before = flow(*words).out
    file = project / "demo.flow.yaml"
    file.write_text(PIPELINE.replace("10s", "5s"))
    assert flow(*words).out != before
    assert flow(*words, "--history", "one.jsonl").out == before

"""`flow visualize`: formats, what options need of each other, and exit codes."""

import json
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ORDER = str(Path(__file__).parents[2] / "docs/examples/order-processing/order.flow.yaml")
PIPELINE = """\
flow: 1
name: demo
steps:
  hello:
    uses: std.log
    with: {message: hello}
"""


@pytest.mark.parametrize(
    ("options", "start"),
    [
        ((), "<svg "),
        (("--format", "json"), "{\n"),
        (("--format", "dot"), 'digraph "order-processing" {'),
        (("--format", "mermaid", "--direction", "LR"), "flowchart LR"),
        (("--format", "ascii"), "order-processing 1.4.0\n"),
        (("--timeline",), "<svg "),
        (("--overlay", "dry-run", "--theme", "dark"), "<svg "),
        (("--overlay", "findings", "--ports"), "<svg "),
        (("--overlay", "diff", "--against", ORDER), "<svg "),
        (("--collapse", "--layout", "grid"), "<svg "),
        (("--focus", "charge", "--depth", "2", "--layout", "dot"), "<svg "),
        (("--filter", "kind:http", "--filter", "kind:std"), "<svg "),
    ],
)
def test_formats(flow: Callable[..., Any], options: tuple[str, ...], start: str) -> None:
    done = flow("visualize", ORDER, *options)
    assert done.code == 0, done.err
    assert done.out.startswith(start)


@pytest.mark.parametrize(
    ("options", "message", "help_"),
    [
        (("--focus", "chrage"), "there is no step `chrage`", "did you mean `charge`?"),
        (("--focus", "refund"), "2 steps are called `refund`", "name one by its path"),
        (("--filter", "colour:red"), "`colour:red` is no filter", "write `tag:x`"),
        (("--filter", "kind:htp"), "no step is kind:htp", "kinds here: "),
        (("--filter", "status:failed"), "`status:failed` needs a run", "--overlay dry-run"),
        (("--overlay", "run"), "`--overlay run` needs a recorded run", "flow dry-run"),
        (("--overlay", "diff"), "`--overlay diff` needs an older pipeline", "--against FILE"),
        (("--timeline", "--format", "ascii"), "`--timeline` makes no ascii", "choose"),
    ],
)
def test_what_can_not_be_drawn(
    flow: Callable[..., Any], options: tuple[str, ...], message: str, help_: str
) -> None:
    done = flow("visualize", ORDER, *options)
    assert done.code == 2
    assert f"error: {message}" in done.err
    assert help_ in done.err


def test_the_name_of_the_output_says_the_format(flow: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "demo.flow.yaml").write_text(PIPELINE)
    done = flow("visualize", "demo.flow.yaml", "-o", "demo.json")
    assert (done.code, done.out) == (0, "")
    assert json.loads((tmp_path / "demo.json").read_text())["name"] == "demo"


def test_a_broken_pipeline_is_drawn_but_not_run(flow: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "demo.flow.yaml").write_text(PIPELINE.replace("std.log", "std.lgo"))
    done = flow("visualize", "demo.flow.yaml")
    assert done.code == 0
    assert "FL701" in done.out
    assert flow("visualize", "demo.flow.yaml", "--overlay", "dry-run").code == 1


def test_without_the_library_png_says_what_to_install(
    flow: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cairosvg", None)
    done = flow("visualize", ORDER, "--format", "png")
    assert done.code == 2
    assert "flow-pipelines[pictures]" in done.err


def test_with_the_library_png_is_what_it_makes(
    flow: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = b"\x89PNG\r\n\x1a\n\xff\x00"
    fake = types.SimpleNamespace(svg2png=lambda bytestring, scale: made)  # noqa: ARG005
    monkeypatch.setitem(sys.modules, "cairosvg", fake)
    assert flow("visualize", ORDER, "-o", str(tmp_path / "order.png")).code == 0
    assert (tmp_path / "order.png").read_bytes() == made


def test_without_graphviz_our_own_layout_is_taken(
    flow: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    ours = flow("visualize", ORDER, "--layout", "layered").out
    assert flow("visualize", ORDER, "--layout", "dot").out == ours


def test_a_recorded_run(flow: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "demo.flow.yaml").write_text(PIPELINE)
    assert flow("dry-run", "demo.flow.yaml", "--trace", "run.jsonl").code == 0
    done = flow("visualize", "demo.flow.yaml", "--overlay", "run", "--trace", "run.jsonl")
    assert done.code == 0
    assert "succeeded" in done.out

"""Scenarios for a view of tests, over the wire."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from editor import Editor

PIPELINE = """\
flow: 1
name: a
inputs: {who: string}
steps:
  ask:
    uses: std.http
    with: {url: "https://example.com/${{ inputs.who }}"}
    retry: {max_attempts: 2, delay: 5s}
  tell:
    uses: std.log
    with: {message: "${{ json(steps.ask.outputs.body) }}"}
outputs:
  body: ${{ steps.ask.outputs.body }}
"""
SCENARIOS = """\
flow_test: 1
pipeline: ./a.flow.yaml
scenarios:
  it answers:
    inputs: {who: me}
    mocks: {ask: {returns: {status: 200, headers: {}, body: x}, takes: 1s}}
    expect: {elapsed: 1s}
  it does not:
    inputs: {who: me}
    mocks: {ask: {fail: ConnectionFailed, takes: 1s}}
    expect:
      status: succeeded
      ran: [ask, tell]
      steps:
        ask: {attempts: 1}
      elapsed: "< 1s"
  it is wrong:
    inputs: {whom: me}
"""


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Editor]:
    texts = {"a.flow.yaml": PIPELINE, "a.flowtest.yaml": SCENARIOS}
    with Editor(tmp_path, texts) as editor:
        editor.open("a.flowtest.yaml")
        yield editor


def command(editor: Editor, name: str, *arguments: Any) -> Any:
    params = {"command": f"flow.server.{name}", "arguments": list(arguments)}
    return editor.request("workspace/executeCommand", params)


def failures(editor: Editor, name: str) -> list[dict[str, Any]]:
    """The failures of a scenario."""
    found = command(editor, "runScenarios", editor.uri("a.flowtest.yaml"), name)["results"]
    assert [each["name"] for each in found] == [name]
    return list(found[0]["failures"])


def lines(editor: Editor, found: list[dict[str, Any]], key: str = "location") -> list[str]:
    """The text of each failure's range."""
    texts: list[str] = []
    for each in found:
        where, text = each[key]["range"], (editor.root / each[key]["uri"].rsplit("/")[-1])
        line = text.read_text("utf-8").splitlines()[where["start"]["line"]]
        texts.append(line[where["start"]["character"] : where["end"]["character"]])
    return texts


def test_the_scenarios_of_a_file_are_listed(files: Editor) -> None:
    found = command(files, "scenarios", files.uri("a.flowtest.yaml"))
    assert [each["name"] for each in found] == ["it answers", "it does not", "it is wrong"]
    assert found[0]["range"]["start"] == {"line": 3, "character": 2}
    assert command(files, "scenarios", files.open("a.flow.yaml")) == []


def test_all_scenarios_run_if_none_is_named(files: Editor) -> None:
    found = command(files, "runScenarios", files.uri("a.flowtest.yaml"))["results"]
    passed = {each["name"]: not each["failures"] for each in found}
    assert passed == {"it answers": True, "it does not": False, "it is wrong": False}
    assert found[0]["text"].startswith("a: dry run\n")
    assert all(each["took"] >= 0 for each in found)


def test_each_failure_stands_at_its_line_with_what_is_compared(files: Editor) -> None:
    found = failures(files, "it does not")
    assert lines(files, found) == ["status", "ran", "attempts", "elapsed"]
    texts = [(each["expected"], each["found"]) for each in found]
    assert texts == [
        ('"succeeded"', '"failed"'),
        ('[\n  "ask",\n  "tell"\n]', '[\n  "ask"\n]'),
        ("1", "2"),
        ("less than 1s", "7s"),
    ]


def test_a_failure_tells_the_places_of_the_pipeline_that_it_is_about(files: Editor) -> None:
    status, _, attempts, _ = failures(files, "it does not")
    [cause], [step] = status["about"], attempts["about"]
    assert cause["message"] == "`ask` failed with ConnectionFailed"
    assert step["message"] == "step `ask`"
    assert cause["location"] == step["location"]
    assert step["location"]["uri"] == files.uri("a.flow.yaml")
    assert lines(files, [step]) == ["ask"]


def test_what_keeps_a_scenario_from_running_is_its_failure(files: Editor) -> None:
    [found] = failures(files, "it is wrong")
    assert lines(files, [found]) == ["whom"]
    assert "whom" in found["message"]
    assert found["help"] == "did you mean `who`?"


def test_errors_of_the_pipeline_stand_in_its_file(files: Editor) -> None:
    files.open("a.flow.yaml", PIPELINE.replace("inputs.who", "inputs.whom"))
    [found] = failures(files, "it answers")
    assert found["location"]["uri"] == files.uri("a.flow.yaml")
    assert found["location"]["range"]["start"]["line"] == 6


def test_a_scenario_that_is_gone_fails(files: Editor) -> None:
    [found] = failures(files, "nobody wrote it")
    assert found["message"] == "there is no scenario `nobody wrote it`"


def test_the_files_are_told_that_the_results_hang_on(files: Editor) -> None:
    found = command(files, "runScenarios", files.uri("a.flowtest.yaml"))["files"]
    assert found == [files.uri("a.flow.yaml"), files.uri("a.flowtest.yaml")]


def test_scenarios_tell_what_they_cover_by_line_and_by_step(files: Editor) -> None:
    found = command(files, "coverScenarios", files.uri("a.flowtest.yaml"), "it answers")
    assert [each["failures"] for each in found["results"]] == [[]]
    [file] = found["coverage"]
    assert file["uri"] == files.uri("a.flow.yaml")
    assert [(each["name"], each["hits"]) for each in file["steps"]] == [("ask", 1), ("tell", 1)]
    assert file["steps"][0]["range"]["start"] == {"line": 4, "character": 2}
    hits = {each["line"]: each["hits"] for each in file["lines"]}
    assert (hits[4], hits[8]) == (1, 1)
    ways = {way["id"]: way["hits"] for each in file["lines"] for way in each["branches"]}
    assert 0 in ways.values(), "nothing was tried again"


def test_coverage_counts_the_runs_of_all_scenarios(files: Editor) -> None:
    found = command(files, "coverScenarios", files.uri("a.flowtest.yaml"))["coverage"]
    assert [(each["name"], each["hits"]) for each in found[0]["steps"]] == [("ask", 2), ("tell", 1)]


def test_the_files_of_sub_pipelines_are_covered_too(files: Editor) -> None:
    outer = """\
flow: 1
name: outer
steps:
  inner: {uses: ./a.flow.yaml, with: {who: me}}
"""
    files.open("outer.flow.yaml", outer)
    mocks = "mocks: {inner/ask: {returns: {status: 200, headers: {}, body: x}}}"
    text = f"flow_test: 1\npipeline: ./outer.flow.yaml\nscenarios:\n  it:\n    {mocks}\n"
    found = command(files, "coverScenarios", files.open("outer.flowtest.yaml", text))
    steps = {each["uri"]: [step["hits"] for step in each["steps"]] for each in found["coverage"]}
    assert steps == {files.uri("outer.flow.yaml"): [1], files.uri("a.flow.yaml"): [1, 1]}


def test_many_runs_are_summed_up_and_all_count_as_covering(files: Editor) -> None:
    text = SCENARIOS.replace(
        "    inputs: {who: me}\n", "    inputs: {who: me}\n    samples: 5\n", 1
    )
    uri = files.open("b.flowtest.yaml", text)
    found = command(files, "coverScenarios", uri, "it answers")
    assert found["results"][0]["text"].startswith("5 runs, seeds 0 to 4: ")
    assert [each["hits"] for each in found["coverage"][0]["steps"]] == [5, 5]


def test_a_run_is_of_the_texts_as_they_are_now(files: Editor) -> None:
    pipeline = files.open("a.flow.yaml")
    assert failures(files, "it answers") == []
    files.change(pipeline, {"text": PIPELINE.replace("body: ${{", "text: ${{")})
    assert failures(files, "it answers") == []
    files.change(pipeline, {"text": PIPELINE.replace("max_attempts: 2", "max_attempts: 3")})
    attempts = [each["found"] for each in failures(files, "it does not") if each["expected"] == "1"]
    assert attempts == ["3"]
    scenarios = files.uri("a.flowtest.yaml")
    files.change(scenarios, {"text": SCENARIOS.replace("elapsed: 1s", "elapsed: 2s")})
    assert [each["found"] for each in failures(files, "it answers")] == ["1s"]

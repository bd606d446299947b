"""Commands over the wire."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from editor import Editor, ServerError

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
    mocks:
      ask:
        - {fail: ConnectionFailed, takes: 1s}
        - {returns: {status: 200, headers: {}, body: x}, takes: 1s}
    expect:
      status: succeeded
      elapsed: 7s
  it does not:
    inputs: {who: me}
    mocks: {ask: {fail: ConnectionFailed}}
    expect:
      error: ConnectionFailed
      status: succeeded
  it is wrong:
    inputs: {whom: me}
"""


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Editor]:
    texts = {"a.flow.yaml": PIPELINE, "a.flowtest.yaml": SCENARIOS}
    with Editor(tmp_path, texts) as editor:
        editor.open("a.flow.yaml")
        editor.open("a.flowtest.yaml")
        yield editor


def command(editor: Editor, name: str, *arguments: Any) -> Any:
    params = {"command": f"flow.server.{name}", "arguments": list(arguments)}
    return editor.request("workspace/executeCommand", params)


def test_a_rule_is_explained_by_code_and_by_name(editor: Editor) -> None:
    page = command(editor, "explain", "FL203")
    assert page.startswith("# FL203")
    assert command(editor, "explain", "dependency-cycle") == page
    assert "FL810" in command(editor, "explain", "fl810")
    with pytest.raises(ServerError, match="there is no rule `FL999`"):
        command(editor, "explain", "FL999")


def test_a_dry_run_needs_no_inputs(files: Editor) -> None:
    found = command(files, "dryRun", files.uri("a.flow.yaml"))
    assert found["status"] == "succeeded"
    assert found["text"].startswith("a: dry run\n")
    assert found["outputs"] == {"body": "«unknown»"}
    assert found["svg"].startswith("<svg")


@pytest.mark.parametrize("name", ["a.flow.yaml", "a.flowtest.yaml"])
def test_a_dry_run_takes_a_scenario_by_its_name(files: Editor, name: str) -> None:
    found = command(files, "dryRun", files.uri(name), "it answers")
    assert found["status"] == "succeeded"
    assert "succeeded after 7s, 3 attempts" in found["text"]
    assert found["outputs"] == {"body": "x"}


def test_what_has_errors_does_not_run(files: Editor) -> None:
    uri = files.open("b.flow.yaml", PIPELINE.replace("inputs.who", "inputs.whom"))
    found = command(files, "dryRun", uri)
    assert found["status"] == "invalid"
    assert found["text"].startswith("b.flow.yaml:7: ")
    assert found["svg"] == ""
    told = command(files, "dryRun", files.uri("a.flow.yaml"), "nobody wrote it")
    assert told["text"] == "there is no scenario `nobody wrote it`\n"


def applied(editor: Editor, name: str, *arguments: Any) -> tuple[dict[str, Any], Any]:
    """The edit that a command asks the client for, which makes it, and the command's answer."""
    params = {"command": f"flow.server.{name}", "arguments": list(arguments)}
    editor.send(
        {"jsonrpc": "2.0", "id": 99, "method": "workspace/executeCommand", "params": params}
    )
    editor.wait(lambda: any(note["method"] == "workspace/applyEdit" for note in editor.notes))
    request = next(note for note in editor.notes if note["method"] == "workspace/applyEdit")
    editor.send({"jsonrpc": "2.0", "id": request["id"], "result": {"applied": True}})
    return request["params"]["edit"], editor.answer(99)


def test_fixing_all_asks_the_client_to_edit(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", PIPELINE.replace("retry:", "rety:"))
    edit, answer = applied(editor, "fixAll", uri)
    texts = [each["newText"] for each in edit["changes"][uri]]
    assert texts == ["    retry: {max_attempts: 2, delay: 5s}\n"]
    assert answer is True
    assert command(editor, "fixAll", editor.open("b.flow.yaml", PIPELINE)) is True


def test_creating_scenarios_asks_the_client_to_make_the_file(editor: Editor) -> None:
    edit, answer = applied(editor, "createScenarios", editor.open("b.flow.yaml", PIPELINE))
    create, written = edit["documentChanges"]
    assert create == {"kind": "create", "uri": editor.uri("b.flowtest.yaml")}
    assert written["edits"][0]["newText"].startswith("flow_test: 1\npipeline: ./b.flow.yaml\n")
    assert answer == editor.uri("b.flowtest.yaml")


def test_updating_a_scenario_asks_the_client_to_edit_what_was_not_met(files: Editor) -> None:
    uri = files.uri("a.flowtest.yaml")
    edit, answer = applied(files, "updateScenario", uri, "it does not")
    assert [(each["range"]["start"]["line"], each["newText"]) for each in edit["changes"][uri]] == [
        (17, "failed")
    ]
    assert answer is True
    with pytest.raises(ServerError, match="all goes as the scenario expects"):
        command(files, "updateScenario", uri, "it answers")


def test_scenarios_that_can_not_be_created_say_why(files: Editor) -> None:
    with pytest.raises(ServerError, match="has a file of scenarios already"):
        command(files, "createScenarios", files.uri("a.flow.yaml"))
    broken = files.open("b.flow.yaml", PIPELINE.replace("inputs.who", "inputs.whom"))
    with pytest.raises(ServerError, match="can't be simulated"):
        command(files, "createScenarios", broken)


def test_the_status_tells_what_runs_where(files: Editor) -> None:
    found = command(files, "status")
    assert found["documents"] == 2
    assert found["folders"] == [str(files.root)]
    assert found["trusted"] is True
    assert found["encoding"] == "utf-16"


def test_wrong_arguments_are_the_callers_mistake(files: Editor) -> None:
    for arguments in ([], [1], ["a", "b", "c", "d"]):
        with pytest.raises(ServerError) as error:
            command(files, "explain", *arguments)
        assert error.value.code == -32602
    with pytest.raises(ServerError, match="is not open"):
        command(files, "dryRun", "file:///nowhere.flow.yaml")

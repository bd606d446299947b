"""Code lenses over the wire."""

from pathlib import Path
from typing import Any

import pytest
from editor import Editor

FILES = {
    "lib.flow.yaml": "flow: 1\ncomponents:\n  ask: {run: {shell: [ask]}}\n",
    "a.flow.yaml": """\
flow: 1
name: a
imports: {lib: ./lib.flow.yaml}
steps:
  one: {uses: lib.ask}
  two: {uses: lib.ask, depends_on: [one]}
""",
    "a.flowtest.yaml": "flow_test: 1\npipeline: ./a.flow.yaml\nscenarios: {x: {}, y: {}}\n",
}


@pytest.fixture
def shop(tmp_path: Path) -> Any:
    with Editor(tmp_path, FILES) as editor:
        yield editor


def lenses(editor: Editor, uri: str) -> list[Any]:
    found = editor.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    return [
        each if each.get("command") else editor.request("codeLens/resolve", each) for each in found
    ]


def test_a_pipeline_can_be_run_seen_and_tested(shop: Editor) -> None:
    uri = shop.open("a.flow.yaml")
    run, graph, test, *_ = (each["command"] for each in lenses(shop, uri))
    assert run == {"title": "Dry run", "command": "flow.dryRun", "arguments": [uri]}
    assert graph == {"title": "Show graph", "command": "flow.showGraph", "arguments": [uri]}
    tests = [shop.uri("a.flowtest.yaml")]
    assert test == {"title": "Test (2 scenarios)", "command": "flow.test", "arguments": tests}


def test_a_pipeline_may_have_no_scenarios(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", FILES["a.flow.yaml"])
    _, _, test, *_ = lenses(editor, uri)
    create = {"title": "Create scenarios", "command": "flow.createScenarios", "arguments": [uri]}
    assert test["command"] == create


def test_a_step_tells_what_waits_for_it(shop: Editor) -> None:
    uri = shop.open("a.flow.yaml")
    *_, one, two = lenses(shop, uri)
    assert one["command"]["title"] == "1 dependent"
    assert one["command"]["command"] == "flow.showReferences"
    file, position, places = one["command"]["arguments"]
    assert (file, position) == (uri, {"line": 4, "character": 2})
    assert [place["range"]["start"] for place in places] == [{"line": 5, "character": 36}]
    assert two["command"] == {"title": "0 dependents", "command": ""}


def test_a_component_tells_who_calls_it(shop: Editor) -> None:
    (lens,) = lenses(shop, shop.open("lib.flow.yaml"))
    assert lens["command"]["title"] == "2 callers"
    *_, places = lens["command"]["arguments"]
    assert {place["uri"] for place in places} == {shop.uri("a.flow.yaml")}
    assert [place["range"]["start"]["line"] for place in places] == [4, 5]


def test_a_scenario_can_be_run(shop: Editor) -> None:
    uri = shop.open("a.flowtest.yaml")
    every, first, picture, *_ = (each["command"] for each in lenses(shop, uri))
    assert every == {"title": "Run all scenarios", "command": "flow.test", "arguments": [uri]}
    assert first["command"] == "flow.runScenario"
    assert picture["command"] == "flow.showTimeline"
    assert first["arguments"] == [uri, "x"]


def test_what_is_counted_in_a_long_file_comes_from_the_worker(editor: Editor) -> None:
    steps = "".join(
        f"  s{n}:\n    depends_on: [{f's{n - 1}' if n else ''}]\n    # next\n    uses: std.log\n"
        for n in range(200)
    )
    uri = editor.open("a.flow.yaml", f"flow: 1\nname: a\nsteps:\n{steps}")
    found = editor.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    lens = editor.request("codeLens/resolve", found[3 + 50])
    assert lens["command"]["title"] == "1 dependent"
    assert lens["command"]["arguments"][2][0]["range"]["start"]["line"] == 3 + 4 * 51 + 1


def test_a_lens_of_someone_else_is_left_alone(editor: Editor) -> None:
    lens = {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}}
    assert "command" not in editor.request("codeLens/resolve", {**lens, "data": {"subject": "x"}})

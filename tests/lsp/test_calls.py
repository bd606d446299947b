"""The hierarchy of calls over the wire."""

from pathlib import Path
from typing import Any

import pytest
from editor import Editor, span

FILES = {
    "flow.toml": "",
    "main.flow.yaml": "flow: 1\nname: main\nsteps:\n  pack: {uses: ./sub.flow.yaml}\n",
    "sub.flow.yaml": "flow: 1\nname: sub\nsteps:\n  say: {uses: std.log, with: {message: x}}\n",
}


@pytest.fixture
def flows(tmp_path: Path) -> Any:
    with Editor(tmp_path, FILES) as editor:
        yield editor


def test_from_a_pipeline_to_its_caller_and_back(flows: Editor) -> None:
    uri = flows.open("sub.flow.yaml")
    (item,) = flows.request("textDocument/prepareCallHierarchy", flows.at(uri, 1, 7))
    assert (item["name"], item["detail"], item["uri"]) == ("sub", "sub.flow.yaml", uri)
    assert item["selectionRange"] == span((1, 6), (1, 9))

    (call,) = flows.request("callHierarchy/incomingCalls", {"item": item})
    caller = call["from"]
    assert (caller["name"], caller["uri"]) == ("pack", flows.uri("main.flow.yaml"))
    assert call["fromRanges"] == [span((3, 15), (3, 30))]

    (call,) = flows.request("callHierarchy/outgoingCalls", {"item": caller})
    assert call["to"]["name"] == "sub"
    assert call["fromRanges"] == [span((3, 15), (3, 30))]


def test_built_in_components_are_called_too(flows: Editor) -> None:
    uri = flows.open("sub.flow.yaml")
    (item,) = flows.request("textDocument/prepareCallHierarchy", flows.at(uri, 3, 3))
    (call,) = flows.request("callHierarchy/outgoingCalls", {"item": item})
    assert (call["to"]["name"], call["to"]["detail"]) == ("log", "control.flow.yaml")


def test_nothing_calls_in_a_library(flows: Editor) -> None:
    uri = flows.open("lib.flow.yaml", "flow: 1\ntypes: {T: string}\n")
    assert flows.request("textDocument/prepareCallHierarchy", flows.at(uri, 0, 0)) is None

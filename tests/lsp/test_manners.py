"""Clients that send nonsense get an error of the protocol, and the server lives on."""

import gc
import json
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from editor import Editor, ServerError, span

PARSE_ERROR, INVALID_REQUEST, NO_METHOD, INVALID_PARAMS = -32700, -32600, -32601, -32602
NOT_INITIALIZED, CANCELLED, INTERNAL_ERROR = -32002, -32800, -32603
GOOD = "flow: 1\nname: a\nsteps:\n  hello:\n    uses: std.log\n    with: {message: Hello}\n"


def request(number: Any, method: str, params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


def refusal(editor: Editor, number: Any) -> int:
    with pytest.raises(ServerError) as caught:
        editor.answer(number)
    return caught.value.code


@pytest.mark.parametrize(
    ("body", "number", "code"),
    [
        (b"{", None, PARSE_ERROR),
        (b"\xff\xfe", None, PARSE_ERROR),
        (b"[" * 100_000, None, PARSE_ERROR),
        (b"[]", None, INVALID_REQUEST),
        (b"null", None, INVALID_REQUEST),
        (b'{"jsonrpc": "2.0", "id": [], "method": "shutdown"}', None, INVALID_REQUEST),
        (b'{"jsonrpc": "2.0", "id": 1.5, "method": "shutdown"}', None, INVALID_REQUEST),
        (b'{"id": 7, "method": "textDocument/hover"}', None, INVALID_REQUEST),
        (json.dumps(request(7, "textDocument/hover", {})).encode(), 7, INVALID_PARAMS),
        (json.dumps(request(7, "textDocument/hover", [1])).encode(), 7, INVALID_PARAMS),
        (json.dumps(request(7, "textDocument/hover", None)).encode(), 7, INVALID_PARAMS),
        (json.dumps(request(7, "no/such", {})).encode(), 7, NO_METHOD),
        (json.dumps(request(7, "initialize", {"capabilities": {}})).encode(), 7, INVALID_REQUEST),
    ],
)
def test_messages_that_are_none(editor: Editor, body: bytes, number: Any, code: int) -> None:
    editor.send(body)
    assert refusal(editor, number) == code
    assert editor.findings(editor.open("a.flow.yaml", GOOD)) == []


def test_a_request_before_initialize(tmp_path: Path) -> None:
    with Editor(tmp_path) as editor:
        editor.server.protocol.initialized = False
        editor.send(request(7, "textDocument/hover", {}))
        assert refusal(editor, 7) in {NOT_INITIALIZED, INVALID_PARAMS}
        editor.server.protocol.initialized = True


def test_a_request_after_shutdown(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", GOOD)
    assert editor.request("shutdown", None) is None
    editor.send(request(7, "textDocument/diagnostic", {"textDocument": {"uri": uri}}))
    assert refusal(editor, 7) == INVALID_REQUEST


def test_a_refusal_is_no_defect_in_the_log(
    editor: Editor, caplog: pytest.LogCaptureFixture
) -> None:
    editor.send(request(7, "textDocument/diagnostic", {"textDocument": {"uri": "file:///x"}}))
    assert refusal(editor, 7) == INVALID_PARAMS
    assert not caplog.records


def test_a_handler_that_fails_is_logged_and_answered(
    editor: Editor, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    uri = editor.open("a.flow.yaml", GOOD)
    assert editor.server.session is not None
    monkeypatch.setattr(editor.server.session.checking, "findings", lambda _: 1 / 0)
    editor.send(request(7, "textDocument/diagnostic", {"textDocument": {"uri": uri}}))
    assert refusal(editor, 7) == INTERNAL_ERROR
    assert any(record.exc_info for record in caplog.records)
    monkeypatch.undo()
    assert editor.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"] == []


def test_an_unknown_document(editor: Editor) -> None:
    for uri in ("file:///nowhere.flow.yaml", "", "http://[", "untitled:x", "file://\0"):
        editor.send(request(7, "textDocument/diagnostic", {"textDocument": {"uri": uri}}))
        assert refusal(editor, 7) == INVALID_PARAMS


def test_a_cancelled_request_is_not_begun(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", GOOD)
    editor.send(
        request(7, "textDocument/diagnostic", {"textDocument": {"uri": uri}}),
        {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7}},
    )
    assert refusal(editor, 7) == CANCELLED


def test_a_waiting_request_can_be_cancelled(editor: Editor) -> None:
    editor.send(request(7, "workspace/diagnostic", {"previousResultIds": []}))
    editor.send({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7}})
    assert refusal(editor, 7) == CANCELLED


def test_cancelling_what_is_not_there(editor: Editor) -> None:
    for number in (99, "a", None, {}, 1.5):
        editor.notify("$/cancelRequest", {"id": number})
    assert editor.findings(editor.open("a.flow.yaml", GOOD)) == []


@pytest.mark.parametrize(
    "found",
    [
        span((99, 0), (200, 5)),
        span((5, 2), (1, 0)),
        span((0, 999), (0, 1000)),
        span((0, 0), (2**31 - 1, 2**31 - 1)),
    ],
)
def test_ranges_outside_of_the_text_are_clamped(editor: Editor, found: dict[str, Any]) -> None:
    uri = editor.open("a.flow.yaml", GOOD)
    editor.change(uri, {"range": found, "text": ""})
    editor.change(uri, {"text": GOOD})
    assert editor.text(uri) == GOOD
    assert editor.findings(uri) == []


def test_versions_out_of_order_are_passed_over(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", GOOD)
    editor.change(uri, {"text": GOOD})
    old = {"textDocument": {"uri": uri, "version": 1}, "contentChanges": [{"text": "x"}]}
    editor.notify("textDocument/didChange", old)
    assert editor.text(uri) == GOOD


def test_changes_and_closings_of_what_is_not_open(editor: Editor) -> None:
    document = {"uri": editor.uri("b.flow.yaml"), "version": 3}
    change = {"textDocument": document, "contentChanges": [{"text": "x"}]}
    editor.notify("textDocument/didChange", change)
    editor.notify("textDocument/didClose", {"textDocument": {"uri": document["uri"]}})
    editor.notify("textDocument/didSave", {"textDocument": {"uri": document["uri"]}})
    assert editor.findings(editor.open("a.flow.yaml", GOOD)) == []


def test_notifications_leave_nothing_behind(editor: Editor) -> None:
    def kept() -> int:
        gc.collect()
        return sum(isinstance(each, Future) for each in gc.get_objects())

    uri = editor.open("a.flow.yaml", GOOD)
    before = kept()
    for _ in range(20):
        editor.replace(uri, (1, 6), (1, 6), "x")
    assert kept() <= before


def test_a_document_that_is_opened_twice(editor: Editor) -> None:
    editor.open("a.flow.yaml", "steps: 1")
    assert editor.findings(editor.open("a.flow.yaml", GOOD)) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "\ud800",
        "\ufeff",
        "{",
        "[" * 5000,
        "- " * 5000,
        "&a [*a]",
        "\r\r\n",
        "a: \t b",
        "? ",
    ],
)
def test_texts_of_any_kind(editor: Editor, text: str) -> None:
    uri = editor.open("a.flow.yaml", text)
    editor.replace(uri, (0, 0), (0, 0), "x: ")
    assert editor.text(uri) == "x: " + text
    assert editor.findings(uri)
    json_uri = editor.open("b.flow.json", text)
    assert editor.findings(json_uri)

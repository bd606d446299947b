"""Several files, folders, settings, trust, and findings of the whole workspace."""

import copy
from pathlib import Path
from typing import Any

import pytest
from editor import CAPABILITIES, Editor

from flow_lsp.work import WorkError

LIBRARY = """\
flow: 1
name: shop
components:
  charge:
    inputs: {amount: number}
    outputs: {receipt: string}
    run: {http: {method: POST, url: "https://bank.example/charges"}}
"""
CALLER = """\
flow: 1
name: caller
imports: {shop: ./shop.flow.yaml}
inputs: {total: number}
steps:
  pay:
    uses: shop.charge
    with: {amount: "${{ inputs.total }}"}
outputs: {receipt: "${{ steps.pay.outputs.receipt }}"}
"""
LONG = "".join(f"# a comment that makes the file long {number}\n" for number in range(300))
PULLING = copy.deepcopy(CAPABILITIES)
PULLING["textDocument"]["diagnostic"] = {"dynamicRegistration": False}
PULLING["workspace"]["diagnostics"] = {"refreshSupport": True}


def codes(editor: Editor, uri: str) -> list[str]:
    return [each["code"] for each in editor.findings(uri)]


@pytest.fixture
def shop(tmp_path: Path) -> Any:
    with Editor(tmp_path, {"shop.flow.yaml": LIBRARY, "caller.flow.yaml": CALLER}) as editor:
        yield editor


@pytest.mark.parametrize("more", ["", LONG], ids=["short", "long"])
def test_an_edit_of_one_file_is_felt_in_another(shop: Editor, more: str) -> None:
    caller = shop.open("caller.flow.yaml", CALLER + more)
    library = shop.open("shop.flow.yaml", LIBRARY + more)
    assert codes(shop, caller) == []
    shop.replace(library, (4, 21), (4, 27), "string")
    shop.wait(lambda: codes(shop, caller) == ["FL309"])
    related = shop.findings(caller)[0]["relatedInformation"][0]
    assert related["location"]["uri"] == library
    assert related["location"]["range"]["start"] == {"line": 4, "character": 21}
    shop.replace(library, (4, 21), (4, 27), "number")
    shop.wait(lambda: codes(shop, caller) == [])


def test_closing_a_file_brings_back_what_the_disk_has(shop: Editor) -> None:
    caller = shop.open("caller.flow.yaml")
    library = shop.open("shop.flow.yaml", LIBRARY.replace("number", "string"))
    shop.wait(lambda: codes(shop, caller) == ["FL309"])
    shop.notify("textDocument/didClose", {"textDocument": {"uri": library}})
    shop.wait(lambda: codes(shop, caller) == [])
    assert codes(shop, library) == []


def test_a_file_that_changes_on_the_disk(shop: Editor) -> None:
    caller = shop.open("caller.flow.yaml")
    (shop.root / "shop.flow.yaml").write_text(LIBRARY.replace("number", "string"), "utf-8")
    change = {"uri": shop.uri("shop.flow.yaml"), "type": 2}
    shop.notify("workspace/didChangeWatchedFiles", {"changes": [change]})
    shop.wait(lambda: codes(shop, caller) == ["FL309"])


def test_a_file_that_appears(tmp_path: Path) -> None:
    with Editor(tmp_path, {"caller.flow.yaml": CALLER}) as editor:
        caller = editor.open("caller.flow.yaml")
        assert "FL703" in codes(editor, caller)
        (tmp_path / "shop.flow.yaml").write_text(LIBRARY, "utf-8")
        change = {"uri": editor.uri("shop.flow.yaml"), "type": 1}
        editor.notify("workspace/didChangeWatchedFiles", {"changes": [change]})
        editor.wait(lambda: codes(editor, caller) == [])


def test_settings_of_the_project_that_change(shop: Editor) -> None:
    caller = shop.open("caller.flow.yaml", CALLER.replace("total }}", "totl }}"))
    assert codes(shop, caller) == ["FL304"]
    (shop.root / "flow.toml").write_text('ignore = ["FL304"]', "utf-8")
    change = {"uri": shop.uri("flow.toml"), "type": 1}
    shop.notify("workspace/didChangeWatchedFiles", {"changes": [change]})
    shop.wait(lambda: codes(shop, caller) == [])


def test_settings_that_can_not_be_used_are_told_and_survived(tmp_path: Path) -> None:
    with Editor(tmp_path, {"flow.toml": "ignor = 1", "a.flow.yaml": "steps: 1"}) as editor:
        assert codes(editor, editor.open("a.flow.yaml"))
        shown = [
            n["params"]["message"] for n in editor.notes if n["method"] == "window/showMessage"
        ]
        assert "did you mean `ignore`?" in shown[0]


def test_files_outside_of_the_workspace_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.flow.yaml").write_text(LIBRARY, "utf-8")
    text = CALLER.replace("./shop", "../secret")
    with Editor(tmp_path / "inside", {"a.flow.yaml": text}) as editor:
        assert "FL711" in codes(editor, editor.open("a.flow.yaml"))
    stranger = tmp_path / "b.flow.yaml"
    with Editor(tmp_path / "inside") as editor:
        uri = editor.open(str(stranger), CALLER.replace("./shop", "./secret"))
        assert "FL703" in codes(editor, uri)


def test_each_folder_of_a_workspace_has_its_settings(tmp_path: Path) -> None:
    text = CALLER.replace("./shop", "./none")
    files = {"one/a.flow.yaml": text, "two/a.flow.yaml": text, "two/flow.toml": 'ignore=["FL7"]'}
    with Editor(tmp_path, files) as editor:
        folders = [{"uri": editor.uri(name), "name": name} for name in ("one", "two")]
        gone = [{"uri": tmp_path.as_uri(), "name": "root"}]
        event = {"event": {"added": folders, "removed": gone}}
        editor.notify("workspace/didChangeWorkspaceFolders", event)
        assert "FL703" in codes(editor, editor.open("one/a.flow.yaml"))
        assert codes(editor, editor.open("two/a.flow.yaml")) == []


def test_an_untrusted_workspace_runs_no_plug_in(tmp_path: Path) -> None:
    files = {"flow.toml": 'rules = ["nobody"]', "a.flow.yaml": "flow: 1\nname: a\nsteps: {}\n"}
    with Editor(tmp_path, files, options={"trusted": False}) as editor:
        assert codes(editor, editor.open("a.flow.yaml"))


class TestPulling:
    @pytest.fixture
    def editor(self, tmp_path: Path) -> Any:
        bad = CALLER.replace("total }}", "totl }}")
        files = {"shop.flow.yaml": LIBRARY, "caller.flow.yaml": bad}
        with Editor(tmp_path, files, capabilities=PULLING) as editor:
            yield editor

    def test_nothing_is_pushed(self, editor: Editor) -> None:
        editor.open("caller.flow.yaml")
        assert not [n for n in editor.notes if n["method"].endswith("publishDiagnostics")]

    def test_the_same_findings_are_not_sent_again(self, editor: Editor) -> None:
        document = {"uri": editor.open("caller.flow.yaml")}
        report = editor.request("textDocument/diagnostic", {"textDocument": document})
        assert [each["code"] for each in report["items"]] == ["FL304"]
        params = {"textDocument": document, "previousResultId": report["resultId"]}
        assert editor.request("textDocument/diagnostic", params)["kind"] == "unchanged"
        editor.replace(document["uri"], (7, 30), (7, 30), "x")
        assert editor.request("textDocument/diagnostic", params)["kind"] == "full"

    def test_a_change_of_another_file_is_felt_at_once(self, editor: Editor) -> None:
        caller = {"uri": editor.open("caller.flow.yaml", CALLER)}
        library = editor.open("shop.flow.yaml")
        assert not editor.request("textDocument/diagnostic", {"textDocument": caller})["items"]
        editor.replace(library, (4, 21), (4, 27), "string")
        report = editor.request("textDocument/diagnostic", {"textDocument": caller})
        assert [each["code"] for each in report["items"]] == ["FL309"]

    def test_the_workspace_answers_when_something_changes(self, editor: Editor) -> None:
        report = editor.request("workspace/diagnostic", {"previousResultIds": []})
        (item,) = report["items"]
        assert item["uri"] == editor.uri("caller.flow.yaml")
        assert [each["code"] for each in item["items"]] == ["FL304"]
        known = [{"uri": item["uri"], "value": item["resultId"]}]
        params = {"previousResultIds": known}
        editor.send(
            {"jsonrpc": "2.0", "id": 77, "method": "workspace/diagnostic", "params": params}
        )
        (editor.root / "caller.flow.yaml").write_text(CALLER, "utf-8")
        change = {"uri": item["uri"], "type": 2}
        editor.notify("workspace/didChangeWatchedFiles", {"changes": [change]})
        (after,) = editor.answer(77)["items"]
        assert (after["uri"], after["items"]) == (item["uri"], [])

    def test_a_check_of_the_whole_makes_the_client_pull_again(self, editor: Editor) -> None:
        text = (
            CALLER.replace("outputs: {receipt", "state: {seen: string}\noutputs: {receipt") + LONG
        )
        document = {"uri": editor.open("caller.flow.yaml", text)}
        editor.wait(lambda: any("diagnostic/refresh" in n["method"] for n in editor.notes))
        report = editor.request("textDocument/diagnostic", {"textDocument": document})
        assert "FL214" in [each["code"] for each in report["items"]]


def test_the_worker_is_started_again_when_it_dies(shop: Editor) -> None:
    caller = shop.open("caller.flow.yaml", CALLER + LONG)
    session = shop.server.session
    assert session is not None
    shop.wait(lambda: session.checking.is_settled(session.documents[caller]))
    process = session.work.process
    assert process is not None
    process.kill()
    shop.replace(caller, (7, 30), (7, 30), "x")
    shop.wait(lambda: session.checking.is_settled(session.documents[caller]))
    assert "FL304" in codes(shop, caller)


def test_the_whole_workspace_can_be_checked(shop: Editor) -> None:
    (shop.root / "bad.flow.yaml").write_text(CALLER.replace("total }}", "totl }}"), "utf-8")
    shop.open("caller.flow.yaml")
    params = {"command": "flow.server.validateWorkspace", "arguments": []}
    assert shop.request("workspace/executeCommand", params) == {
        "files": 3,
        "errors": 1,
        "warnings": 0,
    }
    assert codes(shop, shop.uri("bad.flow.yaml")) == ["FL304"]


def test_no_worker_is_started_once_a_session_has_ended(shop: Editor) -> None:
    session = shop.server.session
    assert session is not None
    shop.run(session.stop())
    with pytest.raises(WorkError, match="has ended"):
        shop.run(session.work.ask("files"))
    assert session.work.process is None

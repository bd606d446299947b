"""Code actions over the wire."""

from pathlib import Path
from typing import Any

import pytest
from editor import CAPABILITIES, Editor, ServerError, span

TEXT = """\
flow: 1
name: a
imports:
  gone: ./shop.flow.yaml
inputs: {who: string}
steps:
  one:
    uses: std.log
    with: {message: "${{ inputs.who }} ${{ inputs.when }}"}
    timout: 1s
  two:
    depends_on: [one]
    uses: std.log
    with: {message: two}
  three:
    depends_on: {two: failed}
    uses: std.log
    with: {message: three}
"""
SHOP = "flow: 1\ncomponents: {a: {run: {shell: [a]}}}\n"


def offered(
    editor: Editor,
    uri: str,
    start: tuple[int, int],
    end: tuple[int, int] | None = None,
    **context: Any,
) -> dict[str, dict[str, Any]]:
    """The actions of a range by their titles."""
    params = {
        "textDocument": {"uri": uri},
        "range": span(start, end or start),
        "context": {"diagnostics": [], **context},
    }
    found = editor.request("textDocument/codeAction", params)
    return {action["title"]: action for action in found}


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def at(position: dict[str, int]) -> int:
        return starts[position["line"]] + position["character"]

    for edit in sorted(edits, key=lambda edit: at(edit["range"]["start"]), reverse=True):
        first, last = at(edit["range"]["start"]), at(edit["range"]["end"])
        text = text[:first] + edit["newText"] + text[last:]
    return text


def test_the_server_says_what_it_offers(editor: Editor) -> None:
    options = editor.initialized["capabilities"]["codeActionProvider"]
    assert options["resolveProvider"] is True
    assert "source.fixAll.flow" in options["codeActionKinds"]
    assert "refactor.extract" in options["codeActionKinds"]


def test_a_fix_comes_with_its_edit_and_its_finding(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", TEXT)
    known = [d for d in editor.findings(uri) if d["code"] == "FL101"]
    action = offered(editor, uri, (9, 6), diagnostics=known)["Rename it to `timeout`"]
    assert action["kind"] == "quickfix"
    assert action["isPreferred"] is True
    assert [d["code"] for d in action["diagnostics"]] == ["FL101"]
    edits = action["edit"]["changes"][uri]
    assert applied(TEXT, edits) == TEXT.replace("timout", "timeout")


def test_kinds_are_chosen_by_what_is_asked_for(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", TEXT)
    assert [*offered(editor, uri, (0, 0), only=["source.organizeImports"])] == [
        "Tidy up the imports"
    ]
    assert [*offered(editor, uri, (0, 0), only=["source"])] == [
        "Fix all that is safe to fix",
        "Tidy up the imports",
    ]
    kinds = {a["kind"] for a in offered(editor, uri, (10, 3), only=["refactor"]).values()}
    assert kinds == {"refactor.extract", "refactor.rewrite"}
    assert offered(editor, uri, (0, 0), only=["source.fix"]) == {}


def test_edits_of_all_that_is_safe_are_made_when_asked_for(tmp_path: Path) -> None:
    with Editor(tmp_path, {"shop.flow.yaml": SHOP}) as editor:
        uri = editor.open("a.flow.yaml", TEXT)
        action = offered(editor, uri, (0, 0), only=["source.fixAll"])["Fix all that is safe to fix"]
        assert action["kind"] == "source.fixAll.flow"
        assert "edit" not in action
        edits = editor.request("codeAction/resolve", action)["edit"]["changes"][uri]
        wanted = TEXT.replace("timout", "timeout").replace(
            "imports:\n  gone: ./shop.flow.yaml\n", ""
        )
        assert applied(TEXT, edits) == wanted


SOUND = """\
flow: 1
name: a
steps:
  one:
    uses: std.log
    with: {message: one}
"""


def test_all_that_is_safe_is_shown_only_where_something_is(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", SOUND)
    title = "Fix all that is safe to fix"
    for trigger in (1, 2):
        assert title not in offered(editor, uri, (4, 6), triggerKind=trigger)
    saving: dict[str, Any] = {"only": ["source.fixAll"], "triggerKind": 2}
    action = offered(editor, uri, (0, 0), **saving)[title]
    found = editor.request("codeAction/resolve", action)
    assert not (found.get("edit") or {}).get("changes")
    editor.change(uri, {"text": TEXT})
    assert title in offered(editor, uri, (0, 0))
    action = offered(editor, uri, (0, 0), **saving)[title]
    assert editor.request("codeAction/resolve", action)["edit"]["changes"][uri]


def test_an_action_creates_a_file(editor: Editor) -> None:
    text = TEXT.replace(" ${{ inputs.when }}", "").replace("    timout: 1s\n", "")
    text = text.replace("imports:\n  gone: ./shop.flow.yaml\n", "").replace("failed", "succeeded")
    uri = editor.open("a.flow.yaml", text)
    found = offered(editor, uri, (4, 2), (10, 20))
    action = found["Extract `one` and `two` to a pipeline of its own"]
    create, fill, change = editor.request("codeAction/resolve", action)["edit"]["documentChanges"]
    new = editor.uri("one_and_two.flow.yaml")
    assert create == {"kind": "create", "uri": new}
    assert fill["textDocument"] == {"uri": new, "version": None}
    assert fill["edits"][0]["newText"].startswith("flow: 1\nname: one_and_two\n")
    assert change["textDocument"] == {"uri": uri, "version": 1}
    after = applied(text, change["edits"])
    assert "    uses: ./one_and_two.flow.yaml\n" in after
    assert "depends_on: {one_and_two: succeeded}" in after


def test_what_can_t_be_done_says_why(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", TEXT)
    found = offered(editor, uri, (6, 2), (13, 20))
    action = found["Extract `one` and `two` to a pipeline of its own"]
    assert action["disabled"]["reason"] == "`three` waits for `two` to be failed"
    assert "edit" not in action


def test_what_shows_to_be_impossible_is_refused(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", TEXT)
    action = offered(editor, uri, (8, 52))["Create the input `when`"]
    editor.replace(uri, (8, 0), (8, 0), "")
    with pytest.raises(ServerError, match=r"The text has changed since\."):
        editor.request("codeAction/resolve", action)


def test_other_servers_actions_come_back_as_they_are(editor: Editor) -> None:
    action = {"title": "mine", "data": {"x": 1}}
    assert editor.request("codeAction/resolve", action) == action


def long(text: str) -> str:
    """A text with so many steps that the server looks at parts of it."""
    steps = "".join(
        f"  s{n}:\n    uses: std.log\n    with: {{message: x}}\n    timeout: {n + 1}s\n"
        for n in range(200)
    )
    return text.replace("  one:\n", steps + "  one:\n")


@pytest.mark.parametrize("trigger", [1, 2])
def test_a_long_file_is_offered_the_same(editor: Editor, trigger: int) -> None:
    text = long(TEXT)
    uri = editor.open("a.flow.yaml", text)
    line = text[: text.index("    timout")].count("\n")
    known = [d for d in editor.findings(uri) if d["code"] == "FL101"] or [
        {"range": span((line, 4), (line, 10)), "message": "", "code": "FL101"}
    ]
    found = offered(editor, uri, (line, 6), diagnostics=known, triggerKind=trigger)
    action = found["Rename it to `timeout`"]
    if "edit" not in action:
        action = editor.request("codeAction/resolve", action)
    edits = action["edit"]["changes"][uri]
    assert applied(text, edits) == text.replace("timout", "timeout")


def test_what_a_part_does_not_tell_is_asked_of_the_whole(editor: Editor) -> None:
    text = long(TEXT.replace("    timout: 1s\n", "").replace(" ${{ inputs.when }}", ""))
    uri = editor.open("a.flow.yaml", text)
    line = text[: text.index("  two:")].count("\n")
    quick = offered(editor, uri, (line, 3), triggerKind=2)
    action = quick["Delete `two`, and rewire what waits for it (may change the meaning)"]
    edits = editor.request("codeAction/resolve", action)["edit"]["changes"][uri]
    after = applied(text, edits)
    assert "  two:" not in after
    assert "    depends_on: [one]\n    uses: std.log\n    with: {message: three}\n" in after


def test_a_client_that_asks_only_once_gets_all_edits_at_once(tmp_path: Path) -> None:
    actions = {
        key: value
        for key, value in CAPABILITIES["textDocument"]["codeAction"].items()
        if key != "resolveSupport"
    }
    capabilities = {**CAPABILITIES, "textDocument": {"codeAction": actions}}
    with Editor(tmp_path, {"shop.flow.yaml": SHOP}, capabilities=capabilities) as editor:
        uri = editor.open("a.flow.yaml", TEXT)
        found = offered(editor, uri, (0, 0))
        assert "edit" in found["Fix all that is safe to fix"]


def test_a_client_without_disabled_actions_and_new_files_sees_neither(tmp_path: Path) -> None:
    plain = {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}}
    with Editor(tmp_path, capabilities={"textDocument": plain}) as editor:
        uri = editor.open("a.flow.yaml", TEXT)
        found = offered(editor, uri, (6, 2), (13, 20))
        assert not [title for title in found if title.startswith("Extract `one`")]
        assert not any("disabled" in action for action in found.values())


def test_a_client_that_knows_no_actions_gets_none(tmp_path: Path) -> None:
    with Editor(tmp_path, capabilities={}) as editor:
        uri = editor.open("a.flow.yaml", TEXT)
        assert offered(editor, uri, (9, 6)) == {}

"""When the worker checks a long file: no work piles up, and nobody waits for edits far apart."""

import asyncio
from typing import Any

import pytest
from editor import Editor, span

STEPS = "".join(f"  step_{n}: {{uses: std.log, with: {{message: x}}}}\n" for n in range(600))
LONG = f"flow: 1\nname: long\nsteps:\n{STEPS}"


def test_a_check_that_is_under_way_is_followed_by_one_more_only(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = editor.server.session
    assert session is not None
    ask, open_, gate = session.work.ask, session.work.open, asyncio.Event()
    checked: list[int] = []
    told: list[str] = []

    async def held(task: str, *arguments: Any) -> Any:
        if task == "check":
            checked.append(session.documents[uri].version)
            await gate.wait()
        return await ask(task, *arguments)

    def noted(file: str, text: str) -> None:
        told.append(text)
        open_(file, text)

    monkeypatch.setattr(session.work, "ask", held)
    monkeypatch.setattr(session.work, "open", noted)
    monkeypatch.setattr("flow_lsp.checking.PAUSE", 0)
    uri = editor.uri("long.flow.yaml")
    editor.open("long.flow.yaml", LONG)
    for _ in range(4):
        editor.replace(uri, (2, 6), (2, 6), " ")
        editor.wait(lambda: told[-1] == editor.text(uri))  # typing has paused
    gate.set()
    editor.wait(lambda: session.checking.is_settled(session.documents[uri]))
    assert checked == [1, 5]


def test_edits_far_apart_are_checked_by_the_worker_at_once(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flow_lsp.checking.PAUSE", 1000)
    session = editor.server.session
    assert session is not None
    uri = editor.open("long.flow.yaml", LONG)
    wrong = [{"range": span((line, 2), (line, 8)), "text": "a b"} for line in (3, 602)]
    editor.change(uri, *wrong)
    editor.wait(lambda: session.checking.is_settled(session.documents[uri]))
    assert [each["code"] for each in editor.findings(uri)] == ["FL107", "FL107"]

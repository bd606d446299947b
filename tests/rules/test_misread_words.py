"""A word or duration that can't be read is reported where it stands; nothing follows from it."""

import pytest

from flow_core.check import check
from flow_core.diagnostics import Diagnostic
from flow_core.project import Project
from flow_core.settings import Settings

FILE = "/project/main.flow.yaml"
TEXT = """\
flow: 1
name: greet
steps:
  ask:
    uses: std.http
    with: {url: https://example.com/name}
    timeout: 1m
    retry: {max_attempts: 3, delay: 1s, backoff: exponential, factor: 3, errors: [timeout]}
  tell:
    depends_on: {ask: succeeded}
    uses: std.log
    with: {message: "${{ string(steps.ask.outputs.status + 1) }}"}
"""


def findings(old: str, new: str) -> tuple[Diagnostic, ...]:
    assert old in TEXT
    module = Project(Settings("/project"), {FILE: TEXT.replace(old, new)}.get).module(FILE)
    assert module is not None
    return check(module)


def test_the_whole_is_sound() -> None:
    assert findings("1m", "2m") == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "meant"),
    [
        ("ask: succeeded", "ask: success", "FL108", "succeeded"),
        ("ask: succeeded", "ask: [success, failed]", "FL108", "succeeded"),
        ("ask: succeeded", "ask: done", "FL108", ""),
        ("exponential", "expo", "FL108", "exponential"),
        ("exponential", "doubling", "FL108", ""),
        ("delay: 1s", "delay: 1", "FL109", "1s"),
        ("timeout: 1m", "timeout: -1m", "FL109", ""),
    ],
)
def test_one_finding(old: str, new: str, code: str, meant: str) -> None:
    found = findings(old, new)
    assert [each.code for each in found] == [code]
    assert f"`{meant}`" in found[0].help if meant else "did you mean" not in found[0].help


def test_outputs_that_are_always_null_are_not_also_nullable() -> None:
    found = findings("ask: succeeded", "ask: failed")
    assert [each.code for each in found] == ["FL218"]

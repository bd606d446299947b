"""Which fixes are safe: those that take away what somebody meant are not."""

import pytest

from flow_core.check import check
from flow_core.project import Project
from flow_core.settings import Settings

FILE = "/project/main.flow.yaml"
TEXT = """\
flow: 1
name: greet
DEFAULTS
steps:
  hello:
    uses: std.shell
    with: {command: [hello]}
    RETRY
"""


@pytest.mark.parametrize(
    ("defaults", "retry", "safety"),
    [
        ("", "retry: {max_attempts: 1}", "safe"),
        ("", "retry: {max_attempts: 1, delay: 2s}", "unsafe"),
        ("defaults: {retry: {max_attempts: 3}}", "retry: {max_attempts: 1, delay: 2s}", "unsafe"),
    ],
)
def test_a_retry_with_more_keys_was_meant(defaults: str, retry: str, safety: str) -> None:
    text = TEXT.replace("DEFAULTS", defaults).replace("RETRY", retry)
    module = Project(Settings("/project"), {FILE: text}.get).module(FILE)
    assert module is not None
    fix = {found.code: found.fix for found in check(module)}["FL401"]
    assert fix is not None
    assert fix.safety == safety

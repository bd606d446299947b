"""Files of another encoding: one problem, and nothing of what they seem to hold."""

import pytest

from flow_core.check import check
from flow_core.project import Project
from flow_core.settings import Settings

FILE = "/project/main.flow.yaml"
SOURCE = "flow: 1\nname: greet\nsteps:\n  a: {uses: std.log, with: {message: hé}}\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_another_encoding_is_one_problem(encoding: str) -> None:
    text = SOURCE.encode(encoding).decode("utf-8", "surrogateescape")
    module = Project(Settings("/project"), {FILE: text}.get).module(FILE)
    assert module is not None
    found = [(diagnostic.code, diagnostic.message) for diagnostic in check(module)]
    assert found == [("FL015", "the file is UTF-16, but UTF-8 was expected")]

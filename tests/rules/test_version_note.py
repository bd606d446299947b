"""A version that does not fit is shown where it is declared."""

import pytest

from flow_core.check import check
from flow_core.project import Project
from flow_core.settings import Settings

MAIN, SUB = "/project/main.flow.yaml", "/project/sub.flow.yaml"
FILES = {
    MAIN: "flow: 1\nname: t\nimports: {sub: ./sub.flow.yaml}\nsteps: {a: {uses: CALL}}\n",
    SUB: """\
flow: 1
name: sub
version: 1.4.2
components: {one: {version: 1.4.1, run: {shell: [x]}}}
steps: {a: {uses: one}}
""",
}


@pytest.mark.parametrize(
    ("call", "version"), [("./sub.flow.yaml@^2.0", "1.4.2"), ("sub.one@^2.0", "1.4.1")]
)
def test_the_note_points_at_the_version(call: str, version: str) -> None:
    texts = {**FILES, MAIN: FILES[MAIN].replace("CALL", call)}
    module = Project(Settings("/project"), texts.get).module(MAIN)
    assert module is not None
    (note,) = next(found.notes for found in check(module) if found.code == "FL709")
    assert note.file == SUB
    assert texts[SUB][note.span.start : note.span.end] == version

"""A key that stands twice: the first of the two is shown beside the second."""

from flow_core.check import check
from flow_core.project import Project
from flow_core.settings import Settings

FILE = "/project/main.flow.yaml"
TEXT = """\
flow: 1
name: greet
steps:
  hello: {uses: std.log, with: {message: hello}}
  hello: {uses: std.log, with: {message: bye}}
"""


def test_the_first_key_is_shown() -> None:
    module = Project(Settings("/project"), {FILE: TEXT}.get).module(FILE)
    assert module is not None
    (found,) = check(module)
    (note,) = found.notes
    assert module.document.lines.position(found.span.start) == (4, 2)
    assert module.document.lines.position(note.span.start) == (3, 2)

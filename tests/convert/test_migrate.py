"""Migrations: a pretended version 2 shows that the seam holds."""

from collections.abc import Iterator

import pytest

from flow_core.convert.migrate import MIGRATIONS, migrate, newest
from flow_core.diagnostics import Patch
from flow_core.syntax import Document, Mapping

TEXT = """\
flow: 1  # the version
name: a
steps:
  # about one
  one:
    uses: std.log   # kept
    with: {message: hi}
  two: {uses: std.log}
"""


def rename_uses(document: Document) -> Iterator[Patch]:
    """Version 2 calls `uses` `calls`."""
    steps = document.get(("steps",))
    for name in steps.fields if isinstance(steps, Mapping) else ():
        yield Patch("rename", ("steps", name, "uses"), "calls")


def add_owner(_: Document) -> Iterator[Patch]:
    """Version 3 wants an owner."""
    yield Patch("insert", ("owner",), "nobody")


PRETENDED = {1: rename_uses, 2: add_owner}
IN_2 = TEXT.replace("uses", "calls").replace("flow: 1", "flow: 2")


def test_a_file_goes_one_version_on_and_keeps_its_comments() -> None:
    assert migrate(TEXT, "yaml", 2, PRETENDED) == IN_2


def test_a_file_goes_to_the_newest_version() -> None:
    expected = IN_2.replace("flow: 2", "flow: 3") + "owner: nobody\n"
    assert migrate(TEXT, "yaml", None, PRETENDED) == expected
    assert migrate(IN_2, "yaml", None, PRETENDED) == expected
    assert migrate(expected, "yaml", None, PRETENDED) == expected


def test_json_and_scenarios_have_versions_too() -> None:
    text = '{"flow_test": 1, "scenarios": {}}'
    expected = '{"flow_test": 2, "scenarios": {}}'
    assert migrate(text, "json", 2, PRETENDED) == expected


def test_so_far_there_is_one_version() -> None:
    assert newest() == 1
    assert sorted(MIGRATIONS) == list(range(1, newest()))
    assert migrate(TEXT, "yaml") == TEXT


@pytest.mark.parametrize(
    ("text", "target", "message"),
    [
        (TEXT, 2, "there is no version 2; the newest is 1"),
        (TEXT, 0, "there is no version 0; the newest is 1"),
        ("flow: 7\n", None, "the file is of version 7, but the newest known is 1"),
        ("flow: one\n", None, "`flow` should name a version of the language, such as `flow: 1`"),
        ("flow: true\n", None, "`flow` should name a version of the language, such as `flow: 1`"),
        ("name: a\n", None, "the file says no version; `flow: 1` was expected at its top"),
        ("- a\n", None, "the file says no version; `flow: 1` was expected at its top"),
        ("flow: 1\nflow: 1\n", None, "line 2: "),
    ],
)
def test_what_cannot_be_migrated_is_told(text: str, target: int | None, message: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the message is compared
        migrate(text, "yaml", target)
    assert str(raised.value).startswith(message)


def test_there_is_no_way_back() -> None:
    with pytest.raises(ValueError, match="version 2, and there is no way back to 1"):
        migrate(IN_2, "yaml", 1, PRETENDED)

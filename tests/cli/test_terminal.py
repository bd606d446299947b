"""Colours, progress and widths on a terminal."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_cli import progress
from flow_cli.terminal import escape, wants_color, width


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("choice", "stream", "environment", "wanted"),
    [
        ("auto", Terminal(), {}, True),
        ("auto", io.StringIO(), {}, False),
        ("auto", Terminal(), {"NO_COLOR": "1"}, False),
        ("auto", Terminal(), {"NO_COLOR": ""}, True),
        ("auto", Terminal(), {"TERM": "dumb"}, False),
        ("always", io.StringIO(), {"NO_COLOR": "1"}, True),
        ("never", Terminal(), {}, False),
    ],
)
def test_when_to_colour(
    choice: str,
    stream: io.StringIO,
    environment: dict[str, str],
    wanted: bool,  # noqa: FBT001  # a column of the table
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wants_color(choice, stream) is wanted  # type: ignore[arg-type]


def test_progress_is_told_on_a_terminal_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setattr(progress, "PERIOD", 0)
    assert list(progress.with_progress("abc", 3)) == ["a", "b", "c"]
    words = ["", "Checked 1/3", "Checked 2/3", "Checked 3/3", ""]
    assert stream.getvalue().split(progress.ERASE) == words


def test_quick_runs_tell_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    assert list(progress.with_progress("abc", 3)) == ["a", "b", "c"]
    assert stream.getvalue() == ""


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_escaped_text_is_printable_and_has_a_width(text: str) -> None:
    shown = escape(text)
    assert shown.isprintable()
    assert 0 <= width(shown) <= 2 * len(shown)
    if text.isprintable():
        assert shown == text

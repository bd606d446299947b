"""Reading and writing files without losing anything."""

import os
from pathlib import Path

import pytest

from flow_cli.diff import show_diff
from flow_cli.errors import UserError
from flow_cli.files import read_text, write_text


def test_text_is_read_and_written_exactly(tmp_path: Path) -> None:
    path = str(tmp_path / "a")
    text = "\ufeffa: 1\r\nb: é\u2028\rc"
    write_text(path, text)
    assert read_text(path) == text
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_writing_keeps_mode_and_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_text(str(link), "new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_failing_write_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match=r"cannot write .* No space left on device"):
        write_text(str(path), "new")
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Is a directory"):
        read_text(str(tmp_path))
    (tmp_path / "latin").write_bytes(b"name: caf\xe9\n")
    with pytest.raises(UserError, match="is not UTF-8: byte 9 is 0xe9"):
        read_text(str(tmp_path / "latin"))


def test_a_diff_is_exact_without_colour_and_safe_with() -> None:
    old, new = "a: 1\nb: \x1b[2J\n", "a: 2\nb: \x1b[2J\n"
    assert show_diff("x", old, new) == "--- x\n+++ x\n@@ -1,2 +1,2 @@\n-a: 1\n+a: 2\n b: \x1b[2J\n"
    coloured = show_diff("x", old, new, visible=True, color=True)
    assert "\x1b[31m-a: 1\x1b[0m\n\x1b[32m+a: 2\x1b[0m\n" in coloured
    assert "b: \\x1b[2J\n" in coloured


def test_a_diff_splits_lines_as_diff_does() -> None:
    assert show_diff("x", "a\u2028b\r\nc", "a\u2028b\r\nd").splitlines(keepends=False)[-1] == (
        "\\ No newline at end of file"
    )
    assert show_diff("x", "same", "same") == ""

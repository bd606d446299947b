"""Watching, with changes made while it pauses; nothing sleeps."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from flow_cli.watching import watch


def runs(folder: Path, *changes: Callable[[], object]) -> list[int]:
    """How often it had run by each pause, with a change made in each."""
    pending = list(changes)
    count, seen = 0, []

    def run() -> None:
        nonlocal count
        count += 1

    def pause() -> None:
        seen.append(count)
        if not pending:
            raise KeyboardInterrupt
        pending.pop(0)()

    with pytest.raises(KeyboardInterrupt):
        watch(run, lambda: map(str, folder.glob("*.flow.yaml")), pause)
    return seen


def test_it_runs_at_once_and_after_each_change(tmp_path: Path) -> None:
    file = tmp_path / "a.flow.yaml"
    file.write_text("a: 1")
    assert runs(
        tmp_path,
        lambda: None,
        lambda: file.write_text("a: 10"),
        lambda: os.utime(file, (1, 1)),
        lambda: None,
        lambda: (tmp_path / "b.flow.yaml").write_text("b"),
        lambda: (tmp_path / "notes.txt").write_text("b"),
        file.unlink,
    ) == [1, 1, 2, 3, 3, 4, 4, 5]


def test_a_file_that_vanishes_between_listing_and_looking_is_gone(tmp_path: Path) -> None:
    (tmp_path / "a.flow.yaml").symlink_to(tmp_path / "nowhere")
    assert runs(tmp_path) == [1]

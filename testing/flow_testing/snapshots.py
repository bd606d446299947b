"""Snapshots: what a run did, kept beside the test as a text that people review."""

import difflib
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

FOLDER = "__flow_snapshots__"
PROPERTY = "flow_snapshot"
"""The property of a test's report that names a snapshot it used; "written:" is before a new one."""
_UNSAFE = re.compile(r"[^\w.\-\[\]]+")
_LONGEST = 120


class SnapshotError(AssertionError):
    """What happened is not what the snapshot shows; or there is none, where none can be made."""


class Snapshots:
    """The snapshots of one test.

    ``update`` lets what happened take the place of what is kept. ``used`` gets a line for each.
    """

    def __init__(
        self, file: Path, test: str, used: list[tuple[str, object]], *, update: bool
    ) -> None:
        self._folder = file.parent / FOLDER / file.stem
        self._test = _file_name(test.replace("::", "."))
        self._used = used
        self._update = update
        self._count = 0
        self._texts: dict[Path, str] = {}

    def match(self, text: str, name: str = "") -> None:
        """Hold a text against its snapshot; one that is not there is written, but not in CI.

        Raises:
            SnapshotError: they differ, it is missing in CI, can't be written, or has a name that
                another one of this test has.
        """
        __tracebackhide__ = True
        path = self._path(name)
        if self._texts.setdefault(path, text) != text:
            raise SnapshotError(
                f"two snapshots of this test are `{path.name}`\ngive each a name of its own"
            )
        kept = path.read_text("utf-8", errors="replace") if path.is_file() else None
        if kept != text:
            self._differs(path, kept, text)
            _write(path, text)
        self._used.append((PROPERTY, f"{'' if kept == text else 'written:'}{path}"))

    def _path(self, name: str) -> Path:
        self._count += 1
        part = _file_name(name) if name else str(self._count) if self._count > 1 else ""
        return _alone(self._folder, f"{self._test}{'.' if part else ''}{part}")

    def _differs(self, path: Path, kept: str | None, text: str) -> None:
        """Refuse, unless the text is to be kept from now on."""
        __tracebackhide__ = True
        if self._update or (kept is None and not os.environ.get("CI")):
            return
        if kept is None:
            message = f"there is no snapshot `{path.name}`, and none is written in CI"
            raise SnapshotError(f"{message}\nrun the test on your own machine, and commit the file")
        lines = difflib.unified_diff(
            kept.splitlines(), text.splitlines(), "the snapshot", "what happened", lineterm=""
        )
        shown = "\n".join(lines)
        help_ = "if what happened is right, run `pytest --flow-update` and review the difference"
        raise SnapshotError(f"the run is not what `{path.name}` shows\n{shown}\n{help_}")


def _write(path: Path, text: str) -> None:
    """Keep a text."""
    __tracebackhide__ = True
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise SnapshotError(f"the snapshot can't be written: {error}") from None


def _alone(folder: Path, name: str) -> Path:
    """The file of a name; where that of another one differs in case only, its own has a hash.

    Some systems take such two for one, and a project may be used on all of them.
    """
    plain, hashed = f"{name}.txt", f"{_hashed(name, name)}.txt"
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set[str]()
    other = any(each.lower() == plain.lower() for each in there - {plain})
    return folder / (hashed if hashed in there or (other and plain not in there) else plain)


def _file_name(name: str) -> str:
    """A name that all systems allow; what had to be changed is told apart by a hash.

    >>> _file_name("test_order[eu-1]")
    'test_order[eu-1]'
    >>> _file_name("test_order[a/b]") == _file_name("test_order[a?b]")
    False
    """
    safe = _UNSAFE.sub("-", name)[:_LONGEST]
    return safe if safe == name else _hashed(safe, name)


def _hashed(safe: str, name: str) -> str:
    return f"{safe}-{sha256(name.encode(errors='surrogatepass')).hexdigest()[:8]}"


def summary(used: Iterable[str], homes: Iterable[Path], *, whole: bool, update: bool) -> list[str]:
    """What to tell of snapshots at the end of a session.

    ``whole`` tells that all tests of the files ran and passed, so that a snapshot nobody used is
    obsolete, as are those of a file that is gone from ``homes``, the folders with `FOLDER` in them;
    with ``update`` they are deleted.
    """
    written, kept = set[Path](), set[Path]()
    for each in used:
        path = Path(each.removeprefix("written:"))
        (written if each.startswith("written:") else kept).add(path)
    lines = [f"written: {_shown(path)}" for path in sorted(written)]
    if whole:
        lines += _obsolete(written | kept, update=update)
    for home in sorted(homes):
        lines += _left_behind(home, update=update)
    return lines


def _obsolete(used: set[Path], *, update: bool) -> Iterable[str]:
    there = {path for folder in {each.parent for each in used} for path in folder.glob("*.txt")}
    for path in sorted(there - used):
        if update:
            path.unlink()
        yield f"{'deleted' if update else 'obsolete'}: {_shown(path)}"


def _left_behind(home: Path, *, update: bool) -> Iterable[str]:
    """The snapshots of test files that were renamed or deleted."""
    files = {path.stem for path in home.iterdir() if path.is_file()}
    for folder in sorted((home / FOLDER).iterdir()):
        texts = sorted(folder.glob("*.txt"))
        if folder.name in files or not texts:
            continue
        if update:
            _delete(texts, folder)
        told = "deleted" if update else "obsolete"
        yield f"{told}: {_shown(folder)}, as there is no `{folder.name}.py` any more"


def _delete(texts: Iterable[Path], folder: Path) -> None:
    """Delete snapshots, and their folder if nothing else is in it."""
    for path in texts:
        path.unlink()
    with suppress(OSError):
        folder.rmdir()


def _shown(path: Path) -> str:
    return os.path.relpath(path)

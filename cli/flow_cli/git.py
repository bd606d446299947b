"""Git as far as a review needs it: reading the files of a revision. Nothing is ever checked out."""

import os
import subprocess

from flow_cli.errors import UserError
from flow_core import reading


class Revision:
    """The files of a commit, by the absolute paths that they have in the working tree."""

    def __init__(self, folder: str, name: str) -> None:
        if name.startswith("-"):
            raise UserError(f"`{name}` is no revision")
        self.root = os.path.normpath(_text(folder, "rev-parse", "--show-toplevel"))
        self.commit = _commit(self.root, name)
        self._texts: dict[str, str | None] = {}

    def read(self, file: str) -> str | None:
        """The text of a file, None where the commit has none of that name."""
        if file not in self._texts:
            self._texts[file] = self._blob(file)
        return self._texts[file]

    def _blob(self, file: str) -> str | None:
        name = os.path.relpath(os.path.realpath(file), os.path.realpath(self.root))
        if name.startswith(".."):
            return None
        found = _run(self.root, "cat-file", "blob", f"{self.commit}:{name.replace(os.sep, '/')}")
        return reading.decode(found.stdout) if found.returncode == 0 else None

    def files(self, folder: str) -> list[str]:
        """The absolute names of all files below a folder, or of the one file of that name."""
        root = os.path.realpath(self.root)
        name = os.path.relpath(os.path.realpath(folder), root).replace(os.sep, "/")
        found = _text(root, "ls-tree", "-r", "-z", "--name-only", self.commit, "--", name)
        return [os.path.join(self.root, *each.split("/")) for each in found.split("\0") if each]


def is_revision(folder: str, name: str) -> bool:
    """Whether a word names a commit."""
    return bool(name) and not name.startswith("-") and bool(_resolved(folder, name))


def _commit(folder: str, name: str) -> str:
    found = _resolved(folder, name)
    if not found:
        raise UserError(f"there is no revision `{name}`", "see `git branch` and `git log`")
    return found


def _resolved(folder: str, name: str) -> str:
    found = _run(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
    )
    return found.stdout.decode().strip().splitlines()[-1] if found.returncode == 0 else ""


def _text(folder: str, *arguments: str) -> str:
    found = _run(folder, *arguments)
    if found.returncode:
        reason = found.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise UserError(f"git: {reason}", "give two files or folders to compare without git")
    return found.stdout.decode(errors="surrogateescape").strip("\n")


def _run(folder: str, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    command = ["git", "--literal-pathspecs", "-C", folder, *arguments]
    try:
        return subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    except OSError as error:
        raise UserError(f"git can't be run: {error.strerror}", "install it") from error

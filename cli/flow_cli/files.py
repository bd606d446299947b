"""Reading and writing files such that nothing is ever lost: whole, exact, and in one step."""

import os
import stat
import sys
from typing import Literal, TypeAlias

from flow_cli.errors import UserError
from flow_core import reading

Kind: TypeAlias = Literal["yaml", "json"]

STDIN = "-"
"""The path that stands for standard input."""


def kind_of(path: str) -> Kind:
    """The syntax that a file's name promises.

    >>> kind_of("a.flow.json"), kind_of("a.flow.yml")
    ('json', 'yaml')
    """
    return "json" if path.endswith(".json") else "yaml"


def read_bytes(path: str) -> bytes:
    """A file's bytes, or those of standard input for ``-``; at most one more than `MAX_SIZE`.

    Raises:
        UserError: It cannot be read.
    """
    try:
        if path == STDIN:
            return sys.stdin.buffer.read(reading.MAX_SIZE + 1)
        return reading.read_bytes(path)
    except OSError as error:
        raise UserError(f"cannot read `{path}`: {error.strerror}") from error


def read_whole(path: str) -> bytes:
    """Like `read_bytes`, for what is going to be written again.

    Raises:
        UserError: It cannot be read, or is too large.
    """
    data = read_bytes(path)
    if len(data) > reading.MAX_SIZE:
        raise UserError(f"`{path}` has more than {reading.MAX_SIZE // 1_000_000} MB")
    return data


def read_lossless(path: str) -> str | None:
    """A file's text, None where it cannot be read."""
    try:
        return reading.decode(read_bytes(path))
    except UserError:
        return None


def read_text(path: str) -> str:
    """A file's text, line breaks untouched.

    Raises:
        UserError: It cannot be read, is too large, or is no UTF-8.
    """
    try:
        return read_whole(path).decode()
    except UnicodeDecodeError as error:
        raise UserError(
            f"`{path}` is not UTF-8: byte {error.start} is {error.object[error.start]:#04x}",
            "save it as UTF-8",
        ) from error


def write_text(path: str, text: str) -> None:
    """Replace a file's text: readers see the old or the new, never a part; links and mode stay.

    The counterpart of `read_lossless`.

    Raises:
        UserError: It cannot be written; it is as it was.
    """
    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    scratch = os.path.join(folder, f".{name}.{os.getpid()}.tmp")
    if os.path.exists(target) and not os.access(target, os.W_OK):
        raise UserError(f"cannot write `{path}`: it is read-only")  # though it could be replaced
    try:
        _write_new(scratch, text, _mode(target))
        os.replace(scratch, target)
    except OSError as error:
        if os.path.lexists(scratch):
            os.unlink(scratch)
        raise UserError(f"cannot write `{path}`: {error.strerror}") from error


def _mode(path: str) -> int | None:
    return stat.S_IMODE(os.stat(path).st_mode) if os.path.exists(path) else None


def _write_new(path: str, text: str, mode: int | None) -> None:
    with open(path, "xb") as file:
        file.write(text.encode(errors="surrogateescape"))
        if mode is not None:
            os.chmod(path, mode)
        file.flush()
        os.fsync(file.fileno())

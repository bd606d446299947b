"""What `flow format` and `flow migrate` share: changing files in place, or showing the change."""

import os
import sys
from collections.abc import Callable
from typing import Literal, TypeAlias

import msgspec

from flow_cli.diff import write_diff
from flow_cli.discovery import find
from flow_cli.errors import CLEAN, FINDINGS, UNUSABLE, UserError
from flow_cli.files import STDIN, Kind, kind_of, read_text, write_text
from flow_cli.projects import Projects, settings_at
from flow_cli.report import count
from flow_cli.terminal import complain, escape, write, write_data
from flow_core.printable import shown_name

Mode: TypeAlias = Literal["write", "check", "diff"]


class Rewriting(msgspec.Struct, frozen=True):
    """A change of texts: ``change(text, kind)`` gives the new text, or raises `ValueError`.

    ``verb`` and ``done`` name it: "format", "formatted".
    """

    change: Callable[[str, Kind], str]
    verb: str
    done: str


def mode_of(*, check: bool, diff: bool) -> Mode:
    """What the options ``--check`` and ``--diff`` ask for; a diff is a check that shows more."""
    return "diff" if diff else "check" if check else "write"


def rewrite_files(paths: list[str], rewriting: Rewriting, mode: Mode) -> int:
    """Change the files that the paths stand for and return the exit code.

    A file that cannot be changed is told, and the others are changed all the same.
    """
    base = os.getcwd()
    files = find(paths or [settings_at(base).root], base, Projects().wants)
    changed = failed = 0
    for file in files:
        name = shown_name(file, base)
        try:
            old = read_text(file)
            new = _changed(old, name, rewriting, kind_of(file))
            if new != old:
                changed += 1
                _act(file, name, (old, new), mode)
        except UserError as error:
            failed += 1
            complain(error.message, error.help)
    _tell(changed, len(files) - changed - failed, rewriting, mode)
    return UNUSABLE if failed else FINDINGS if changed and mode != "write" else CLEAN


def _act(file: str, name: str, texts: tuple[str, str], mode: Mode) -> None:
    if mode == "write":
        write_text(file, texts[1])
    elif mode == "diff":
        write_diff(name, *texts)
    else:
        write(f"{escape(name)}\n")


def _tell(changed: int, same: int, rewriting: Rewriting, mode: Mode) -> None:
    done = rewriting.done if mode == "write" else f"to {rewriting.verb}"
    write(f"{count(changed, 'file')} {done}, {same} unchanged\n", sys.stderr)


def rewrite_stdin(name: str, rewriting: Rewriting, mode: Mode) -> int:
    """Change standard input to standard output, or show the change, and return the exit code."""
    old = read_text(STDIN)
    new = _changed(old, name, rewriting, kind_of(name))
    if mode == "write":
        write_data(new)
        return CLEAN
    if mode == "diff":
        write_diff(name, old, new)
    return FINDINGS if new != old else CLEAN


def _changed(text: str, name: str, rewriting: Rewriting, kind: Kind) -> str:
    try:
        return rewriting.change(text, kind)
    except ValueError as error:
        raise UserError(
            f"cannot {rewriting.verb} `{name}`: {error}", "see `flow validate`"
        ) from error

r"""What a terminal needs: colours, widths of characters, and nothing that it would obey.

A file's name or text may hold escape sequences or characters that turn the direction of writing;
whatever is not printable is shown as an escape (``\x1b``), so a report shows what is really there.
"""

import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Literal, TextIO, TypeAlias

from flow_core import printable

Color: TypeAlias = Literal["auto", "always", "never"]

STYLES = {
    "bold": "1",
    "dim": "2",
    "error": "1;31",
    "warning": "1;33",
    "info": "1;34",
    "hint": "1;36",
    "help": "1;32",
    "added": "32",
    "removed": "31",
}
"""Names for what is painted, and the codes (ECMA-48, "select graphic rendition") they stand for."""


def wants_color(choice: Color, stream: TextIO) -> bool:
    """Tell whether to colour what goes to ``stream`` (https://no-color.org for ``auto``)."""
    if choice != "auto":
        return choice == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, style: str, color: bool) -> str:  # noqa: FBT001  # the last of three, always
    """Colour a text, where colour is wanted."""
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if color and text else text


def painter(color: bool) -> Callable[[str, str], str]:  # noqa: FBT001  # there is no other
    """What colours a text in a style, or leaves it as it is; in other processes too."""
    return partial(paint, color=color)


escape = printable.escape
width = printable.width


def write(text: str, stream: TextIO | None = None) -> None:
    """Write to standard output (or another stream); a reader that went away is no error."""
    target = stream or sys.stdout
    try:
        target.write(text)
        target.flush()
    except BrokenPipeError:
        _leave(target)


def write_data(text: str) -> None:
    """Write a file's text to standard output: as UTF-8 whatever the terminal's encoding is."""
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(text.encode(errors="surrogateescape"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _leave(sys.stdout)


def _leave(stream: TextIO) -> None:
    """Let Python's last flush, at exit, go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def complain(message: str, help: str = "") -> None:  # noqa: A002
    """Write ``error: …`` and ``help: …`` to standard error."""
    color = wants_color("auto", sys.stderr)
    text = f"{paint('error', 'error', color)}: {escape(message)}\n"
    if help:
        text += f"{paint('help', 'help', color)}: {escape(help)}\n"
    write(text, sys.stderr)

"""Markdown for people on a terminal, and as it stands for everything else."""

import sys

from flow_cli.terminal import escape, wants_color, write


def write_markdown(text: str) -> None:
    """Write a Markdown text to standard output."""
    if sys.stdout.isatty():
        text = "\n".join(escape(line) for line in text.split("\n"))
    if not wants_color("auto", sys.stdout):
        write(text.rstrip() + "\n")
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))

"""The reference of the command line, written from the commands' own help.

``python -m flow_cli.reference`` writes it to standard output.
"""

from collections.abc import Iterator
from typing import Any

import typer
from typer.main import get_command

from flow_cli.main import app

INTRODUCTION = """\
# The `flow` command

Written by `python -m flow_cli.reference > docs/reference/cli.md` from the commands' own help; a
test compares the two.

| exit code | meaning |
| --- | --- |
| 0 | clean: nothing to complain about |
| 1 | findings: the input was read, and something is wrong with it |
| 2 | the command line, the settings or the input cannot be used |
| 3 | a defect of Flow itself; `flow --debug …` shows the traceback |
| 4 | a dry run takes longer, or costs more, than it may; `flow bench` exceeds a limit |
| 130 | interrupted |
"""

WIDTH = 100
"""Columns of the help; on a terminal it is as wide as that."""


def reference() -> str:
    """The page, in Markdown."""
    command = get_command(app)
    sections = (
        f"{'#' * depth} `{name}`\n\n```text\n{text}\n```\n"
        for depth, name, text in _helps(command, "flow", None, 2)
    )
    return "\n".join([INTRODUCTION, *sections])


def _helps(
    command: Any, name: str, parent: typer.Context | None, depth: int
) -> Iterator[tuple[int, str, str]]:
    """Depth, name and help of a command and of those below it."""
    context = command.context_class(command, info_name=name, parent=parent, **_wide(command))
    yield (
        depth,
        context.command_path,
        "\n".join(line.rstrip() for line in command.get_help(context).rstrip().splitlines()),
    )
    for child in command.list_commands(context) if hasattr(command, "list_commands") else ():
        yield from _helps(command.get_command(context, child), child, context, depth + 1)


def _wide(command: Any) -> dict[str, Any]:
    return {**command.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}


if __name__ == "__main__":
    from flow_cli.terminal import write_data

    write_data(reference())

"""What the commands share: how each declares itself, and the options that several have."""

from typing import Annotated, Literal, TypeAlias

import typer

from flow_cli.errors import UserError
from flow_cli.terminal import Color


def new_app() -> typer.Typer:
    """The home of one command. Plain help: rich's would cost more than most commands do."""
    return typer.Typer(add_completion=False, rich_markup_mode=None)


def examples(*lines: str, then: str = "") -> str:
    """The end of a command's help: examples, set as they are, and a closing paragraph."""
    block = "\b\nExamples:\n" + "".join(f"  {line}\n" for line in lines)
    return f"{block}\n\b\n{then}" if then else block


ColorOption: TypeAlias = Annotated[
    Color, typer.Option("--color", help="Colour the output; `auto`: on a terminal.")
]

PathsArgument: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...",
        help="Files, folders, globs, or `-` for standard input; by default the current project.",
        show_default=False,
    ),
]

StdinFilenameOption: TypeAlias = Annotated[
    str,
    typer.Option(metavar="NAME", help="The file that standard input is taken for."),
]

CheckOption: TypeAlias = Annotated[
    bool, typer.Option("--check", help="Write nothing; list the files that would change.")
]

DiffOption: TypeAlias = Annotated[
    bool, typer.Option("--diff", help="Write nothing; show what would change.")
]

RunFormat: TypeAlias = Literal["text", "json", "csv"]
"""How a simulated run is reported."""

TestFormat: TypeAlias = Literal["text", "json", "junit", "github"]
"""How a run of tests is reported."""

ReviewFormat: TypeAlias = Literal["text", "json", "markdown", "html", "github"]
"""How a review is reported."""

FailOn: TypeAlias = Literal["breaking", "behaviour", "any"]
"""From which class on a change makes a command fail."""


def duration_option(text: str | None) -> int | None:
    """The microseconds of a duration on the command line.

    Raises:
        UserError: it is none.
    """
    from flow_core.durations import parse_duration

    if text is None:
        return None
    found = parse_duration(text)
    if found is None:
        raise UserError(f"`{text}` is no duration", "write `90s`, `5m` or `1h30m`")
    return found

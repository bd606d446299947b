"""`flow format`: one style for all files."""

import typer

from flow_cli.files import STDIN
from flow_cli.options import (
    CheckOption,
    DiffOption,
    PathsArgument,
    StdinFilenameOption,
    examples,
    new_app,
)
from flow_cli.rewriting import Rewriting, mode_of, rewrite_files, rewrite_stdin

app = new_app()


@app.command(
    epilog=examples(
        "flow format",
        "flow format --check flows/",
        "flow format --diff order.flow.yaml",
        "flow format - < order.flow.yaml",
        then="Exit codes: 0 done or nothing to do, 1 something to format (--check, --diff), "
        "2 unusable input.",
    )
)
def format_(
    paths: PathsArgument = None,
    *,
    check: CheckOption = False,
    diff: DiffOption = False,
    stdin_filename: StdinFilenameOption = "stdin.flow.yaml",
) -> None:
    """Format files in place; comments and the meaning stay, and a second run changes nothing."""
    from flow_core.syntax.format import format_text

    rewriting = Rewriting(format_text, "format", "formatted")
    mode = mode_of(check=check, diff=diff)
    if paths == [STDIN]:
        raise typer.Exit(rewrite_stdin(stdin_filename, rewriting, mode))
    raise typer.Exit(rewrite_files(paths or [], rewriting, mode))

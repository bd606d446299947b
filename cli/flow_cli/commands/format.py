"""`flow format`: one style for all files."""

import typer

from flow_cli.files import STDIN, Kind
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
    rewriting = Rewriting(_formatted, "format", "formatted")
    mode = mode_of(check=check, diff=diff)
    if paths == [STDIN]:
        raise typer.Exit(rewrite_stdin(stdin_filename, rewriting, mode))
    raise typer.Exit(rewrite_files(paths or [], rewriting, mode))


def _formatted(text: str, kind: Kind) -> str:
    from flow_core.convert.sound import sound
    from flow_core.syntax.format import format_document
    from flow_core.syntax.nodes import Scalar

    document = sound(text, kind)
    if isinstance(document.root, Scalar):
        raise ValueError("this is a text, not a Flow file")  # noqa: TRY004  # it has no wrong type
    return format_document(document)

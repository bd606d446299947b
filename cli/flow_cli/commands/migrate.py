"""`flow migrate`: files of an older version of the language, brought to a newer one."""

from typing import Annotated

import typer

from flow_cli.errors import UserError
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
        "flow migrate --diff",
        "flow migrate flows/",
        "flow migrate --to 1 order.flow.yaml",
        then="Exit codes: 0 done or nothing to do, 1 something to migrate (--check, --diff), "
        "2 unusable input.",
    )
)
def migrate(
    paths: PathsArgument = None,
    *,
    to: Annotated[
        int | None, typer.Option(help="The version wanted; by default the newest.")
    ] = None,
    check: CheckOption = False,
    diff: DiffOption = False,
    stdin_filename: StdinFilenameOption = "stdin.flow.yaml",
) -> None:
    """Bring files to a newer version of the language, in place; comments stay."""
    from flow_core.convert.migrate import migrate as migrate_text
    from flow_core.convert.migrate import newest

    if to is not None and not 1 <= to <= newest():
        raise UserError(f"there is no version {to} of the language", f"the newest is {newest()}")

    def change(text: str, kind: Kind) -> str:
        return migrate_text(text, kind, to)

    rewriting = Rewriting(change, "migrate", "migrated")
    mode = mode_of(check=check, diff=diff)
    if paths == [STDIN]:
        raise typer.Exit(rewrite_stdin(stdin_filename, rewriting, mode))
    raise typer.Exit(rewrite_files(paths or [], rewriting, mode))

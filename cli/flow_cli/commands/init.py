"""`flow init`: a project to start from."""

import os
from typing import Annotated

import typer

from flow_cli.errors import UserError, did_you_mean
from flow_cli.files import write_text
from flow_cli.options import examples, new_app
from flow_cli.terminal import write

app = new_app()


@app.command(
    epilog=examples(
        "flow init my-pipeline",
        "flow init shop --template order-saga",
        "flow init --list",
    )
)
def init(
    folder: Annotated[
        str, typer.Argument(help="Where to put it; made if it is not there yet.")
    ] = ".",
    *,
    template: Annotated[
        str, typer.Option("--template", "-t", metavar="NAME", help="What to start from.")
    ] = "simple",
    list_: Annotated[bool, typer.Option("--list", help="List the templates.")] = False,
) -> None:
    """Start a project from a template; no file that exists is touched."""
    from flow_core.templates import TEMPLATES, files

    if list_:
        size = max(map(len, TEMPLATES))
        write("".join(f"{name:{size}}  {text}\n" for name, text in TEMPLATES.items()))
        return
    if template not in TEMPLATES:
        hint = did_you_mean(template, TEMPLATES) or "see `flow init --list`"
        raise UserError(f"there is no template `{template}`", hint)
    _create(folder, files(template))
    write(f"Created {', '.join(files(template))} in {folder}\n")
    write(f"Next: flow validate {folder}, then flow test {folder}\n")


def _create(folder: str, texts: dict[str, str]) -> None:
    """Write the files, or none when one of them exists."""
    targets = {os.path.join(folder, name): text for name, text in texts.items()}
    for path in targets:
        if os.path.lexists(path):
            raise UserError(f"`{path}` exists already", "choose an empty folder")
    for path, text in targets.items():
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
        except OSError as error:
            raise UserError(f"cannot make a folder for `{path}`: {error.strerror}") from error
        write_text(path, text)

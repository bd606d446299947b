"""`flow validate`: say what is wrong with pipelines, without running anything."""

from typing import Annotated

import typer

from flow_cli.options import ColorOption, examples, new_app

app = new_app()


@app.command(
    epilog=examples(
        "flow validate",
        "flow validate flows/ order.flow.yaml",
        then="Exit codes: 0 clean, 1 findings, 2 unusable input or command line.",
    )
)
def validate(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders, globs, or `-`; none: the current project."),
    ] = None,
    color: ColorOption = "auto",
) -> None:
    """Say what is wrong with pipelines, without running anything."""
    print(paths, color)

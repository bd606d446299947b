"""`flow convert`: the same pipeline in the other syntax."""

import os
import sys
from typing import Annotated, Literal

import typer

from flow_cli.errors import UserError
from flow_cli.files import STDIN, kind_of, read_text, write_text
from flow_cli.options import examples, new_app
from flow_cli.report import count
from flow_cli.terminal import write, write_data

app = new_app()


@app.command(
    epilog=examples(
        "flow convert order.flow.yaml",
        "flow convert order.flow.json --output order.flow.yaml",
        "flow convert - --to json < order.flow.yaml",
    )
)
def convert(
    path: Annotated[str, typer.Argument(help="A Flow file, or `-` for standard input.")],
    to: Annotated[
        Literal["yaml", "json"] | None,
        typer.Option(help="The syntax wanted; by default the one that the file is not in."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", help="Write to this file, which must not exist yet."),
    ] = None,
) -> None:
    """Turn YAML into JSON or JSON into YAML.

    The meaning stays, and so do comments where the target can hold them.
    """
    from flow_core.convert import convert as convert_text

    other: Literal["yaml", "json"] = "yaml" if kind_of(path) == "json" else "json"
    to = to or other
    text = read_text(path)
    if path != STDIN and to != other:
        raise UserError(f"`{path}` is {to.upper()} already", f"say `--to {other}`")
    try:
        converted = convert_text(text, to)
    except ValueError as error:
        raise UserError(f"`{path}` cannot be converted: {error}", "see `flow validate`") from error
    if output is None:
        write_data(converted.text)
    elif os.path.lexists(output):
        raise UserError(f"`{output}` exists already", "choose another name, or remove it first")
    else:
        write_text(output, converted.text)
    if converted.dropped_comments:
        dropped = count(converted.dropped_comments, "comment")
        write(f"{dropped} dropped: JSON holds none\n", sys.stderr)

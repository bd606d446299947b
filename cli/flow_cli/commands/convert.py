"""`flow convert`: the same pipeline in the other syntax."""

import os
from typing import Annotated, Literal

import typer

from flow_cli.errors import UserError
from flow_cli.files import kind_of, read_text, write_text
from flow_cli.options import examples, new_app
from flow_cli.terminal import write_data

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
    from flow_core.convert import to_json, to_yaml

    to = to or ("yaml" if kind_of(path) == "json" else "json")
    text = read_text(path)
    try:
        converted = to_json(text) if to == "json" else to_yaml(text)
    except ValueError as error:
        raise UserError(f"`{path}` cannot be converted: {error}", "see `flow validate`") from error
    if output is None:
        write_data(converted)
    elif os.path.lexists(output):
        raise UserError(f"`{output}` exists already", "choose another name, or remove it first")
    else:
        write_text(output, converted)

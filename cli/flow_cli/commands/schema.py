"""`flow schema`: the JSON Schema of the language, for editors and other checkers."""

import json
from typing import Annotated, Literal

import typer

from flow_cli.files import write_text
from flow_cli.options import examples, new_app
from flow_cli.terminal import write_data

app = new_app()


@app.command(
    epilog=examples("flow schema", "flow schema scenario", "flow schema --output flow.schema.json")
)
def schema(
    name: Annotated[
        Literal["pipeline", "scenario", "settings"], typer.Argument(help="Of which kind of file.")
    ] = "pipeline",
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
) -> None:
    """Write the JSON Schema (2020-12) of a kind of file."""
    from flow_core.language.schema import schema as schema_of

    text = json.dumps(schema_of(name), indent=2, ensure_ascii=False) + "\n"
    write_text(output, text) if output else write_data(text)

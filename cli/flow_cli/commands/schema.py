"""`flow schema`: JSON Schemas, for editors, for other checkers, for readers of reports."""

import json
from typing import Annotated, Literal, TypeAlias

import typer

from flow_cli.files import write_text
from flow_cli.options import examples, new_app
from flow_cli.terminal import write_data

app = new_app()

Name: TypeAlias = Literal["pipeline", "scenario", "settings", "report"]


@app.command(
    epilog=examples("flow schema", "flow schema scenario", "flow schema --output flow.schema.json")
)
def schema(
    name: Annotated[
        Name, typer.Argument(help="A kind of file, or `report`: of `flow validate --format json`.")
    ] = "pipeline",
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
) -> None:
    """Write the JSON Schema (2020-12) of a kind of file."""
    text = json.dumps(_schema(name), indent=2, ensure_ascii=False) + "\n"
    if output:
        write_text(output, text)
    else:
        write_data(text)


def _schema(name: Name) -> object:
    if name == "report":
        from flow_cli.reporters.json import Output

        dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        return dialect | Output.model_json_schema(mode="serialization")
    from flow_core.language.schema import schema as schema_of

    return schema_of(name)

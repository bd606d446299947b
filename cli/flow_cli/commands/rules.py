"""`flow rules`: every rule there is."""

import json
import sys
from typing import Annotated, Literal

import typer

from flow_cli.options import examples, new_app
from flow_cli.terminal import wants_color, write
from flow_core.rules.pages import Page

app = new_app()


@app.command(epilog=examples("flow rules", "flow rules --format json", "flow rules | grep FL2"))
def rules(
    format_: Annotated[
        Literal["text", "json"], typer.Option("--format", help="How to list them.")
    ] = "text",
) -> None:
    """List every rule, and what only runs can show: code, name, severity and what it finds."""
    from flow_core.simulate.codes import by_code

    found = list(by_code().values())
    if format_ == "json":
        write(json.dumps([_described(page) for page in found], indent=2) + "\n")
    elif wants_color("auto", sys.stdout):
        _show_table(found)
    else:
        write("".join(f"{'  '.join(row)}\n" for row in _rows(found)))


def _described(page: Page) -> dict[str, str]:
    rule = page.rule
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.name.lower(),
        "since": rule.since,
        "summary": page.summary,
    }


def _rows(found: list[Page]) -> list[tuple[str, str, str, str]]:
    """Code, severity, name, summary; the columns are aligned."""
    name = max((len(page.rule.name) for page in found), default=0)
    return [
        (
            page.rule.code,
            f"{page.rule.severity.name.lower():7}",
            f"{page.rule.name:{name}}",
            page.summary,
        )
        for page in found
    ]


def _show_table(found: list[Page]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("code", "severity", "name", "what it finds", box=None)
    for page in found:
        rule = page.rule
        table.add_row(rule.code, rule.severity.name.lower(), rule.name, page.summary)
    Console(markup=False, highlight=False).print(table)

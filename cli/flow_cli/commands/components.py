"""`flow components`: what a pipeline of this project can use."""

import json
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flow_cli.errors import UserError, did_you_mean
from flow_cli.options import examples, new_app
from flow_cli.terminal import escape, wants_color, write

if TYPE_CHECKING:
    from flow_core.components.catalog import CatalogEntry

app = new_app()


@app.callback(
    no_args_is_help=True, epilog=examples("flow components list", "flow components show std.http")
)
def components() -> None:
    """Look through the components that a pipeline of this project can use."""


@app.command(
    "list",
    epilog=examples("flow components list --tag payments", "flow components list --format json"),
)
def list_components(
    *,
    tag: Annotated[str | None, typer.Option(help="Only those with this tag.")] = None,
    category: Annotated[str | None, typer.Option(help="Only those of this category.")] = None,
    format_: Annotated[
        Literal["text", "json"], typer.Option("--format", help="How to list them.")
    ] = "text",
) -> None:
    """List components: the project's own, those of installed libraries, and the built-in ones."""
    known = _catalog()
    _require(tag, "tag", [tag for entry in known for tag in entry.signature.tags])
    _require(category, "category", [entry.category for entry in known])
    entries = [
        entry
        for entry in known
        if tag in (None, *entry.signature.tags) and category in (None, entry.category)
    ]
    if format_ == "json":
        write(json.dumps([_described(entry) for entry in entries], indent=2) + "\n")
    elif wants_color("auto", sys.stdout):
        _show_table(entries)
    else:
        write("".join(f"{line}\n" for line in _lines(entries)))


def _require(word: str | None, noun: str, known: Iterable[str]) -> None:
    if word is not None and word not in (known := sorted(set(known))):
        there_are = f"there are {', '.join(f'`{each}`' for each in known)}"
        hint = did_you_mean(word, known) or (there_are if known else "")
        raise UserError(f"no component has the {noun} `{word}`", hint)


@app.command(
    "show", epilog=examples("flow components show std.http", "flow components show charge")
)
def show_component(
    name: Annotated[str, typer.Argument(help="A component's name, as in `std.http` or `charge`.")],
) -> None:
    """Show what a component does, takes, gives and raises."""
    from flow_cli.component_page import component_page
    from flow_cli.markdown import write_markdown
    from flow_core.components.catalog import find, names

    entries = _catalog()
    found = find(entries, name)
    if not found:
        known = [known for entry in entries for known in names(entry)]
        hint = did_you_mean(name, known) or "see `flow components list`"
        raise UserError(f"there is no component `{name}`", hint)
    write_markdown("\n".join(component_page(entry) for entry in found))


def _catalog() -> "list[CatalogEntry]":
    from flow_cli.projects import settings_at
    from flow_core.components.catalog import catalog

    settings = settings_at(os.getcwd())
    return catalog(settings.root, settings.python_paths)


def _described(entry: "CatalogEntry") -> dict[str, object]:
    signature = entry.signature
    return {
        "name": signature.name,
        "origin": entry.origin,
        "category": entry.category,
        "kind": signature.kind,
        "version": signature.version,
        "tags": signature.tags,
        "description": signature.description,
        "deprecated": signature.deprecated,
    }


def _rows(entries: "list[CatalogEntry]") -> list[tuple[str, str, str]]:
    """Origin, name, first line of the description."""
    return [
        (
            escape(entry.origin),
            escape(entry.signature.name),
            escape(entry.signature.description.partition("\n")[0]),
        )
        for entry in entries
    ]


def _lines(entries: "list[CatalogEntry]") -> list[str]:
    rows = _rows(entries)
    origin, name = (max((len(row[column]) for row in rows), default=0) for column in (0, 1))
    return [f"{row[0]:{origin}}  {row[1]:{name}}  {row[2]}".rstrip() for row in rows]


def _show_table(entries: "list[CatalogEntry]") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("from", "name", "what it does", box=None)
    for row in _rows(entries):
        table.add_row(*row)
    Console(markup=False, highlight=False).print(table)

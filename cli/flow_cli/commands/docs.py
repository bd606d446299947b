"""`flow docs`: a pipeline, described."""

import os
from typing import Annotated

import typer

from flow_cli.errors import UserError
from flow_cli.files import read_bytes, read_lossless, write_text
from flow_cli.options import examples, new_app

app = new_app()


@app.command(
    epilog=examples("flow docs order.flow.yaml", "flow docs order.flow.yaml --output docs/order.md")
)
def docs(
    path: Annotated[str, typer.Argument(help="A Flow file.")],
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
) -> None:
    """Describe a pipeline in Markdown: ports, steps, errors, and a Mermaid graph."""
    from flow_cli.markdown import write_markdown
    from flow_cli.projects import settings_at
    from flow_core.document_page import page
    from flow_core.project import Project

    read_bytes(path)  # says why, where it cannot be read
    file = os.path.abspath(path)
    module = Project(settings_at(os.path.dirname(file)), read_lossless).module(file)
    if module is None or module.document.root is None:
        raise UserError(f"`{path}` holds no pipeline", f"see `flow validate {path}`")
    for problem in module.document.problems:
        line = module.document.lines.line(problem.span.start) + 1
        message = f"`{path}` cannot be described: line {line}: {problem.message}"
        raise UserError(message, f"see `flow validate {path}`")
    text = page(module)
    if output:
        write_text(output, text)
    else:
        write_markdown(text)

"""`flow lsp`: the language server, for editors."""

from typing import Annotated, Literal

import typer

from flow_cli.options import examples, new_app

app = new_app()


@app.command(
    epilog=examples(
        "flow lsp",
        "flow lsp --log-level debug --log-file flow-lsp.log",
        "flow lsp --tcp 127.0.0.1:9257",
        "flow lsp --websocket 127.0.0.1:9258",
        then="Editors start it themselves: see docs/editors.md. It serves one client and ends\n"
        "with it. A port serves whoever connects first: name no address that others can reach.\n"
        "\n\b\n"
        "Exit codes: 0 the client said so, 1 the client is gone, 2 unusable command line.",
    )
)
def lsp(
    *,
    stdio: Annotated[  # noqa: ARG001 -- what many editors pass, and what holds without it
        bool, typer.Option("--stdio", help="Serve standard input and output; the default.")
    ] = True,
    tcp: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="Serve a port instead.")
    ] = None,
    websocket: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="Serve a WebSocket instead.")
    ] = None,
    log_file: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the log there, not to stderr.")
    ] = None,
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], typer.Option(help="What the log holds.")
    ] = "warning",
) -> None:
    """Serve an editor: findings while typing, completion, navigation, refactoring, the graph."""
    from flow_cli.serving import serve

    serve(tcp, websocket, log_file, log_level)

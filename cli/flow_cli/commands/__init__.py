"""The commands, one module each: a module is imported when its command runs, and not before.

A command's module holds ``app``, a `typer.Typer` with the command in it (or with several, which
makes them subcommands). To add one, write its module and name it here.
"""

COMMANDS: dict[str, str] = {
    name: f"flow_cli.commands.{name.replace('-', '_')}"
    for name in (
        "validate",
        "test",
        "dry-run",
        "replay",
        "bench",
        "diff",
        "visualize",
        "explain",
        "rules",
        "format",
        "schema",
        "init",
        "convert",
        "migrate",
        "components",
        "docs",
        "lsp",
    )
}
"""Every command and its module, in the order of ``flow --help``."""

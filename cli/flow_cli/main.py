"""The entry point: finds the command, runs it, and turns every way it can end into an exit code."""

import gc
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from flow_cli.commands import COMMANDS
from flow_cli.errors import INTERNAL, UNUSABLE, UserError
from flow_cli.options import examples
from flow_cli.terminal import complain


class LazyGroup(TyperGroup):
    """A group that imports the module of a command when the command is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands, in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None; asked for help, also those not yet imported."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command = get_command(import_module(COMMANDS[cmd_name]).app)
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the arguments begin with; an unknown one gets a "did you mean"."""
        if self.suggest_commands and args[0] not in COMMANDS:
            self.commands = {name: self.get_command(ctx, name) for name in COMMANDS}
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=LazyGroup,
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "flow init my-pipeline",
        "flow validate",
        "flow explain FL203",
        "flow COMMAND --help",
        then="Exit codes: 0 clean, 1 findings, 2 unusable input, settings or command line,\n"
        "3 a defect of Flow itself.",
    ),
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001  # typer calls it so
    if wanted:
        from importlib.metadata import version

        typer.echo(f"flow {version('flow-pipelines')}")
        raise typer.Exit


@app.callback()
def flow(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of a defect of Flow itself.")
    ] = False,
) -> None:
    """Check, format and explore typed pipelines written in YAML or JSON."""


def collect_less() -> None:
    """Let the garbage collector look for cycles less often: a command is short, its trees large.

    On a pipeline of 100,000 steps the default thresholds cost more time than the check itself.
    """
    gc.set_threshold(200_000, 50, 100)


def main() -> None:
    """Run the command that ``sys.argv`` names, and exit."""
    collect_less()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A name or text that the terminal's encoding lacks is shown as an escape.
            stream.reconfigure(errors="backslashreplace")
    try:
        get_command(app)(prog_name="flow")
    except UserError as error:
        complain(error.message, error.help)
        sys.exit(UNUSABLE)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        complain(
            f"Flow itself failed: {type(error).__name__}: {error}",
            "this is a defect; please report it, with what `flow --debug …` says, "
            "to the project's issue tracker",
        )
        sys.exit(INTERNAL)

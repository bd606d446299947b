"""`flow validate`: say what is wrong with pipelines, without running anything."""

from typing import TYPE_CHECKING, Annotated

import typer

from flow_cli.errors import UserError
from flow_cli.files import STDIN
from flow_cli.options import (
    ColorOption,
    PathsArgument,
    StdinFilenameOption,
    examples,
    new_app,
)
from flow_cli.reporters import Format

if TYPE_CHECKING:
    from flow_cli.validation import Request

app = new_app()


@app.command(
    epilog=examples(
        "flow validate",
        "flow validate flows/ order.flow.yaml",
        "flow validate --fix --diff",
        "flow validate --select FL2,FL3 --ignore unused-step",
        "flow validate --format sarif --output-file flow.sarif",
        "flow validate - --stdin-filename order.flow.yaml < order.flow.yaml",
        then="RULE is a code (FL203), the beginning of codes (FL2), a name, or `all`.\n"
        "\n\b\n"
        "Exit codes: 0 clean, 1 findings (errors; with --strict warnings too; never infos\n"
        "or hints), 2 unusable input, settings or command line, 3 a defect of Flow.",
    )
)
def validate(  # noqa: PLR0913  # each is an option
    paths: PathsArgument = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail too.")] = False,
    select: Annotated[
        list[str] | None, typer.Option(metavar="RULE,…", help="Run these rules and no others.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="RULE,…", help="Do not run these rules.")
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Apply the fixes that are certain, in place.")
    ] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="Apply also those that may change the meaning.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what fixing would change, and write nothing.")
    ] = False,
    format_: Annotated[Format, typer.Option("--format", help="How to report.")] = "text",
    output_file: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the report to a file.")
    ] = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Count findings by rule instead of showing them.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever a file changes.")
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither use nor fill `.flow_cache`.")
    ] = False,
    stdin_filename: StdinFilenameOption = "stdin.flow.yaml",
    color: ColorOption = "auto",
) -> None:
    """Say what is wrong with pipelines, without running anything.

    Checks Flow files (`*.flow.yaml`, `*.flow.json`, `*.flowtest.yaml`), those below folders too;
    without any PATH all of the current project.
    """
    from flow_cli.checking import Options
    from flow_cli.selection import rule_words
    from flow_cli.validation import Request
    from flow_cli.validation import validate as run

    if statistics and format_ != "text":
        raise UserError(f"`--statistics` is a text report, not `{format_}`", "drop one of them")
    request = Request(
        paths=tuple(paths or ()),
        options=Options(
            select=rule_words(select, "--select"),
            ignore=rule_words(ignore, "--ignore"),
            cache=not no_cache,
        ),
        format="statistics" if statistics else format_,
        strict=strict,
        fix=("safe", "unsafe") if unsafe_fixes else ("safe",) if fix or diff else (),
        diff=diff,
        output=output_file,
        color=color,
        stdin_filename=stdin_filename,
    )
    if watch and STDIN in request.paths:
        raise UserError("standard input cannot be watched", "give files or folders")
    if watch:
        _watch(request)
    raise typer.Exit(run(request))


def _watch(request: "Request") -> None:
    from flow_cli.validation import validate as run
    from flow_cli.validation import watched_files
    from flow_cli.watching import watch_command

    watch_command(lambda: run(request), lambda: watched_files(request.paths))

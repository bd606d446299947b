"""`flow diff`: a review by meaning."""

from typing import Annotated

import typer

from flow_cli.options import ColorOption, FailOn, ReviewFormat, examples, new_app

app = new_app()


@app.command(
    epilog=examples(
        "flow diff old.flow.yaml new.flow.yaml",
        "flow diff release/ flows/",
        "flow diff HEAD~3:flows/order.flow.yaml flows/order.flow.yaml",
        "flow diff --since main",
        "flow diff --since main flows/ --fail-on breaking --format github",
        then="Order, quoting, comments and defaults that are written out are no differences.\n"
        "\n\b\n"
        "Exit codes: 0 the same, 1 different (with --fail-on: by a change of that class or a\n"
        "graver one), 2 unusable input or command line, 3 a defect of Flow.",
    )
)
def diff(  # noqa: PLR0913  # each is an option
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[OLD NEW]...",
            help="Two files, folders or `REV:PATH`; with --since any number of paths.",
            show_default=False,
        ),
    ] = None,
    *,
    since: Annotated[
        str | None, typer.Option(metavar="REV", help="Compare with this revision of git.")
    ] = None,
    format_: Annotated[ReviewFormat, typer.Option("--format", help="How to report.")] = "text",
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Which changes exit with 1.")
    ] = "any",
    simulate: Annotated[
        bool, typer.Option("--simulate/--no-simulate", help="Simulate both versions.")
    ] = True,
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
    color: ColorOption = "auto",
) -> None:
    """Say what a change means: for callers, for runs, for time and cost.

    Steps, ports, types, conditions and resilience are compared, not lines. Each change is breaking
    for callers, changes behaviour, or is cosmetic, and says why.
    """
    from flow_cli.reviewing import Request
    from flow_cli.reviewing import diff as run

    request = Request(
        paths=tuple(paths or ()),
        since=since,
        format=format_,
        fail_on=fail_on,
        simulate=simulate,
        output=output,
        color=color,
    )
    raise typer.Exit(run(request))

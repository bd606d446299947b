"""`flow dry-run`: what a pipeline would do, without doing it."""

from typing import TYPE_CHECKING, Annotated

import typer

from flow_cli.errors import UserError
from flow_cli.options import ColorOption, RunFormat, duration_option, examples, new_app

if TYPE_CHECKING:
    from flow_cli.dry_run import Request

app = new_app()


@app.command(
    epilog=examples(
        "flow dry-run order.flow.yaml",
        "flow dry-run order.flow.yaml --input region=eu --input order=@order.json",
        "flow dry-run order.flow.yaml --scenario 'tests/order.flowtest.yaml::a declined card'",
        "flow dry-run order.flow.yaml --samples 1000",
        "flow dry-run order.flow.yaml --explore",
        "flow dry-run nightly.flow.yaml --from 2026-01-01 --until 2027-01-01",
        "flow dry-run order.flow.yaml --max-duration 5m --max-cost 0.5",
        "flow dry-run order.flow.yaml --format json | jq .critical_path",
        then="What no input, mock or estimate says is only known after the run: conditions\n"
        "over it are taken to hold, and the report says so.\n"
        "\n\b\n"
        "Exit codes: 0 the run would succeed (with --scenario: it is as expected), 1 it would\n"
        "not, or the pipeline has errors, 2 unusable input or command line, 3 a defect of Flow,\n"
        "4 it would exceed --max-duration or --max-cost.",
    )
)
def dry_run(  # noqa: PLR0913  # each is an option
    pipeline: Annotated[str, typer.Argument(help="A pipeline's file.")],
    *,
    inputs: Annotated[
        list[str] | None,
        typer.Option(
            "--input",
            "-i",
            metavar="NAME=VALUE",
            help="An input; `@FILE` or `-` gives several, as JSON or YAML. May be repeated.",
        ),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option(metavar="FILE[::NAME]", help="Take inputs and mocks from a scenario."),
    ] = None,
    seed: Annotated[int | None, typer.Option(help="The seed of jitter and samples.")] = None,
    start: Annotated[
        str | None, typer.Option(metavar="TIME", help="When the run starts, in RFC 3339.")
    ] = None,
    show_data: Annotated[
        bool, typer.Option("--show-data", help="Show inputs and outputs, secrets aside.")
    ] = False,
    max_duration: Annotated[
        str | None, typer.Option(metavar="DURATION", help="How long the run may take: `5m`.")
    ] = None,
    max_cost: Annotated[float | None, typer.Option(help="What the run may cost.")] = None,
    format_: Annotated[RunFormat, typer.Option("--format", help="How to report.")] = "text",
    samples: Annotated[
        int | None,
        typer.Option(min=1, help="Simulate so many runs with drawn durations and failures."),
    ] = None,
    explore: Annotated[
        bool,
        typer.Option("--explore", help="Walk every outcome that conditions and errors allow."),
    ] = False,
    max_states: Annotated[
        int, typer.Option(min=1, help="How many situations --explore looks at.")
    ] = 20_000,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="Step the schedule from this day or time on…"),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="… to this one (a year without it).")
    ] = None,
    history: Annotated[
        str | None,
        typer.Option(metavar="TRACE", help="Let attempts do what they did in a recorded run."),
    ] = None,
    trace: Annotated[
        str | None, typer.Option(metavar="FILE", help="Record the run, for `flow replay`.")
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Simulate again whenever a file changes.")
    ] = False,
    color: ColorOption = "auto",
) -> None:
    """Show what a pipeline would do, without any effect and without waiting.

    Retries, timeouts, branches, parallel steps, compensation, duration and cost are simulated in
    virtual time by the kernel that also runs pipelines. No code of a component is imported.
    """
    from flow_cli.dry_run import Request
    from flow_cli.dry_run import dry_run as run

    if max_cost is not None and not 0 <= max_cost < float("inf"):
        raise UserError(f"`--max-cost` is no cost: {max_cost}", "write a number such as `0.5`")
    request = Request(
        path=pipeline,
        inputs=tuple(inputs or ()),
        scenario=scenario,
        seed=seed,
        start=start,
        show_data=show_data,
        max_duration=duration_option(max_duration),
        max_cost=max_cost,
        format=format_,
        trace=trace,
        color=color,
        samples=samples,
        explore=max_states if explore else None,
        period=(from_, until) if from_ or until else None,
        history=history,
    )
    if watch:
        _watch(request)
    raise typer.Exit(run(request))


def _watch(request: "Request") -> None:
    from flow_cli.dry_run import dry_run as run
    from flow_cli.validation import watched_files
    from flow_cli.watching import watch_command

    watch_command(lambda: run(request), lambda: watched_files((request.path,)))

"""`flow bench`: what Flow itself takes for a pipeline."""

from typing import Annotated, Literal

import typer

from flow_cli.errors import UserError
from flow_cli.options import duration_option, examples, new_app

app = new_app()


@app.command(
    epilog=examples(
        "flow bench order.flow.yaml",
        "flow bench order.flow.yaml --scenario 'tests/order.flowtest.yaml::a declined card'",
        "flow bench order.flow.yaml --against main:order.flow.yaml --max-ratio 1.2",
        "flow bench order.flow.yaml --save before.json",
        "flow bench order.flow.yaml --against before.json --format markdown",
        "flow bench order.flow.yaml --max-cpu 50ms",
        then="Two versions are measured in turn in the same rounds. With a saved file, times are\n"
        "compared in terms of a fixed piece of work that is measured beside them.\n"
        "\n\b\n"
        "Exit codes: 0 measured, 1 the pipeline has errors, 2 unusable input or command line,\n"
        "3 a defect of Flow, 4 over --max-cpu in every round, or over --max-ratio with a\n"
        "confidence of 95 in 100.",
    )
)
def bench(  # noqa: PLR0913  # each is an option
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
    rounds: Annotated[int, typer.Option(min=1, help="How often each figure is measured.")] = 20,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|REV:PATH",
            help="Compare with a file, one of a git revision, or saved figures.",
        ),
    ] = None,
    save: Annotated[
        str | None, typer.Option(metavar="FILE", help="Keep the figures, for `--against`.")
    ] = None,
    max_ratio: Annotated[
        float | None,
        typer.Option(help="How many times the other version's time and size are allowed."),
    ] = None,
    max_cpu: Annotated[
        str | None, typer.Option(metavar="DURATION", help="CPU time that a run may take: `50ms`.")
    ] = None,
    format_: Annotated[
        Literal["text", "json", "markdown"], typer.Option("--format", help="How to report.")
    ] = "text",
) -> None:
    """Measure the time and memory that Flow itself takes for a pipeline.

    Reading and checking, planning, and simulating a run, without what the steps do: CPU time of
    this process, and bytes.
    """
    from flow_cli.benching import Request
    from flow_cli.benching import bench as run

    if max_ratio is not None and not 0 < max_ratio < float("inf"):
        raise UserError(f"`--max-ratio` is no ratio: {max_ratio}", "write a number such as `1.2`")
    request = Request(
        path=pipeline,
        inputs=tuple(inputs or ()),
        scenario=scenario,
        rounds=rounds,
        against=against,
        save=save,
        max_ratio=max_ratio,
        max_cpu=duration_option(max_cpu),
        format=format_,
    )
    raise typer.Exit(run(request))

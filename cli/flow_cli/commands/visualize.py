"""`flow visualize`: a pipeline as a picture."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flow_cli.options import examples, new_app

if TYPE_CHECKING:
    from flow_cli.visualizing import Request

app = new_app()


@app.command(
    epilog=examples(
        "flow visualize order.flow.yaml --output order.svg",
        "flow visualize order.flow.yaml --format ascii",
        "flow visualize order.flow.yaml --focus charge --depth 2 -o charge.svg",
        "flow visualize order.flow.yaml --overlay dry-run --direction LR -o run.svg",
        "flow visualize order.flow.yaml --overlay run --trace run.jsonl -o run.svg",
        "flow visualize order.flow.yaml --timeline -o gantt.svg",
        "flow visualize order.flow.yaml --format dot | dot -Tpdf > order.pdf",
        then="The format is that of --output's name, else SVG. A pipeline with errors is drawn\n"
        "too, and what is broken is marked.\n"
        "\n\b\n"
        "Exit codes: 0 drawn, 1 the pipeline cannot be run as --overlay or --timeline asks,\n"
        "2 unusable input or command line, 3 a defect of Flow.",
    )
)
def visualize(  # noqa: PLR0913  # each is an option
    pipeline: Annotated[str, typer.Argument(help="A pipeline's file.")],
    *,
    format_: Annotated[
        Literal["svg", "png", "pdf", "html", "dot", "mermaid", "json", "ascii"] | None,
        typer.Option("--format", help="What to make of it.", show_default=False),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")
    ] = None,
    theme: Annotated[
        Literal["light", "dark", "print", "colour-blind"], typer.Option(help="The colours.")
    ] = "light",
    direction: Annotated[
        Literal["TB", "LR"], typer.Option(help="From top to bottom, or from left to right.")
    ] = "TB",
    layout: Annotated[
        Literal["layered", "force", "circular", "grid", "dot"],
        typer.Option(help="How boxes are placed; `dot` asks Graphviz, if it is there."),
    ] = "layered",
    ports: Annotated[
        bool, typer.Option("--ports", help="Show the inputs and outputs of steps.")
    ] = False,
    collapse: Annotated[
        bool, typer.Option("--collapse", help="Close groups and sub-pipelines.")
    ] = False,
    focus: Annotated[
        str | None,
        typer.Option(metavar="STEP", help="Show a step and what is near it: `onboard/screen`."),
    ] = None,
    depth: Annotated[
        int, typer.Option(min=0, help="How many arrows around --focus are shown.")
    ] = 1,
    filter_: Annotated[
        list[str] | None,
        typer.Option(
            "--filter",
            metavar="KEY:VALUE",
            help="Show only some steps: `tag:`, `kind:` or `status:`. May be repeated.",
        ),
    ] = None,
    overlay: Annotated[
        Literal["dry-run", "run", "diff", "findings", "coverage"] | None,
        typer.Option(help="Paint a run, a comparison, all findings or coverage on it."),
    ] = None,
    inputs: Annotated[
        list[str] | None,
        typer.Option(
            "--input", "-i", metavar="NAME=VALUE", help="An input of the run to be painted."
        ),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option(metavar="FILE[::NAME]", help="Take inputs and mocks from a scenario."),
    ] = None,
    trace: Annotated[
        str | None, typer.Option(metavar="TRACE", help="The recorded run of --overlay run.")
    ] = None,
    against: Annotated[
        str | None, typer.Option(metavar="FILE", help="The older pipeline of --overlay diff.")
    ] = None,
    coverage: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="The coverage of --overlay coverage, as JSON."),
    ] = None,
    timeline: Annotated[
        bool, typer.Option("--timeline", help="Draw the run as a Gantt chart.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Draw again whenever a file changes.")
    ] = False,
) -> None:
    """Draw a pipeline: steps, what waits for what, conditions, handlers and sub-pipelines.

    The same pipeline gives the same bytes. Nothing is run, and no component is imported.
    """
    from flow_cli.visualizing import Request
    from flow_cli.visualizing import visualize as run

    request = Request(
        path=pipeline,
        format=format_,
        output=output,
        theme=theme,
        direction=direction,
        layout=layout,
        ports=ports,
        collapse=collapse,
        focus=focus,
        depth=depth,
        filters=tuple(filter_ or ()),
        overlay=overlay,
        inputs=tuple(inputs or ()),
        scenario=scenario,
        trace=trace,
        against=against,
        coverage=coverage,
        timeline=timeline,
    )
    if watch:
        _watch(request)
    raise typer.Exit(run(request))


def _watch(request: "Request") -> None:
    from flow_cli.validation import watched_files
    from flow_cli.visualizing import visualize as run
    from flow_cli.watching import watch_command

    watch_command(lambda: run(request), lambda: watched_files((request.path,)))

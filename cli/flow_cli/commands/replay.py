"""`flow replay`: step through a run that was recorded."""

from typing import Annotated, Literal

import typer

from flow_cli.options import ColorOption, duration_option, examples, new_app

app = new_app()


@app.command(
    epilog=examples(
        "flow dry-run order.flow.yaml --trace run.jsonl",
        "flow replay run.jsonl",
        "flow replay run.jsonl --until 30s",
        "flow replay run.jsonl --step",
        "flow replay before.jsonl --diff after.jsonl",
        then="Exit codes: 0 replayed (with --diff: the same), 1 with --diff: they part,\n"
        "2 unusable input, or a trace of another pipeline, 3 a defect of Flow.",
    )
)
def replay(  # noqa: PLR0913  # each is an option
    trace: Annotated[str, typer.Argument(help="A file that `flow dry-run --trace` wrote.")],
    *,
    pipeline: Annotated[
        str | None, typer.Option(metavar="FILE", help="The pipeline, if it lies elsewhere now.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DURATION", help="Stop at this time of the run.")
    ] = None,
    step: Annotated[
        bool, typer.Option("--step", help="Wait for a key after each instant.")
    ] = False,
    diff: Annotated[
        str | None, typer.Option(metavar="TRACE", help="Tell where another run parts from it.")
    ] = None,
    format_: Annotated[
        Literal["text", "json"], typer.Option("--format", help="How to report.")
    ] = "text",
    color: ColorOption = "auto",
) -> None:
    """Step through a recorded run: what happened at each instant, and the state after it.

    The kernel is given the recorded events again, and must do the same as it did then.
    """
    from flow_cli.replaying import Request, replay_trace

    request = Request(
        trace=trace,
        pipeline=pipeline,
        other=diff,
        until=duration_option(until),
        step=step,
        format=format_,
        color=color,
    )
    raise typer.Exit(replay_trace(request))

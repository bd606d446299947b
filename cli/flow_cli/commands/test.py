"""`flow test`: run the scenarios of pipelines, without any effect."""

from typing import Annotated

import typer

from flow_cli.errors import UserError
from flow_cli.options import ColorOption, TestFormat, examples, new_app

app = new_app()


@app.command(
    epilog=examples(
        "flow test",
        "flow test order.flow.yaml",
        "flow test tests/ -k 'card and not (hub or parcel)'",
        "flow test 'tests/order.flowtest.yaml::a declined card'",
        "flow test --watch -x",
        "flow test --format junit > results.xml",
        "flow test --update",
        "flow test --record run.jsonl --name 'a slow carrier'",
        "flow test --faults order.flow.yaml",
        "flow test --contracts --real 'shop.*'",
        then="-k chooses by what `FILE::NAME` contains, with `and`, `or`, `not` and brackets;\n"
        "words beside each other are one phrase.\n"
        "\n\b\n"
        "Exit codes: 0 all passed, 1 failures, 2 unusable input, or nothing to test,\n"
        "3 a defect of Flow.",
    )
)
def run_tests(  # noqa: PLR0913  # each is an option
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Scenario files, one scenario (FILE::NAME), folders, globs, or pipelines; "
            "by default the current project.",
            show_default=False,
        ),
    ] = None,
    *,
    select: Annotated[
        str,
        typer.Option(
            "-k", metavar="EXPR", help="Run only scenarios whose FILE::NAME contains this."
        ),
    ] = "",
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast", "-x", help="Stop at the first failure.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show the timeline of every run.")
    ] = False,
    list_: Annotated[
        bool, typer.Option("--list", help="Show the names of the scenarios, and run none.")
    ] = False,
    seed: Annotated[
        int | None, typer.Option(min=0, help="A seed in the place of those of the scenarios.")
    ] = None,
    jobs: Annotated[
        str, typer.Option(metavar="N", help="So many processes; `auto`: as many as pay.")
    ] = "auto",
    watch: Annotated[
        bool, typer.Option("--watch", help="After each change, run again what it may touch.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Let what was expected and not met become what is.")
    ] = False,
    record: Annotated[
        str | None,
        typer.Option(metavar="TRACE", help="Write a scenario of a run that was recorded."),
    ] = None,
    name: Annotated[
        str, typer.Option(metavar="NAME", help="With --record: the name of the scenario.")
    ] = "",
    into: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="With --record: the file to write or add to."),
    ] = None,
    faults: Annotated[
        bool,
        typer.Option("--faults", help="Let everything fail in pipelines, with no test written."),
    ] = False,
    depth: Annotated[
        int | None,
        typer.Option(
            min=0, max=4, help="With --faults: how many faults a run has at most (2 without it)."
        ),
    ] = None,
    max_runs: Annotated[
        int | None,
        typer.Option(
            min=1, help="With --faults: how many runs of a pipeline are made (2000 without it)."
        ),
    ] = None,
    save: Annotated[
        bool,
        typer.Option(
            "--save", help="With --faults: keep what each leads to, in `PIPELINE.sweep.json`."
        ),
    ] = False,
    against: Annotated[
        str,
        typer.Option(
            metavar="REV|FILE",
            help="With --faults: compare with a git revision, a saved sweep, another version.",
        ),
    ] = "",
    contracts: Annotated[
        bool,
        typer.Option("--contracts", help="Hold components to their ports, with no test written."),
    ] = False,
    real: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATTERN",
            help="With --contracts: components that may be imported and called (`shop.*`); "
            "several times.",
        ),
    ] = None,
    timeout: Annotated[
        str | None,
        typer.Option(
            metavar="DURATION", help="With --contracts: how long a call may take (5s without it)."
        ),
    ] = None,
    cov: Annotated[
        bool, typer.Option("--cov", help="Measure what the scenarios cover of all pipelines.")
    ] = False,
    cov_only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT", help="Measure only kinds (`transitions,branches`) or pipelines (paths)."
        ),
    ] = None,
    cov_report: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT[:PATH]",
            help="term, term-missing, html, xml (Cobertura), lcov or json; several times.",
        ),
    ] = None,
    cov_fail_under: Annotated[
        float | None, typer.Option(metavar="PERCENT", help="Fail if less is covered.")
    ] = None,
    format_: Annotated[TestFormat, typer.Option("--format", help="How to report.")] = "text",
    color: ColorOption = "auto",
) -> None:
    """Run the scenarios that test pipelines (`*.flowtest.yaml`), without any effect.

    Each is simulated in virtual time with its mocks, and held against what it expects. pytest runs
    the same files; this command needs no pytest.
    """
    covers = cov or bool(cov_only or cov_report) or cov_fail_under is not None
    ways = {"--list": list_, "--watch": watch, "--update": update, "--record": record is not None}
    ways |= {"--contracts": contracts, "--faults": faults, "--cov": covers}
    of_faults = {"--depth": depth is not None, "--max-runs": max_runs is not None}
    of_faults |= {"--save": save, "--against": bool(against)}
    of_contracts = {"--real": bool(real), "--timeout": timeout is not None}
    of_record = {"--name": bool(name), "--into": into is not None}
    parts = {"--contracts": of_contracts, "--faults": of_faults, "--record": of_record}
    _refuse_contradictions(ways, parts)
    of_scenarios = {"-k": bool(select), "--fail-fast": fail_fast, "--verbose": verbose}
    of_scenarios |= {"--seed": seed is not None, "--jobs": jobs != "auto"}
    _refuse_strangers(next((way for way in parts if ways[way]), ""), of_scenarios)
    named = tuple(paths or ())
    if contracts:
        from flow_cli import contracts as of_components

        asked = of_components.Request(named, tuple(real or ()), timeout or "5s", format_, color)
        raise typer.Exit(of_components.run_contracts(asked))
    if faults:
        from flow_cli import faults as of_pipelines

        most = max_runs or 2_000
        deep = 2 if depth is None else depth
        sweep = of_pipelines.Request(named, format_, deep, most, save, against, color)
        raise typer.Exit(of_pipelines.run_faults(sweep))
    if record is not None:
        from flow_cli import testing_record as of_runs

        raise typer.Exit(of_runs.record(of_runs.Request(record, named, name, into, color)))
    from flow_cli import testing

    coverage = None
    if covers:
        from flow_cli.testing_coverage import wanted_coverage

        coverage = wanted_coverage(cov_only or [], cov_report or [], cov_fail_under)
    request = testing.Request(
        paths=named,
        select=select,
        format=format_,
        jobs=_jobs(jobs),
        fail_fast=fail_fast,
        seed=seed,
        verbose=verbose,
        color=color,
        coverage=coverage,
        update=update,
    )
    if list_:
        raise typer.Exit(testing.list_tests(request))
    if watch:
        testing.watch(request)
    raise typer.Exit(testing.run_tests(request))


def _refuse_contradictions(ways: dict[str, bool], parts: dict[str, dict[str, bool]]) -> None:
    """Each way of testing is one command, and has options of its own.

    Raises:
        UserError: two ways are asked for, or one that an option is about is not.
    """
    chosen = [option for option, is_chosen in ways.items() if is_chosen]
    if len(chosen) > 1:
        raise UserError(f"`{chosen[0]}` and `{chosen[1]}` are two tasks", "ask for one of them")
    for way, options in parts.items():
        for option, is_given in options.items():
            if is_given and not ways[way]:
                raise UserError(f"`{option}` is an option of `{way}`", f"add `{way}`")


def _refuse_strangers(way: str, options: dict[str, bool]) -> None:
    """Options of running scenarios say nothing where none is run.

    Raises:
        UserError: such an option is given.
    """
    for option, is_given in options.items():
        if way and is_given:
            raise UserError(f"`{option}` is about scenarios, and `{way}` runs none", "leave it out")


def _jobs(text: str) -> int | None:
    """How many processes are asked for, None for as many as pay.

    Raises:
        UserError: it is no such number.
    """
    if text == "auto":
        return None
    if not text.isdecimal() or int(text) < 1:
        raise UserError(f"`--jobs {text}` is no number of processes", "write `2`, or `auto`")
    return int(text)

"""A judged pipeline as results of `flow test`: one case for each thing that was found."""

import time
from collections.abc import Callable, Iterator
from functools import cache

import msgspec

from flow_core.check import span_of
from flow_core.diagnostics import Diagnostic
from flow_core.module import Module
from flow_core.places import Place, Span
from flow_core.rules.pages import Page
from flow_core.simulate.codes import run_time_pages
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.fault_sweep import Case
from flow_core.simulate.run_text import render
from flow_core.suppress import Suppressions
from flow_core.types.show import count
from flow_testing.cases import CaseResult, FileResult, Order
from flow_testing.failures import findings_text
from flow_testing.keeping import scenario_text
from flow_testing.sweeps.differing import differences
from flow_testing.sweeps.evidence import Evidence, Flaw
from flow_testing.sweeps.judge import MOST_RUNS, Judged, judge
from flow_testing.sweeps.saved import SavedSweep

_KEEP = "to keep it as a scenario, say under `expect` what is to happen instead:"
_EXPECT = "\n    expect:\n"
_WRONG = f"{_EXPECT}      # this is what goes wrong: say here what is to happen instead\n"


class Wanted(msgspec.Struct, frozen=True):
    """How thoroughly to sweep: faults in one run at most, and runs of a pipeline at most."""

    depth: int = 2
    most: int = MOST_RUNS


def sweep_file(
    module: Module,
    order: Order,
    wanted: Wanted,
    saved: SavedSweep | None = None,
    tick: Callable[[], object] = lambda: None,
) -> tuple[FileResult, Evidence | None]:
    """Sweep a pipeline, hold it against a saved sweep if there is one, and tell what was found.

    The evidence is None where the pipeline has errors.
    """
    began = time.perf_counter()
    try:
        judged = judge(module, depth=wanted.depth, most=wanted.most, tick=tick)
    except SimulationError as error:
        return _refused(module, order, error), None
    flaws = list(judged.flaws)
    if saved is not None:
        flaws += _each_place_once(differences(judged.evidence, saved))
    found = [(flaw, diagnostic) for flaw in flaws if (diagnostic := _diagnostic(module, flaw))]
    seconds = time.perf_counter() - began
    cases = [_case(judged, flaw, diagnostic, order) for flaw, diagnostic in found]
    whole = CaseResult(_title(judged), _steps(module), seconds=seconds)
    return FileResult(module.file, (whole, *cases)), judged.evidence


def _title(judged: Judged) -> str:
    """``318 runs in 2 worlds``, and whether there would be more."""
    worlds = count(len(judged.evidence.trials), "world")
    more = "" if judged.evidence.is_complete else ", not all: raise `--max-runs`"
    return f"{count(judged.cases, 'run')} in {worlds}{more}"


def _each_place_once(flaws: Iterator[Flaw]) -> list[Flaw]:
    """One flaw for each place, which says how many there are."""
    found: dict[Place, list[Flaw]] = {}
    for flaw in flaws:
        found.setdefault(flaw.place, []).append(flaw)
    return [_counted(same) for same in found.values()]


def _counted(same: list[Flaw]) -> Flaw:
    first, more = same[0], len(same) - 1
    told = f"; and in {count(more, 'other run')}" if more else ""
    return msgspec.structs.replace(first, message=first.message + told)


def _diagnostic(module: Module, flaw: Flaw) -> Diagnostic | None:
    """The finding; None where a comment silences it."""
    home = module.project.module(flaw.place.file) or module
    rule = _pages()[flaw.code].rule
    span = span_of(home, flaw.place)
    found = Diagnostic(
        home.file, span, rule.code, rule.name, rule.severity, flaw.message, flaw.help
    )
    return None if Suppressions(home.document).covers(found) else found


@cache
def _pages() -> dict[str, Page]:
    return run_time_pages()


def _case(judged: Judged, flaw: Flaw, found: Diagnostic, order: Order) -> CaseResult:
    module = judged.evidence.module
    name = f"{found.name} ({found.code})"
    told = findings_text((found,), module, order.base, order.paint)
    run = flaw.case.run if flaw.case else None
    return CaseResult(
        name,
        _steps(module),
        (found,),
        told,
        _shown(flaw.case, found.name, module, order) if flaw.case else "",
        run.status if run else "",
        run.elapsed if run else 0,
        run.cost if run else 0,
    )


def _shown(case: Case, name: str, module: Module, order: Order) -> str:
    """The timeline that shows a flaw, under what goes wrong in it; and the scenario of it."""
    if case.run is None:
        return ""
    timeline = f"the run in which {case.plan}:\n{render(case.run, paint=order.paint)}"
    kept = scenario_text(case.run, f"{name}, {case.plan.id}", module).replace(_EXPECT, _WRONG)
    return f"{timeline}\n{_KEEP}\n{kept}" if kept else timeline


def _steps(module: Module) -> Span:
    return module.document.locate(Place(("steps",), "key"))


def _refused(module: Module, order: Order, error: SimulationError) -> FileResult:
    """The pipeline has errors, so nothing can be said of its faults."""
    from flow_core.simulate.blocking import blocking

    problems = tuple(blocking(module))
    if not problems:
        span = _steps(module)
        rule = _pages()["FL820"].rule
        problems = (
            Diagnostic(
                module.file,
                span,
                error.code or rule.code,
                "",
                rule.severity,
                error.message,
                error.help,
            ),
        )
    told = findings_text(problems, module, order.base, order.paint)
    return FileResult(module.file, (), problems, told)

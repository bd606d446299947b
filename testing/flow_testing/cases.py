"""Running the scenarios of files one after the other, with results that processes can exchange."""

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from flow_core.diagnostics import Diagnostic
from flow_core.places import Span
from flow_core.printable import Paint, plain
from flow_core.simulate.scenarios import ScenarioResult, Suite
from flow_core.simulate.updated import Update, update_of
from flow_testing.failures import findings_text, timeline_text
from flow_testing.recording import record

if TYPE_CHECKING:
    from flow_core.coverage import Coverage


class CaseResult(msgspec.Struct, frozen=True):
    """How a scenario went.

    ``failures`` are those of `ScenarioResult`, ``told`` is the same for people. ``status``,
    ``elapsed`` (microseconds of virtual time) and ``cost`` are those of the run, "" and 0 where
    there was none; ``timeline`` shows it. ``seconds`` of the real clock passed. ``update`` would
    make it pass, where that is asked for. ``not_run`` is why something was not tried at all.
    """

    name: str
    span: Span
    failures: tuple[Diagnostic, ...] = ()
    told: str = ""
    timeline: str = ""
    status: str = ""
    elapsed: int = 0
    cost: float = 0
    seconds: float = 0
    update: Update | None = None
    not_run: str = ""

    @property
    def passed(self) -> bool:
        """Whether it was tried and all went as expected."""
        return not self.failures and not self.not_run


class FileResult(msgspec.Struct, frozen=True):
    """How the scenarios of a file went; ``problems`` are why it has none, ``told`` for people.

    ``coverage`` is what they cover, where that is asked for.
    """

    file: str
    cases: tuple[CaseResult, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    told: str = ""
    depends_on: tuple[str, ...] = ()
    coverage: "Coverage | None" = None

    @property
    def failed(self) -> int:
        """How many scenarios failed; a file that has none is a failure too."""
        return sum(bool(case.failures) for case in self.cases) + bool(self.problems)


class Order(msgspec.Struct, frozen=True):
    """How scenarios are run.

    Names of files are shown from the folder ``base``. ``seed`` takes the place of those of the
    scenarios. ``timelines`` are wanted of all runs, else of those that went wrong. ``updates`` are
    what would make those pass that do not.
    """

    base: str
    paint: Paint = plain
    seed: int | None = None
    timelines: bool = False
    fail_fast: bool = False
    updates: bool = False


def run_file(suite: Suite, order: Order, names: Iterable[str]) -> FileResult:
    """Run the scenarios of a file that have these names."""
    if suite.problems:
        told = findings_text(suite.problems, suite.module, order.base, order.paint)
        return FileResult(suite.module.file, (), suite.problems, told)
    cases: list[CaseResult] = []
    for name in names:
        cases.append(_run(suite, name, order))
        if order.fail_fast and not cases[-1].passed:
            break
    return FileResult(suite.module.file, tuple(cases))


def _run(suite: Suite, name: str, order: Order) -> CaseResult:
    began = time.perf_counter()
    result = suite.run(name, seed=order.seed, watch=record)
    seconds = time.perf_counter() - began
    run = result.run
    return CaseResult(
        name,
        result.scenario.span,
        result.failures,
        findings_text(result.failures, suite.module, order.base, order.paint),
        _timeline(result, order),
        run.status if run else "",
        run.elapsed if run else 0,
        run.cost if run else 0,
        seconds,
        update_of(result, suite.module) if order.updates else None,
    )


def _timeline(result: ScenarioResult, order: Order) -> str:
    shown = result.run is not None and (order.timelines or not result.passed)
    return timeline_text(result, order.paint) if shown else ""

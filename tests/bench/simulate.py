"""Dry runs: attempts a second, a year of a schedule, cost and memory by size; run me.

    python tests/bench/simulate.py

The figures are CPU time of this process. Beside them stands what simpy, a simulation library
without types, expressions or journal, takes for as many bare timeouts in the same run, if it is
installed; compare the ratios, not the seconds.
"""

import gc
import time
import tracemalloc
from datetime import UTC, datetime
from importlib.util import find_spec

from flow_core.builder import Pipeline
from flow_core.kernel import Kernel
from flow_core.kernel.events import Failed, Start, Succeeded
from flow_core.model.pipeline import Schedule
from flow_core.plan.build import make_plan
from flow_core.plan.plan import Leaf, PipelinePlan
from flow_core.simulate import simulate
from flow_core.simulate.calendar import plan_runs
from flow_core.simulate.outcomes import Result

WORK = {
    "inputs": {"n": "integer"},
    "outputs": {"m": "integer"},
    "errors": {"Broken": "it did not work"},
    "run": {"shell": ["work"]},
}
ELEMENTS = 20_000


def main() -> None:
    """Print each budget with what was measured."""
    gc.set_threshold(200_000, 50, 100)
    _attempts()
    _year()
    _sizes()


def _seconds(start: float) -> float:
    return time.process_time() - start


# Attempts a second


def _attempts() -> None:
    print("step attempts a second (budget >= 100,000):")
    rates = [_rate(_retried(), 3 * ELEMENTS) for _ in range(3)]
    print(f"  a for_each whose elements need three attempts each: {max(rates):,.0f}")
    if find_spec("simpy"):
        peer = max(_simpy_rate(3 * ELEMENTS) for _ in range(3))
        print(f"  simpy, one bare timeout each: {peer:,.0f} (flow / simpy {max(rates) / peer:.2f})")


def _retried() -> PipelinePlan:
    made = Pipeline("retried", components={"work": WORK}, inputs={"items": "list<integer>"})
    made.step(
        "work",
        for_each="${{ inputs.items }}",
        uses="work",
        with_={"n": "${{ item + 1 }}"},
        retry={"max_attempts": 3, "delay": "1s"},
    )
    return make_plan(made.module())


def _third_time(start: Start, _leaf: Leaf, _kernel: Kernel) -> Result:
    """Every third attempt succeeds."""
    ends = Succeeded(start.id, {"m": 1}) if start.attempt == 3 else Failed(start.id, "Broken")
    return Result(1_000, ends)


def _rate(plan: PipelinePlan, attempts: int) -> float:
    start = time.process_time()
    run = simulate(plan, {"items": list(range(ELEMENTS))}, source=_third_time)
    spent = _seconds(start)
    if run.outcome is None or run.outcome.attempts != attempts:
        raise RuntimeError(f"expected {attempts} attempts: {run.outcome}")
    return attempts / spent


def _simpy_rate(timeouts: int) -> float:
    import simpy

    environment = simpy.Environment()

    def work() -> object:
        for _ in range(3):
            yield environment.timeout(1)

    start = time.process_time()
    for _ in range(timeouts // 3):
        environment.process(work())
    environment.run()
    return timeouts / _seconds(start)


# A year of a schedule


def _year() -> None:
    entry = Schedule(cron="0 6 * * *", timezone="Europe/Berlin")
    first, last = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    spent: list[float] = []
    for _ in range(5):
        start = time.process_time()
        runs = list(plan_runs([entry], first, last, lambda _: 60_000_000))
        spent.append(_seconds(start))
    print(
        f"\na year of a daily schedule, {len(runs)} runs: {min(spent) * 1000:.1f} ms (budget < 20)"
    )


# Cost and memory by size


def _sizes() -> None:
    print("\na chain of steps, planned and simulated:")
    costs: list[float] = []
    for steps in (1_000, 10_000, 100_000):
        plan = make_plan(_chain(steps).module())
        start = time.process_time()
        run = simulate(plan)
        costs.append(_seconds(start) / steps * 1e6)
        if run.status != "succeeded":
            raise RuntimeError(f"the chain {run.status}")
        print(f"  {steps:>7,} steps: {costs[-1]:.0f} µs a step, {_memory(plan):,} bytes a step")
    print(f"  100,000 / 1,000 steps: {costs[-1] / costs[0]:.2f} (budget <= 1.30)")


def _chain(steps: int) -> Pipeline:
    made = Pipeline("chain")
    made.step("s0", uses="std.log", with_={"message": "0"})
    for number in range(1, steps):
        before = f"s{number - 1}"
        made.step(f"s{number}", depends_on=[before], uses="std.log", with_={"message": "x"})
    return made


def _memory(plan: PipelinePlan) -> int:
    """What the state of a run that is about to begin takes."""
    gc.collect()
    tracemalloc.start()
    kernel = Kernel(plan, {})
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return used // len(kernel.root.steps)


if __name__ == "__main__":
    main()

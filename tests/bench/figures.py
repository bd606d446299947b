"""Figures of what was measured, and how they are told."""

import statistics
from collections import defaultdict

from measure import Spent


def quantile(values: list[float], share: float) -> float:
    """The value that such a share of them does not exceed."""
    ordered = sorted(values)
    return ordered[round(share * (len(ordered) - 1))]


class Figures:
    """What was measured of one server and one size of file: seconds by name, amounts by name."""

    def __init__(self) -> None:
        self.spent: dict[str, list[Spent]] = defaultdict(list)
        self.amounts: dict[str, list[float]] = defaultdict(list)

    def add(self, name: str, cpu: float, wall: float) -> None:
        """Note seconds that something took."""
        self.spent[name].append(Spent(cpu, wall))

    def cpu(self, name: str, share: float = 0.5) -> float:
        """Milliseconds of CPU time."""
        return quantile([one.cpu for one in self.spent[name]], share) * 1000

    def wall(self, name: str, share: float = 0.5) -> float:
        """Milliseconds on the clock."""
        return quantile([one.wall for one in self.spent[name]], share) * 1000

    def amount(self, name: str) -> float:
        """The median of an amount."""
        return statistics.median(self.amounts[name])


def table(title: str, columns: dict[str, Figures]) -> None:
    """Print the figures of several servers side by side."""
    print(f"\n{title:28}" + "".join(f"{name:>40}" for name in columns))
    print(f"{'':28}" + f"{'CPU ms p50    p95   clock p50     p95':>40}" * len(columns))
    shown = list(columns.values())
    for name in shown[0].spent:
        print(f"{name:28}" + "".join(f"{_times(one, name):>40}" for one in shown))
    for name in shown[0].amounts:
        print(f"{name:28}" + "".join(f"{one.amount(name):>40.1f}" for one in shown))


def _times(one: Figures, name: str) -> str:
    cpu, wall = one.cpu, one.wall
    return f"{cpu(name):10.1f} {cpu(name, 0.95):6.1f} {wall(name):11.1f} {wall(name, 0.95):7.1f}"


def ratio(what: str, first: float, second: float, most: float | None = None) -> None:
    """Print a ratio, and the most that it may be."""
    _judged(what, first / second, most, "{:.3f}")


def limit(what: str, value: float, most: float) -> None:
    """Print a figure, and the most that it may be."""
    _judged(what, value, most, "{:.1f}")


def _judged(what: str, value: float, most: float | None, form: str) -> None:
    budget = "none" if most is None else "<= " + form.format(most)
    verdict = "   OVER BUDGET" if most is not None and value > most else ""
    print(f"  {what}: {form.format(value)} (budget {budget}){verdict}")

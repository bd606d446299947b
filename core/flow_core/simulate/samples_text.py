"""What many runs came to, for people: percentiles, and a histogram of the duration."""

from collections.abc import Callable, Iterator

from flow_core.clock import clock
from flow_core.simulate.samples import Distribution, Samples
from flow_core.types.show import count

_BARS = 8
_WIDTH = 32


def render(samples: Samples) -> str:
    """The whole summary."""
    return "".join(f"{line}\n" for line in _lines(samples))


def _lines(samples: Samples) -> Iterator[str]:
    last = samples.seed + samples.count - 1
    seeds = f"seed {last}" if samples.count == 1 else f"seeds {samples.seed} to {last}"
    failed = samples.count - samples.statuses.count("succeeded")
    told = f"{failed:,} did not succeed" if failed else "all succeeded"
    yield f"{count(samples.count, 'run')}, {seeds}: {told}"
    yield f"duration: {percentiles(samples.durations, clock, samples.longest)}"
    yield from (f"  {line}" for line in histogram(samples.durations, clock))
    if samples.costs.most:
        yield f"cost: {percentiles(samples.costs, _amount, samples.dearest)}"


def percentiles(
    found: Distribution, show: Callable[[float], str] = clock, seed: int | None = None
) -> str:
    """The percentiles of a figure in a line; ``seed`` is that of the run that took the most."""
    if found.least == found.most:
        return f"always {show(found.most)}"
    parts = [f"p{percent} {show(found.at(percent))}" for percent in (50, 90, 95, 99)]
    worst = "" if seed is None else f" (seed {seed})"
    return ", ".join([*parts, f"most {show(found.most)}{worst}"])


def histogram(found: Distribution, show: Callable[[float], str] = clock) -> list[str]:
    """Bars for equal parts of the way from the least to the most, with how many runs are there."""
    least, width = found.least, (found.most - found.least) / _BARS
    if not width:
        return []
    counts = [0] * _BARS
    for value in found.values:
        counts[min(int((value - least) / width), _BARS - 1)] += 1
    edges = [show(least + width * (number + 1)) for number in range(_BARS)]
    room, most = max(map(len, edges)), max(counts)
    return [
        f"to {edge:>{room}}  {_bar(number / most):{_WIDTH}}  {number:,}"
        for edge, number in zip(edges, counts, strict=True)
    ]


def _bar(share: float) -> str:
    """A bar; whoever is there at all has some of one."""
    eighths = max(round(share * _WIDTH * 8), 1 if share else 0)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


def _amount(value: float) -> str:
    return f"{value:.4g}"

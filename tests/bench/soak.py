"""The language server over a long time: run me; I tell whether anything grows.

    python tests/bench/soak.py [--minutes N] [--seed N]

Someone edits a copy of the examples and a long file without rest: types, deletes, pastes, breaks
and undoes, opens and closes, and asks for everything that the server can do. Each minute prints
what was done, how long requests took, and what the server and its worker have taken by then. In the
end a straight line is laid through the last two thirds of each figure; the exit code is 1 if one
grows, or if anything failed.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from client import Client
from editing import Person
from figures import quantile
from samples import pipeline

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
LONG = 3_000
BETWEEN = 0.02
"""Seconds between two things that are done."""
_TOLERATED = 0.05
"""The share of its mean by which a figure may have grown at the end."""


GROWING = "GROWING"
_BROKEN = ("background work failed", "could not handle")
"""How lines of the log begin that tell of what no answer told of."""


class Sample(NamedTuple):
    """What the server has taken, at the end of some seconds of editing."""

    server: float
    worker: float
    handles: int
    threads: int
    p50: float
    p95: float


UNITS = {
    "server": ("MB", 3.0),
    "worker": ("MB", 3.0),
    "handles": ("", 1.0),
    "threads": ("", 1.0),
    "p50": ("ms", 2.0),
    "p95": ("ms", 20.0),
}
"""Of each figure its unit, and how much growth is none whatever its mean."""


def main() -> None:
    """Edit for as long as was asked for, and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = _project(Path(folder, "project"))
        log = Path(folder, "log")
        with log.open("wb") as target:
            command = [sys.executable, "-m", "flow_lsp"]
            with Client(command, Path(folder, "project"), log=target) as client:
                client.initialize()
                person = Person(client, files, options.seed)
                samples = _edit(client, person, options.minutes * 60)
        fine = _judge(samples, person, log.read_text("utf-8", errors="replace"))
    sys.exit(not fine)


def _project(folder: Path) -> list[Path]:
    shutil.copytree(EXAMPLES, folder)
    (folder / "long.flow.yaml").write_text(pipeline(LONG), "utf-8")
    files = sorted([*folder.rglob("*.flow.*"), *folder.rglob("*.flowtest.*")])
    return [file for file in files if file.suffix in {".yaml", ".json"}]


def _edit(client: Client, person: Person, seconds: float) -> list[Sample]:
    """Samples in even distances, sixty of them or one each minute."""
    samples: list[Sample] = []
    distance = min(60.0, seconds / 60)
    start, acts = time.perf_counter(), 0
    print("minute    acts   requests p50    p95 ms   server  worker MB   handles  threads")
    while (now := time.perf_counter() - start) < seconds:
        person.act()
        client.rest(BETWEEN)
        acts += 1
        if now > (len(samples) + 1) * distance:
            samples.append(_sample(client, person))
            if now % 60 < distance:
                _show(now / 60, acts, samples[-1])
    client.idle(1)
    return samples


def _sample(client: Client, person: Person) -> Sample:
    server, *workers = client.tree.memories()
    seconds, person.seconds = person.seconds or [0], []
    p50, p95 = quantile(seconds, 0.5) * 1000, quantile(seconds, 0.95) * 1000
    tree = client.tree
    return Sample(server, sum(workers), tree.handles(), tree.threads(), p50, p95)


def _show(minute: float, acts: int, sample: Sample) -> None:
    print(
        f"{minute:6.1f} {acts:7} {sample.p50:14.1f} {sample.p95:9.1f} {sample.server:8.1f}"
        f" {sample.worker:10.1f} {sample.handles:9} {sample.threads:8}",
        flush=True,
    )


def _judge(samples: list[Sample], person: Person, log: str) -> bool:
    """Print what grows and what failed; whether nothing did."""
    print()
    verdicts = {name: _verdict(samples, name) for name in UNITS}
    fine = GROWING not in verdicts.values()
    for failure, times in person.failures.most_common(20):
        print(f"FAILED {times} times: {failure}")
    broken = [line for line in log.splitlines() if line.startswith(_BROKEN)]
    for line in broken[-20:]:
        print(f"FAILED: {line}")
    return fine and not person.failures and not broken


def _verdict(samples: list[Sample], name: str) -> str:
    """Whether a figure grows: on the whole, and from most samples to the next.

    One that did so only now and then has seen a task that takes more than those before.
    """
    unit, least = UNITS[name]
    figures = [float(getattr(sample, name)) for sample in samples[len(samples) // 3 :]]
    growth = statistics.linear_regression(range(len(figures)), figures).slope * len(figures)
    steady = statistics.median(b - a for a, b in pairwise(figures)) > 0
    grows = growth > max(least, statistics.fmean(figures) * _TOLERATED)
    verdict = ("flat", "higher than before, but not growing", GROWING)[grows + (grows and steady)]
    print(f"{name:8} {growth:+8.1f} {unit} over the last two thirds: {verdict}")
    return verdict


if __name__ == "__main__":
    main()

"""The report as LCOV tracefile, which `genhtml` and many services read."""

from collections.abc import Iterator

from flow_core.coverage import FileSum, LineHits, Sums, lines_of


def lcov_report(sums: Sums) -> str:
    """The tracefile: a record for each file, with its lines, steps as functions, and branches."""
    return "".join(f"{line}\n" for file in sums.files for line in _record(file))


def _record(file: FileSum) -> Iterator[str]:
    lines = lines_of(file.goals, file.hits)
    yield "TN:"
    yield f"SF:{file.name}"
    yield from _steps(file)
    for line in lines:
        yield from _branches(line)
    branches = [branch for line in lines for branch in line.branches]
    yield f"BRF:{len(branches)}"
    yield f"BRH:{sum(branch.hits > 0 for branch in branches)}"
    yield from (f"DA:{line.line},{line.hits}" for line in lines)
    yield f"LF:{len(lines)}"
    yield f"LH:{sum(line.hits > 0 for line in lines)}"
    yield "end_of_record"


def _steps(file: FileSum) -> Iterator[str]:
    """Steps are what is nearest to a function."""
    steps = [goal for goal in file.goals if goal.kind == "step"]
    yield from (f"FN:{goal.line},{goal.path}" for goal in steps)
    yield from (f"FNDA:{file.hits.get(goal.id, 0)},{goal.path}" for goal in steps)
    yield f"FNF:{len(steps)}"
    yield f"FNH:{sum(file.hits.get(goal.id, 0) > 0 for goal in steps)}"


def _branches(line: LineHits) -> Iterator[str]:
    """The ways of a line; `-` tells that nothing of it happened."""
    reached = line.hits or line.covered
    for number, branch in enumerate(line.branches):
        yield f"BRDA:{line.line},0,{number},{branch.hits if reached else '-'}"

"""Coverage of meaning: what the tests of a pipeline can cover, and what their runs have covered."""

from flow_core.coverage.data import Coverage, CoverageError, digest
from flow_core.coverage.facts import covered
from flow_core.coverage.goal import KINDS, Goal, Kind
from flow_core.coverage.goals import goals
from flow_core.coverage.lines import BranchHits, LineHits, coverage_lines, lines_of
from flow_core.coverage.sums import Count, FileSum, Sums, add_up

__all__ = [
    "KINDS",
    "BranchHits",
    "Count",
    "Coverage",
    "CoverageError",
    "FileSum",
    "Goal",
    "Kind",
    "LineHits",
    "Sums",
    "add_up",
    "coverage_lines",
    "covered",
    "digest",
    "goals",
    "lines_of",
]

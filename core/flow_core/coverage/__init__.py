"""Coverage of meaning: what the tests of a pipeline can cover, and what their runs have covered."""

from flow_core.coverage.data import Coverage, coverage_of, digest
from flow_core.coverage.facts import covered
from flow_core.coverage.goal import KINDS, Goal, Kind
from flow_core.coverage.goals import goals
from flow_core.coverage.lines import BranchHits, LineHits, coverage_lines

__all__ = [
    "KINDS",
    "BranchHits",
    "Coverage",
    "Goal",
    "Kind",
    "LineHits",
    "coverage_lines",
    "coverage_of",
    "covered",
    "digest",
    "goals",
]

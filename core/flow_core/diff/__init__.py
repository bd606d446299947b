"""What changed from one version of a pipeline to another, by meaning."""

from flow_core.diff.change import IMPACTS, Change, Diff, Impact
from flow_core.diff.compare import compare

__all__ = ["IMPACTS", "Change", "Diff", "Impact", "compare"]

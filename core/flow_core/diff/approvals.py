"""Steps that people answer: who approves one sends the decision to its path."""

from flow_core.diff.tree import Tree
from flow_core.model import pipeline as m
from flow_core.model.walk import step_calls


def has_approval(tree: Tree | None) -> bool:
    """Whether a tree is that of a step that waits for an approval."""
    return tree is not None and isinstance(tree.raw, m.Step) and approves(tree.raw)


def approves(step: m.Step) -> bool:
    """Whether a step, or one in its groups, waits for an approval."""
    for info in step_calls(step):
        if isinstance(info.call, m.Uses) and info.call.target == "std.approval":
            return True
        if isinstance(info.call, m.Group) and any(map(approves, info.call.steps.values())):
            return True
    return False

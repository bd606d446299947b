"""Which steps have their `timeout` or `retry` from the file's `defaults`."""

from typing import TYPE_CHECKING

from flow_core.diff.names import Names
from flow_core.diff.step_tree import StepTrees

if TYPE_CHECKING:
    from flow_core.module import Module


def inheriting(module: "Module", key: str) -> tuple[str, ...]:
    """The names of the steps for which a default is in force."""
    trees = StepTrees(module, Names())
    return tuple(name for name, info in module.steps.items() if trees.inherits(info.step, key))

"""The references of expressions as texts to be written anew."""

from msgspec.structs import replace

from flow_core.analysis.uses import Mention
from flow_core.diagnostics import Edit
from flow_core.fields import fields, text
from flow_core.model.pipeline import Step
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.syntax.nodes import Sequence

_QUOTES = "'\""


def head(module: Module, mention: Mention, count: int) -> Place:
    """Where the first names of a reference stand, with the brackets around the last of them."""
    last = mention.name(count - 1)
    source = text(module.document.get(last.path))
    end = last.end
    if source[last.start - 1 : last.start] in _QUOTES and last.start:
        bracket = source.find("]", end)
        end = bracket + 1 if bracket >= 0 else end
    return replace(mention.place, end=end)


def rewritten(module: Module, mention: Mention, count: int, new: str) -> Edit | None:
    """The edit that writes something else for the first names; None where that is no change."""
    span = module.document.locate(head(module, mention, count))
    if module.document.text[span.start : span.end] == new:
        return None
    return Edit(module.file, span, new)


def waits(module: Module, step: Step) -> list[tuple[Path, str]]:
    """The entries of a step's `depends_on`: the path of each, and the step that it names."""
    path = (*step.path, "depends_on")
    node = module.document.get(path)
    if isinstance(node, Sequence):
        return [((*path, index), text(item)) for index, item in enumerate(node.values)]
    return [((*path, name), name) for name in fields(node)]

"""The references of expressions as texts to be written anew."""

from msgspec.structs import replace

from flow_core.analysis.uses import Mention
from flow_core.diagnostics import Edit
from flow_core.fields import text
from flow_core.module import Module
from flow_core.places import Place, Span

_QUOTES = "'\""


def head(module: Module, mention: Mention, count: int) -> Place:
    """Where the first names of a reference stand: of ``steps['a'].outputs`` two are ``steps['a']``."""
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


def within(span: Span, outer: Span) -> bool:
    """Whether a range lies inside of another."""
    return outer.start <= span.start and span.end <= outer.end

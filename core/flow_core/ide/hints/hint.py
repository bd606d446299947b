"""What a hint is, and where it stands."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

import msgspec

from flow_core.diagnostics import Edit, Patch
from flow_core.module import Module
from flow_core.places import Path, Place, Span
from flow_core.syntax.patch import apply_patches

HintKind: TypeAlias = Literal["types", "defaults", "times"]


class Hint(msgspec.Struct, frozen=True):
    """A label beside the text, a tooltip in Markdown, and the edits that write what it says."""

    offset: int
    label: str
    kind: HintKind
    tooltip: str = ""
    edits: tuple[Edit, ...] = ()


def behind(module: Module, path: Path) -> int:
    """The offset behind the value at a path, or behind its key's colon where lines follow it."""
    document = module.document
    key, value = document.locate(Place(path, "key")), document.locate(Place(path))
    if "\n" in document.text[key.end : value.end] or value.end <= key.end:
        return key.end + 1
    return value.end


def is_in(module: Module, path: Path, span: Span) -> bool:
    """Whether the entry at a path touches a range."""
    entry = module.document.locate(Place(path, "entry"))
    return entry.start <= span.end and span.start <= entry.end


def edits_of(module: Module, patches: Iterable[Patch]) -> tuple[Edit, ...]:
    """The edits of patches; none where the text as it is does not allow them."""
    try:
        return apply_patches(module.document, patches)
    except ValueError:
        return ()

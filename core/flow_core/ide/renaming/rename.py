"""Giving another name to what the cursor is on, wherever it is used, or saying why that can't be.

A name is changed only if afterwards every name still stands for what it stood for before.
"""

import msgspec

from flow_core.diagnostics import Edit
from flow_core.ide.cursor import Cursor
from flow_core.ide.occurrences import Found, found_at
from flow_core.ide.references import Search, Use, uses_of
from flow_core.ide.renaming.meaning import changed_meaning
from flow_core.ide.renaming.refusals import (
    refused_everywhere,
    refused_name,
    refused_symbol,
    refused_word,
)
from flow_core.places import Span


class Refusal(msgspec.Struct, frozen=True):
    """Why something is not renamed, in a sentence without a final stop."""

    reason: str


class Renameable(msgspec.Struct, frozen=True):
    """What would be renamed: the range of its name, and the name."""

    span: Span
    name: str


def prepare_rename(cursor: Cursor) -> Renameable | Refusal | None:
    """What would be renamed at the cursor, as far as a look at its file tells; None for nothing."""
    found = found_at(cursor)
    if found is None:
        return None
    reason = refused_symbol(cursor.module, found)
    return Refusal(reason) if reason else Renameable(found.span, found.symbols[0].name)


def rename(cursor: Cursor, search: Search, new: str) -> tuple[Edit, ...] | Refusal:
    """The edits that give what the cursor is on a new name in all files."""
    found = found_at(cursor)
    if found is None:
        return Refusal("there is nothing here that has a name of its own")
    if new == found.symbols[0].name:
        return ()
    reason = refused_symbol(cursor.module, found) or refused_word(found.symbols[0].kind, new)
    return Refusal(reason) if reason else _rename(cursor, found, new, search)


def _rename(cursor: Cursor, found: Found, new: str, search: Search) -> tuple[Edit, ...] | Refusal:
    uses = uses_of(cursor.module, found, search)
    reason = refused_everywhere(cursor.module, uses) or refused_name(cursor.module, uses, new)
    if reason:
        return Refusal(reason)
    edits = tuple(sorted({_edit(use, new) for use in uses.uses}))
    names = frozenset({found.symbols[0].name, new})
    modules = {module.file: module for name in names for module in search(name)}
    modules |= {use.module.file: use.module for use in uses.uses}
    reason = changed_meaning(modules.values(), edits, names)
    return Refusal(reason) if reason else edits


def _edit(use: Use, new: str) -> Edit:
    """The new name in the place of the old one."""
    return Edit(use.module.file, use.found.span, new)

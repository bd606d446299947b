"""Values with expressions where the mapping around them is not complete yet.

What lacks a key that it must have is no part of the model. So the text is read with that key.
"""

import msgspec

from flow_core.diagnostics import Patch
from flow_core.ide.cursor import Cursor, site_around
from flow_core.ide.levels import level_at
from flow_core.language.shapes import Number, Record
from flow_core.model.sites import Site
from flow_core.module import Module
from flow_core.places import Path
from flow_core.syntax import Mapping, parse
from flow_core.syntax.nodes import Node, Scalar
from flow_core.syntax.patch import apply_edits, apply_patches


class Sited(msgspec.Struct, frozen=True):
    """A site, and a cursor in the module that has it."""

    cursor: Cursor
    site: Site


def sited(cursor: Cursor, path: Path) -> Sited | None:
    """The value that holds a path; None where no expression may stand."""
    site = site_around(cursor.module, path)
    if site is None:
        cursor = completed(cursor, path)
        site = site_around(cursor.module, path)
    return None if site is None else Sited(cursor, site)


def completed(cursor: Cursor, path: Path) -> Cursor:
    """The cursor in a text whose mapping around a path has the numbers that it must have."""
    module, patches = cursor.module, _missing(cursor, path[:-1])
    if not patches:
        return cursor
    try:
        edits = apply_patches(module.document, patches)
    except ValueError:  # the mapping is too broken to be written into
        return cursor
    before = (edit for edit in edits if edit.span.end < cursor.offset)
    moved = sum(len(edit.text) - edit.span.end + edit.span.start for edit in before)
    document = parse(apply_edits(module.document.text, edits), module.document.kind)
    there = Module(module.file, document, module.project)
    return msgspec.structs.replace(cursor, module=there, offset=cursor.offset + moved)


def is_nothing(node: Node | None) -> bool:
    """Whether a value is still to be written."""
    return node is None or (isinstance(node, Scalar) and node.value is None and not node.text)


def _missing(cursor: Cursor, path: Path) -> list[Patch]:
    node = cursor.module.document.get(path)
    if not isinstance(node, Mapping):
        return []
    return [
        Patch("replace" if key.name in node.fields else "insert", (*path, key.name), 1)
        for shape in level_at(path, cursor.kind).shapes
        if isinstance(shape, Record)
        for key in shape.required
        if isinstance(key.shape, Number) and is_nothing(node.fields.get(key.name))
    ]

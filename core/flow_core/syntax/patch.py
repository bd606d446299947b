"""Patches of a document that leave every other byte alone.

Paths are those of the document before any patch. A path that runs through an alias or a merge key
names what is written at the anchor.
"""

from collections.abc import Iterable

import msgspec

from flow_core.diagnostics import Edit, Json, Patch, Raw
from flow_core.places import Path, show_path
from flow_core.syntax.document import Document
from flow_core.syntax.nodes import Mapping, Scalar, Sequence, follow
from flow_core.syntax.render import Content
from flow_core.syntax.splice import Splicer


def apply_patches(document: Document, patches: Iterable[Patch]) -> tuple[Edit, ...]:
    r"""The edits that make all the patches, in the order of the text.

    Inserting below what is missing or empty writes that too; inserting a key that exists replaces
    its value; inserting at an index moves the items from there on; deleting the last entry of a
    mapping leaves ``{}``. Raises `ValueError` when two patches touch the same text, or when one
    names a path that is not there.

    >>> from flow_core.syntax.parse import parse
    >>> document = parse("a: 1  # one\n", "yaml")
    >>> edits = apply_patches(document, [Patch("insert", ("b", "c"), "no")])
    >>> apply_edits(document.text, edits)
    'a: 1  # one\nb:\n  c: "no"\n'
    """
    splicer = Splicer(document)
    edits: list[Edit] = []
    deleted: dict[Path, list[str | int]] = {}
    for patch in _joined(document, patches):
        if patch.op == "delete":
            _see_that_it_is_there(document, patch.path)
            deleted.setdefault(patch.path[:-1], []).append(patch.path[-1])
        else:
            edits.append(splicer.change(patch))
    for parent, names in deleted.items():
        edits += splicer.deletions(parent, names)
    edits.sort(key=lambda edit: edit.span)
    _refuse_overlaps(edits)
    return tuple(edits)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with its edits made; of insertions at one offset the earlier in the order is first.

    Raises `ValueError` when edits overlap.
    """
    ordered = sorted(edits, key=lambda edit: edit.span)
    _refuse_overlaps(ordered)
    parts: list[str] = []
    at = 0
    for edit in ordered:
        parts += (text[at : edit.span.start], edit.text)
        at = edit.span.end
    parts.append(text[at:])
    return "".join(parts)


def _see_that_it_is_there(document: Document, path: Path) -> None:
    if not path:
        raise ValueError("the root of a document cannot be deleted")
    located, depth = document.reach(path)
    if located is None or depth < len(path):
        raise ValueError(f"there is no `{show_path(path)}`")


def _refuse_overlaps(edits: list[Edit]) -> None:
    end = 0
    for edit in edits:
        if edit.span.start < end:
            raise ValueError(f"two edits touch the text at offset {edit.span.start}")
        end = max(end, edit.span.end)


def _joined(document: Document, patches: Iterable[Patch]) -> list[Patch]:
    """Insertions made concrete: those that create the same parent become one."""
    joined: dict[tuple[str, Path], Patch] = {}
    for patch in patches:
        concrete = _concrete(document, patch) if patch.op == "insert" else patch
        name = (concrete.op, concrete.path)
        before = joined.get(name)
        if before is not None and before != concrete:
            value = _merged(before.value, concrete.value)
            concrete = msgspec.structs.replace(concrete, value=value)
        joined[name] = concrete
    return list(joined.values())


def _concrete(document: Document, patch: Patch) -> Patch:
    """An insertion into what is there, or the replacement of an empty parent."""
    located, depth = document.reach(patch.path)
    if located is None:
        return msgspec.structs.replace(
            patch, path=patch.path[:1], value=_nested(patch.path[1:], patch.value)
        )
    if depth == len(patch.path):
        index = bool(patch.path) and isinstance(patch.path[-1], int)
        return patch if index else Patch("replace", patch.path, patch.value)
    value = follow(located.node)
    empty = isinstance(value, Scalar) and value.value is None
    hollow = isinstance(value, Mapping) and not value.entries
    hollow = hollow or (isinstance(value, Sequence) and not value.items)
    if empty or hollow:
        return Patch("replace", patch.path[:depth], _nested(patch.path[depth:], patch.value))
    below = _nested(patch.path[depth + 1 :], patch.value)
    return msgspec.structs.replace(patch, path=patch.path[: depth + 1], value=below)


def _nested(path: Path, value: Content) -> Content:
    """Data that holds a value at a path."""
    for step in reversed(path):
        if isinstance(value, Raw):
            raise ValueError("source text cannot be inserted below what is missing")  # noqa: TRY004
        value = {step: value} if isinstance(step, str) else [value]
    return value


def _merged(first: Content, second: Content) -> Content:
    if isinstance(first, dict) and isinstance(second, dict):
        merged: dict[str, Json] = dict(first)
        for name, value in second.items():
            merged[name] = _merged(first[name], value) if name in first else value  # type: ignore[assignment]
        return merged
    if isinstance(first, list) and isinstance(second, list):
        return first + second
    raise ValueError("two patches give one path different values")

"""Versions of the language: files of an older one, brought to a newer one.

A migration leads from one version to the next. It looks at the document and says by patches what
becomes of it, so comments and layout stay; the version itself is raised here.
"""

from collections.abc import Callable, Iterable
from collections.abc import Mapping as Map
from types import MappingProxyType
from typing import Literal, TypeAlias

from flow_core.convert.sound import sound
from flow_core.diagnostics import Patch
from flow_core.syntax.document import Document
from flow_core.syntax.nodes import Mapping, Scalar
from flow_core.syntax.patch import apply_edits, apply_patches

Migration: TypeAlias = Callable[[Document], Iterable[Patch]]
"""What changes in a document from one version to the next."""

MIGRATIONS: Map[int, Migration] = MappingProxyType({})
"""By the version that each starts from: ``{1: from_1_to_2}``. Version 1 is the newest so far."""

_VERSIONED = ("flow", "flow_test")


def newest(migrations: Map[int, Migration] = MIGRATIONS) -> int:
    """The newest version of the language."""
    return max(migrations, default=0) + 1


def migrate(
    text: str,
    kind: Literal["yaml", "json"],
    target: int | None = None,
    migrations: Map[int, Migration] = MIGRATIONS,
) -> str:
    """The text in a newer version of the language, the newest unless a target is named.

    Raises `ValueError` where the text has syntax problems or says no version, where its version or
    the target is unknown, and where the target is older than it.
    """
    goal = newest(migrations) if target is None else target
    if not 1 <= goal <= newest(migrations):
        raise ValueError(f"there is no version {goal}; the newest is {newest(migrations)}")
    key, version = _version(sound(text, kind), newest(migrations))
    if version > goal:
        raise ValueError(f"the file is of version {version}, and there is no way back to {goal}")
    for number in range(version, goal):
        text = _raised(text, kind, key, migrations[number])
    return text


def _raised(text: str, kind: Literal["yaml", "json"], key: str, migration: Migration) -> str:
    """The text one version on."""
    document = sound(text, kind)
    text = apply_edits(text, apply_patches(document, migration(document)))
    document = sound(text, kind)
    _, version = _version(document, None)
    return apply_edits(text, apply_patches(document, [Patch("replace", (key,), version + 1)]))


def _version(document: Document, highest: int | None) -> tuple[str, int]:
    """The key that says the version, and the version."""
    fields = document.root.fields if isinstance(document.root, Mapping) else {}
    for key in _VERSIONED:
        node = fields.get(key)
        if node is None:
            continue
        value = node.value if isinstance(node, Scalar) else None
        if type(value) is not int or value < 1:
            raise ValueError(f"`{key}` should name a version of the language, such as `{key}: 1`")
        if highest is not None and value > highest:
            raise ValueError(f"the file is of version {value}, but the newest known is {highest}")
        return key, value
    raise ValueError("the file says no version; `flow: 1` was expected at its top")

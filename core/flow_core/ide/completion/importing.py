"""Edits that declare at the root of a file what is used for the first time."""

import re

from flow_core.diagnostics import Edit, Patch
from flow_core.fields import fields
from flow_core.ide.actions.request import patched
from flow_core.language.pipeline_keys import PIPELINE
from flow_core.module import Module
from flow_core.places import Place, Span
from flow_core.syntax import parse
from flow_core.syntax.nodes import Mapping
from flow_core.syntax.patch import apply_edits, apply_patches


class Declaring:
    """Makes the edits of insertions into sections of a file; of the same ones only once."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._made: dict[tuple[Patch, ...], tuple[Edit, ...]] = {}

    def __call__(self, *patches: Patch) -> tuple[Edit, ...]:
        """The edits of insertions into one section; none where the file is too broken for them."""
        if patches not in self._made:
            self._made[patches] = _edits(self._module, patches)
        return self._made[patches]


def _edits(module: Module, patches: tuple[Patch, ...]) -> tuple[Edit, ...]:
    """The edits; a section that is missing comes where the language has it.

    Never last, for the module may be a slice of a longer file, in which something else comes next.
    """
    section, root = str(patches[0].path[0]), module.document.root
    if module.document.kind == "json" or section in fields(root):
        return patched(module, *patches)
    following = _following(module, section)
    if following is None or not isinstance(root, Mapping) or root.flow:
        return ()
    text = apply_edits("", apply_patches(parse("", "yaml"), patches))
    at = _start(module, following)
    return (Edit(module.file, Span(at, at), text),)


def _following(module: Module, section: str) -> str | None:
    """The first section of the file that comes behind another in the order of the language."""
    names = list(PIPELINE.index)
    later = names[names.index(section) :]
    return next((name for name in fields(module.document.root) if name in later), None)


def _start(module: Module, key: str) -> int:
    """Where a section starts, with the comments right above it."""
    text = module.document.text
    start = module.document.locate(Place((key,), "key")).start
    above = re.search(r"(?:^#[^\n]*\n)*\Z", text[:start], re.MULTILINE)
    return start if above is None else above.start()

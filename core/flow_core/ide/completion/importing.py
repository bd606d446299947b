"""The edits that import what a file uses for the first time."""

import re

from flow_core.diagnostics import Edit, Patch
from flow_core.fields import fields
from flow_core.ide.actions.request import patched
from flow_core.language.pipeline_keys import PIPELINE
from flow_core.module import Module
from flow_core.places import Place, Span
from flow_core.syntax.nodes import Mapping
from flow_core.syntax.render import entry_lines
from flow_core.syntax.splice import indentation


def import_edits(module: Module, alias: str, target: str) -> tuple[Edit, ...]:
    """The edits that import a target; none where the file is too broken for that."""
    root = module.document.root
    if module.document.kind == "json" or "imports" in fields(root):
        return patched(module, Patch("insert", ("imports", alias), target))
    following = _following(module)
    if following is None or not isinstance(root, Mapping) or root.flow:
        return ()
    lines = entry_lines("imports", {alias: target}, indentation(module.document))
    at = _start(module, following)
    return (Edit(module.file, Span(at, at), "".join(f"{line}\n" for line in lines)),)


def _following(module: Module) -> str | None:
    """The first section of the file that comes behind `imports` in the order of the language."""
    names = list(PIPELINE.index)
    later = names[names.index("imports") :]
    return next((name for name in fields(module.document.root) if name in later), None)


def _start(module: Module, key: str) -> int:
    """Where a section starts, with the comments right above it."""
    text = module.document.text
    start = module.document.locate(Place((key,), "key")).start
    above = re.search(r"(?:^#[^\n]*\n)*\Z", text[:start], re.MULTILINE)
    return start if above is None else above.start()

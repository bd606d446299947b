"""The last look at a change before it is handed out: does it leave all as right as it was?"""

from collections import Counter
from collections.abc import Iterable, Mapping

from flow_core.check import Selection, check
from flow_core.diagnostics import Diagnostic, Severity
from flow_core.fixing import compatible
from flow_core.ide.actions.action import RefusedError
from flow_core.ide.actions.draft import Draft
from flow_core.module import Module
from flow_core.rules import defaults_have_no_effect, unused_import, unused_type
from flow_core.syntax.patch import apply_edits

_LEFT_OVER = Selection(
    only=tuple(rule.RULE.code for rule in (unused_import, unused_type, defaults_have_no_effect))
)


def tidied(module: Module, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts without what nothing needs any more: imports, types, defaults."""
    known = {(found.code, found.message) for found in check(module, _LEFT_OVER)}
    left = dict(texts)
    for file in texts:
        while left != (left := _tidied_once(module, left, file, known)):
            pass
    return left


def _tidied_once(
    module: Module, texts: dict[str, str], file: str, known: set[tuple[str, str]]
) -> dict[str, str]:
    draft = Draft(module.project, texts).module(file)
    found = check(draft, _LEFT_OVER) if draft else ()
    fresh = (d for d in found if file != module.file or (d.code, d.message) not in known)
    fixes = compatible(each.fix for each in fresh if each.fix)
    edits = [edit for fix in fixes for edit in fix.edits]
    return {**texts, file: apply_edits(texts[file], edits)}


def require_as_right(
    module: Module, texts: Mapping[str, str], worst: Severity = Severity.HINT
) -> None:
    """See that texts in the place of a module's have no finding that it does not have.

    Those that are less grave than ``worst`` do not count.

    Raises:
        RefusedError: they have one.
    """
    before = Counter(found.code for found in check(module))
    for found in _all(module, texts):
        if found.severity > worst:
            continue
        before[found.code] -= 1
        if before[found.code] < 0:
            raise RefusedError(f"{found.message} ({found.code})")


def _all(module: Module, texts: Mapping[str, str]) -> Iterable[Diagnostic]:
    project = Draft(module.project, texts)
    for file in texts:
        draft = project.module(file)
        if draft is not None:
            yield from check(draft)

"""The fixes that rules have for what they find: one, all of a rule, and all that are safe."""

from collections.abc import Iterator, Sequence

from flow_core.check import Selection, check
from flow_core.diagnostics import Diagnostic, Edit, Fix, Json, Safety
from flow_core.fixing import fix_all
from flow_core.ide.actions.action import UNSAFE, Action
from flow_core.ide.actions.draft import edits_between, redrafted
from flow_core.ide.actions.request import Request
from flow_core.module import Module

ID = "fixes"
ALL = Action("Fix all that is safe to fix", "source.fixAll", id=ID)
"""It changes nothing where nothing is to fix."""

_TITLES = {"FL102": "Convert all keys of other tools in this file"}
_EACH: tuple[Safety, ...] = ("safe", "unsafe")


def actions(request: Request) -> Iterator[Action]:
    """For each finding its fix; for each rule with more of them in the file one; one for all."""
    fixable = [found for found in request.here if applies(found.fix)]
    for found in fixable:
        if found.fix is not None:
            safe = found.fix.safety == "safe"
            title = found.fix.title + ("" if safe else UNSAFE)
            yield Action(title, "quickfix", found.fix.edits, preferred=safe, mends=(found,))
    for code in dict.fromkeys(found.code for found in fixable):
        same = [f for f in request.findings if f.code == code and applies(f.fix)]
        if len(same) > 1:
            yield _all_of(same, tuple(f for f in fixable if f.code == code))
    if any(applies(f.fix) and f.fix and f.fix.safety == "safe" for f in request.findings):
        yield ALL


def applies(fix: Fix | None) -> bool:
    """Whether a fix is more than something to look at."""
    return fix is not None and fix.safety in _EACH and bool(fix.edits)


def _all_of(same: Sequence[Diagnostic], here: tuple[Diagnostic, ...]) -> Action:
    code, name = same[0].code, same[0].name
    safe = all(found.fix and found.fix.safety == "safe" for found in same)
    title = _TITLES.get(code, f"Fix all `{name}` problems")
    return Action(title + ("" if safe else UNSAFE), "quickfix", mends=here, id=ID, data=code)


def changes(module: Module, data: Json) -> Iterator[Edit]:
    """Those of one rule by its code; without one all that are safe, again and again."""
    selection = Selection(only=(data,)) if isinstance(data, str) else None

    def findings(texts: dict[str, str]) -> Sequence[Diagnostic]:
        return check(redrafted(module, texts[module.file]), selection)

    texts = {module.file: module.document.text}
    fix_all(texts, findings, _EACH if selection else ("safe",))
    yield from edits_between(module.file, module.document.text, texts[module.file])

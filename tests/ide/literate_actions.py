"""Literate tests of actions: Markdown with what is offered at a cursor, and what becomes of it.

* ```` ```yaml ```` or ```` ```json ````: a file with the mark ‸ where the cursor is, or two marks
  around a range. ``name=x.flow.yaml`` names it, ``files=x`` puts those of an earlier block
  ``files x`` beside it, ``select=FL215`` checks with these rules too.
* ```` ```yaml file=x.flow.yaml ````: another file.
* A line ``→ title``: the action is offered; ``✗ title: reason``: it is, but can't be done;
  ``∅ title``: it is not.
* ```` ```yaml after ````: what the action makes of the file; with ``after=x.flow.yaml`` of another.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
from marked import MARK, ROOT, project

from flow_core.check import Selection, check
from flow_core.diagnostics import Diagnostic, Edit
from flow_core.ide.actions import Action, Change, Create, RefusedError, actions, resolve
from flow_core.ide.actions.draft import Draft
from flow_core.module import Module
from flow_core.places import Span
from flow_core.syntax.patch import apply_edits

PAGES = Path(__file__).parent / "actions"
_PART = re.compile(
    r"^```(?P<info>[^\n`]+)\n(?P<text>.*?)^```[ \t]*$|^(?P<mark>[→✗∅]) (?P<told>[^\n]+)$",
    re.MULTILINE | re.DOTALL,
)


class Case(msgspec.Struct):
    """A file with a range, and what is expected of one action there."""

    where: str
    name: str
    text: str
    files: dict[str, str]
    select: tuple[str, ...]
    title: str = ""
    reason: str = ""
    offered: bool = True
    after: dict[str, str] = {}

    @property
    def span(self) -> Span:
        first = self.text.index(MARK)
        last = self.text.rindex(MARK)
        return Span(first, max(last - 1, first))

    def module(self) -> Module:
        return project(self.files).add(f"{ROOT}/{self.name}", self.text.replace(MARK, ""))


def cases() -> Iterator[Case]:
    """The cases of all pages."""
    for page in sorted(PAGES.glob("*.md")):
        yield from _cases(page)


def _cases(page: Path) -> Iterator[Case]:
    source = page.read_text("utf-8")
    shared: dict[str, dict[str, str]] = {}
    base: Case | None = None
    case: Case | None = None
    for part in _PART.finditer(source):
        line = source.count("\n", 0, part.start()) + 1
        if part["mark"]:
            assert base is not None
            if case is not None:
                yield case
            case = _told(base, part["mark"], part["told"], f"{page.name}:{line}")
            continue
        language, *words = part["info"].split()
        options = dict(word.partition("=")[::2] for word in words)
        text = part["text"]
        if "after" in options:
            assert case is not None
            case.after[options["after"] or case.name] = text
            continue
        if case is not None:
            yield case
            case = None
        if "files" in options and "file" in options:
            shared.setdefault(options["files"], {})[options["file"]] = text
        elif "file" in options:
            assert base is not None
            base.files[options["file"]] = text
        else:
            name = options.get("name", f"a.flow.{language}")
            select = tuple(filter(None, options.get("select", "").split(",")))
            beside = dict(shared.get(options.get("files", ""), {}))
            base = Case(f"{page.name}:{line}", name, text, beside, select)
    if case is not None:
        yield case


def _told(base: Case, mark: str, told: str, where: str) -> Case:
    title, _, reason = told.partition(": ") if mark == "✗" else (told, "", "")
    case = msgspec.structs.replace(base, where=where, after={})
    case.title, case.reason, case.offered = title, reason, mark != "∅"
    return case


def found_in(case: Case, module: Module) -> tuple[Diagnostic, ...]:
    """The findings of a case's module."""
    return check(module, Selection(also=case.select))


def offered(case: Case, module: Module) -> list[Action]:
    """The actions of the case's title."""
    found = actions(module, case.span, found_in(case, module))
    return [action for action in found if action.title == case.title]


def titles(case: Case, module: Module) -> list[str]:
    """All titles, for whoever looks for a missing one."""
    return [action.title for action in actions(module, case.span, found_in(case, module))]


def changes_of(module: Module, action: Action) -> tuple[Change, ...]:
    """The changes of an action, resolved if need be."""
    return action.changes or resolve(module, action.id, action.data)


def refusal_of(module: Module, action: Action) -> str:
    """Why an action can't be done, told at once or only when it is tried."""
    if action.disabled:
        return action.disabled
    try:
        changes_of(module, action)
    except RefusedError as error:
        return error.reason
    return ""


def done(module: Module, action: Action) -> dict[str, str] | None:
    """The texts once an action is done, None where it can't be; a reason says why not."""
    try:
        return None if action.disabled else changed(module, changes_of(module, action))
    except RefusedError as error:
        if not error.reason:
            raise
        return None


def changed(module: Module, changes: tuple[Change, ...]) -> dict[str, str]:
    """The texts of the files that changes touch, by their paths."""
    texts: dict[str, str] = {}
    for file in dict.fromkeys(change.file for change in changes):
        created = [c.text for c in changes if isinstance(c, Create) and c.file == file]
        edits = [c for c in changes if isinstance(c, Edit) and c.file == file]
        old = module.document.text if file == module.file else module.project.text(file)
        assert bool(created) == (old is None), f"{file} is there already, or is not"
        texts[file] = apply_edits(created[0] if created else old or "", edits)
    return texts


def drafted(module: Module, texts: dict[str, str]) -> Draft:
    """The project with such texts."""
    return Draft(module.project, {module.file: module.document.text, **texts})

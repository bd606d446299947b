"""Running the rules over a module: places become spans, suppressions apply, all is sorted."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal, TypeAlias
from weakref import WeakKeyDictionary

import msgspec

from flow_core.diagnostics import (
    Diagnostic,
    Finding,
    Fix,
    Mend,
    Note,
    Patch,
    Related,
    Severity,
)
from flow_core.language.echoes import Echoes
from flow_core.language.keys import FileKind, keys_for
from flow_core.module import Module
from flow_core.places import Place, Span
from flow_core.project import Project
from flow_core.rules import all_rules, rules_for, unused_suppression
from flow_core.rules.rule import Rule
from flow_core.settings import Settings
from flow_core.suppress import Suppressions
from flow_core.syntax import Document, Mapping, Sequence

MAX_FINDINGS = 1000
"""Findings in one file; of more, only the number is told."""


class Selection(msgspec.Struct, frozen=True, dict=True):
    """Which rules run. Each word is a code, a name, a prefix of codes (``FL6``) or ``all``.

    ``only`` replaces the rules that are on by default, ``also`` adds to them, ``ignore`` takes
    away; ``severity`` sets severities by code or name, ``OFF`` takes away too.
    """

    only: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: dict[str, Severity] = {}

    def severity_of(self, rule: Rule) -> Severity:
        """The severity a rule has here; ``OFF`` means that it does not run."""
        if rule not in self._known:
            self._known[rule] = self._decide(rule)
        return self._known[rule]

    @cached_property
    def _known(self) -> dict[Rule, Severity]:
        """What was decided, for the next file of the project."""
        return {}

    def _decide(self, rule: Rule) -> Severity:
        if _names(self.ignore, rule):
            return Severity.OFF
        chosen = self.severity.get(rule.code, self.severity.get(rule.name))
        if chosen is not None:
            return chosen
        if _names(self.only or self.also, rule):
            return Severity.WARNING if rule.severity is Severity.OFF else rule.severity
        return Severity.OFF if self.only else rule.severity


def _names(words: Iterable[str], rule: Rule) -> bool:
    return any(
        word in ("all", rule.name) or (word.startswith("FL") and rule.code.startswith(word))
        for word in words
    )


Reach: TypeAlias = Literal["file", "part", "surface"]
"""How far a check looks: at all; at a module that is only a part of its file, so that rules that
need the whole say nothing; at the syntax and the shape alone, which takes a tenth of the time."""


def check(
    module: Module, selection: Selection | None = None, *, reach: Reach = "file"
) -> tuple[Diagnostic, ...]:
    """All that the rules find in a module, sorted, each once; nothing that broken text explains.

    Without a selection the project's settings choose the rules. An exception that a rule raises
    is a defect of that rule and is let through.
    """
    selection = selection or _selection_of(module.project)
    chosen = {
        rule.RULE.code: (rule, severity)
        for rule in rules_for(module, surface=reach == "surface")
        if (severity := selection.severity_of(rule.RULE)) is not Severity.OFF
        and not (reach != "file" and rule.RULE.whole)
    }
    echoes = Echoes(module.document)
    found = {
        (diagnostic.order, diagnostic.name): diagnostic
        for rule, severity in chosen.values()
        for finding in rule.check(module)
        if not echoes.has(finding.place)
        for diagnostic in (_diagnostic(module, rule.RULE, severity, finding),)
    }
    suppressions = Suppressions(module.document)
    left = [d for d in found.values() if not suppressions.covers(d)]
    if unused_suppression.RULE.code in chosen and reach == "file":
        severity = chosen[unused_suppression.RULE.code][1]
        left += _stale(module, suppressions, selection, severity)
    return _bounded(sorted(left, key=lambda diagnostic: diagnostic.order))


def _bounded(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """No more findings than anybody reads, the worst first, and how many there would be more."""
    if len(found) <= MAX_FINDINGS:
        return tuple(found)
    from flow_core.rules import too_large

    worst = sorted(found, key=lambda diagnostic: diagnostic.severity)
    rest = sorted(worst[MAX_FINDINGS:], key=lambda diagnostic: diagnostic.order)
    more = Diagnostic(
        file=rest[0].file,
        span=rest[0].span,
        code=too_large.RULE.code,
        name=too_large.RULE.name,
        severity=min(diagnostic.severity for diagnostic in rest),
        message=f"{len(rest):,} more problems are not shown, the first of them here",
        help="mend those that are shown first",
    )
    return tuple(sorted((*worst[:MAX_FINDINGS], more), key=lambda diagnostic: diagnostic.order))


def project_selection(settings: Settings) -> Selection:
    """The rules that a project's settings choose."""
    return Selection((), settings.select, settings.ignore, settings.severity)


def _selection_of(project: Project) -> Selection:
    """The same for all files of a project: what it has decided of rules is decided once."""
    if project not in _selections:
        _selections[project] = project_selection(project.settings)
    return _selections[project]


_selections: WeakKeyDictionary[Project, Selection] = WeakKeyDictionary()


def _diagnostic(module: Module, rule: Rule, severity: Severity, finding: Finding) -> Diagnostic:
    return Diagnostic(
        file=module.file,
        span=span_of(module, finding.place),
        code=rule.code,
        name=rule.name,
        severity=severity,
        message=finding.message,
        help=finding.help,
        notes=tuple(_note(module, note) for note in finding.notes),
        fix=fix_of(module, finding.mend) if finding.mend else None,
        tags=finding.tags,
    )


def span_of(module: Module, place: Place) -> Span:
    """Where a place is in its file's text; the start of the file where that can't be known."""
    if place.span is not None:
        return place.span
    owner = owner_of(module, place.file)
    return _shown(owner.document, place) if owner else Span(0, 0)


def _shown(document: Document, place: Place) -> Span:
    """The span of a place; of its key where the place is a block of lines below that."""
    span = document.locate(place)
    if place.part == "value" and isinstance(document.get(place.path), Mapping | Sequence):
        key = document.locate(Place(place.path, "key"))
        if key.end < span.start and "\n" in document.text[key.end : span.start]:
            return key
    return span


def owner_of(module: Module, file: str) -> Module | None:
    """The module that a place or patch of this module is about."""
    return module if file in ("", module.file) else module.project.module(file)


def _note(module: Module, note: Related) -> Note:
    return Note(note.place.file or module.file, span_of(module, note.place), note.message)


def fix_of(module: Module, mend: Mend) -> Fix | None:
    """The edits of a mend; None where its patches can't be applied to the text as it is."""
    from flow_core.syntax.patch import apply_patches

    edits = [msgspec.structs.replace(edit, file=module.file) for edit in mend.edits]
    for file in dict.fromkeys(patch.file for patch in mend.patches):
        owner = owner_of(module, file)
        if owner is None:
            return None
        patches = [_placed(owner, patch) for patch in mend.patches if patch.file == file]
        try:
            found = apply_patches(owner.document, patches)
        except ValueError:
            return None
        edits += (msgspec.structs.replace(edit, file=owner.file) for edit in found)
    return Fix(mend.title, tuple(edits), mend.safety)


def _placed(owner: Module, patch: Patch) -> Patch:
    """A patch; a new key of the language goes before those that the reference has behind it."""
    if patch.op != "insert":
        return patch
    _, depth = owner.document.reach(patch.path)
    kind: FileKind = "scenario" if owner.is_scenario else "pipeline"
    names = [key.name for key in keys_for(patch.path[:depth], kind)]
    if depth == len(patch.path) or patch.path[depth] not in names:
        return patch
    later = names[names.index(str(patch.path[depth])) + 1 :]
    return msgspec.structs.replace(patch, before=tuple(later))


def _stale(
    module: Module, suppressions: Suppressions, selection: Selection, severity: Severity
) -> Iterator[Diagnostic]:
    """Suppressions that silence nothing, of rules that are on."""
    if not suppressions:
        return
    rule = unused_suppression.RULE
    rules = all_rules(module.project.settings.rules)
    ran = frozenset(
        each.RULE.code for each in rules if selection.severity_of(each.RULE) < Severity.OFF
    )
    for finding in suppressions.stale(ran):
        yield _diagnostic(module, rule, severity, finding)

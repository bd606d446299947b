"""Actions at every place of every text: they apply, and leave nothing worse than it was."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from example_texts import EXAMPLES, HARD, Text, name_of, texts
from literate import cases
from literate_actions import done, drafted
from marked import ROOT, project

from flow_core.check import Selection, check
from flow_core.diagnostics import Diagnostic, Severity
from flow_core.ide.actions import Action, actions
from flow_core.module import Module
from flow_core.places import Path as Steps
from flow_core.places import Place, Span
from flow_core.project import Project
from flow_core.settings import Settings, load
from flow_core.simulate import simulate
from flow_core.syntax.nodes import Scalar, walk

SOUND = sorted(p for p in EXAMPLES.glob("*/**/*.flow.*") if "broken" not in p.parts)
BREAKING = re.compile(r"Write `depends_on`|Fix all|Convert all")
"""What shows a mistake that one before it hid: dependencies in a ring, in another tool's words."""


def opened(path: Path) -> Module:
    found = Project(load(path.parent)).module(str(path))
    assert found is not None
    return found


def places(module: Module) -> Iterator[int]:
    """Where keys and values start."""
    for placed in module.document.blocks:
        for node in walk(placed.block.root):
            if isinstance(node, Scalar):
                yield node.start + placed.origin + 1


def offered(module: Module, found: tuple[Diagnostic, ...]) -> Iterator[Action]:
    """All different actions of a module that can be done."""
    seen: set[object] = set()
    for offset in sorted(set(places(module))):
        for action in actions(module, Span(offset, offset), found, patient=False):
            key = (action.title, action.id, str(action.data), action.changes)
            if key not in seen and not action.disabled:
                seen.add(key)
                yield action


def errors(found: Iterable[Diagnostic]) -> Counter[str]:
    return Counter(each.code for each in found if each.severity is Severity.ERROR)


def faults(module: Module, found: tuple[Diagnostic, ...], action: Action) -> Iterator[str]:
    """What is wrong once an action is done."""
    after = done(module, action)
    if after is None:
        return
    if not after and not action.kind.startswith("source"):
        yield f"{action.title}: changes nothing"
    draft, before = drafted(module, after), errors(found)
    worse: Counter[str] = Counter()
    for file in after:
        old, new = module.project.module(file), draft.module(file)
        assert new is not None
        before += errors(check(old)) if old is not None and old is not module else Counter()
        now = check(new)
        worse += errors(now)
        if file == module.file and action.title.startswith("Ignore"):
            left = {(each.code, each.span) for each in now if each.message}
            yield from (
                f"{action.title}: {each}" for each in action.mends if (each.code, each.span) in left
            )
    if worse - before:
        yield f"{action.title}: {dict(worse - before)}"


@pytest.mark.parametrize("path", SOUND, ids=lambda path: str(path.relative_to(EXAMPLES)))
def test_no_action_makes_an_example_worse(path: Path) -> None:
    module = opened(path)
    found = check(module)
    assert [f for a in offered(module, found) for f in faults(module, found, a)] == []


BROKEN = sorted(EXAMPLES.glob("*/broken/**/*.flow.*"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: str(path.relative_to(EXAMPLES)))
def test_no_action_makes_a_broken_example_worse(path: Path) -> None:
    module = opened(path)
    found = check(module)
    some = list(offered(module, found))[::2]
    sound = (action for action in some if not BREAKING.match(action.title))
    assert [fault for action in sound for fault in faults(module, found, action)] == []


# Texts of all kinds


def tried(module: Module, found: tuple[Diagnostic, ...], offset: int) -> None:
    """Do all that is offered at an offset; only what is refused may fail."""
    for action in actions(module, Span(offset, offset), found, patient=False):
        done(module, action)


@pytest.mark.parametrize("name", HARD)
def test_nothing_fails_at_any_offset_of_a_strange_text(name: str) -> None:
    module = project({}).add(f"{ROOT}/{name}", HARD[name])
    found = check(module)
    for offset in range(len(HARD[name]) + 1):
        tried(module, found, offset)


@pytest.mark.parametrize("text", [t for t in texts() if "broken/" in t.name], ids=name_of)
def test_nothing_fails_in_a_text_that_breaks_off(text: Text) -> None:
    for part in (3,):
        half = text.text[: len(text.text) * (part - 1) // part]
        module = project({}).add(f"{ROOT}/{text.name}", half)
        found = check(module)
        for offset in range(0, len(half), 199):
            tried(module, found, offset)


PAGES = sorted((Path(__file__).parents[1] / "rules").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_quick_fixes_of_the_rules_examples_apply(page: Path) -> None:
    for case in cases(page)[:3]:
        module = Project(Settings("/project"), {**case.files, case.file: case.text}.get).module(
            case.file
        )
        assert module is not None
        found = check(module, Selection(also=(page.stem,)))
        for each in found:
            for action in actions(module, each.span, found, patient=False):
                if action.mends and not action.disabled:
                    check_fix(module, action)


def check_fix(module: Module, action: Action) -> None:
    after = done(module, action)
    edited = None if after is None else drafted(module, after).module(module.file)
    if edited is None:
        return
    known, now = module.document.problems, edited.document.problems
    assert len(now) <= len(known), f"{action.title}\n{edited.document.text}"


# Moving steps keeps what runs do


def neighbours(module: Module) -> Iterator[Span]:
    """Each step, and each with the one behind it."""
    levels: dict[Steps, list[Steps]] = {}
    for info in module.steps.values():
        levels.setdefault(info.step.path[:-1], []).append(info.step.path)
    for paths in levels.values():
        for first, last in (*zip(paths, paths, strict=True), *pairwise(paths)):
            start = module.document.locate(Place(first, "key")).start
            yield Span(start, module.document.locate(Place(last, "entry")).end)


TESTED = {
    path: sorted((path.parents[1] / "tests").glob("*.flowtest.*"))
    or sorted((path.parent / "tests").glob("*.flowtest.*"))
    for path in SOUND
    if opened(path).is_pipeline
}
MOVING = ("extract_pipeline", "extract_group", "inline_pipeline")


@pytest.mark.parametrize("path", TESTED, ids=lambda path: str(path.relative_to(EXAMPLES)))
def test_scenarios_go_on_as_before_when_steps_move(path: Path) -> None:
    module = opened(path)
    for span in neighbours(module):
        for action in actions(module, span, patient=False):
            after = done(module, action) if action.id in MOVING else None
            if after is not None:
                for file in TESTED[path]:
                    check_scenarios(module, after, str(file), action.title)


def check_scenarios(module: Module, after: dict[str, str], file: str, title: str) -> None:
    draft = drafted(module, after)
    old, new = module.project.module(file), draft.module(file)
    assert old is not None
    assert new is not None
    assert errors(check(new)) == errors(check(old)), title
    scenarios = zip(old.scenario.scenarios.values(), new.scenario.scenarios.values(), strict=True)
    for before, now in scenarios:
        assert old.tested is not None
        assert new.tested is not None
        first = simulate(old.tested.module, scenario=before, scenario_file=file)
        second = simulate(new.tested.module, scenario=now, scenario_file=file)
        assert second.status == first.status, title
        assert second.outputs == first.outputs, title


# Doing something twice


@pytest.mark.parametrize("path", SOUND, ids=lambda path: str(path.relative_to(EXAMPLES)))
def test_what_was_done_is_not_to_be_done_again(path: Path) -> None:
    module = opened(path)
    found = check(module)
    for offset in sorted(set(places(module)))[::7]:
        where = module.document.at(offset)[0]
        for action in actions(module, Span(offset, offset), found, patient=False):
            check_twice(module, action, where)


def check_twice(module: Module, action: Action, where: Steps) -> None:
    """Do an action; at the same place it is not offered any more, or would change nothing."""
    after = None if action.disabled else done(module, action)
    edited = drafted(module, after).module(module.file) if after else None
    if edited is None or module.file not in (after or {}):
        return
    start = edited.document.locate(Place(where, "key" if isinstance(where[-1], str) else "value"))
    for again in actions(edited, Span(start.start, start.start), check(edited), patient=False):
        if (again.title, again.id) == (action.title, action.id) and not again.disabled:
            assert not done(edited, again), action.title

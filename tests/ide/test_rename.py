"""Renaming: all of ⟦ ⟧ become the new name, and nothing else changes."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from example_texts import EXAMPLES
from marked import ROOT
from ranged import Ranged, ranged
from test_references import CASES, LIBRARY

from flow_core.check import check
from flow_core.components.modules import read_text
from flow_core.diagnostics import Edit
from flow_core.ide.cursor import Cursor
from flow_core.ide.occurrences import Found, names_in
from flow_core.ide.renaming.rename import Refusal, Renameable, prepare_rename, rename
from flow_core.ide.symbol import Symbol
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import load
from flow_core.syntax.patch import apply_edits

NEW = "other_name"
ERRORS = ("an error", "an error of a step that fails")
FIXED = (*ERRORS, "a field", "a required property", "the item of a loop", "a file")
UNDECLARED = "a name that nothing declares"
RENAMED = {k: v for k, v in CASES.items() if k not in (*FIXED, UNDECLARED)}


def renamed(case: Ranged, edits: tuple[Edit, ...]) -> dict[str, str]:
    texts = dict(case.files)
    for name, text in case.files.items():
        texts[name] = apply_edits(text, [e for e in edits if e.file == f"{ROOT}/{name}"])
    return texts


def check_rename(text: str, new: str = NEW) -> None:
    case = ranged(text)
    edits = rename(case.cursor, case.search, new)
    assert isinstance(edits, tuple), edits
    expected = dict(case.files)
    for name, spans in case.ranges.items():
        edited = [Edit(name, span, new) for span in spans]
        expected[name] = apply_edits(case.files[name], edited)
    assert renamed(case, edits) == expected


@pytest.mark.parametrize("text", RENAMED.values(), ids=RENAMED)
def test_all_uses_get_the_name(text: str) -> None:
    check_rename(text)


def test_quotes_and_escapes() -> None:
    check_rename(
        "steps:\n  '⟦b⟧': {uses: std.log}\n  \"⟦c‸⟧\": {depends_on: {b: failed}}\n".replace(
            "⟦b⟧", "b"
        )
        + "  d: {when: '${{ steps[''⟦c⟧''].recovered || steps.⟦c⟧.recovered }}'}\n"
    )


@pytest.mark.parametrize("index", ["'⟦b\\x62⟧'", "r'⟦bb⟧'", '"⟦bb⟧"', "'''⟦bb⟧'''"])
def test_an_index_keeps_its_quotes(index: str) -> None:
    check_rename(f"steps:\n  ⟦bb‸⟧: {{}}\n  c:\n    when: ${{{{ steps[{index}].recovered }}}}\n")


def test_json() -> None:
    case = ranged(
        '{"steps": {"⟦b‸⟧": {}, "c": {"depends_on": ["⟦b⟧"], "when": "${{ steps[\\"⟦b⟧\\"] }}"}}}',
        name="a.flow.json",
    )
    edits = rename(case.cursor, case.search, NEW)
    assert isinstance(edits, tuple), edits
    assert [edit.span for edit in edits] == list(case.ranges["a.flow.json"])


def test_the_same_name_changes_nothing() -> None:
    case = ranged("steps: {b‸: {uses: std.log}}")
    assert rename(case.cursor, case.search, "b") == ()


def test_what_would_be_renamed_is_the_name_alone() -> None:
    case = ranged("steps:\n  '⟦b‸⟧': {uses: std.log}\n")
    assert prepare_rename(case.cursor) == Renameable(case.ranges["a.flow.yaml"][0], "b")


STEP = "steps:\n  ‸b: {uses: std.log}\n  c: {uses: std.log}\n"
REFUSED = {
    "a key of the language": ("st‸eps: {}", NEW, "nothing here that has a name of its own"),
    "a name of the language": (
        "steps: {a: {for_each: [1], uses: x, with: {b: '${{ item‸ }}'}}}",
        NEW,
        "`item` is a name of the language",
    ),
    "a built-in component": (
        "steps: {a: {uses: std.wa‸it}}",
        NEW,
        "component `wait` belongs to the built-in library",
    ),
    "an input of one": (
        "steps: {a: {uses: std.log, with: {mess‸age: x}}}",
        NEW,
        "input `message` belongs to the built-in library",
    ),
    "a Python function": (
        (
            "imports: {t: python:tools}\nsteps: {a: {uses: t.cou‸nt}}\n"
            "=== tools.py\nfrom flow_core import component\n@component\ndef count(n: int): ...\n"
        ),
        NEW,
        "component `count` is declared in Python: rename it in `tools.py` first",
    ),
    "a port of a component that Python has, too": (
        (
            "components: {c: {inputs: {n‸: integer}, run: {python: 'tools:count'}}}\n"
            "=== tools.py\ndef count(n: int): ...\n"
        ),
        NEW,
        "input `n` is declared in Python: rename it in `tools.py` first",
    ),
    "a field": (
        "types: {T: {fields: {a‸: string}}}",
        NEW,
        "a field of a type is also a key in data that no file shows, so it is not renamed",
    ),
    "a file": ("steps: {a: {uses: ./b‸.flow.yaml}}", NEW, "a file is renamed where files"),
    "an error": (
        "components: {c: {errors: {E‸: x}, run: {shell: [x]}}}",
        NEW,
        "an error has its name from what raises it, so it is not renamed",
    ),
    "a scenario": (
        "=== t.flowtest.yaml\npipeline: ./a.flow.yaml\nscenarios: {on‸e: {}}\n",
        NEW,
        "nothing else names a scenario: change its name in its place",
    ),
    "what is not there": ("steps: {a: {depends_on: [z‸]}}", NEW, "nothing declares the step `z`"),
    "no name": (STEP, "a-b", "`a-b` is not a name of letters, digits and `_`; write `a_b`"),
    "nothing": (STEP, "", "`` is not a name of letters, digits and `_`"),
    "a word of expressions": (STEP, "for", "`for` is a word of expressions"),
    "a word of YAML": (STEP, "True", "YAML takes `True` for something else than text"),
    "a step of that name": (STEP, "c", "`a.flow.yaml` already has the step `c`"),
    "a step in a group": (
        "steps:\n  ‸b: {uses: x}\n  c: {steps: {d: {uses: x}}}\n",
        "d",
        "`a.flow.yaml` already has the step `d`",
    ),
    "an input of that name": ("inputs: {a‸: any, b: any}", "b", "already has the input `b`"),
    "a secret of that name": ("secrets: [A‸, B]", "B", "already has the secret `B`"),
    "an alias of that name": (
        "imports: {a‸: ./x.flow.yaml, b: ./y.flow.yaml}",
        "b",
        "`a.flow.yaml` already has the import `b`",
    ),
    "the built-in library": ("imports: {a‸: ./x.flow.yaml}", "std", "`std` is the built-in"),
    "a built-in type": ("types: {a‸: string}", "number", "`number` is a built-in type"),
    "an output that another file has": (
        "imports: {s: ./shop.flow.yaml}\n"
        "steps:\n  b: {uses: s.charge, catch: [{uses: s.refund}]}\n"
        "outputs: {x: '${{ steps.b.outputs.rece‸ipt }}'}\n"
        + LIBRARY
        + "  refund: {outputs: {receipt: string, hint: string}, run: {shell: [x]}}\n",
        "hint",
        "`shop.flow.yaml` already has the output `hint`",
    ),
    "a variable that is used": (
        "outputs: {x: '${{ [1].map(a, [2].map(‸b, a + b)) }}'}",
        "a",
        "`a` stands for something else in this expression",
    ),
    "a variable that would hide inputs": (
        "inputs: {a: any}\noutputs: {x: '${{ [1].map(‸b, inputs.a) }}'}",
        "inputs",
        "`inputs` stands for something else in this expression",
    ),
    "a step that a mock would mean": (
        (
            "components: {c: {run: {shell: [x]}}}\nsteps: {‸a: {uses: std.log}, b: {uses: c}}\n"
            "=== t.flowtest.yaml\npipeline: ./a.flow.yaml\nscenarios: {x: {mocks: {c: {}}}}\n"
        ),
        "c",
        "`c` would stand for something else at t.flowtest.yaml:2:25",
    ),
    "a component that a mock would no longer mean": (
        (
            "components: {c‸: {run: {shell: [x]}}}\nsteps: {a: {uses: std.log}, b: {uses: c}}\n"
            "=== t.flowtest.yaml\npipeline: ./a.flow.yaml\nscenarios: {x: {mocks: {c: {}}}}\n"
        ),
        "a",
        "`a` would stand for something else at t.flowtest.yaml:2:25",
    ),
    "what is no file of the workspace": (
        (
            "imports: {s: ./lib/s.flow.yaml}\nsteps: {a: {uses: s.c‸}}\n"
            "=== lib/s.flow.yaml\ncomponents: {c: {run: {shell: [x]}}}\n"
        ),
        NEW,
        "`lib/s.flow.yaml`, which declares it, is no file of the workspace",
    ),
}


@pytest.mark.parametrize(("text", "new", "reason"), REFUSED.values(), ids=REFUSED)
def test_refusals(text: str, new: str, reason: str) -> None:
    case = ranged(text)
    outside = "lib/" in text
    found = rename(case.cursor, (lambda _: ()) if outside else case.search, new)
    assert isinstance(found, Refusal), found
    assert reason in found.reason


class Workspace:
    """The files of an example, as they are or with other texts."""

    def __init__(self, folder: Path, texts: dict[str, str]) -> None:
        self.folder, self.texts = folder, texts
        self.project = Project(load(folder), lambda file: texts.get(file) or read_text(file))

    def search(self, word: str) -> Iterator[Module]:
        return (self.module(file) for file, text in self.texts.items() if word in text)

    def module(self, file: str) -> Module:
        found = self.project.module(file)
        assert found is not None
        return found

    def edited(self, edits: tuple[Edit, ...]) -> "Workspace":
        here = {edit.file: [e for e in edits if e.file == edit.file] for edit in edits}
        changed = {file: apply_edits(self.texts[file], each) for file, each in here.items()}
        return Workspace(self.folder, {**self.texts, **changed})

    def findings(self, old: str = "", new: str = "") -> list[tuple[str, str, str, int]]:
        """All findings, by the lines that they are on; one name stands for another."""
        return [
            (d.file, d.code, re.sub(rf"\b{old}\b", new, d.message) if old else d.message, line)
            for file in self.texts
            for d in check(self.module(file))
            for line in [self.module(file).document.lines.line(d.span.start)]
        ]


def workspaces() -> list[Path]:
    return sorted(path.parent for path in EXAMPLES.rglob("flow.toml"))


def workspace(folder: Path) -> Workspace:
    files = (file for file in sorted(folder.rglob("*.flow*.*")) if "broken" not in file.parts)
    within = files if "broken" not in folder.parts else sorted(folder.rglob("*.flow*.*"))
    return Workspace(folder, {str(file): file.read_text("utf-8") for file in within})


def symbols_in(found: Workspace) -> Iterator[tuple[str, Found]]:
    """A name of each symbol, and its file."""
    seen = set[Symbol]()
    for file in found.texts:
        for name in names_in(found.module(file)):
            if seen.isdisjoint(name.symbols):
                seen |= {*name.symbols, *name.linked}
                yield file, name


@pytest.mark.parametrize("folder", workspaces(), ids=lambda f: f.relative_to(EXAMPLES).as_posix())
def test_there_and_back_changes_nothing_in_the_examples(folder: Path) -> None:
    """What is renamed can be renamed back, and no finding comes or goes in between.

    In the twins with mistakes it may, for what a misspelt name is near to is another name then.
    Half of the names are tried; of the twins, whose names are mostly those of the sound ones, less.
    """
    before, broken = workspace(folder), folder.name == "broken"
    findings = None if broken else before.findings()
    found = islice(symbols_in(before), 0, None, 5 if broken else 2)
    renamed = [check_there_and_back(before, file, name, findings) for file, name in found]
    assert sum(renamed) > 5


def check_there_and_back(
    before: Workspace, file: str, name: Found, findings: list[tuple[str, str, str, int]] | None
) -> bool:
    """Whether a name could be changed; if so, that it can be changed back."""
    old = name.symbols[0].name
    edits = rename(Cursor(before.module(file), name.span.start), before.search, NEW)
    if isinstance(edits, Refusal):
        return False
    after = before.edited(edits)
    assert findings is None or after.findings(NEW, old) == findings, (file, old)
    first = edits[0]
    back = rename(Cursor(after.module(first.file), first.span.start), after.search, old)
    assert isinstance(back, tuple), (file, old, back)
    assert after.edited(back).texts == before.texts
    return True

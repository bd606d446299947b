"""Actions: what is offered where, and what becomes of the files; most of it in `actions/*.md`."""

from pathlib import Path

import msgspec
import pytest
from literate_actions import (
    Case,
    cases,
    changed,
    changes_of,
    offered,
    refusal_of,
    titles,
)
from marked import ROOT, project

from flow_core.check import check
from flow_core.ide.actions import actions
from flow_core.places import Span
from flow_core.project import Project
from flow_core.settings import Settings

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.where} {case.title}")
def test_it_is_as_the_page_says(case: Case) -> None:
    module = case.module()
    found = offered(case, module)
    assert len(found) == case.offered, titles(case, module)
    if not found:
        return
    assert refusal_of(module, found[0]) == case.reason
    if case.after:
        texts = changed(module, changes_of(module, found[0]))
        assert texts == {f"{ROOT}/{name}": text for name, text in case.after.items()}


CALLER = """\
flow: 1
name: a
{imports}steps:
  pay:
    uses: {uses}
"""
FILES = {
    "lib/payments.flow.yaml": "flow: 1\ncomponents: {charge: {run: {shell: [charge]}}}\n",
    "bank.py": "from flow_core import component\n\n\n@component\ndef charge() -> None: ...\n",
}


@pytest.mark.parametrize(
    ("imports", "uses", "title", "new_imports", "new_uses"),
    [
        (
            "",
            "charge",
            "Import `payments.charge` from `../lib/payments.flow.yaml`",
            "imports:\n  payments: ../lib/payments.flow.yaml\n",
            "payments.charge",
        ),
        (
            "",
            "charge",
            "Import `bank.charge` from `python:bank`",
            "imports:\n  bank: python:bank\n",
            "bank.charge",
        ),
        (
            "imports:\n  payments: ./other.flow.yaml\n",
            "charge",
            "Import `payments_2.charge` from `../lib/payments.flow.yaml`",
            "imports:\n  payments: ./other.flow.yaml\n  payments_2: ../lib/payments.flow.yaml\n",
            "payments_2.charge",
        ),
        (
            "imports:\n  pay: ../lib/payments.flow.yaml\n",
            "charge",
            "Write `pay.charge` (may change the meaning)",
            "imports:\n  pay: ../lib/payments.flow.yaml\n",
            "pay.charge",
        ),
        (
            "",
            "payments.charge@^2.0",
            "Import `payments.charge` from `../lib/payments.flow.yaml`",
            "imports:\n  payments: ../lib/payments.flow.yaml\n",
            "payments.charge@^2.0",
        ),
        ("", "payments.log", "Import `std.log` from `std`", "", "std.log"),
    ],
)
def test_a_component_is_imported_from_wherever_the_project_has_it(  # noqa: PLR0913, PLR0917 -- a row of the table
    tmp_path: Path, imports: str, uses: str, title: str, new_imports: str, new_uses: str
) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "flows").mkdir()
    text = CALLER.format(imports=imports, uses=uses)
    file = str(tmp_path / "flows" / "a.flow.yaml")
    module = Project(Settings(str(tmp_path))).add(file, text)
    at = text.index("uses: ") + len("uses: ")
    found = {a.title: a for a in actions(module, Span(at, at), check(module))}
    after = changed(module, found[title].changes)
    assert after == {file: CALLER.format(imports=new_imports, uses=new_uses)}


def test_the_project_is_not_searched_for_who_is_in_a_hurry(tmp_path: Path) -> None:
    (tmp_path / "lib.flow.yaml").write_text(FILES["lib/payments.flow.yaml"], "utf-8")
    text = CALLER.format(imports="", uses="charge")
    module = Project(Settings(str(tmp_path))).add(str(tmp_path / "a.flow.yaml"), text)
    at = text.index("charge")
    found = actions(module, Span(at, at), check(module), patient=False)
    assert not [action for action in found if action.title.startswith("Import")]


def test_looking_for_actions_uses_nothing() -> None:
    text = (
        "flow: 1\nname: a\nimports: {lib: ./lib.flow.yaml}\ninputs: {x: string}\nsteps:\n"
        "  one: {uses: make, with: {x: '${{ inputs.x }}'}}\n"
    )
    library = "flow: 1\ntypes: {T: string}\ncomponents: {a: {run: {shell: [a]}}}\n"
    module = project({"lib.flow.yaml": library}).add(f"{ROOT}/a.flow.yaml", text)
    before = check(module)
    assert "FL704" in {found.code for found in before}
    for action in actions(module, Span(0, len(text)), before):
        refusal_of(module, action)  # makes the changes
    assert check(module) == before


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.after.get(case.name)],
    ids=lambda case: f"{case.where} {case.title}",
)
def test_lines_end_as_they_did(case: Case) -> None:
    text = case.text.replace("\n", "\r\n")
    module = msgspec.structs.replace(case, text=text).module()
    (action,) = offered(msgspec.structs.replace(case, text=text), module)
    texts = changed(module, changes_of(module, action))
    assert texts[module.file] == case.after[case.name].replace("\n", "\r\n")

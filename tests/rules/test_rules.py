"""Every rule: its registration, its manual page, and its literate test `tests/rules/<name>.md`."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from literate import Case, cases

from flow_core import rules
from flow_core.diagnostics import Severity
from flow_core.rules import ALL, RuleModule

HERE = Path(__file__).parent
FOLDER = Path(rules.__file__).parent
INFRASTRUCTURE = {"__init__", "rule", "pages"}
SECTIONS = ["Why it matters", "Fails", "Passes", "How to fix"]
BY_NAME = {rule.RULE.name: rule for rule in ALL}
RULES = pytest.mark.parametrize("rule", ALL, ids=[rule.RULE.name for rule in ALL])

PAGES = sorted(HERE.glob("*.md"))
LITERATE = [case for page in PAGES for case in cases(page)]


def source(rule: RuleModule) -> Path:
    return FOLDER / f"{rule.RULE.name.replace('-', '_')}.py"


@pytest.mark.parametrize("case", LITERATE, ids=[case.where for case in LITERATE])
def test_literate(case: Case) -> None:
    assert case.page.stem in BY_NAME, f"{case.where}: no rule has this name"
    only = (BY_NAME[case.page.stem].RULE.code,)
    assert case.faults(only) == []
    if case.fixed is not None:
        assert case.mended(only) == case.fixed, f"{case.where}: fixed otherwise"


@RULES
def test_the_literate_test_has_findings_and_none(rule: RuleModule) -> None:
    found = [case.expected for case in LITERATE if case.page.stem == rule.RULE.name]
    assert found, f"tests/rules/{rule.RULE.name}.md is missing or empty"
    assert any(found), "no block expects a finding"
    assert not all(found), "no block is free of findings"


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_every_block_of_a_page_is_read(page: Path) -> None:
    text = page.read_text("utf-8")
    found = cases(page)
    read = len(found) + sum(len(c.files) + (c.fixed is not None) for c in found)
    assert read == len(re.findall(r"^ *(?:`{3,}|~{3,})", text, re.MULTILINE)) // 2 > 0
    markers = len(re.findall(r"# *error", text))
    assert markers == sum(len(case.expected) for case in found), "a marker is misspelt"


@RULES
def test_fails_yields_its_code_alone(rule: RuleModule) -> None:
    found = cases(source(rule), "Fails")
    assert len(found) == 1
    codes = {diagnostic.code for diagnostic in found[0].findings((rule.RULE.code,))}
    assert codes == {rule.RULE.code}, found[0].where


@RULES
def test_passes_yields_nothing(rule: RuleModule) -> None:
    found = cases(source(rule), "Passes")
    assert len(found) == 1
    assert found[0].faults(()) == []
    assert found[0].faults((rule.RULE.code,)) == []


@RULES
def test_the_manual_page_has_its_sections(rule: RuleModule) -> None:
    page = rule.__doc__ or ""
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == SECTIONS
    summary = page.partition("\n")[0]
    assert summary[:1].isupper() or summary.startswith("`")
    assert summary.endswith("."), "the first line is one sentence"
    assert all(part.strip() for part in re.split(r"^## .+$", page, flags=re.MULTILINE))


@RULES
def test_the_module_is_named_like_the_rule(rule: RuleModule) -> None:
    assert source(rule).is_file()
    assert re.fullmatch(r"FL[0-8]\d\d", rule.RULE.code)
    assert rule.RULE.severity in Severity


def test_all_is_sorted_and_its_names_are_unique() -> None:
    codes = [rule.RULE.code for rule in ALL]
    assert all(one < other for one, other in pairwise(codes)), codes
    assert len(BY_NAME) == len(ALL)


def test_no_rule_is_left_out_of_all() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py")} - INFRASTRUCTURE
    assert modules == {name.replace("-", "_") for name in BY_NAME}

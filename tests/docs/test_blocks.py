"""Every YAML and JSON block of the documentation is what its fence says it is.

* ``yaml flow [name]``: a whole file without a finding. Under its name it can be imported by the
  other blocks of its page.
* ``yaml broken [code]``: a file with this finding; without a code, with any.
* ``yaml flowtest [name]``: a scenario file without a finding, whose runs go as it expects.
* ``yaml fragment``: a part of a file; it has to parse.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from flow_core.check import check
from flow_core.diagnostics import Diagnostic, Severity
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.simulate.scenarios import Suite
from flow_core.syntax import parse

ROOT = Path(__file__).parents[2]
RULES = ROOT / "docs" / "rules"  # checked in tests/rules, with the docstrings they are made of
PAGES = [
    ROOT / "README.md",
    *(page for page in sorted((ROOT / "docs").rglob("*.md")) if RULES not in page.parents),
]
FENCE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^\n]*)\n(?P<text>.*?)^ {0,3}(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
SUFFIXES = {"flow": ".flow", "broken": ".flow", "flowtest": ".flowtest"}


class Block(msgspec.Struct, frozen=True):
    """A fenced block; ``line`` is that of its fence, counted from 1."""

    page: Path
    line: int
    language: Literal["yaml", "json"]
    mark: str
    argument: str
    text: str

    @property
    def where(self) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"

    @property
    def file(self) -> str:
        """The name of its file: its own, or one that no other block has."""
        if self.mark != "broken" and self.argument:
            return self.argument
        return f"line_{self.line}{SUFFIXES[self.mark]}.{self.language}"


def blocks(page: Path) -> Iterator[Block]:
    """The YAML and JSON blocks of a page."""
    text = page.read_text("utf-8")
    for found in FENCE.finditer(text):
        language, mark, argument = [*found["info"].split(), "", "", ""][:3]
        if language in ("yaml", "json"):
            line = text.count("\n", 0, found.start()) + 1
            yield Block(page, line, language, mark, argument, found["text"])


BLOCKS = [block for page in PAGES for block in blocks(page)]


def module_of(block: Block, folder: Path) -> Module:
    """The module of a block that can import the others of its page."""
    page = {
        str(folder / other.file): other.text
        for other in (*BLOCKS, block)
        if other.page == block.page and other.mark in SUFFIXES
    }
    module = Project(Settings(str(folder)), page.get).module(str(folder / block.file))
    assert module is not None
    return module


def findings(block: Block, folder: Path) -> tuple[Diagnostic, ...]:
    """What the checker says of a block."""
    found = check(module_of(block, folder))
    return tuple(each for each in found if each.severity <= Severity.WARNING)


def failed_expectations(block: Block, folder: Path) -> list[str]:
    """What in the runs of a scenario file goes otherwise than it expects."""
    suite = Suite(module_of(block, folder))
    assert suite.scenarios
    return [
        f"{block.where}: {scenario.name}: {found.message}"
        for scenario in suite.scenarios
        for found in suite.run(scenario.name).failures
    ]


def show(block: Block, found: Diagnostic) -> str:
    """A finding at its place on the page, ready to click."""
    line = block.line + 1 + block.text.count("\n", 0, found.span.start)
    return f"{block.page.relative_to(ROOT)}:{line}: {found.code} {found.message}"


@pytest.mark.parametrize("block", BLOCKS, ids=[block.where for block in BLOCKS])
def test_block(block: Block, tmp_path: Path) -> None:
    if block.mark == "fragment":
        assert parse(block.text, block.language).problems == ()
        return
    assert block.mark in SUFFIXES, f"{block.where}: say after ```{block.language} what the block is"
    found = findings(block, tmp_path)
    if block.mark != "broken":
        assert [show(block, diagnostic) for diagnostic in found] == []
    elif block.argument:
        assert block.argument in {diagnostic.code for diagnostic in found}
    else:
        assert found


SCENARIOS = [block for block in BLOCKS if block.mark == "flowtest"]


@pytest.mark.parametrize("block", SCENARIOS, ids=[block.where for block in SCENARIOS])
def test_scenarios_go_as_they_expect(block: Block, tmp_path: Path) -> None:
    assert failed_expectations(block, tmp_path) == []


def test_scenarios_are_there() -> None:
    assert len(SCENARIOS) >= 7


def test_no_block_is_missed() -> None:
    opening = re.compile(r"^ *(?:`{3,}|~{3,}) *(?:yaml|yml|json)", re.MULTILINE)
    written = sum(len(opening.findall(page.read_text("utf-8"))) for page in PAGES)
    assert len(BLOCKS) == written > 0


def test_a_wrong_block_is_noticed(tmp_path: Path) -> None:
    text = "flow: 1\nname: wrong\nsteps:\n  tell: {uses: std.log\n"
    block = Block(ROOT / "README.md", 10, "yaml", "flow", "", text)
    assert [show(block, found)[:19] for found in findings(block, tmp_path)] == [
        "README.md:14: FL001"
    ]


def test_an_expectation_that_is_not_met_is_noticed(tmp_path: Path) -> None:
    text = "flow_test: 1\npipeline: ./retries.flow.yaml\nscenarios:\n  one:\n"
    text += "    inputs: {parcels: [p]}\n    mocks: {ship: {fail: CarrierError}}\n"
    text += "    expect: {status: succeeded}\n"
    block = Block(ROOT / "docs" / "language.md", 1, "yaml", "flowtest", "", text)
    assert failed_expectations(block, tmp_path) == [
        'docs/language.md:1: one: the run: expected "succeeded", found "failed"'
    ]

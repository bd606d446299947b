"""The formats of coverage: what others read must be what they expect."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from flow_core.coverage import Coverage, Sums, add_up
from flow_core.coverage.data import digest
from flow_core.project import Project
from flow_core.settings import Settings
from flow_testing.coverage.cobertura import cobertura_report
from flow_testing.coverage.data import json_report
from flow_testing.coverage.html import write_html
from flow_testing.coverage.lcov import lcov_report
from flow_testing.coverage.terminal import terminal_report

ORDER = """\
flow: 1
name: order
inputs: {items: list<string>}
components: {work: {errors: {A: x}, run: {shell: [x]}}}
steps:
  a:
    uses: work
    retry: {max_attempts: 2}
  b: {uses: work, when: "${{ size(inputs.items) > 2 }}", depends_on: [a]}
"""
INNER = "flow: 1\nname: <inner>\nsteps:\n  <x>: 1\n  c: {uses: std.log, with: {message: x}}\n"
HITS = {"a.ran": 3, "a.retry:used": 1, "b.when:false": 3, "a->b:succeeded": 3}


@pytest.fixture
def sums() -> Sums:
    texts = {
        "/p/order.flow.yaml": ORDER,
        "/p/flows/one.flow.yaml": INNER.replace("  <x>: 1\n", ""),
        "/p/flows/two.flow.yaml": INNER.replace("  <x>: 1\n", "").replace("inner", "two"),
    }
    project = Project(Settings(root="/p"), texts.get)
    modules = [project.module(file) for file in texts]
    coverage = Coverage(
        {
            "order.flow.yaml": {digest(ORDER): HITS},
            "flows/two.flow.yaml": {"of another text": {"c.ran": 5}},
        }
    )
    return add_up(filter(None, modules), coverage, "/p")


def test_sums(sums: Sums) -> None:
    assert [(f.name, f.count.covered, f.count.total) for f in sums.files] == [
        ("flows/one.flow.yaml", 0, 1),
        ("flows/two.flow.yaml", 0, 1),
        ("order.flow.yaml", 4, 7),
    ]
    assert (sums.count.covered, sums.count.total, sums.count.text) == (4, 9, "44%")
    assert [file.stale for file in sums.files] == [False, True, False]


def test_the_terminal(sums: Sums) -> None:
    assert terminal_report(sums, missing=True) == (
        """\
file                  goals  missed   cover
flows/one.flow.yaml       1       1      0%
flows/two.flow.yaml       1       1      0%
order.flow.yaml           7       3     57%
total                     9       5     44%

kind         goals  missed   cover
step             4       3     25%
branch           2       1     50%
transition       1       0    100%
retry            2       1     50%

c: never ran (flows/one.flow.yaml:4)

flows/two.flow.yaml: it has changed since it was run, so that no run of it counts

c: never ran (flows/two.flow.yaml:4)

a: retry never exhausted (order.flow.yaml:8)
b: never ran (order.flow.yaml:9)
b: `when` is never true (order.flow.yaml:9)
"""
    )


def test_lcov(sums: Sums) -> None:
    record = lcov_report(sums).split("end_of_record\n")[2]
    assert record.splitlines() == [
        "TN:",
        "SF:order.flow.yaml",
        "FN:6,a",
        "FN:9,b",
        "FNDA:3,a",
        "FNDA:0,b",
        "FNF:2",
        "FNH:1",
        "BRDA:8,0,0,1",
        "BRDA:8,0,1,0",
        "BRDA:9,0,0,3",
        "BRDA:9,0,1,0",
        "BRDA:9,0,2,3",
        "BRF:5",
        "BRH:3",
        "DA:6,3",
        "DA:8,1",
        "DA:9,0",
        "LF:3",
        "LH:2",
    ]


# What coverage-04.dtd says: the elements inside of each, and the attributes that each must have.
RATES = {"line-rate", "branch-rate"}
SUMS = {"lines-covered", "lines-valid", "branches-covered", "branches-valid"}
DTD: dict[str, tuple[str, set[str]]] = {
    "coverage": (
        "(sources )?packages ",
        RATES | SUMS | {"complexity", "version", "timestamp"},
    ),
    "sources": ("(source )*", set()),
    "source": ("", set()),
    "packages": ("(package )*", set()),
    "package": ("classes ", {"name", "complexity"} | RATES),
    "classes": ("(class )*", set()),
    "class": ("methods lines ", {"name", "filename", "complexity"} | RATES),
    "methods": ("(method )*", set()),
    "lines": ("(line )*", set()),
    "line": ("(conditions )*", {"number", "hits"}),
}


def test_cobertura_is_valid(sums: Sums) -> None:
    root = ET.fromstring(cobertura_report(sums, "/p", 7))  # noqa: S314 - our own
    for element in root.iter():
        inside, needed = DTD[element.tag]
        assert re.fullmatch(inside, "".join(f"{child.tag} " for child in element)), element.tag
        assert needed <= element.attrib.keys()
        assert element.attrib.keys() - needed <= {"branch", "condition-coverage"}


def test_cobertura_tells_lines_and_branches(sums: Sums) -> None:
    root = ET.fromstring(cobertura_report(sums, "/p", 7))  # noqa: S314 - our own
    assert [found.get("name") for found in root.iter("package")] == ["flows", "."]
    lines = [dict(line.attrib) for line in root.findall(".//*[@filename='order.flow.yaml']//line")]
    assert lines == [
        {"number": "6", "hits": "3", "branch": "false"},
        {"number": "8", "hits": "1", "branch": "true", "condition-coverage": "50% (1/2)"},
        {"number": "9", "hits": "0", "branch": "true", "condition-coverage": "66% (2/3)"},
    ]
    assert (root.get("lines-covered"), root.get("lines-valid")) == ("2", "5")


def test_json_can_be_read_again(sums: Sums) -> None:
    coverage = Coverage({"order.flow.yaml": {digest(ORDER): HITS}})
    assert Coverage.from_json(json_report(sums, coverage).encode()) == coverage


def test_pages_need_nothing_else(sums: Sums, tmp_path: Path) -> None:
    index = write_html(sums, tmp_path / "report")
    pages = {file.name: file.read_text("utf-8") for file in index.parent.iterdir()}
    assert set(pages) == {
        "index.html",
        "flows_-one.flow.yaml.html",
        "flows_-two.flow.yaml.html",
        "order.flow.yaml.html",
    }
    for text in pages.values():
        assert "default-src 'none'" in text
        assert not re.search(r"<script|<link|src=|@import|url\(", text)
        for target in re.findall(r'href="([^"#]+)', text):
            assert target in pages
    assert "<inner>" not in pages["flows_-one.flow.yaml.html"]


def test_a_page_tells_lines_in_words_too(sums: Sums, tmp_path: Path) -> None:
    write_html(sums, tmp_path)
    page = (tmp_path / "order.flow.yaml.html").read_text("utf-8")
    row = re.compile(r'<tr id="l(\d+)" class="(\w*)"><td>\d+</td><td>(.*?)</td>')
    rows = {number: (state, sign) for number, state, sign in row.findall(page)}
    assert rows["6"] == ("all", "✓ 3&times;")
    assert rows["8"] == ("some", "◐ 1&times;")
    assert rows["5"] == ("", "")

"""Coverage by lines: what editors show beside a text."""

from flow_core.coverage import Coverage, coverage_lines, digest, goals
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings

TEXT = """\
flow: 1
name: t
inputs: {n: integer}
components: {work: {errors: {A: x}, run: {shell: [x]}}}
steps:
  a:
    uses: work
    retry: {max_attempts: 2}
  b:
    depends_on: [a]
    when: ${{ inputs.n > 2 }}
    uses: std.log
    with: {message: x}
"""
HITS = {"a.ran": 3, "a->b:succeeded": 3, "b.when:false": 3}


def module_of(text: str) -> Module:
    return Project(Settings(root="/p"), lambda _: None).add("/p/sub/t.flow.yaml", text)


def shown(module: Module, coverage: Coverage, root: str | None = None) -> list[str]:
    """Lines as `line: hits label [branch hits]`."""
    return [
        f"{line.line}: {line.hits} {line.label} {[branch.hits for branch in line.branches]}"
        for line in coverage_lines(module, coverage, root)
    ]


def test_each_line_tells_how_many_runs_came_there_and_which_ways_they_went() -> None:
    coverage = Coverage({"sub/t.flow.yaml": {digest(TEXT): HITS}})
    expected = ["6: 3 a []", "8: 0 a [0, 0]", "9: 0 b []", "10: 3 b []", "11: 3 b [0, 3]"]
    assert shown(module_of(TEXT), coverage) == expected


def test_names_may_start_from_elsewhere() -> None:
    coverage = Coverage({"t.flow.yaml": {digest(TEXT): HITS}})
    assert shown(module_of(TEXT), coverage, "/p/sub")[0] == "6: 3 a []"
    assert shown(module_of(TEXT), coverage)[0] == "6: 0 a []"
    moved = coverage.moved("/p/sub", "/p")
    assert shown(module_of(TEXT), moved)[0] == "6: 3 a []"


def test_another_text_has_been_covered_by_nobody() -> None:
    coverage = Coverage({"sub/t.flow.yaml": {digest(TEXT): HITS}})
    assert shown(module_of(f"{TEXT}\n"), coverage)[0] == "6: 0 a []"


def test_what_cannot_be_run_has_no_lines() -> None:
    for text in ("", "{", "flow: 1\nname: x\n", TEXT.replace("uses: work", "uses: wrok")):
        assert goals(module_of(text)) == ()
        assert coverage_lines(module_of(text), Coverage()) == ()

"""The manual in `docs/rules` is what the rules' docstrings say."""

from pathlib import Path

from flow_core.rules import ALL
from flow_core.simulate.codes import run_time_pages
from flow_core.simulate.manual import pages, write

DOCS = Path(__file__).parents[2] / "docs" / "rules"


def test_the_manual_is_up_to_date() -> None:
    written = {path.name: path.read_text("utf-8") for path in DOCS.iterdir()}
    assert written == pages(), "run `python -m flow_core.simulate.manual docs/rules`"


def test_the_index_links_every_rule() -> None:
    index = pages()["index.md"]
    for rule in ALL:
        assert f"({rule.RULE.code}-{rule.RULE.name}.md)" in index


def test_the_index_lists_what_only_a_run_can_show_in_its_place() -> None:
    codes = [line[2:7] for line in pages()["index.md"].splitlines() if line.startswith("| FL")]
    assert codes == sorted(codes)
    assert {"FL810", "FL824", *run_time_pages()} <= set(codes)


def test_pages_of_rules_that_are_gone_are_removed(tmp_path: Path) -> None:
    (tmp_path / "FL999-gone.md").write_text("gone")
    write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(pages())

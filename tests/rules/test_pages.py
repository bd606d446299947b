"""The manual in `docs/rules` is what the rules' docstrings say."""

from pathlib import Path

from flow_core.rules import ALL
from flow_core.rules.pages import pages, write

DOCS = Path(__file__).parents[2] / "docs" / "rules"


def test_the_manual_is_up_to_date() -> None:
    written = {path.name: path.read_text("utf-8") for path in DOCS.iterdir()}
    assert written == pages(), "run `python -m flow_core.rules.pages docs/rules`"


def test_the_index_links_every_rule() -> None:
    index = pages()["index.md"]
    for rule in ALL:
        assert f"({rule.RULE.code}-{rule.RULE.name}.md)" in index


def test_pages_of_rules_that_are_gone_are_removed(tmp_path: Path) -> None:
    (tmp_path / "FL999-gone.md").write_text("gone")
    write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(pages())

"""The numbered rules of the language reference can be cited: each is there, and there once."""

import re
from collections import defaultdict
from itertools import count
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs" / "language.md").read_text("utf-8")
DEFINED = re.findall(r"\*\*(R-[a-z]+-\d+)\*\*", REFERENCE)
CITED = re.compile(r"\bR-[a-z]+-\d+\b")
PAGES = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_each_topic_is_numbered_from_one_without_gaps() -> None:
    topics: dict[str, list[int]] = defaultdict(list)
    for rule in DEFINED:
        topic, _, number = rule.rpartition("-")
        topics[topic].append(int(number))
    assert len(topics) > 30
    for topic, numbers in topics.items():
        assert numbers == [n for n, _ in zip(count(1), numbers, strict=False)], topic


@pytest.mark.parametrize("page", PAGES, ids=[page.relative_to(ROOT).as_posix() for page in PAGES])
def test_cited_rules_exist(page: Path) -> None:
    assert set(CITED.findall(page.read_text("utf-8"))) <= set(DEFINED)


def test_links_to_chapters_lead_somewhere() -> None:
    titles = re.findall(r"^#+ (.+)$", REFERENCE, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
    links = re.findall(r"\]\(#([^)]+)\)", REFERENCE)
    assert links
    assert set(links) <= anchors

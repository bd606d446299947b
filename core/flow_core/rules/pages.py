"""The manual: one page for each rule, made of the docstring of the module that defines it.

``python -m flow_core.rules.pages docs/rules`` writes it as files.
"""

import inspect
import sys
from pathlib import Path

import msgspec

from flow_core.rules.rule import Rule

FAMILIES = (
    "Syntax",
    "Shape and keys",
    "Graph",
    "Types and expressions",
    "Resilience, time and cost",
    "Security",
    "Style",
    "Components and imports",
    "Scenarios",
)
"""What the rules are about, by the first digit of their codes."""

_INTRODUCTION = """\
# Rules

Each finding has a code, which never changes its meaning. `flow explain FL203` shows a page of this
manual; `flow rules` lists them. Rules that are off run when the settings or `--select` name them.
"""


class Page(msgspec.Struct, frozen=True):
    """A rule and its page, in Markdown."""

    rule: Rule
    text: str

    @property
    def summary(self) -> str:
        """The page's first paragraph, on one line."""
        return " ".join(self.text.partition("\n\n")[0].split())

    @property
    def document(self) -> str:
        """The page with a heading."""
        rule = self.rule
        facts = f"*{rule.severity.name.lower()}, since {rule.since}*"
        return f"# {rule.code} {rule.name}\n\n{facts}\n\n{self.text}\n"


def manual() -> dict[str, Page]:
    """Every rule's page by its code, in order."""
    from flow_core.rules import ALL

    found = [Page(module.RULE, inspect.cleandoc(module.__doc__ or "")) for module in ALL]
    return {page.rule.code: page for page in found}


def pages() -> dict[str, str]:
    """The files of the manual: their names and texts."""
    found = manual().values()
    named = {f"{page.rule.code}-{page.rule.name}.md": page.document for page in found}
    return {"index.md": _INTRODUCTION + "".join(map(_section, range(len(FAMILIES)))), **named}


def _section(family: int) -> str:
    """The part of the index that lists one family."""
    rows = [_row(page) for code, page in manual().items() if code[2] == str(family)]
    head = f"\n## {family}xx {FAMILIES[family]}\n\n| code | rule | severity | what it finds |\n"
    return head + "|---|---|---|---|\n" + "".join(rows) if rows else ""


def _row(page: Page) -> str:
    rule = page.rule
    link = f"[{rule.name}]({rule.code}-{rule.name}.md)"
    summary = page.summary.replace("|", "\\|")
    return f"| {rule.code} | {link} | {rule.severity.name.lower()} | {summary} |\n"


def write(folder: Path) -> None:
    """Write the manual into a folder; pages of rules that are gone go too."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.md"):
        path.unlink()
    for name, text in pages().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))

"""The manual as files: a page for each code, of rules and of what only a run can show.

``python -m flow_core.simulate.manual docs/rules`` writes it.
"""

import sys
from pathlib import Path

from flow_core.rules.pages import Page
from flow_core.simulate.codes import by_code

FAMILIES = (
    "Syntax",
    "Shape and keys",
    "Graph",
    "Types and expressions",
    "Resilience, time and cost",
    "Security",
    "Style",
    "Components and imports",
    "Scenarios and runs",
)
"""What the rules are about, by the first digit of their codes."""

_INTRODUCTION = """\
# Rules

Each finding has a code, which never changes its meaning. `flow explain FL203` shows a page of this
manual; `flow rules` lists them. Rules that are off run when the settings or `--select` name them.
What only a run can show (FL810 to FL813, and from FL820 on what a sweep of faults finds) is no rule
of `flow validate`: simulations and `flow test` report it.
"""


def pages() -> dict[str, str]:
    """The files of the manual: their names and texts."""
    found = by_code().values()
    named = {f"{page.rule.code}-{page.rule.name}.md": page.document for page in found}
    return {"index.md": _INTRODUCTION + "".join(map(_section, range(len(FAMILIES)))), **named}


def _section(family: int) -> str:
    """The part of the index that lists one family."""
    rows = [_row(page) for code, page in by_code().items() if code[2] == str(family)]
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

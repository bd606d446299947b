"""What hover says; most of it stands in `hover.md`."""

import re
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from marked import MARK, at
from small_shop import FILES, HEAD

from flow_core.ide.cursor import Cursor
from flow_core.ide.hover import hover
from flow_core.ide.hover.rules import rule_page

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
TEXTS = Path(__file__).with_name("hover.md").read_text("utf-8")
CASE = re.compile(
    r"### (?P<title>.+)\n\n`(?P<marked>.+)` → `(?P<about>.+)`\n\n(?P<lines>(?: {4}.*\n)+)"
)
FILE = re.compile(r"```yaml (\S+)\n(.*?)```\n", re.DOTALL)
PIPELINE = FILE.findall(TEXTS)[0][1]


class Case(msgspec.Struct, frozen=True):
    """A part of a text with the cursor in it, what hover is about there, and lines that it says."""

    title: str
    file: str
    text: str
    about: str
    lines: list[str]


def cases() -> Iterator[Case]:
    """The cases of `hover.md`, each in the file that stands above it."""
    _, *parts = FILE.split(TEXTS)
    for file, text, below in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        for case in CASE.finditer(below):
            marked = case["marked"].replace("\\n", "\n")
            part = marked.replace(MARK, "")
            assert part in text, part
            lines = textwrap.dedent(case["lines"]).splitlines()
            yield Case(case["title"], file, text.replace(part, marked, 1), case["about"], lines)


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case.file}: {case.title}")
def test_hover_says(case: Case) -> None:
    cursor = at(case.text, name=case.file, files={**FILES, "tested.flow.yaml": PIPELINE})
    found = hover(cursor, NOW)
    assert found is not None
    assert cursor.module.document.text[found.span.start : found.span.end] == case.about
    missing = [line for line in case.lines if line not in found.markdown.splitlines()]
    assert not missing, found.markdown


NOTHING = {
    "a blank line": "flow: 1\n‸\nname: x\n",
    "behind a key": "steps:\n  a:\n    ‸\n",
    "a comment": "flow: 1 # wh‸at\n",
    "a text for people": "description: some ‸text\n",
    "what is none of the language's": "x-mine: {a: ‸b}\n",
    "the second of two keys": "name: a\nna‸me: b\n",
    "an empty file": "‸",
    "a text that is no mapping": "hel‸lo",
    "a component that does not exist": "steps: {a: {uses: ‸}}",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_nothing_is_said_where_nothing_is_known(text: str) -> None:
    assert hover(at(text), NOW) is None


def test_a_part_of_a_file_says_nothing_of_steps_that_are_not_there() -> None:
    cursor = at(PIPELINE.replace("\n  check:", "\n  ch‸eck:"), files=FILES)
    part = hover(Cursor(cursor.module, cursor.offset, ("others",)))
    whole = hover(cursor)
    assert whole is not None
    assert part is not None
    assert part.markdown == whole.markdown.replace("* `ask`, `last` wait for it\n", "")


def test_a_part_of_a_file_does_not_know_what_other_steps_do_to_an_output() -> None:
    text = (
        "steps:\n  a: {uses: std.http, depends_on: [far], with: {url: x}}\n"
        "outputs:\n  x: ${{ steps.a.outputs.st‸atus }}\n"
    )
    cursor = at(text)
    part, whole = (
        hover(Cursor(cursor.module, cursor.offset, others)) for others in (("far",), ("else",))
    )
    assert part is not None
    assert whole is not None
    unsure = "\n\nMay still be null: `a` depends on steps that are not looked at here."
    assert part.markdown == whole.markdown + unsure


def test_without_a_time_schedules_are_only_put_in_words() -> None:
    found = hover(at("schedule: [{cron: '0 6 ‸* * *'}]\n"))
    assert found is not None
    assert found.markdown == "**`0 6 * * *`**: At 06:00 every day, UTC"


def test_json_says_the_same() -> None:
    yaml = hover(at("steps:\n  a:\n    time‸out: 3s\n"))
    json = hover(at('{"steps": {"a": {"time‸out": "3s"}}}', name="a.flow.json"))
    assert yaml is not None
    assert json is not None
    assert json.markdown == yaml.markdown


def test_an_alias_shows_what_it_stands_for() -> None:
    found = hover(at("x-a: &a {delay: 1s}\nsteps: {s: {retry: *‸a}}\n"))
    assert found is not None
    assert found.markdown == "```yaml\ndelay: 1s\n```"


def test_the_page_of_a_rule_is_its_first_part() -> None:
    assert rule_page("FL309").startswith("**FL309 argument-type**\n\nAn expression in `with`")
    assert "```" not in rule_page("FL309")
    assert not rule_page("FL999")


def test_seconds_are_said_once() -> None:
    found = hover(at("flow: 1\nname: a\ndefaults: {timeout: 3‸0s}\n"), NOW)
    assert found is not None
    assert found.markdown == "**`30s`**: 30 seconds"


IN_PATHS = {
    "in‸ner/leaf": "**`inner`**: a group",
    "inner/le‸af": "**`leaf`**: a step that calls `shop.charge`",
    "le‸af!catch[0]": "**`leaf`**: a step that calls `shop.charge`",
    "leaf!ca‸tch[0]": "**`leaf!catch[0]`**: calls `shop.pick`",
    "leaf!compen‸sate": "**`leaf!compensate`**: calls `shop.ask`",
    "shop.ch‸arge": "**`shop.charge`**: a shell component",
}


@pytest.mark.parametrize(("key", "said"), IN_PATHS.items(), ids=IN_PATHS)
def test_hover_over_the_key_of_a_mock_is_about_the_part_of_the_path(key: str, said: str) -> None:
    leaf = (
        "{uses: shop.charge, catch: [{errors: [CardDeclined], uses: shop.pick}], "
        "compensate: {uses: shop.ask}}"
    )
    files = {**FILES, "b.flow.yaml": f"{HEAD}steps:\n  inner:\n    steps:\n      leaf: {leaf}\n"}
    text = f"pipeline: ./b.flow.yaml\nscenarios:\n  one:\n    mocks:\n      {key}: {{}}\n"
    found = hover(at(text, name="a.flowtest.yaml", files=files))
    assert found is not None
    assert found.markdown.startswith(f"Stands in for:\n\n{said}")

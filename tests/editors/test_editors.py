"""Real editors, with the set-ups that docs/editors.md shows, do what the page says they do."""

import json
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from driving import PROBLEM, SETUPS, drive, emacs, neovim, project, write_project

from flow_core.syntax.format import format_text

EDITORS: dict[str, Callable[[], list[str]]] = {"neovim": neovim, "emacs": emacs}
SYNTAXES = ("yaml", "json")
PAGE = (SETUPS.parent / "editors.md").read_text("utf-8")


class Seen:
    """What an editor saw, and the texts of the project before."""

    def __init__(self, editor: str, syntax: str, report: dict[str, Any]) -> None:
        self.editor = editor
        self.syntax = syntax
        self.report = report
        texts = project(syntax)
        self.library = texts[f"bank.flow.{syntax}"]
        self.shop = texts[f"shop.flow.{syntax}"]
        self.mended = self.shop.replace("ordr", "order")

    @property
    def formatted(self) -> str:
        return format_text(self.mended, "yaml" if self.syntax == "yaml" else "json")


@pytest.fixture(
    scope="module",
    params=[(editor, syntax) for editor in EDITORS for syntax in SYNTAXES],
    ids="-".join,
)
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    editor, syntax = request.param
    command = EDITORS[editor]()
    folder = tmp_path_factory.mktemp(f"{editor}-{syntax}")
    report = drive(command, write_project(folder, syntax), folder)
    assert PROBLEM not in report, report
    return Seen(editor, syntax, report)


def test_the_file_is_taken_for_what_it_is(seen: Seen) -> None:
    assert (
        seen.report["filetype"]
        in {
            "yaml": {"yaml.flow", "flow-mode"},
            "json": {"json.flow", "flow-json-mode"},
        }[seen.syntax]
    )


def test_what_is_wrong_is_shown_when_a_file_is_opened(seen: Seen) -> None:
    (finding,) = seen.report["wrong"]
    assert "there is no input `ordr`" in finding


def test_a_quick_fix_mends_it(seen: Seen) -> None:
    assert seen.report["fixed"] == seen.mended


def test_a_keystroke_is_checked_and_so_is_its_undoing(seen: Seen) -> None:
    (finding,) = seen.report["edited"]
    assert "there is no input `orderx`" in finding
    assert seen.report["undone"] == seen.mended


def test_completion_offers_the_outputs_of_a_step(seen: Seen) -> None:
    assert seen.report["completed"] == ["receipt"]


def test_hover_shows_a_component(seen: Seen) -> None:
    assert "Charge a card." in seen.report["hover"]


def test_the_definition_is_in_another_file(seen: Seen) -> None:
    file, line = seen.report["definition"]
    assert file == f"bank.flow.{seen.syntax}"
    assert "charge" in seen.library.splitlines()[line - 1]


def test_the_file_is_formatted(seen: Seen) -> None:
    assert seen.report["formatted"] == seen.formatted != seen.mended


def test_a_port_is_renamed_in_both_files(seen: Seen) -> None:
    assert seen.report["renamed"] == [
        seen.formatted.replace("receipt", "slip"),
        seen.library.replace("receipt", "slip"),
    ]


@pytest.mark.parametrize(
    ("fence", "name"),
    [
        ("lua", "neovim.lua"),
        ("elisp", "flow.el"),
        ("toml", "helix.toml"),
        ("json fragment", "zed.json"),
    ],
)
def test_the_page_shows_the_files_that_are_tested(fence: str, name: str) -> None:
    assert f"```{fence}\n{(SETUPS / name).read_text('utf-8')}```\n" in PAGE


def test_the_page_leads_to_the_set_up_that_is_too_long_for_it() -> None:
    assert "(editors/neovim-0.7.lua)" in PAGE


def test_helix_starts_the_server_for_files_of_flow() -> None:
    setup = tomllib.loads((SETUPS / "helix.toml").read_text("utf-8"))
    ((name, server),) = setup["language-server"].items()
    assert [server["command"], *server["args"]] == ["flow", "lsp"]
    assert all(language["language-servers"] == [name] for language in setup["language"])
    globs = [each["glob"] for language in setup["language"] for each in language["file-types"]]
    assert sorted(globs) == [
        "*.flow.json",
        "*.flow.yaml",
        "*.flow.yml",
        "*.flowtest.yaml",
        "*.flowtest.yml",
    ]


def test_zed_starts_the_server() -> None:
    (server,) = json.loads((SETUPS / "zed.json").read_text("utf-8"))["lsp"].values()
    assert [server["binary"]["path"], *server["binary"]["arguments"]] == ["flow", "lsp"]

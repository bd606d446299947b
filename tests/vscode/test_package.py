"""What the extension says of itself agrees with Flow: commands, settings, messages."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from flow_core.ide.hints import KINDS
from flow_lsp.features import features

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "vscode-extension"
PACKAGE: dict[str, Any] = json.loads((EXTENSION / "package.json").read_text("utf-8"))
CONTRIBUTES = PACKAGE["contributes"]
SETTINGS = CONTRIBUTES["configuration"]["properties"]


def sources() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(EXTENSION.glob("src/**/*.ts")))


def registered() -> set[str]:
    """The commands that the extension registers."""
    text = (EXTENSION / "src/commands.ts").read_text("utf-8")
    body = text.partition("return {\n")[2].partition("\n  };")[0]
    return {f"flow.{name}" for name in re.findall(r"^    (\w+)[:,]", body, re.MULTILINE)}


def test_the_problem_matcher_reads_every_concise_line() -> None:
    command = [sys.executable, "-m", "flow_cli", "validate", "--format", "concise", "--no-cache"]
    folder = ROOT / "docs/first-look"
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder)  # noqa: S603 -- our own command
    pattern = re.compile(CONTRIBUTES["problemMatchers"][0]["pattern"]["regexp"])
    found = [pattern.fullmatch(line) for line in done.stdout.splitlines()]
    assert [match[4] for match in found if match] == ["FL305", "FL102", "FL309", "FL402", "FL308"]
    assert all(found)


def test_the_problem_matcher_of_tests_reads_each_failure(tmp_path: Path) -> None:
    shop = shutil.copytree(ROOT / "docs/examples/order-processing", tmp_path / "shop")
    file = shop / "tests/order.flowtest.yaml"
    text = file.read_text("utf-8").replace("iterations: 2", "iterations: 3")
    text = text.replace('"< 2d"', '"< 2s"')
    file.write_text(text, "utf-8")
    command = [sys.executable, "-m", "flow_cli", "test", str(file)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=shop)  # noqa: S603 -- our own command
    first, second = (re.compile(p["regexp"]) for p in CONTRIBUTES["problemMatchers"][1]["pattern"])
    printed, source = done.stdout.splitlines(), text.splitlines()
    assert [found[2] for line in printed if (found := first.fullmatch(line))] == ["FL813"] * 2
    places = [found for line in printed if (found := second.fullmatch(line))]
    assert {found[1] for found in places} == {"tests/order.flowtest.yaml"}
    told = [source[int(found[2]) - 1].strip() for found in places]
    assert told == ["track: {iterations: 3}", 'elapsed: "< 2s"']


def test_commands_of_menus_and_lenses_are_registered() -> None:
    lenses = (ROOT / "lsp/flow_lsp/handlers/lenses.py").read_text("utf-8")
    wanted = {command["command"] for command in CONTRIBUTES["commands"]}
    wanted |= set(re.findall(r'"(flow\.\w+)"', lenses))
    assert wanted <= registered()


def test_the_server_knows_the_commands_and_requests_that_it_is_asked_for() -> None:
    known = {feature.method for feature in features()}
    for feature in features():
        if feature.method == types.WORKSPACE_EXECUTE_COMMAND:
            known |= set(feature.options.commands)
    text = sources()
    asked = {f"flow.server.{name}" for name in re.findall(r'command<[^;\n]*?>\("(\w+)"', text)}
    asked |= set(re.findall(r'ask<\w+>\("([\w/]+)"', text))
    assert len(asked) > 6
    assert asked <= known


def test_each_kind_of_hint_has_a_setting() -> None:
    kinds = {name.rpartition(".")[2] for name in SETTINGS if name.startswith("flow.inlayHints.")}
    assert kinds == set(KINDS)


@pytest.mark.parametrize("setting", SETTINGS)
def test_each_setting_is_described(setting: str) -> None:
    assert f"`{setting}`" in (EXTENSION / "README.md").read_text("utf-8")


def test_settings_that_choose_a_program_are_restricted() -> None:
    restricted = PACKAGE["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"]
    assert set(restricted) == {name for name in SETTINGS if name.lower().endswith("path")}


def test_every_flow_file_has_a_language() -> None:
    patterns = {p for language in CONTRIBUTES["languages"] for p in language["filenamePatterns"]}
    kinds = ("flow", "flowtest")
    assert patterns == {f"*.{kind}.{form}" for kind in kinds for form in ("yaml", "yml", "json")}

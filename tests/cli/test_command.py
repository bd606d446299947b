"""The command end to end: what it prints, and how it ends."""

import errno
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flow_cli.commands import COMMANDS

Flow = Callable[..., Any]


@pytest.mark.usefixtures("clean")
def test_a_clean_project(flow: Flow) -> None:
    done = flow("validate")
    assert re.fullmatch(r"No problems in 1 file \(\d+ ms\)\n", done.out)
    assert (done.code, done.err) == (0, "")


@pytest.mark.usefixtures("clean", "broken")
def test_findings(flow: Flow) -> None:
    done = flow("validate", "--format", "concise")
    assert re.fullmatch(r"broken\.flow\.yaml:6:11: FL\d{3} error .*\n", done.out)
    assert (done.code, done.err) == (1, "")


@pytest.mark.usefixtures("broken")
def test_a_second_run_says_the_same_from_the_cache(flow: Flow, tmp_path: Path) -> None:
    first = flow("validate", "--format", "json")
    assert (tmp_path / ".flow_cache" / ".gitignore").read_text() == "*\n"
    assert flow("validate", "--format", "json").out == first.out
    assert flow("validate", "--format", "json", "--no-cache").out == first.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["validate", "nowhere.flow.yaml"], "error: no such file or folder: `nowhere.flow.yaml`\n"),
        (["validate", "empty"], "error: no Flow files in `empty`\n"),
        (["validate", "-", "x.flow.yaml"], "error: `-` stands alone\n"),
        (["validate", "--select", "FL999"], "error: `--select FL999` names no rule\n"),
        (["validate", "--ignore", "syntax-eror"], "help: did you mean `syntax-error`?\n"),
        (
            ["validate", "--statistics", "--format", "json"],
            "error: `--statistics` is a text report",
        ),
        (["validate", "-", "--watch"], "error: standard input cannot be watched\n"),
        (["validate", "--format", "xml"], "Invalid value for '--format'"),
        (["valdate"], "Did you mean 'validate'?"),
        (["explain", "FL0001"], "help: did you mean `FL001`?\n"),
        (["init", "--template", "simpel"], "help: did you mean `simple`?\n"),
        (["components", "show", "htpp"], "help: did you mean `http`?\n"),
        (["components", "show", "std.htp"], "help: did you mean `std.http`?\n"),
        (["convert", "nowhere.flow.yaml"], "error: cannot read `nowhere.flow.yaml`: No such file"),
        (["docs", "nowhere.flow.yaml"], "error: cannot read `nowhere.flow.yaml`: No such file"),
    ],
)
def test_what_cannot_be_used(
    flow: Flow, tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "empty").mkdir()
    done = flow(*arguments)
    assert message in done.err
    assert (done.code, done.out) == (2, "")


def test_bad_settings(flow: Flow, tmp_path: Path, clean: Path) -> None:
    (tmp_path / "flow.toml").write_text("ignroe = []\n")
    done = flow("validate", str(clean))
    assert "unknown key `ignroe`; did you mean `ignore`?" in done.err
    assert done.code == 2


@pytest.mark.usefixtures("clean")
@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("flow.toml", 'ignore = []\nselect = "FL1"\n', "2: `select` should be a list of texts"),
        ("flow.toml", "\nselect = [1]\n", "2: `select` should be a list of texts"),
        ("flow.toml", "cost_unit = 1\n", "1: `cost_unit` should be a text"),
        ("flow.toml", "severity = 1\n", "1: `severity` should be a table"),
        ("flow.toml", "[severity]\nFL101 = []\n", "2: `severity.FL101` must be one of `error`"),
        ("flow.toml", "allow_outside_root = 1\n", "1: `allow_outside_root` should be `true`"),
        ("flow.toml", 'select = [\n "FL999"]\n', "1: `FL999` in `select` names no rule"),
        ("flow.toml", 'ignore = ["syntax-eror"]\n', "did you mean `syntax-error`?"),
        ("flow.toml", '[severity]\nFL998 = "off"\n', "2: `FL998` in `severity` names no rule"),
        (
            "pyproject.toml",
            "[tool.ruff]\nselect = 1\n[tool.flow]\nselect = 1\n",
            "pyproject.toml:4: `select` should be a list of texts",
        ),
    ],
)
def test_settings_that_cannot_be_used(
    flow: Flow, tmp_path: Path, file: str, text: str, message: str
) -> None:
    (tmp_path / "flow.toml").unlink(missing_ok=True)
    (tmp_path / file).write_text(text)
    done = flow("validate")
    assert message in done.err
    assert done.code == 2


@pytest.mark.usefixtures("clean")
def test_a_plug_in_that_is_not_installed(flow: Flow, tmp_path: Path) -> None:
    (tmp_path / "flow.toml").write_text('rules = ["acme"]\n')
    done = flow("validate")
    assert "no installed package offers the rules `acme`" in done.err
    assert done.code == 2


def test_a_file_that_may_not_be_read(
    flow: Flow, clean: Path, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(file: str, mode: str) -> Any:
        if Path(file) == clean:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), file)
        return Path(file).open(mode)

    # not by chmod: root may read everything
    monkeypatch.setattr("flow_core.reading.open", refuse, raising=False)
    done = flow("validate")
    assert f"cannot read `{clean}`: Permission denied" in done.err
    assert broken.name in done.out
    assert done.code == 2


def test_a_file_that_cannot_be_read_does_not_hide_the_others(
    flow: Flow, tmp_path: Path, broken: Path
) -> None:
    (tmp_path / "gone.flow.yaml").symlink_to(tmp_path / "nowhere")
    done = flow("validate", "gone.flow.yaml", broken.name)
    assert f"error: cannot read `{tmp_path}/gone.flow.yaml`: No such file" in done.err
    assert "--> broken.flow.yaml:6:11" in done.out
    assert done.code == 2


@pytest.mark.usefixtures("broken")
def test_excluded_files_are_checked_only_when_named(
    flow: Flow, tmp_path: Path, clean: Path
) -> None:
    (tmp_path / "ok").mkdir()
    clean.rename(tmp_path / "ok" / "a.flow.yaml")
    (tmp_path / "flow.toml").write_text('exclude = ["broken*"]\n')
    assert flow("validate").code == 0
    assert flow("validate", ".").code == 0
    assert flow("validate", "*.flow.yaml").code == 2
    assert flow("validate", "broken.flow.yaml").code == 1


@pytest.mark.usefixtures("broken")
def test_without_paths_the_whole_project_is_checked(flow: Flow, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    done = flow("validate", "--format", "concise", folder=tmp_path / "sub")
    assert done.out.startswith(f"{tmp_path}/broken.flow.yaml:6:11: ")
    assert flow("validate", "sub").code == 2


def test_standard_input(flow: Flow, clean: Path, broken: Path) -> None:
    assert flow("validate", "-", stdin=clean.read_text()).code == 0
    done = flow("validate", "-", "--stdin-filename", "x/y.flow.yaml", stdin=broken.read_text())
    assert "--> x/y.flow.yaml:6:11" in done.out
    assert done.code == 1


@pytest.mark.usefixtures("broken")
def test_the_report_in_a_file(flow: Flow, tmp_path: Path) -> None:
    done = flow("validate", "--format", "sarif", "--output-file", "out.sarif")
    assert (done.code, done.out, done.err) == (1, "", "")
    log = json.loads((tmp_path / "out.sarif").read_text())
    assert log["runs"][0]["results"][0]["ruleId"].startswith("FL")


@pytest.mark.usefixtures("broken")
def test_colour_only_when_wanted(flow: Flow) -> None:
    assert "\x1b" not in flow("validate").out
    assert "\x1b[" in flow("validate", "--color", "always").out
    assert "\x1b" not in flow("validate", "--color", "never").out


def test_bytes_that_are_no_utf8_are_findings(flow: Flow, tmp_path: Path) -> None:
    (tmp_path / "a.flow.yaml").write_bytes(b"flow: 1\nname: caf\xe9\n")
    done = flow("validate", "a.flow.yaml", "--format", "concise")
    assert done.out.startswith("a.flow.yaml:2:10: FL0")
    assert done.code == 1


def test_version_and_help(flow: Flow) -> None:
    assert re.fullmatch(r"flow \d+\.\d+\.\d+\S*\n", flow("--version").out)
    assert flow("--help").code == 0
    assert "Commands:" in flow().err + flow().out
    for command in COMMANDS:
        assert "Examples:" in flow(command, "--help").out


def test_a_defect_of_flow_is_told_as_one(flow: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("no\x1b idea")

    monkeypatch.setattr("flow_core.simulate.codes.all_pages", fail)
    done = flow("explain", "FL001")
    assert done.err.startswith("error: Flow itself failed: RuntimeError: no\\x1b idea\nhelp: ")
    assert done.code == 3
    with pytest.raises(RuntimeError):
        flow("--debug", "explain", "FL001")

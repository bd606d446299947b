"""Fixing, the cache, and checking on all cores."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flow_cli import checking
from flow_cli.checking import Checked, Checker, Options, check_files
from flow_core.diagnostics import Diagnostic
from flow_core.module import Module

Flow = Callable[..., Any]

STEPS = "steps:\n  hello:\n    uses: std.log\n    with: {message: hello}\n"
STALE = "name: demo  # flow: ignore[FL001] no longer\nflow: 1\n" + STEPS
FIXED = "name: demo\nflow: 1\n" + STEPS


@pytest.fixture
def stale(tmp_path: Path) -> Path:
    """A file with a finding that can be fixed."""
    (tmp_path / "stale.flow.yaml").write_text(STALE)
    return tmp_path / "stale.flow.yaml"


def test_fixing_in_place(flow: Flow, stale: Path) -> None:
    assert "1 fixable with `--fix`\n" in flow("validate").out
    done = flow("validate", "--fix")
    assert done.out.startswith("Fixed 1 problem. No problems in 1 file (")
    assert (done.code, stale.read_text()) == (0, FIXED)
    assert sorted(path.name for path in stale.parent.iterdir()) == [
        ".flow_cache",
        "flow.toml",
        "stale.flow.yaml",
    ]


def test_a_diff_shows_the_fixes_and_writes_nothing(flow: Flow, stale: Path) -> None:
    done = flow("validate", "--diff")
    assert done.out == (
        "--- stale.flow.yaml\n"
        "+++ stale.flow.yaml\n"
        "@@ -1,4 +1,4 @@\n"
        "-name: demo  # flow: ignore[FL001] no longer\n"
        "+name: demo\n"
        " flow: 1\n"
        " steps:\n"
        "   hello:\n"
    )
    assert (done.code, stale.read_text()) == (1, STALE)


def test_fixing_standard_input(flow: Flow) -> None:
    done = flow("validate", "-", "--fix", stdin=STALE)
    assert (done.code, done.out) == (0, FIXED)
    assert done.err.startswith("Fixed 1 problem. No problems in 1 file (")
    done = flow("validate", "-", "--diff", stdin=STALE)
    assert done.code == 1
    assert "+name: demo\n" in done.out


def test_warnings_fail_only_when_strict(flow: Flow, stale: Path) -> None:
    assert flow("validate", stale.name).code == 0
    assert flow("validate", stale.name, "--strict").code == 1


def test_rules_are_chosen_by_code_beginning_or_name(flow: Flow, stale: Path) -> None:
    def found(*arguments: str) -> bool:
        return flow("validate", stale.name, "--format", "concise", *arguments).out != ""

    assert found("--select", "FL001,unused-suppression")
    assert found("--select", "FL0")
    assert found("--select", "all")
    assert not found("--select", "FL001")
    assert not found("--ignore", "FL00")
    assert not found("--ignore", "FL001", "--ignore", "unused-suppression")


def test_a_file_that_is_no_utf8_is_not_fixed(flow: Flow, stale: Path) -> None:
    data = STALE.encode() + b"# caf\xe9\n"
    stale.write_bytes(data)
    flow("validate", "--fix")
    assert stale.read_bytes().endswith(b"# caf\xe9\n")


# The cache


def read_imports(module: Module, _: object) -> tuple[Diagnostic, ...]:
    """A check that looks into all that a file imports."""
    for alias in module.pipeline.imports:
        imported = module.imported(alias)
        if imported.module is not None:
            read_imports(imported.module, None)
    return ()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pipeline over a library, which is over another."""
    monkeypatch.setattr("flow_cli.engine.check", read_imports)
    (tmp_path / "flow.toml").write_text("")
    (tmp_path / "base.flow.yaml").write_text("flow: 1\ntypes: {Order: {fields: {id: string}}}\n")
    (tmp_path / "lib.flow.yaml").write_text(
        "flow: 1\nimports: {base: ./base.flow.yaml}\n"
        "components:\n  c: {inputs: {o: base.Order}, run: {shell: [true]}}\n"
    )
    (tmp_path / "a.flow.yaml").write_text(
        "flow: 1\nname: a\nimports: {lib: ./lib.flow.yaml, gone: ./gone.flow.yaml}\n"
        "steps:\n  s: {uses: lib.c, with: {o: {id: x}}}\n"
    )
    return tmp_path


def is_known(project: Path, options: Options | None = None) -> bool:
    return Checker(options or Options()).known(str(project / "a.flow.yaml")) is not None


def check_once(project: Path) -> Checked:
    return Checker(Options()).check(str(project / "a.flow.yaml"))


def test_what_was_checked_is_known(project: Path) -> None:
    assert not is_known(project)
    checked = check_once(project)
    assert Checker(Options()).known(str(project / "a.flow.yaml")) == checked


@pytest.mark.parametrize("name", ["a", "lib", "base", "gone"])
def test_a_change_of_any_file_it_depends_on_is_noticed(project: Path, name: str) -> None:
    check_once(project)
    with (project / f"{name}.flow.yaml").open("a") as file:
        file.write("# changed\n")
    assert not is_known(project)


def test_other_files_settings_and_options(project: Path) -> None:
    check_once(project)
    (project / "other.flow.yaml").write_text("flow: 1\n")
    assert is_known(project)
    assert not is_known(project, Options(select=("FL001",)))
    assert not is_known(project, Options(cache=False))
    (project / "flow.toml").write_text('ignore = ["FL001"]\n')
    assert not is_known(project)


def test_files_that_share_a_project_depend_on_what_they_need(project: Path) -> None:
    other = project / "other.flow.yaml"
    other.write_text("flow: 1\nimports: {lib: ./lib.flow.yaml}\n" + STEPS)
    checker = Checker(Options())
    checker.check(str(project / "a.flow.yaml"))
    checker.check(str(other))
    (project / "base.flow.yaml").write_text("flow: 1\n")
    assert Checker(Options()).known(str(other)) is None
    other.write_text("flow: 1\n" + STEPS)
    checker = Checker(Options())
    checker.check(str(project / "a.flow.yaml"))
    checker.check(str(other))
    (project / "base.flow.yaml").write_text("flow: 2\n")
    assert Checker(Options()).known(str(other)) is not None


@pytest.mark.parametrize("junk", [b"", b"\xc1", b"\x93\xa0", bytes(range(64))])
def test_a_broken_cache_is_ignored_and_mended(project: Path, junk: bytes) -> None:
    checked = check_once(project)
    (entry,) = (path for path in (project / ".flow_cache").iterdir() if path.name[0] != ".")
    entry.write_bytes(junk)
    assert not is_known(project)
    assert check_once(project) == checked
    assert is_known(project)


def test_a_cache_that_cannot_be_written_is_no_error(project: Path) -> None:
    (project / ".flow_cache").write_text("a file")
    assert check_once(project).diagnostics is not None
    assert not is_known(project)


def test_no_cache_where_there_is_no_project(project: Path) -> None:
    (project / "flow.toml").unlink()
    check_once(project)
    assert not (project / ".flow_cache").exists()


# All cores


def test_many_files_are_checked_alike_on_all_cores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [str(tmp_path / f"{number}.flow.yaml") for number in range(20)]
    for number, file in enumerate(files):
        Path(file).write_text(STALE if number % 3 else FIXED)
    files.append(str(tmp_path / "gone.flow.yaml"))
    alone = check_files(files, Options())
    monkeypatch.setattr(checking, "MANY", 2)
    monkeypatch.setattr(checking, "cores", lambda: 2)
    assert check_files(files, Options()) == alone
    assert [each.file for each in alone] == files
    assert sum(len(each.diagnostics or ()) for each in alone) == 13
    assert alone[-1].diagnostics is None

"""`flow diff`: files, folders and revisions of git, in every format."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Flow = Callable[..., Any]
OLD = """\
flow: 1
name: greet
inputs: {name: string}
steps:
  rest: {uses: std.wait, with: {duration: 2s}}
  tell:
    uses: std.log
    with: {message: "${{ inputs.name }}"}
"""
SAME = OLD.replace("{name: string}", "{ 'name': {type: string} }  # who")
SLOWER = OLD.replace("2s", "5s")
BREAKING = SLOWER.replace("{name: string}", "{name: string, age: integer}")
COSMETIC = OLD.replace("name: greet\n", "name: greet\ndescription: Greets.\n")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in {"old": OLD, "same": SAME, "slower": SLOWER, "cosmetic": COSMETIC}.items():
        (tmp_path / f"{name}.flow.yaml").write_text(text)
    (tmp_path / "breaking.flow.yaml").write_text(BREAKING)
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S603, S607


@pytest.fixture
def repository(tmp_path: Path, flow: Flow) -> Path:
    """A repository whose only commit holds a pipeline that another one calls."""
    del flow
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "greet.flow.yaml").write_text(OLD)
    (tmp_path / "flows" / "all.flow.yaml").write_text(
        "flow: 1\nname: all\nsteps:\n  one: {uses: ./greet.flow.yaml, with: {name: you}}\n"
    )
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "first")
    return tmp_path


# Exit codes


@pytest.mark.parametrize(
    ("new", "fail_on", "code"),
    [
        ("same", "any", 0),
        ("cosmetic", "any", 1),
        ("slower", "any", 1),
        ("breaking", "any", 1),
        ("cosmetic", "behaviour", 0),
        ("slower", "behaviour", 1),
        ("breaking", "behaviour", 1),
        ("slower", "breaking", 0),
        ("breaking", "breaking", 1),
    ],
)
def test_exit_codes(flow: Flow, files: Path, new: str, fail_on: str, code: int) -> None:
    del files
    done = flow("diff", "old.flow.yaml", f"{new}.flow.yaml", "--fail-on", fail_on)
    assert (done.code, done.err) == (code, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["old.flow.yaml"], "two versions are compared, and 1 given"),
        (["old.flow.yaml", "none.flow.yaml"], "cannot read `none.flow.yaml`"),
        (["old.flow.yaml", "main:old.flow.yaml"], "no such file or folder"),
        (["old.flow.yaml", "broken.flow.yaml"], "`broken.flow.yaml` cannot be compared: line 2"),
        (["old.flow.yaml", "flows"], "a file can't be compared with a folder"),
    ],
)
def test_what_cannot_be_compared(
    flow: Flow, files: Path, arguments: list[str], message: str
) -> None:
    (files / "broken.flow.yaml").write_text("flow: 1\nsteps: {a: [}\n")
    (files / "flows").mkdir()
    (files / "flows" / "old.flow.yaml").write_text(OLD)
    done = flow("diff", *arguments)
    assert done.code == 2
    assert message in done.err
    assert not done.out


# Formats


def test_text_says_what_it_means_and_where(flow: Flow, files: Path) -> None:
    del files
    out = flow("diff", "old.flow.yaml", "breaking.flow.yaml").out
    assert out == (
        "breaking.flow.yaml\n\n"
        "  Breaking for callers\n"
        "  + inputs.age: integer\n"
        "      callers have to give it  (breaking.flow.yaml:3)\n\n"
        "  Changes behaviour\n"
        '  ~ steps.rest.with.duration: "2s" → "5s"\n'
        "      the call is given something else  (breaking.flow.yaml:5)\n\n"
        "  Simulated\n"
        "    duration p50  2s → 5s\n"
        "    duration p90  2s → 5s\n"
        "    critical path rest\n\n"
        "2 changes in 1 file: 1 breaking, 1 behaviour\n"
    )


def test_the_same_says_so(flow: Flow, files: Path) -> None:
    del files
    assert flow("diff", "old.flow.yaml", "same.flow.yaml").out == "No difference in meaning\n"


def test_json(flow: Flow, files: Path) -> None:
    del files
    data = json.loads(flow("diff", "old.flow.yaml", "slower.flow.yaml", "--format", "json").out)
    (file,) = data["files"]
    (change,) = file["changes"]
    assert data["impact"] == file["impact"] == change["impact"] == "behaviour"
    assert file["counts"] == {"breaking": 0, "behaviour": 1, "cosmetic": 0}
    assert (change["before"], change["after"]) == ('"2s"', '"5s"')
    assert change["new"] == {"file": "slower.flow.yaml", "line": 5, "column": 43}
    simulated = file["simulated"]
    assert simulated["old"]["duration_us"] == {"p50": 2_000_000, "p90": 2_000_000}
    assert simulated["new"]["critical_path"] == ["rest"]


def test_without_a_simulation(flow: Flow, files: Path) -> None:
    del files
    arguments = ("diff", "old.flow.yaml", "slower.flow.yaml", "--no-simulate")
    assert "Simulated" not in flow(*arguments).out
    assert json.loads(flow(*arguments, "--format", "json").out)["files"][0]["simulated"] is None


def test_a_version_with_errors_is_not_simulated(flow: Flow, files: Path) -> None:
    (files / "wrong.flow.yaml").write_text(OLD.replace("inputs.name", "inputs.nam"))
    out = flow("diff", "old.flow.yaml", "wrong.flow.yaml").out
    assert "no figures: the new version can't be simulated" in out


HOSTILE = OLD.replace("name: greet\n", "name: greet\ndescription: '<script>`x`|*</script>'\n")


def test_html_is_escaped_and_closed_off(flow: Flow, files: Path) -> None:
    (files / "hostile.flow.yaml").write_text(HOSTILE)
    done = flow("diff", "old.flow.yaml", "hostile.flow.yaml", "--format", "html", "-o", "r.html")
    page = (files / "r.html").read_text()
    assert (done.code, done.out) == (1, "")
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http:" not in page.replace("http-equiv", "")


def test_markdown_and_github_are_escaped(flow: Flow, files: Path) -> None:
    (files / "hostile.flow.yaml").write_text(HOSTILE)
    arguments = ("diff", "old.flow.yaml", "hostile.flow.yaml", "--format")
    markdown = flow(*arguments, "markdown").out
    assert "- + `` description: <script>`x`|*</script> ``: only people read it" in markdown
    github = flow(*arguments, "github").out
    assert github.startswith("::notice file=hostile.flow.yaml,line=3,col=14,title=cosmetic%3A ")
    assert len(github.splitlines()) == 1


# Folders and revisions


def test_folders_pair_files_by_path_and_by_name(flow: Flow, tmp_path: Path) -> None:
    for folder, names in {"a": ("one", "two", "gone"), "b": ("one", "moved", "new")}.items():
        (tmp_path / folder).mkdir()
        for name in names:
            called = "two" if name == "moved" else name
            text = OLD.replace("greet", called)
            (tmp_path / folder / f"{name}.flow.yaml").write_text(text)
    data = json.loads(flow("diff", "a", "b", "--format", "json").out)
    found = [(c["impact"], c["kind"], c["before"]) for f in data["files"] for c in f["changes"]]
    assert found == [
        ("breaking", "removed", "gone.flow.yaml"),
        ("breaking", "renamed", "two.flow.yaml"),
        ("behaviour", "added", None),
    ]


def test_since_compares_the_working_tree_with_a_revision(flow: Flow, repository: Path) -> None:
    assert flow("diff", "--since", "main").code == 0
    (repository / "flows" / "greet.flow.yaml").write_text(BREAKING)
    done = flow("diff", "--since", "main", "--format", "json")
    data = json.loads(done.out)
    assert done.code == 1
    assert [each["new"] for each in data["files"]] == ["flows/greet.flow.yaml"]
    subjects = [change["subject"] for change in data["files"][0]["changes"]]
    assert subjects == ["inputs.age", "steps.rest.with.duration"]


def test_what_the_project_excludes_is_left_out_of_revisions_too(
    flow: Flow, repository: Path
) -> None:
    (repository / "flow.toml").write_text('exclude = ["flows"]\n')
    (repository / "other.flow.yaml").write_text(OLD)
    data = json.loads(flow("diff", "--since", "main", "--format", "json").out)
    assert [each["new"] for each in data["files"]] == ["other.flow.yaml"]


def test_a_caller_alone_shows_what_it_calls(flow: Flow, repository: Path) -> None:
    (repository / "flows" / "greet.flow.yaml").write_text(
        OLD.replace("{name: string}", "{name: string, age: integer?}")
    )
    file = "flows/all.flow.yaml"
    data = json.loads(flow("diff", f"main:{file}", file, "--format", "json").out)
    (change,) = data["files"][0]["changes"]
    assert change["subject"] == "./greet.flow.yaml.inputs.age"
    assert change["notes"] == ["called by `steps.one`"]
    assert change["new"]["file"] == "flows/greet.flow.yaml"


def test_revisions_are_never_checked_out(flow: Flow, repository: Path) -> None:
    file = repository / "flows" / "greet.flow.yaml"
    file.write_text(SLOWER)
    git(repository, "commit", "-q", "-a", "-m", "second")
    file.unlink()
    done = flow("diff", "HEAD~1:flows", "HEAD:flows", folder=repository)
    assert "~ steps.rest.with.duration" in done.out
    assert not file.exists()


def test_a_removed_file_is_breaking(flow: Flow, repository: Path) -> None:
    (repository / "flows" / "greet.flow.yaml").unlink()
    out = flow("diff", "--since", "HEAD", "flows").out
    assert "- file: flows/greet.flow.yaml" in out


def test_unknown_revisions(flow: Flow, repository: Path) -> None:
    del repository
    done = flow("diff", "--since", "nowhere")
    assert (done.code, "there is no revision `nowhere`" in done.err) == (2, True)
    assert flow("diff", "--since=--output=x").code == 2


def test_without_git_there_are_no_revisions(flow: Flow, files: Path) -> None:
    del files
    done = flow("diff", "--since", "main")
    assert (done.code, done.err.startswith("error: git: ")) == (2, True)


def test_a_file_that_one_side_lacks(flow: Flow, files: Path) -> None:
    del files
    assert "+ file: old.flow.yaml" in flow("diff", "/dev/null", "old.flow.yaml").out

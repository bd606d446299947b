"""Snapshots: files beside a test that say what its runs do, for people to review."""

import shutil
from pathlib import Path

import pytest

from flow_testing.snapshots import FOLDER

SIGNUP = Path(__file__).parents[2] / "docs" / "first-test" / "signup.flow.yaml"
SECRETS = """\
flow: 1
name: secrets
inputs: {token: {type: string, secret: true}, who: string}
components:
  call:
    inputs: {token: {type: string, secret: true}, who: string}
    outputs: {said: string}
    run: {shell: [x]}
steps:
  call: {uses: call, with: {token: "${{ inputs.token }}", who: "${{ inputs.who }}"}}
outputs: {said: "${{ steps.call.outputs.said }}"}
"""
ONE = """
def test_signup(flow):
    test = flow("signup.flow.yaml", {"email": "ada@example.com"})
    run = test.mock("open", {"account": "a-1"}).mock("welcome").simulate()
    run.match_snapshot()
"""
MANY = """
import pytest

@pytest.mark.parametrize("who", ["a/b", "a?b", "a b"])
class TestSome:
    def test_signup(self, flow, who):
        test = flow("signup.flow.yaml", {"email": who}, mock_all=True)
        test.simulate().match_snapshot()
        test.mock("open", {"account": "second"}).simulate().match_snapshot()
        test.simulate().match_snapshot("named")

@pytest.mark.parametrize("who", ["a/b"])
class TestOther:
    test_signup = TestSome.test_signup
"""


class Project:
    """A project with a pipeline and tests."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self.pytester = pytester
        self.folder = pytester.path / FOLDER / "test_it"
        shutil.copy(SIGNUP, pytester.path)

    def test(self, text: str) -> None:
        (self.pytester.path / "test_it.py").write_text(text)

    def run(self, *options: str, passed: int = 0, failed: int = 0) -> str:
        """Run its tests; tells what is printed."""
        quiet = ("-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist")
        result = self.pytester.runpytest_inprocess(*quiet, *options)
        result.assert_outcomes(passed=passed, failed=failed)
        return str(result.stdout)

    def change(self) -> None:
        """Let the pipeline do something else."""
        file = self.pytester.path / "signup.flow.yaml"
        file.write_text(file.read_text().replace("p50: 200ms", "p50: 300ms"))

    @property
    def kept(self) -> list[str]:
        return sorted(file.name for file in self.folder.glob("*"))


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.delenv("CI", raising=False)
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    return Project(pytester)


def test_a_snapshot_is_written_the_first_time_and_then_compared(project: Project) -> None:
    project.test(ONE)
    assert f"written: {FOLDER}/test_it/test_signup.txt" in project.run(passed=1)
    assert project.kept == ["test_signup.txt"]
    text = (project.folder / "test_signup.txt").read_text()
    assert "welcome    200ms      1s" in text
    assert 'account: "a-1"' in text
    assert "snapshots of pipelines" not in project.run(passed=1)


def test_what_differs_is_shown_with_how_to_keep_it(project: Project) -> None:
    project.test(ONE)
    project.run(passed=1)
    project.change()
    printed = project.run(failed=1)
    assert "the run is not what `test_signup.txt` shows" in printed
    assert "-  ● welcome    200ms" in printed
    assert "+  ● welcome    300ms" in printed
    assert "`pytest --flow-update`" in printed
    assert "written: " in project.run("--flow-update", passed=1)
    project.run(passed=1)


def test_in_ci_nothing_is_written(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.test(ONE)
    monkeypatch.setenv("CI", "true")
    assert "there is no snapshot `test_signup.txt`" in project.run(failed=1)
    assert project.kept == []


def test_each_test_and_each_run_has_its_own(project: Project) -> None:
    project.test(MANY)
    project.run(passed=4)
    assert len(project.kept) == 4 * 3
    project.run(passed=4)
    assert sum(name.endswith(".named.txt") for name in project.kept) == 4


def test_names_that_differ_in_case_only_have_files_for_every_system(project: Project) -> None:
    project.test(
        MANY.replace('"a/b", "a?b", "a b"', '"EU", "eu", "Eu"').replace(', ["a/b"]', ', ["EU"]')
    )
    project.run(passed=4)
    names = [path.name.lower() for path in project.folder.iterdir()]
    assert len(names) == len(set(names)) == 12
    assert "written" not in project.run("-p", "no:randomly", passed=4)


def test_nothing_in_a_snapshot_is_run_as_a_doctest(project: Project) -> None:
    project.test(ONE)
    project.run(passed=1)
    kept = project.folder / "test_signup.txt"
    kept.write_text(f"{kept.read_text()}\n>>> 1 / 0\n")
    project.run("--doctest-modules", failed=1)


def test_two_snapshots_of_one_name_are_refused(project: Project) -> None:
    second = '    run.match_snapshot("one")\n    test.mock("open", {"account": "b"})\n'
    project.test(f'{ONE}{second}    test.simulate().match_snapshot("one")\n')
    for options in ((), ("--flow-update",)):
        told = project.run(*options, failed=1)
        assert "two snapshots of this test are `test_signup.one.txt`" in told


def test_a_snapshot_that_is_no_text_differs(project: Project) -> None:
    project.test(ONE)
    project.run(passed=1)
    (project.folder / "test_signup.txt").write_bytes(b"\xff\r\n")
    assert "the run is not what" in project.run(failed=1)


def test_line_ends_of_other_systems_are_no_difference(project: Project) -> None:
    project.test(ONE)
    project.run(passed=1)
    kept = project.folder / "test_signup.txt"
    kept.write_bytes(kept.read_bytes().replace(b"\n", b"\r\n"))
    project.run(passed=1)


def test_a_snapshot_that_can_not_be_written_is_told(project: Project) -> None:
    project.test(ONE)
    project.folder.parent.write_text("a file where a folder should be")
    told = project.run(failed=1)
    assert "SnapshotError: the snapshot can't be written: " in told
    assert "pathlib" not in told


def test_a_secret_is_not_kept(project: Project) -> None:
    (project.pytester.path / "secrets.flow.yaml").write_text(SECRETS)
    project.test("""
def test_it(flow):
    test = flow("secrets.flow.yaml", {"token": "hunter22", "who": "Ada"})
    test.mock("call", lambda inputs: {"said": f"{inputs['who']} has {inputs['token']}"})
    test.simulate().match_snapshot()
""")
    project.run(passed=1)
    text = (project.folder / "test_it.txt").read_text()
    assert "hunter22" not in text
    assert "Ada has ***" in text


TWO = ONE + ONE.replace("test_signup", "test_again")


def test_a_snapshot_that_no_test_uses_is_told_and_then_deleted(project: Project) -> None:
    project.test(TWO)
    project.run(passed=2)
    project.test(ONE)
    obsolete = f"obsolete: {FOLDER}/test_it/test_again.txt"
    assert obsolete in project.run(passed=1)
    assert obsolete.replace("obsolete", "deleted") in project.run("--flow-update", passed=1)
    assert project.kept == ["test_signup.txt"]


def test_snapshots_of_a_test_file_that_is_gone_are_told_and_then_deleted(
    project: Project,
) -> None:
    project.test(ONE)
    project.run(passed=1)
    renamed = project.folder.parent / "test_other"
    (project.pytester.path / "test_it.py").rename(project.pytester.path / "test_other.py")
    told = f"{FOLDER}/test_it, as there is no `test_it.py` any more"
    assert f"obsolete: {told}" in project.run("-k", "signup", passed=1)
    assert (renamed / "test_signup.txt").is_file()
    assert project.kept == ["test_signup.txt"]
    assert f"deleted: {told}" in project.run("--flow-update", passed=1)
    assert not project.folder.exists()
    assert "snapshots of pipelines" not in project.run(passed=1)


def test_snapshots_of_a_deleted_file_are_told_by_the_tests_beside_it(project: Project) -> None:
    project.test(ONE)
    project.run(passed=1)
    (project.folder / "kept.md").touch()
    (project.pytester.path / "test_it.py").rename(project.pytester.path / "notes.md")
    (project.pytester.path / "test_sum.py").write_text("def test_sum():\n    assert 1 + 1 == 2\n")
    assert "obsolete: " in project.run(passed=1)
    assert "deleted: " in project.run("--flow-update", passed=1)
    assert project.kept == ["kept.md"]


@pytest.mark.parametrize(
    "options",
    [["-k", "signup"], ["--deselect", "test_it.py::test_again"], ["test_it.py::test_signup"]],
)
def test_a_snapshot_of_a_test_that_did_not_run_is_kept(
    project: Project, options: list[str]
) -> None:
    project.test(TWO)
    project.run(passed=2)
    assert "obsolete" not in project.run(*options, "--flow-update", passed=1)
    assert len(project.kept) == 2


def test_a_snapshot_of_a_test_that_was_skipped_is_kept(project: Project) -> None:
    project.test(TWO)
    project.run(passed=2)
    skipped = ONE.replace("test_signup", "test_again").replace(
        "    test =", "    pytest.skip()\n    test ="
    )
    project.test("import pytest\n" + ONE + skipped)
    quiet = project.pytester.runpytest_inprocess("--flow-update", "-p", "no:randomly")
    quiet.assert_outcomes(passed=1, skipped=1)
    assert len(project.kept) == 2


def test_where_processes_share_the_tests_none_is_taken_to_be_obsolete(project: Project) -> None:
    project.test(TWO)
    project.run(passed=2)
    options = ("-n", "2", "-k", "signup", "--flow-update")
    quiet = ("-p", "no:randomly", "-p", "no:hypothesispytest")
    project.pytester.runpytest_subprocess(*options, *quiet).assert_outcomes(passed=1)
    assert len(project.kept) == 2

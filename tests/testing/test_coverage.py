"""Coverage of meaning in pytest: what is collected, from which processes, and what it says."""

import json
import os
import shutil
from pathlib import Path

import pytest

from flow_core.coverage import Coverage

PARCEL = Path(__file__).parents[2] / "docs" / "first-dry-run"
NEVER_RUN = "flow: 1\nname: other\nsteps: {hello: {uses: std.log, with: {message: x}}}\n"
QUIET = ("-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:hypothesispytest")
ALL = ["collect.ran", "pay.ran", "quote.ran"]


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with a pipeline, two scenarios, and nothing else."""
    for file in PARCEL.glob("*.yaml"):
        shutil.copy(file, pytester.path)
    pytester.makeini(
        "[pytest]\nfilterwarnings = error\nasyncio_default_fixture_loop_scope = function\n"
    )
    (pytester.path / "flow.toml").write_text("")
    return pytester


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    alone = {"-n", "--cov=."} & set(arguments)
    start = project.runpytest_subprocess if alone else project.runpytest_inprocess
    return start(*QUIET, *arguments)


def recorded(project: pytest.Pytester, name: str = "flow-coverage.json") -> dict[str, int]:
    """What the JSON report holds of the pipeline."""
    coverage = Coverage.from_json((project.path / name).read_bytes())
    (hits,) = coverage.files["parcel.flow.yaml"].values()
    return hits


def test_a_table_tells_files_and_kinds(project: pytest.Pytester) -> None:
    done = run(project, "--flow-cov")
    done.stdout.re_match_lines(
        [
            r"=+ flow coverage =+",
            r"file +goals +missed +cover",
            r"parcel.flow.yaml +19 +4 +79%",
            r"kind +goals +missed +cover",
            r"transition +5 +0 +100%",
        ]
    )
    assert done.ret == 0


def test_what_is_missing_is_told_with_its_line(project: pytest.Pytester) -> None:
    done = run(project, "--flow-cov", "--flow-cov-report=term-missing")
    done.stdout.fnmatch_lines(
        [
            "quote: retry never exhausted (parcel.flow.yaml:56)",
            "second_driver: never ran (parcel.flow.yaml:70)",
        ]
    )


def test_without_an_option_nothing_is_measured(project: pytest.Pytester) -> None:
    done = run(project)
    done.stdout.no_fnmatch_line("*flow coverage*")


def test_a_pipeline_that_no_test_runs_is_not_covered(project: pytest.Pytester) -> None:
    (project.path / "other.flow.yaml").write_text(NEVER_RUN)
    done = run(project, "--flow-cov")
    done.stdout.re_match_lines([r"other.flow.yaml +1 +1 +0%", r"parcel.*", r"total +20 +5 +75%"])


def test_from_a_folder_inside_all_of_the_project_counts(project: pytest.Pytester) -> None:
    inner = project.mkdir("tests")
    (project.path / "parcel.flowtest.yaml").rename(inner / "parcel.flowtest.yaml")
    file = inner / "parcel.flowtest.yaml"
    file.write_text(file.read_text().replace("./parcel", "../parcel"))
    os.chdir(inner)
    done = run(project, "--flow-cov", "--flow-cov-report=term", "--flow-cov-report=json")
    done.stdout.re_match_lines([r"parcel.flow.yaml +19 +4 +79%"])
    (name,) = Coverage.from_json((inner / "flow-coverage.json").read_bytes()).files
    assert name == "../parcel.flow.yaml"


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("transitions", r"parcel.flow.yaml +5 +0 +100%"),
        ("step,branches", r"parcel.flow.yaml +9 +2 +78%"),
        ("parcel.flow.yaml", r"parcel.flow.yaml +19 +4 +79%"),
        ("retry,parcel.flow.yaml", r"parcel.flow.yaml +2 +1 +50%"),
    ],
)
def test_kinds_and_paths_choose(project: pytest.Pytester, what: str, line: str) -> None:
    (project.path / "sub").mkdir()
    (project.path / "sub" / "other.flow.yaml").write_text(NEVER_RUN)
    done = run(project, f"--flow-cov={what}")
    done.stdout.re_match_lines([line])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--flow-cov=step,transitons"], "`transitons` is neither*did you mean `transitions`?"),
        (["--flow-cov=nowhere/x"], "`nowhere/x` is neither a kind of coverage nor a file*"),
        (["--flow-cov-report=pdf"], "there is no report `pdf`: it is one of term, *"),
        (["--flow-cov-report=term:x"], "there is no report `term:x`*"),
        (["--flow-cov-fail-under=101"], "101 is no percentage: ask for at least 0 to 100"),
        (["--flow-cov-fail-under=nan"], "nan is no percentage*"),
        (["--flow-cov-fail-under=-1"], "-1 is no percentage*"),
    ],
)
def test_an_option_that_nobody_understands(
    project: pytest.Pytester, arguments: list[str], message: str
) -> None:
    done = run(project, *arguments)
    done.stderr.fnmatch_lines([f"ERROR: --flow-cov: {message}"])
    assert done.ret == pytest.ExitCode.USAGE_ERROR


@pytest.mark.parametrize(("least", "code"), [("78.9", 0), ("79", 1), ("100", 1)])
def test_too_little_coverage_fails(project: pytest.Pytester, least: str, code: int) -> None:
    done = run(project, f"--flow-cov-fail-under={least}")
    assert done.ret == code
    if code:
        done.stdout.fnmatch_lines([f"*78.9% is covered, and at least {least}% is asked for"])


def test_a_report_that_cannot_be_written_fails_the_run(project: pytest.Pytester) -> None:
    done = run(project, "--flow-cov-report=json:parcel.flow.yaml/x.json")
    done.stdout.fnmatch_lines(["flow coverage: no report: `*parcel.flow.yaml`: *"])
    assert done.ret == 1


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--flow-cov-fail-under=50",), 1)])
def test_nothing_to_cover_is_not_enough(
    project: pytest.Pytester, options: tuple[str, ...], code: int
) -> None:
    done = run(project, "--flow-cov=breakers", *options)
    done.stdout.fnmatch_lines(["flow coverage: nothing to cover was found"])
    assert done.ret == code


@pytest.mark.parametrize("words", [["--flow-cov={}"], ["--flow-cov", "{}"]])
@pytest.mark.parametrize("word", ["parcel.flowtest.yaml", "sub", "sub/test_x.py"])
def test_what_chooses_no_pipeline_is_refused(
    project: pytest.Pytester, words: list[str], word: str
) -> None:
    (project.path / "sub").mkdir()
    (project.path / "sub" / "test_x.py").write_text("def test_x(): pass\n")
    done = run(project, *(each.format(word) for each in words), "--flow-cov-fail-under=100")
    hint = f"put them before the option: `pytest {word} --flow-cov`"
    told = f"`--flow-cov={word}` chooses no pipeline; to run only those tests, {hint}"
    done.stderr.fnmatch_lines([f"ERROR: {told}"])
    assert done.ret == pytest.ExitCode.USAGE_ERROR


def test_only_projects_in_which_something_was_run_count(project: pytest.Pytester) -> None:
    for name in ("one", "two"):
        project.mkdir(name)
        for file in PARCEL.glob("*.yaml"):
            shutil.copy(file, project.path / name)
        (project.path / name / "flow.toml").write_text("")
    done = run(project, "one", "--flow-cov")
    done.stdout.re_match_lines([r"one/parcel.flow.yaml +19 +4 +79%"])
    done.stdout.no_fnmatch_line("*two/parcel*")
    done.stdout.no_fnmatch_line("total*")


def test_workers_send_what_they_collect(project: pytest.Pytester) -> None:
    run(project, "--flow-cov-report=json:one.json")
    run(project, "--flow-cov-report=json:many.json", "-n", "2", "-p", "xdist")
    assert recorded(project, "many.json") == recorded(project, "one.json")


def test_coverage_of_python_beside_it(project: pytest.Pytester) -> None:
    project.makepyfile("def test_nothing(): pass")
    done = run(project, "--flow-cov", "--flow-cov-report=term", "--cov=.", "--cov-report=json")
    done.stdout.re_match_lines([r"parcel.flow.yaml +19 +4 +79%"])
    files = json.loads((project.path / "coverage.json").read_text())["files"]
    assert all(name.endswith(".py") for name in files)


def test_runs_of_the_api_count(project: pytest.Pytester) -> None:
    (project.path / "parcel.flowtest.yaml").unlink()
    project.makepyfile(
        """
        def test_parcel(flow):
            f = flow("parcel.flow.yaml", {"address": "Kiel"})
            f.mock("quote", {"price": 3, "customs": False})
            f.mock("pay", {"receipt": "r"}).mock("collect", {"tracking": "t"})
            assert f.simulate().succeeded
        """
    )
    done = run(project, "--flow-cov-report=json")
    assert done.ret == 0
    assert [each for each in ALL if each in recorded(project)] == ALL


def test_a_file_that_was_changed_counts_as_it_is_now(project: pytest.Pytester) -> None:
    run(project, "--flow-cov-report=json")
    old = Coverage.from_json((project.path / "flow-coverage.json").read_bytes())
    file = project.path / "parcel.flow.yaml"
    text = file.read_text().replace("weight > 30", "weight > 40")
    assert not old.hits("parcel.flow.yaml", text)
    assert old.is_stale("parcel.flow.yaml", text)

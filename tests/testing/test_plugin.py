"""The plugin among others: it costs nothing until it is used, and disturbs nobody."""

import json
import shutil
from pathlib import Path

import pytest

SIGNUP = Path(__file__).parents[2] / "docs" / "first-test" / "signup.flow.yaml"
FLOW_TEST = """
def test_signup(flow):
    test = flow("signup.flow.yaml", {"email": "ada@example.com"})
    test.mock("open", {"account": "a-1"}).mock("welcome")
    run = test.simulate()
    assert run.succeeded
    run.match_snapshot()
"""
SHOP = "def price(amount):\n    if amount > 10:\n        return amount - 1\n    return amount\n"
PLAIN_TEST = "from shop import price\n\n\ndef test_price():\n    assert price(3) == 3\n"
WHO_IS_THERE = """
import json, pathlib, sys

def pytest_unconfigure():
    pathlib.Path("loaded.json").write_text(json.dumps(sorted(sys.modules)))
"""
LIGHT = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")
"""The plugin of Hypothesis loads Hypothesis by itself, which takes as long as all the rest."""
QUIET = (*LIGHT, "-p", "no:randomly")


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project with a pipeline; a warning in it is an error."""
    monkeypatch.delenv("CI", raising=False)
    shutil.copy(SIGNUP, pytester.path)
    pytester.makeini(
        "[pytest]\nfilterwarnings = error\nasyncio_default_fixture_loop_scope = function\n"
    )
    return pytester


def loaded(project: pytest.Pytester) -> set[str]:
    """The modules of Flow, and of what it needs, that were loaded at the end of a run."""
    names: list[str] = json.loads((project.path / "loaded.json").read_text())
    ours = ("flow_core", "flow_testing", "flow_lsp", "hypothesis", "msgspec", "yaml")
    return {name for name in names if name.partition(".")[0] in ours}


@pytest.mark.parametrize(
    ("test", "outcome"),
    [
        ("def test_it(): pass", "passed"),
        ("def test_it(): assert 1 == 2", "failed"),
        ("def test_it(no_such_fixture): pass", "errors"),
    ],
)
def test_nothing_is_loaded_where_no_test_is_of_a_pipeline(
    project: pytest.Pytester, test: str, outcome: str
) -> None:
    project.makeconftest(WHO_IS_THERE)
    project.makepyfile(test)
    project.runpytest_subprocess(*QUIET).assert_outcomes(**{outcome: 1})
    assert loaded(project) == {"flow_testing", "flow_testing.plugin"}


def test_a_test_of_a_pipeline_loads_no_hypothesis_and_no_terminal(
    project: pytest.Pytester,
) -> None:
    project.makeconftest(WHO_IS_THERE)
    project.makepyfile(FLOW_TEST)
    project.runpytest_subprocess(*QUIET).assert_outcomes(passed=1)
    assert "flow_core.simulate.run" in loaded(project)
    assert not {name for name in loaded(project) if "hypothesis" in name or "lsp" in name}


@pytest.mark.parametrize(
    ("options", "conftest"),
    [
        (["-p", "flow_testing.plugin"], ""),
        (["-p", "flow"], ""),
        ([], 'pytest_plugins = ["flow_testing.plugin"]'),
        (["-p", "flow_testing.plugin"], 'pytest_plugins = ["flow_testing.plugin"]'),
    ],
)
def test_a_project_may_name_the_plugin_though_it_is_installed(
    project: pytest.Pytester, options: list[str], conftest: str
) -> None:
    project.makeconftest(conftest)
    project.makepyfile(FLOW_TEST)
    project.runpytest_subprocess(*QUIET, *options).assert_outcomes(passed=1)


def test_a_project_may_have_a_fixture_of_the_same_name(project: pytest.Pytester) -> None:
    project.makeconftest("import pytest\n\n@pytest.fixture\ndef flow():\n    return 7\n")
    project.makepyfile("def test_it(flow):\n    assert flow == 7\n")
    project.runpytest_subprocess(*QUIET).assert_outcomes(passed=1)


@pytest.mark.parametrize("more", [{}, {"test_signup": FLOW_TEST}])
def test_what_coverage_measures_stays_the_same(
    project: pytest.Pytester, more: dict[str, str]
) -> None:
    project.makepyfile(shop=SHOP, test_shop=PLAIN_TEST, **more)
    without = measured(project, "-p", "no:flow", "--deselect", "test_signup.py")
    assert measured(project) == without
    assert without == {"covered_lines": 3, "missing_lines": 1}


def measured(project: pytest.Pytester, *options: str) -> dict[str, int]:
    """What coverage says of the project's own code."""
    report = project.path / "coverage.json"
    arguments = ("--cov=shop", "--cov-branch", f"--cov-report=json:{report}", *options)
    assert project.runpytest_subprocess(*QUIET, *arguments).ret == 0
    totals = json.loads(report.read_text())["totals"]
    return {name: totals[name] for name in ("covered_lines", "missing_lines")}


MANY = """
import pytest

@pytest.mark.parametrize("number", range(6))
def test_signup(flow, number):
    test = flow("signup.flow.yaml", {"email": f"ada{number}@example.com"})
    run = test.mock("open", {"account": "a-1"}).mock("welcome").simulate()
    run.match_snapshot()
    assert number != 3, run
"""


@pytest.mark.parametrize(
    "options", [["-p", "randomly", "-p", "no:xdist"], ["-n", "2", "-p", "randomly"]]
)
def test_tests_may_run_at_the_same_time_and_in_any_order(
    project: pytest.Pytester, options: list[str]
) -> None:
    project.makepyfile(MANY)
    result = project.runpytest_subprocess(*LIGHT, *options)
    result.assert_outcomes(passed=5, failed=1)
    result.stdout.fnmatch_lines(["*What happened in the run*", "*signup: dry run*"])
    kept = sorted(path.name for path in project.path.rglob("__flow_snapshots__/*/*.txt"))
    assert kept == [f"test_signup[{number}].txt" for number in range(6)]
    again = project.runpytest_subprocess(*LIGHT, "-p", "randomly", "-p", "no:xdist")
    again.assert_outcomes(passed=5, failed=1)
    again.stdout.no_fnmatch_line("*written:*")

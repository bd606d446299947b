"""What a test that fails shows: what happened, what was expected, and the line of the pipeline."""

import shutil
from pathlib import Path

import pytest

SIGNUP = Path(__file__).parents[2] / "docs" / "first-test" / "signup.flow.yaml"
LINE = SIGNUP.read_text().splitlines().index("  welcome:") + 1
HEAD = """
from datetime import timedelta
from flow_testing import fail, simulate
from hypothesis import given, settings, strategies as st

def undone(flow):
    test = flow("signup.flow.yaml", {"email": "ada@example.com"})
    test.mock("open", {"account": "a"}).mock("close_account")
    return test.mock("welcome", fail("Busy")).simulate()
"""
WHERE = f"signup.flow.yaml:{LINE}"
FAILING: dict[str, tuple[str, list[str]]] = {
    "succeeded": (
        "assert undone(flow).succeeded",
        [f"*<run of signup: failed with Busy at `welcome` ({WHERE}) after 33s200ms>.succeeded"],
    ),
    "path": (
        "assert undone(flow).path == ['open']",
        [
            "*assert ['open', 'welcome'] == ['open']*",
            f"*ran:      `welcome`, {WHERE}",
            "*expected: no further step",
        ],
    ),
    "other_path": (
        "assert undone(flow).path == ['welcome', 'open']",
        ["*ran:      `open`, signup.flow.yaml:*", f"*expected: `welcome`, {WHERE}"],
    ),
    "attempts": (
        "assert undone(flow).step('welcome').attempts == 2",
        ["*assert 3 == 2*", f"*<step welcome: failed (Busy), 3 attempts, {WHERE}>.attempts"],
    ),
    "waits": (
        "assert undone(flow).step('welcome').waits == ['1s', '2s']",
        ["*assert [[]10s, 20s] == ['1s', '2s']*"],
    ),
    "elapsed": (
        "assert undone(flow).elapsed < '30s'",
        ["*assert 33s200ms < 30s*", "*it is 3s200ms more than that*"],
    ),
    "fraction": (
        "assert undone(flow).elapsed < '30.5s'",
        ["*assert 33s200ms < 30.5s*", "*it is 2s700ms more than that*"],
    ),
    "error": (
        "assert undone(flow).error == 'Busy'",
        ["*assert Busy == 'Busy'*", "*compare `run.error.name`*"],
    ),
    "timedelta": (
        "assert undone(flow).elapsed == timedelta(seconds=30)",
        ["*assert 33s200ms == *timedelta(seconds=30)*"],
    ),
}


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with a pipeline."""
    shutil.copy(SIGNUP, pytester.path)
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    return pytester


@pytest.fixture
def printed(project: pytest.Pytester) -> dict[str, str]:
    """What is printed of each failing test."""
    bodies = "".join(f"\ndef test_{n}(flow):\n    {body}\n" for n, (body, _) in FAILING.items())
    project.makepyfile(test_it=HEAD + bodies)
    result = project.runpytest_inprocess("-p", "no:randomly", "-p", "no:cacheprovider")
    result.assert_outcomes(failed=len(FAILING))
    found: dict[str, str] = {}
    for part in str(result.stdout).split("\n____")[1:]:
        name = part.partition(" test_")[2].partition(" ")[0]
        found[name] = part
    return found


def test_failing_tests_show_what_was_expected_and_where(printed: dict[str, str]) -> None:
    for name, (_, expected) in FAILING.items():
        matcher = pytest.LineMatcher(printed[name].splitlines())
        matcher.fnmatch_lines([line.replace("[[]", "[").replace("[", "[[]") for line in expected])


def test_failing_tests_show_what_happened(printed: dict[str, str]) -> None:
    for text in printed.values():
        matcher = pytest.LineMatcher(text.splitlines())
        matcher.fnmatch_lines(
            [
                "*What happened in the run of signup*",
                "*welcome  *failed (Busy)*",
                "*3/3*Busy",
                "failed after 33.2s, 5 attempts*",
                f"{WHERE}: welcome (failed)",
            ]
        )


def test_a_test_that_passes_shows_nothing(project: pytest.Pytester) -> None:
    project.makepyfile(HEAD + "\ndef test_it(flow):\n    assert undone(flow).failed\n")
    result = project.runpytest_inprocess("-p", "no:randomly", "-rA")
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*What happened*")


def test_the_runs_of_another_test_are_not_shown(project: pytest.Pytester) -> None:
    bodies = "\ndef test_a(flow):\n    undone(flow)\n\ndef test_b():\n    assert 0\n"
    project.makepyfile(HEAD + bodies)
    result = project.runpytest_inprocess("-p", "no:randomly")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.no_fnmatch_line("*What happened*")


def test_a_property_shows_the_run_of_its_plainest_counterexample(
    project: pytest.Pytester,
) -> None:
    project.makepyfile(
        HEAD
        + """
@settings(max_examples=20, database=None)
@given(st.integers(0, 100))
def test_it(number):
    run = simulate("signup.flow.yaml", {"email": f"ada{number}"})
    assert number < 7
"""
    )
    result = project.runpytest_inprocess("-p", "no:randomly", "-p", "no:cacheprovider")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(['*email: "ada7"*'])


def test_a_run_that_can_not_go_on_shows_how_far_it_came(project: pytest.Pytester) -> None:
    project.makepyfile(
        HEAD
        + """
def test_it(flow):
    test = flow("signup.flow.yaml", {"email": "ada@example.com"})
    test.mock("open", {"account": "a"}).mock("welcome", [fail("Busy")]).simulate()
"""
    )
    result = project.runpytest_inprocess("-p", "no:randomly", "-p", "no:cacheprovider")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E *`welcome` has 1 mock, and `welcome` makes a further attempt",
            "*What happened in the run of signup*",
            "*open *succeeded",
        ]
    )


def test_data_of_any_size_leaves_the_report_readable(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        def test_it(flow):
            test = flow("signup.flow.yaml", {"email": "x" * 1_000_000}, mock_all=True)
            assert test.simulate().failed
        """
    )
    told = str(project.runpytest_inprocess("-p", "no:randomly").stdout)
    assert "What happened in the run" in told
    assert len(told) < 20_000

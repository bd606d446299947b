"""Scenario files in pytest: an item for each scenario, whatever else pytest is asked to do."""

from collections.abc import Iterator

import pytest

from flow_core.rules import all_rules
from flow_testing import items

LOADED = items, all_rules(())
"""Loaded before pytest runs inside of pytest, which would else load it again for each run."""

PIPELINE = """\
flow: 1
name: parcels
inputs: {address: string}
components:
  carry:
    run: {shell: [carry]}
    inputs: {to: string}
    outputs: {code: string}
    errors: {Lost: it is gone}
steps:
  carry:
    uses: carry
    with: {to: "${{ inputs.address }}"}
    retry: {max_attempts: 2, delay: 1s, errors: [Lost]}
outputs: {code: "${{ steps.carry.outputs.code }}"}
"""
SCENARIOS = """\
flow_test: 1
pipeline: ../p.flow.yaml
scenarios:
  it arrives:
    inputs: {address: Kiel}
    mocks: {carry: {returns: {code: a}}}
    expect: {status: succeeded, outputs: {code: a}}

  it arrives late:   # at the second try
    inputs: {address: Kiel}
    mocks: {carry: [{fail: Lost}, {returns: {code: a}}]}
    expect:
      steps: {carry: {attempts: 2, waits: [1s]}}
      elapsed: "< 1m"   # one minute
"""
FAILING = SCENARIOS.replace("attempts: 2,", "attempts: 1,")
LATE = "tests/p.flowtest.yaml::it arrives late"


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project with a pipeline and its scenarios; a warning in it is an error."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # others cost most of the time
    monkeypatch.setenv("PYTEST_PLUGINS", "flow_testing.plugin")
    pytester.makeini("[pytest]\nfilterwarnings = error\n")
    write(pytester, "p.flow.yaml", PIPELINE)
    write(pytester, "flow.toml", "")
    write(pytester, "tests/p.flowtest.yaml", SCENARIOS)
    return pytester


def write(project: pytest.Pytester, name: str, text: str) -> None:
    path = project.path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Run pytest in this process, without a cache."""
    return project.runpytest_inprocess("-p", "no:cacheprovider", *arguments)


def test_each_scenario_is_a_test(project: pytest.Pytester) -> None:
    result = run(project, "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["tests/p.flowtest.yaml::it arrives PASSED*", f"{LATE} PASSED*"])


def test_items_know_the_lines_of_their_scenarios(project: pytest.Pytester) -> None:
    collected, _ = project.inline_genitems()
    assert [item.location for item in collected] == [
        ("tests/p.flowtest.yaml", 3, "it arrives"),
        ("tests/p.flowtest.yaml", 8, "it arrives late"),
    ]


@pytest.mark.parametrize("suffix", ["yml", "json"])
def test_files_of_each_suffix_are_collected(project: pytest.Pytester, suffix: str) -> None:
    text = '{"flow_test": 1, "pipeline": "./p.flow.yaml", "scenarios": {"a": {"inputs": '
    text += '{"address": "x"}, "mocks": {"carry": {"returns": {"code": "a"}}}}}}'
    write(project, f"x.flowtest.{suffix}", text)
    run(project, f"x.flowtest.{suffix}").assert_outcomes(passed=1)


SELECTIONS = [
    (["-k", "late"], ["it arrives late"]),
    (["-k", "arrives and not late"], ["it arrives"]),
    ([LATE], ["it arrives late"]),
    (["--deselect", LATE], ["it arrives"]),
]


@pytest.mark.parametrize(("arguments", "names"), SELECTIONS, ids=str)
def test_pytest_selects_them_as_it_does_all_tests(
    project: pytest.Pytester, arguments: list[str], names: list[str]
) -> None:
    result = run(project, "-v", *arguments)
    passed = [line for line in result.outlines if " PASSED" in line]
    assert [line.partition("::")[2].partition(" PASSED")[0] for line in passed] == names


FAILURE = """\
error?FL813?: carry.attempts: expected 1, found 2
*--> tests/p.flowtest.yaml:13:23
13 |       steps: {carry: {attempts: 1, waits: ?1s?}}
   |                       ^^^^^^^^
parcels: dry run
*carry*
*1/2*Lost, waits 1s
*2/2*ok
FAILED tests/p.flowtest.yaml::it arrives late - carry.attempts: expected 1, f*"""
DISTRIBUTED = ["-p", "xdist", "-n", "1"]


@pytest.mark.parametrize("distributed", [[], DISTRIBUTED], ids=["here", "with xdist"])
def test_a_failure_shows_the_lines_and_what_happened(
    project: pytest.Pytester, distributed: list[str]
) -> None:
    write(project, "tests/p.flowtest.yaml", FAILING)
    result = run(project, *distributed)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(FAILURE.splitlines())
    result.stdout.no_fnmatch_line("*Traceback*")


BROKEN = [
    ("", "error?FL016?: *"),
    ("flow_test: 1\npipeline: ../p.flow.yaml\nscenarios: {}\n", "error?FL114?: `scenarios` *"),
    ("flow_test: 1\npipeline: ../p.flow.yaml\n", "error?FL104?: *`scenarios`*"),
    ("a: [\n", "error?FL001?: *"),
    ("\x00", "error?FL*"),
    ("[]", "error?FL103?: *"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN, ids=[repr(text) for text, _ in BROKEN])
def test_a_file_without_scenarios_is_an_error_that_says_why(
    project: pytest.Pytester, text: str, message: str
) -> None:
    write(project, "tests/p.flowtest.yaml", text)
    result = run(project)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([message, "*--> tests/p.flowtest.yaml:*"])
    result.stdout.no_fnmatch_line("*Traceback*")


def replaced(old: str, new: str) -> str:
    assert old in SCENARIOS
    return SCENARIOS.replace(old, new)


MISTAKES = [
    (replaced("../p.flow", "../q.flow"), 2, ["*there is no*q.flow.yaml*", "*did you mean*"]),
    (replaced("{carry: {returns", "{cary: {returns"), 1, ["*cary*", "*did you mean `carry`?"]),
    (replaced("outputs: {code: a}", "outputs: {code: 5}"), 1, ["*error?FL813?:*", "*:7:*"]),
    (replaced("address: Kiel", "adress: Kiel"), 2, ["*`adress`*"]),
    (replaced("it arrives late", "it arrives"), 1, ["*error?FL002?*", "*:9:3*"]),
    (replaced("mocks: {carry: {returns: {code: a}}}", "seed: 1"), 1, ["*nothing mocks `carry`*"]),
]


@pytest.mark.parametrize(("text", "failed", "told"), MISTAKES)
def test_mistakes_are_told_with_their_lines_and_how_to_mend_them(
    project: pytest.Pytester, text: str, failed: int, told: list[str]
) -> None:
    write(project, "tests/p.flowtest.yaml", text)
    result = run(project)
    assert result.parseoutcomes()["failed"] == failed
    result.stdout.fnmatch_lines(told)
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_pipeline_that_was_moved_is_found(project: pytest.Pytester) -> None:
    write(project, "flows/p.flow.yaml", PIPELINE)
    (project.path / "p.flow.yaml").unlink()
    result = run(project)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*it may have moved: write `../flows/p.flow.yaml`"])


def test_settings_that_can_not_be_used_are_told(project: pytest.Pytester) -> None:
    write(project, "flow.toml", "exclud = []\n")
    result = run(project)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*flow.toml:1: unknown key `exclud`*"])


def test_what_a_project_excludes_is_collected_only_where_it_is_named(
    project: pytest.Pytester,
) -> None:
    write(project, "flow.toml", 'exclude = ["tests"]\n')
    run(project).assert_outcomes()
    run(project, "tests/p.flowtest.yaml").assert_outcomes(passed=2)


def test_the_last_failures_run_again(project: pytest.Pytester) -> None:
    write(project, "tests/p.flowtest.yaml", FAILING)
    project.runpytest_inprocess().assert_outcomes(passed=1, failed=1)
    again = project.runpytest_inprocess("--lf")
    again.assert_outcomes(failed=1)


@pytest.mark.parametrize("way", [["-p", "xdist", "-n", "2"], ["-p", "pytest_randomly"]])
def test_in_any_order_and_in_several_processes(project: pytest.Pytester, way: list[str]) -> None:
    names = [f"scenario {number}" for number in range(30)]
    mocks = "    mocks: {carry: {returns: {code: a}}}\n    inputs: {address: x}\n"
    text = SCENARIOS.partition("  it arrives")[0] + "".join(f"  {n}:\n{mocks}" for n in names)
    write(project, "tests/p.flowtest.yaml", text)
    quiet = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")
    project.runpytest_subprocess(*quiet, *way).assert_outcomes(passed=30)


def test_names_are_shown_without_what_a_terminal_would_obey(project: pytest.Pytester) -> None:
    write(project, "tests/p.flowtest.yaml", replaced("it arrives late", '"a\\e[2Jb\\nc"'))
    collected, _ = project.inline_genitems()
    assert collected[1].name == "a\\x1b[2Jb\\nc"


# Updating


def test_expectations_become_what_happened_where_that_is_asked_for(
    project: pytest.Pytester,
) -> None:
    write(project, "tests/p.flowtest.yaml", FAILING)
    result = run(project, "--flow-update")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["*expect something else now*", LATE])
    assert (project.path / "tests/p.flowtest.yaml").read_text() == SCENARIOS
    run(project).assert_outcomes(passed=2)


def test_what_fails_for_another_reason_is_not_updated(project: pytest.Pytester) -> None:
    text = FAILING.replace("{carry: [{fail: Lost}, {returns: {code: a}}]}", "{}")
    write(project, "tests/p.flowtest.yaml", text)
    run(project, "--flow-update").assert_outcomes(passed=1, failed=1)
    assert (project.path / "tests/p.flowtest.yaml").read_text() == text


def test_a_file_that_can_not_be_written_is_told(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted", "p.flowtest.yaml")

    write(project, "tests/p.flowtest.yaml", FAILING)
    monkeypatch.setattr(items, "update_file", refused)
    result = run(project, "--flow-update")
    result.stdout.fnmatch_lines(["cannot write `p.flowtest.yaml`: Operation not permitted"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_several_processes_do_not_update_one_file(project: pytest.Pytester) -> None:
    write(project, "tests/p.flowtest.yaml", FAILING)
    result = run(project, "--flow-update", *DISTRIBUTED)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*update without `-n`*"])
    assert (project.path / "tests/p.flowtest.yaml").read_text() == FAILING


# What others see


@pytest.fixture
def listening() -> Iterator[list[str]]:
    from flow_testing.recording import listeners

    seen: list[str] = []

    def listen(run: object) -> None:
        seen.append(str(getattr(run, "status", "")))

    listeners.append(listen)
    yield seen
    listeners.remove(listen)


def test_runs_are_told_to_those_who_listen(project: pytest.Pytester, listening: list[str]) -> None:
    run(project)
    assert listening == ["succeeded", "succeeded"]

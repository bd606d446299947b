"""The scenarios of the examples go as they expect, as users run them: with `flow test`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flow_cli.main import main
from flow_core.project import Project
from flow_core.settings import load
from flow_core.simulate.scenarios import Suite

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
FILES = sorted(EXAMPLES.glob("*/tests/*.flowtest.*"))


def scenarios() -> Iterator[Any]:
    """Each suite with the name of each of its scenarios."""
    for path in FILES:
        module = Project(load(path.parent)).module(str(path))
        assert module is not None
        suite = Suite(module)
        for scenario in suite.scenarios:
            where = f"{path.parents[1].name}: {scenario.name}"
            yield pytest.param(suite, scenario.name, id=where)


SCENARIOS = list(scenarios())


def test_no_example_is_without_scenarios() -> None:
    assert {path.parents[1].name for path in FILES} == {"etl", "multi-flow", "order-processing"}
    assert len(SCENARIOS) >= 12


@pytest.mark.parametrize(("suite", "name"), SCENARIOS)
def test_it_goes_as_it_expects(suite: Suite, name: str) -> None:
    assert [found.message for found in suite.run(name).failures] == []


@pytest.mark.parametrize("example", sorted({path.parents[1].name for path in FILES}))
def test_the_command_runs_those_that_a_project_does_not_exclude(
    example: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(EXAMPLES / example)
    monkeypatch.setattr("sys.argv", ["flow", "test"])
    with pytest.raises(SystemExit) as ended:
        main()
    out = capsys.readouterr().out
    assert ended.value.code == 0
    assert "broken" not in out
    assert f" in {sum(example in path.parts for path in FILES)} file" in out

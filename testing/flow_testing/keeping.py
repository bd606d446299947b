"""What to keep of a test that failed in a run that nobody wrote: the scenario that shows it."""

from pathlib import Path

from flow_core.module import SCENARIO_SUFFIXES as SUFFIXES
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import load
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.recorded import recording_of
from flow_core.simulate.run import Run
from flow_core.simulate.written import Written, write_scenario
from flow_testing.recording import recent

FOLDER, FILE = "tests", "found.flowtest.yaml"
"""Where a scenario is proposed to be kept, from the folder of its pipeline."""
NAME = "found by a generated test"

_drawn: list[bool] = []


def watch() -> None:
    """The test that is running draws inputs or faults by itself."""
    _drawn[:] = [True]


def forget() -> None:
    """Another test begins."""
    _drawn.clear()


def is_drawn() -> bool:
    """Whether the test draws by itself; Hypothesis makes the plainest run that fails last."""
    return bool(_drawn)


def case_to_keep() -> str:
    """A scenario file that makes the last run of the test again, "" where none does."""
    if not _drawn or not recent:
        return ""
    return scenario_text(recent[-1]())


def scenario_text(run: Run, name: str = NAME, module: Module | None = None) -> str:
    """A scenario file that makes a run again, "" where nobody can write one.

    ``module`` is the pipeline, where somebody has it.
    """
    file = Path(run.plan.file).parent / FOLDER / FILE
    try:
        return _written(run, module or _module(run), file, name, None).text
    except SimulationError:
        return ""


def save_scenario(run: Run, path: Path, name: str) -> None:
    """Add a scenario that makes a run again to a file, which is made if it is not there.

    Raises:
        SimulationError: the file has no name of such a file, is for another pipeline, has such a
            scenario, or none can be written.
    """
    if not path.name.endswith(SUFFIXES):
        message = f"`{path.name}` is no name of a scenario file"
        raise SimulationError(message, None, f"name it `*{'`, `*'.join(SUFFIXES)}`")
    text = path.read_text(encoding="utf-8") if path.exists() else None
    written = _written(run, _module(run), path.absolute(), name, text)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written.text, encoding="utf-8")


def _written(run: Run, module: Module, file: Path, name: str, text: str | None) -> Written:
    return write_scenario(recording_of(run), module, str(file), name, text)


def _module(run: Run) -> Module:
    module = Project(load(Path(run.plan.file))).module(run.plan.file)
    if module is None:
        raise SimulationError("the pipeline is in no file")
    return module

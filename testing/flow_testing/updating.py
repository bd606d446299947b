"""Writing into a scenario file what happened, for a test that is told to update."""

from pathlib import Path

from flow_core.project import Project
from flow_core.reading import decode, read_bytes
from flow_core.simulate.scenarios import ScenarioResult, Suite
from flow_core.simulate.updated import update_of, updated


def update_file(result: ScenarioResult, suite: Suite) -> ScenarioResult:
    """How a scenario goes once its file expects what happened; as before where that can't be.

    Other scenarios of the file may have been updated since it was read.

    Raises:
        OSError: the file can't be read or written.
    """
    update = update_of(result, suite.module)
    if update is None:
        return result
    file = Path(suite.module.file)
    text = decode(read_bytes(file))
    found = updated(text, suite.module, [update])
    if not found.changed:
        return result
    file.write_bytes(found.text.encode(errors="surrogateescape"))
    module = Project(suite.module.project.settings).module(str(file))
    return Suite(module).run(result.scenario.name) if module else result

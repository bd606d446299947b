"""Inputs that a project itself shows: those that its scenarios and pipelines call components with.

Each run is simulated, so nothing has an effect. A path of a file, a key or a card's token that
makes sense can't be made up; here it is found.
"""

from collections.abc import Mapping

import msgspec

from flow_core.analysis.resolve import SUFFIXES
from flow_core.diagnostics import Json
from flow_core.kernel import Kernel
from flow_core.kernel.events import Start
from flow_core.markers import has_unknown
from flow_core.module import SCENARIO_SUFFIXES, Module
from flow_core.plan.plan import Leaf
from flow_core.project import Project
from flow_core.simulate import simulate
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.given import with_unknown
from flow_core.simulate.scenarios import Suite
from flow_testing.components.declared import project_files

_MOST = 8
"""So many inputs of a component are kept."""


class Shown(msgspec.Struct, frozen=True):
    """Inputs, without those that are secret or only known after a run, and who shows them."""

    inputs: dict[str, Json]
    source: str


class Harvest:
    """What a project shows, by the file and the name of the component."""

    def __init__(self, project: Project) -> None:
        self.found: dict[tuple[str, str], list[Shown]] = {}
        self._source = ""
        for file in project_files(project, SCENARIO_SUFFIXES):
            self._scenarios(project.module(file))
        for file in project_files(project, SUFFIXES):
            self._pipeline(project.module(file))

    def _scenarios(self, file: Module | None) -> None:
        suite = Suite(file) if file else None
        if file is None or suite is None or suite.pipeline is None:
            return
        for name, scenario in file.scenario.scenarios.items():
            self._source = f"the scenario `{name}`"
            try:
                simulate(suite.plan, None, scenario, scenario_file=file.file, source=self._look)
            except SimulationError:
                continue

    def _pipeline(self, module: Module | None) -> None:
        """A dry run, and one with each `inputs` of a schedule."""
        if module is None or not module.is_pipeline:
            return
        self._source = f"the pipeline `{module.pipeline.name}`"
        for given in ({}, *(entry.inputs for entry in module.pipeline.schedule)):
            try:
                simulate(module, with_unknown(module.pipeline, given), source=self._look)
            except SimulationError:
                continue

    def _look(self, start: Start, leaf: Leaf, _kernel: Kernel) -> None:
        """Remember what an attempt gets; what it does is for others to say."""
        secret = {name for name, port in leaf.inputs.items() if port.secret}
        inputs = _known(start.inputs, secret)
        name = leaf.target.name.partition("@")[0].rpartition(".")[2]
        shown = self.found.setdefault((leaf.target.file, name), [])
        if len(shown) < _MOST and all(each.inputs != inputs for each in shown):
            shown.append(Shown(inputs, self._source))


def _known(inputs: Mapping[str, Json], secret: set[str]) -> dict[str, Json]:
    return {
        name: data for name, data in inputs.items() if name not in secret and not has_unknown(data)
    }

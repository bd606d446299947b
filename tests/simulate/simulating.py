"""Small pipelines and their dry runs, for the tests of the simulator."""

from typing import Any

import yaml

from flow_core.kernel import Kernel
from flow_core.kernel.events import Failed, Start, Succeeded
from flow_core.model.scenario import Scenario
from flow_core.module import Module
from flow_core.plan.plan import Leaf
from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.simulate import Run, simulate
from flow_core.simulate.outcomes import Result, unknown_outputs

COMPONENTS = """\
flow: 1
name: lib
components:
  work: {outputs: {n: integer}, errors: {A: one, B: another}, run: {shell: [x]}}
  quick: {outputs: {n: integer}, estimate: {p50: 1s, cost: 1}, run: {shell: [x]}}
  slow: {outputs: {n: integer}, errors: {A: one}, estimate: {p50: 5s, cost: 3}, run: {shell: [x]}}
  tell: {run: {shell: [x]}}
  ask: {outputs: {yes: boolean, some: list<integer>}, run: {shell: [x]}}
  undo: {errors: {A: one}, run: {shell: [x]}}
"""
"""Imported as ``k`` by every pipeline that is given as steps."""
HEAD = "flow: 1\nname: demo\nimports: {k: ./lib.flow.yaml}\n"


def project_of(pipeline: str, **files: str) -> tuple[Project, Module]:
    """A project in memory, and the module of its pipeline; ``files`` are further ones by name."""
    project = Project(Settings(root="/demo"), lambda _: None)
    project.add("/demo/lib.flow.yaml", COMPONENTS)
    for name, text in files.items():
        project.add(f"/demo/{name}.flow.yaml", HEAD.replace("demo", name) + text)
    return project, project.add("/demo/demo.flow.yaml", HEAD + pipeline)


def module_of(pipeline: str, **files: str) -> Module:
    """The module of a pipeline."""
    return project_of(pipeline, **files)[1]


def scenario_of(project: Project, data: dict[str, Any]) -> Scenario:
    """A scenario for the pipeline of a project."""
    file = {"flow_test": 1, "pipeline": "./demo.flow.yaml", "scenarios": {"case": data}}
    text = yaml.safe_dump(file, sort_keys=False)
    (scenario,) = project.add("/demo/demo.flowtest.yaml", text).scenario.scenarios.values()
    return scenario


def run_of(pipeline: str, mocks: dict[str, Any] | None = None, **more: Any) -> Run:
    """A simulated run; with ``mocks`` it is that of a scenario."""
    project, module = project_of(pipeline, **more.pop("files", {}))
    scenario = None if mocks is None else scenario_of(project, {"mocks": mocks})
    return simulate(module, scenario=scenario, **more)


class Plan:
    """A fault plan: how attempts end by where they are made, "ok" where nothing is said."""

    def __init__(self, ends: dict[str, str]) -> None:
        self._ends = ends

    def __call__(self, start: Start, leaf: Leaf, _kernel: Kernel) -> Result | None:
        if not leaf.target.effect:
            return None
        takes = leaf.target.p50 or 0
        how = self._ends.get(f"{start.key}:{start.attempt}", "ok")
        if how == "hangs":
            return Result(takes, None)
        if how != "ok":
            return Result(takes, Failed(start.id, how))
        return Result(takes, Succeeded(start.id, unknown_outputs(start, leaf)))

"""The first scenario of a pipeline: what it does when everything gives an example of its type."""

from flow_core.analysis.tested import UnderTest
from flow_core.diagnostics import Json
from flow_core.kernel import Kernel
from flow_core.kernel.events import Start, Succeeded
from flow_core.module import Module
from flow_core.plan.find import without_indices
from flow_core.plan.plan import Leaf
from flow_core.simulate import Run, simulate
from flow_core.simulate.outcomes import Result
from flow_core.types.example import example


class _Examples:
    """A source of results that gives examples, and keeps them as the mocks that say the same."""

    def __init__(self) -> None:
        self.mocks: dict[str, Json] = {}

    def __call__(self, start: Start, leaf: Leaf, _: Kernel) -> Result | None:
        """An example of what an effect gives."""
        if not leaf.target.effect and leaf.waits != "signal":
            return None
        found = example(leaf.type)
        outputs = found if isinstance(found, dict) else {}
        self.mocks[without_indices(start.path)] = {"returns": outputs}
        return Result(leaf.target.p50 or 0, Succeeded(start.id, outputs))


def first_scenario(module: Module) -> tuple[str, dict[str, Json]]:
    """The name of a scenario of a pipeline and what it says: it passes as it is.

    Raises:
        SimulationError: the pipeline has errors, or a run of it has no end.
    """
    inputs: dict[str, Json] = {
        name: example(port.type) for name, port in module.pipeline.inputs.items() if port.required
    }
    secrets: dict[str, Json] = dict.fromkeys(sorted(UnderTest(module).secrets), "test")
    examples = _Examples()
    run = simulate(module, inputs, source=examples)
    said: dict[str, Json] = {
        "inputs": inputs,
        "secrets": secrets,
        "mocks": examples.mocks,
        "expect": _expected(run),
    }
    name = "all goes well" if run.succeeded else "what happens"
    return name, {key: value for key, value in said.items() if value}


def _expected(run: Run) -> Json:
    found: dict[str, Json] = {"status": run.status, "ran": list(run.path)}
    if run.outputs:
        found["outputs"] = run.outputs
    if run.error is not None and not run.succeeded:
        found["error"] = run.error.name
    return found

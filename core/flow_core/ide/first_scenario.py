"""The first scenario of a pipeline: what it does when everything gives an example of its type."""

from flow_core.kernel import Kernel
from flow_core.kernel.events import Start, Succeeded
from flow_core.module import Module
from flow_core.plan.plan import Leaf
from flow_core.simulate import simulate
from flow_core.simulate.outcomes import Result
from flow_core.simulate.recorded import recording_of
from flow_core.simulate.written import write_scenario
from flow_core.types.example import example


def first_scenario(module: Module, file: str) -> str:
    """The text of a scenario file for a pipeline, with one scenario, which passes.

    Raises:
        SimulationError: the pipeline has errors, or a run of it has no end.
    """
    inputs = {n: example(port.type) for n, port in module.pipeline.inputs.items() if port.required}
    run = simulate(module, inputs, source=_examples)
    name = "all goes well" if run.succeeded else "what happens"
    return write_scenario(recording_of(run), module, file, name, None).text


def _examples(start: Start, leaf: Leaf, _: Kernel) -> Result | None:
    """An example of what an effect gives."""
    if not leaf.target.effect and leaf.waits != "signal":
        return None
    found = example(leaf.type)
    outputs = found if isinstance(found, dict) else {}
    return Result(leaf.target.p50 or 0, Succeeded(start.id, outputs))

"""The graph of a pipeline as Mermaid text, for pages that draw it."""

import re
from collections.abc import Iterator

from flow_core.analysis.graph import Edge
from flow_core.model.pipeline import SETTLED, Group, Step, Switch
from flow_core.model.walk import step_calls
from flow_core.module import Module


def mermaid(module: Module) -> str:
    """A flowchart: groups as boxes, conditions on the edges, ``finally`` in a box of its own."""
    lines = ["flowchart TD"]
    for step in module.pipeline.steps.values():
        lines += _step(step, "  ")
    if module.pipeline.finally_:
        lines.append('  subgraph finally_["finally"]')
        for step in module.pipeline.finally_.values():
            lines += _step(step, "    ")
        lines.append("  end")
    for name, targets in module.graph.siblings.items():
        for target in targets:
            lines.append("  " + _edge(module.graph.edges[name][target]))
    return "\n".join(lines) + "\n"


def _step(step: Step, indent: str) -> Iterator[str]:
    inner = [info.call for info in step_calls(step) if isinstance(info.call, Group)]
    if not inner:
        yield f"{indent}{_id(step.name)}{_shape(step)}"
        return
    yield f'{indent}subgraph {_id(step.name)}["{_label(step.name)}"]'
    for group in inner:
        for nested in group.steps.values():
            yield from _step(nested, indent + "  ")
    yield f"{indent}end"


def _shape(step: Step) -> str:
    label = _label(step.name)
    if step.for_each is not None:
        return f'[["{label}"]]'
    if isinstance(step.call, Switch):
        return f'{{"{label}"}}'
    return f'["{label}"]'


def _edge(edge: Edge) -> str:
    words = "settled" if edge.statuses == SETTLED else " or ".join(edge.statuses)
    label = "" if words == "succeeded" else f'|"{words}"|'
    return f"{_id(edge.target)} -->{label} {_id(edge.step)}"


def _id(name: str) -> str:
    """A name that is no word of Mermaid's own (``end`` would close a box)."""
    return "s_" + re.sub(r"\W", "_", name)


def _label(name: str) -> str:
    return name.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")

"""Dry runs with their pictures, as plain values: made in the worker where a file is long."""

from typing import Any

from flow_core.ide.running import dry_run
from flow_core.module import Module


def drawn_dry_run(module: Module, scenario: str = "") -> dict[str, Any]:
    """What a pipeline would do: `{status, text, outputs, svg}`."""
    found = dry_run(module, scenario)
    svg = ""
    if found.run is not None:
        from flow_visualize.gantt import gantt
        from flow_visualize.overlay import course_of

        svg = gantt(found.run.plan.name, course_of(found.run))
    return {"status": found.status, "text": found.text, "outputs": found.outputs, "svg": svg}

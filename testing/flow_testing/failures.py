"""Why a scenario failed, for people: what, where exactly, and what happened instead."""

from collections.abc import Sequence

from flow_core.diagnostics import Diagnostic
from flow_core.excerpt import Source
from flow_core.finding_text import Desk, finding_lines, named_files
from flow_core.module import Module
from flow_core.printable import Paint, plain, shown_name
from flow_core.simulate import samples_text
from flow_core.simulate.run_text import render
from flow_core.simulate.scenarios import ScenarioResult


def failure_text(result: ScenarioResult, module: Module, base: str, paint: Paint = plain) -> str:
    """Each failure with the lines that it is about, then the timeline of the run.

    ``module`` is that of the scenario file, ``base`` the folder that names of files start from.
    """
    parts = [findings_text(result.failures, module, base, paint)]
    if result.run is not None:
        parts.append(timeline_text(result, paint))
    return "\n".join(parts)


def timeline_text(result: ScenarioResult, paint: Paint = plain) -> str:
    """The timeline of the run, "" if there is none; of many runs, below what they came to."""
    shown = render(result.run, paint=paint) if result.run else ""
    return shown if result.samples is None else f"{samples_text.render(result.samples)}\n{shown}"


def findings_text(
    found: Sequence[Diagnostic], module: Module, base: str, paint: Paint = plain
) -> str:
    """Findings with excerpts of the files that they name."""
    project = module.project
    sources = {file: Source(project.text(file) or "") for file in named_files(found)}
    desk = Desk(sources, lambda file: shown_name(file, base), paint)
    return "\n".join("".join(f"{line}\n" for line in finding_lines(each, desk)) for each in found)

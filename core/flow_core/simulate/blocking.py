"""The errors that keep a pipeline or a scenario from being simulated."""

from collections.abc import Iterable

from flow_core.check import check
from flow_core.diagnostics import Diagnostic, Severity
from flow_core.model.scenario import Scenario
from flow_core.module import Module
from flow_core.places import Place, Span


def blocking(module: Module) -> list[Diagnostic]:
    """The errors of a module that keep it from being simulated.

    Those of resilience, security and style (4xx to 6xx) do not: what they warn of can be watched.
    """
    return [
        found
        for found in check(module)
        if found.severity is Severity.ERROR and found.code[2] not in "456"
    ]


def blocking_scenario(module: Module, scenario: Scenario) -> tuple[Diagnostic, ...]:
    """The errors of a scenario, and of what is around all scenarios in its file."""
    return blocking_each(blocking(module), module)[scenario.name]


def blocking_each(
    errors: Iterable[Diagnostic], module: Module
) -> dict[str, tuple[Diagnostic, ...]]:
    """The errors of a file that are of each scenario; those that are of none are of all."""
    spans = _spans(module)
    found: dict[str, list[Diagnostic]] = {name: [] for name in spans}
    for error in errors:
        owners = [name for name, span in spans.items() if _holds(span, error)]
        for name in owners or spans:
            found[name].append(error)
    return {name: tuple(each) for name, each in found.items()}


def _spans(module: Module) -> dict[str, Span]:
    """From where to where each scenario of a file stands, its name included."""
    locate = module.document.locate
    return {
        name: Span(locate(Place(each.path, "key")).start, locate(Place(each.path)).end)
        for name, each in module.scenario.scenarios.items()
    }


def _holds(span: Span, found: "Diagnostic") -> bool:
    return span.start <= found.span.start <= span.end

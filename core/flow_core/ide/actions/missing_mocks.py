"""Mock the effects that a scenario certainly has: each gives an example of its outputs."""

from collections.abc import Iterator

from flow_core.analysis.effects import Effect, certain_effects
from flow_core.analysis.scopes import outputs_type
from flow_core.diagnostics import Diagnostic, Patch
from flow_core.ide.actions.action import Action
from flow_core.ide.actions.request import Request, patched
from flow_core.model.scenario import Scenario
from flow_core.module import Module
from flow_core.rules import unmocked_effect
from flow_core.types.example import example


def actions(request: Request) -> Iterator[Action]:
    """One for each effect that lacks a mock, and one for all of them."""
    module = request.module
    found = [each for each in request.here if each.code == unmocked_effect.RULE.code]
    scenario = module.scenario.scenarios.get(str(request.path[1])) if request.path[1:] else None
    if not found or scenario is None or module.tested is None:
        return
    effects = list(certain_effects(module.tested, scenario))
    if len(effects) > 1:
        yield _action(module, scenario, effects, found)
    for effect in effects:
        mends = [each for each in found if f"`{effect.key}`" in each.message]
        yield _action(module, scenario, [effect], mends)


def _action(
    module: Module, scenario: Scenario, effects: list[Effect], mends: list[Diagnostic]
) -> Action:
    patches = (_mock(scenario, effect) for effect in effects)
    edits = patched(module, *patches)
    one = f"Mock `{effects[0].key}`"
    title = one if len(effects) == 1 else f"Mock all {len(effects)} effects that lack it"
    return Action(title, "quickfix", edits, mends=tuple(mends))


def _mock(scenario: Scenario, effect: Effect) -> Patch:
    given = example(outputs_type(effect.signature))
    return Patch("insert", (*scenario.path, "mocks", effect.key), {"returns": given})

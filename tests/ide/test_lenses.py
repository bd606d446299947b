"""Code lenses: what stands over what, and what is counted."""

import pytest
from marked import ROOT, module, project
from small_shop import FILES, HEAD

from flow_core.ide.lenses import Lens, callers, dependents, lenses, scenarios_of
from flow_core.module import Module

PIPELINE = f"""\
{HEAD}steps:
  a:
    uses: shop.ask
    with: {{question: hm}}
  b:
    depends_on: [a]
    steps:
      inner: {{uses: shop.ask, with: {{question: "${{{{ steps.a.status }}}}"}}}}
    catch:
      - steps:
          handled: {{uses: shop.ask}}
  c:
    depends_on: {{a: settled}}
    switch:
      - steps:
          branch: {{uses: shop.ask}}
    compensate:
      steps:
        undone: {{uses: shop.pick}}
finally:
  end: {{uses: std.log}}
outputs:
  a: ${{{{ steps.a.outputs }}}}
"""
SCENARIOS = "flow_test: 1\npipeline: ./p.flow.yaml\nscenarios:\n  one: {}\n  two words: {}\n"


def over(found: Module) -> list[tuple[str, str, str]]:
    """Each lens: the text that it stands over, what it is about, and a name."""
    text = found.document.text
    return [
        (text[each.span.start : each.span.end], each.subject, each.name) for each in lenses(found)
    ]


def test_a_pipeline_and_its_steps_have_lenses() -> None:
    found = over(module(PIPELINE, files=FILES))
    assert found[:3] == [("flow", "dry run", ""), ("flow", "graph", ""), ("flow", "tests", "")]
    steps = ["a", "b", "inner", "handled", "c", "branch", "undone", "end"]
    assert found[3:] == [(name, "dependents", name) for name in steps]


def test_the_components_of_a_library_have_lenses() -> None:
    found = over(module(FILES["shop.flow.yaml"]))
    assert found == [(name, "callers", name) for name in ("charge", "pick", "ask")]


def test_scenarios_have_lenses() -> None:
    assert over(module(SCENARIOS, name="p.flowtest.yaml")) == [
        ("flow_test", "scenarios", ""),
        ("one", "scenario", "one"),
        ("one", "timeline", "one"),
        ("two words", "scenario", "two words"),
        ("two words", "timeline", "two words"),
    ]


@pytest.mark.parametrize("text", ["", "flow", "- a", "steps:", "steps: {", "scenarios: 1", "a: *b"])
def test_what_is_broken_has_those_that_it_can_have(text: str) -> None:
    for name in ("a.flow.yaml", "a.flowtest.yaml"):
        assert all(isinstance(lens, Lens) for lens in lenses(module(text, name=name)))


def test_dependents_are_counted_by_step_and_found_by_name() -> None:
    found = module(PIPELINE, files=FILES)
    number, locations = dependents(found, "a")
    assert number == 2
    lines = [PIPELINE.count("\n", 0, location.span.start) for location in locations]
    texts = [PIPELINE.splitlines()[line].strip() for line in lines]
    assert texts == [
        "depends_on: [a]",
        'inner: {uses: shop.ask, with: {question: "${{ steps.a.status }}"}}',
        "depends_on: {a: settled}",
    ]
    assert {PIPELINE[each.span.start : each.span.end] for each in locations} == {"a"}


def test_no_step_depends_on_one_that_is_not_there() -> None:
    assert dependents(module(PIPELINE, files=FILES), "gone") == (0, ())


def test_callers_are_found_across_files() -> None:
    files = {
        **FILES,
        "a.flow.yaml": PIPELINE,
        "b.flow.yaml": HEAD + "steps: {x: {uses: shop.ask}}\n",
        "c.flow.yaml": "components: {ask: {run: {shell: [x]}}}\nsteps: {x: {uses: ask}}\n",
    }
    library = project(files).module(f"{ROOT}/shop.flow.yaml")
    assert library is not None
    found = callers(library, "ask", [f"{ROOT}/{name}" for name in files])
    by_file = [location.file.rpartition("/")[2] for location in found]
    assert by_file == ["a.flow.yaml"] * 4 + ["b.flow.yaml"]
    assert files["b.flow.yaml"][found[-1].span.start : found[-1].span.end] == "shop.ask"


def test_a_component_is_called_in_its_own_file_too() -> None:
    text = "components: {ask: {run: {shell: [x]}}}\nsteps: {x: {uses: ask}}\n"
    found = module(text)
    assert len(callers(found, "ask", [found.file])) == 1


def test_scenarios_of_a_pipeline_are_those_that_test_it() -> None:
    files = {
        **FILES,
        "p.flow.yaml": PIPELINE,
        "p.flowtest.yaml": SCENARIOS,
        "other.flowtest.yaml": SCENARIOS.replace("./p.", "./gone."),
    }
    found = project(files).module(f"{ROOT}/p.flow.yaml")
    assert found is not None
    names = [f"{ROOT}/{name}" for name in files]
    assert scenarios_of(found, names) == {f"{ROOT}/p.flowtest.yaml": 2}

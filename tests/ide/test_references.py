"""Where names are used: the cursor at ‸ finds all of ⟦ ⟧, and each of them finds the same."""

import pytest
from ranged import OPEN, Ranged, ranged, show

from flow_core.ide.cursor import Cursor
from flow_core.ide.references import references

LIBRARY = """\
=== shop.flow.yaml
flow: 1
name: shop
types: {Line: {fields: {sku: string}}}
components:
  charge: {inputs: {amount: number}, outputs: {receipt: string}, run: {shell: [charge]}}
  bill: {inputs: {amount: number}, outputs: {receipt: string}, run: {shell: [bill]}}
"""

CASES = {
    "a step": """\
name: x
steps:
  ⟦b‸⟧: {uses: std.log}
  c:
    depends_on: [⟦b⟧]
    when: ${{ steps.⟦b⟧.recovered || steps['⟦b⟧'].attempts > 1 && b }}
    uses: b
    with: {b: b}
outputs: {b: "${{ steps.⟦b⟧.outputs }} b"}
=== t.flowtest.yaml
pipeline: ./a.flow.yaml
scenarios:
  b:
    mocks: {⟦b⟧: {}, c/b: {}}
    expect: {ran: [⟦b⟧, c], steps: {⟦b⟧: {}}, outputs: {b: 1}}
=== other.flow.yaml
name: other
steps: {b: {uses: std.log}}
""",
    "an input": """\
name: x
inputs: {⟦n⟧: integer, m: integer}
schedule: [{cron: '0 6 * * *', inputs: {⟦n⟧: 1}}]
steps: {b: {when: "${{ inputs.n‸ > 1 }}"}}
=== caller.flow.yaml
name: caller
inputs: {n: integer}
steps:
  n: {uses: ./a.flow.yaml, with: {⟦n⟧: "${{ inputs.n }}"}}
=== t.flowtest.json
{"pipeline": "./a.flow.yaml", "scenarios": {"x": {"inputs": {"⟦n⟧": 1}}}}
""".replace("inputs.n‸", "inputs.⟦n‸⟧"),
    "a port of a component": f"""\
imports: {{shop: ./shop.flow.yaml}}
steps:
  b: {{uses: shop.charge, with: {{⟦am‸ount⟧: 1}}}}
  c: {{uses: shop.bill, with: {{amount: 1}}}}
{LIBRARY.replace("charge: {inputs: {amount", "charge: {inputs: {⟦amount⟧")}""",
    "an output that a handler gives, too": f"""\
imports: {{shop: ./shop.flow.yaml}}
steps:
  b:
    uses: shop.charge
    catch: [{{uses: shop.bill}}, {{value: {{⟦receipt⟧: x}}}}]
    compensate: {{uses: std.log, with: {{message: "${{{{ outputs.⟦receipt⟧ }}}}"}}}}
  c: {{for_each: ["${{{{ steps.b.outputs.⟦receipt⟧ }}}}"], uses: shop.bill}}
  d: {{when: "${{{{ steps.c.outputs.exists(o, o.⟦rec‸eipt⟧ == '') }}}}"}}
{LIBRARY.replace("receipt", "⟦receipt⟧")}""",
    "an output of branches": """\
steps:
  g:
    switch:
      - {when: true, value: {⟦o⟧: 1, p: 2}}
      - steps: {h: {uses: std.log}}
        outputs: {⟦‸o⟧: 2, p: 1}
outputs: {o: "${{ steps.g.outputs.⟦o⟧ + steps.g.outputs.p }}"}
""",
    "an alias": """\
imports: {⟦shop⟧: ./shop.flow.yaml}
inputs: {n: ⟦shop⟧.Line | list<⟦shop⟧.Line>}
steps: {shop: {uses: ⟦sh‸op⟧.charge}}
=== t.flowtest.yaml
pipeline: ./a.flow.yaml
scenarios: {x: {mocks: {⟦shop⟧.charge: {}, shop: {}}}}
=== b.flow.yaml
imports: {shop: ./shop.flow.yaml}
steps: {b: {uses: shop.bill}}
"""
    + LIBRARY,
    "a component": f"""\
imports: {{s: ./shop.flow.yaml, t: ./shop.flow.yaml}}
steps:
  charge: {{uses: s.⟦charge⟧@^1, compensate: {{uses: t.⟦char‸ge⟧}}}}
=== t.flowtest.yaml
pipeline: ./a.flow.yaml
scenarios: {{x: {{mocks: {{s.⟦charge⟧: {{}}, charge: {{}}}}}}}}
{LIBRARY.replace("  charge:", "  ⟦charge⟧:")}""",
    "a type": f"""\
imports: {{s: ./shop.flow.yaml}}
types: {{Line: string, A: "list<s.⟦Line⟧>"}}
inputs: {{n: {{type: s.⟦Li‸ne⟧}}, m: Line}}
{LIBRARY.replace("{Line:", "{⟦Line⟧:")}""",
    "a field": f"""\
imports: {{s: ./shop.flow.yaml}}
inputs: {{n: {{type: s.Line, default: {{⟦sku⟧: x}}}}}}
outputs: {{x: "${{{{ inputs.n.⟦sk‸u⟧ }}}}"}}
{LIBRARY.replace("sku", "⟦sku⟧")}""",
    "a required property": """\
types: {A: {type: object, properties: {⟦x⟧: string}, required: [⟦‸x⟧]}}
""",
    "a channel": """\
state: {⟦log⟧: {type: string}}
steps: {a: {set: {⟦log‸⟧: "${{ state.⟦log⟧ }}"}}}
=== t.flowtest.yaml
pipeline: ./a.flow.yaml
scenarios: {x: {expect: {state: {⟦log⟧: x}}}}
""",
    "a secret of pipelines that call one another": """\
secrets: [⟦KEY⟧]
steps: {a: {uses: ./sub.flow.yaml, with: {k: "${{ secrets.⟦KEY⟧ }}"}}}
=== sub.flow.yaml
secrets: [OTHER, ⟦K‸EY⟧]
steps: {b: {uses: x, with: {k: "${{ secrets.⟦KEY⟧ }}"}}}
=== alone.flow.yaml
secrets: [KEY]
steps: {c: {uses: x, with: {k: "${{ secrets.KEY }}"}}}
=== t.flowtest.yaml
pipeline: ./a.flow.yaml
scenarios: {x: {secrets: {⟦KEY⟧: x}}}
""",
    "a secret without scenarios": """\
secrets: [⟦KEY⟧]
steps: {a: {uses: ./sub.flow.yaml}}
=== sub.flow.yaml
secrets: [⟦K‸EY⟧]
steps: {b: {uses: std.log}}
""",
    "a step in a group": """\
steps: {group: {steps: {⟦pay⟧: {uses: std.log}, other: {depends_on: [⟦p‸ay⟧]}}}}
=== t.flowtest.yaml
pipeline: ./a.flow.yaml
scenarios: {x: {mocks: {group/⟦pay⟧: {}}, expect: {steps: {⟦pay⟧: {}}}}}
""",
    "a step in every place of a scenario that names it": """\
steps:
  ⟦p‸ay⟧:
    for_each: [1]
    uses: std.log
    catch: [{uses: std.log}]
=== t.flowtest.yaml
pipeline: ./a.flow.yaml
scenarios:
  pay:
    mocks: {⟦pay⟧: {}, "⟦pay⟧[0]": {}, "⟦pay⟧!catch[0]": {}, std.log: {returns: {pay: 1}}}
    expect: {ran: [⟦pay⟧], steps: {⟦pay⟧: {attempts: 1}}, outputs: {pay: pay}}
""",
    "a component and the pipeline that it runs": """\
components: {c: {inputs: {⟦n⟧: string}, run: {flow: ./sub.flow.yaml}}}
steps: {a: {uses: c, with: {⟦‸n⟧: x}}}
=== sub.flow.yaml
inputs: {⟦n⟧: string}
steps: {b: {when: "${{ inputs.⟦n⟧ == '' }}"}}
""",
    "the variable of a macro": """\
outputs: {x: "${{ [1].map(⟦p⟧, ⟦p‸⟧ + [2].map(p, p)[0] + ⟦p⟧) }}", p: "${{ [1].map(p, p) }}"}
""",
    "the item of a loop": """\
steps:
  a: {for_each: [1], uses: x, with: {a: "${{ ⟦it‸em⟧ }}", b: "${{ ⟦item⟧ }}", item: "${{ index }}"}}
  b: {for_each: [1], uses: x, with: {a: "${{ item }}"}}
""",
    "a file": """\
imports: {lib: ⟦./lib.flow‸.yaml⟧}
steps: {a: {uses: ⟦./lib.flow.yaml⟧@1}}
=== sub/b.flow.yaml
components: {c: {run: {flow: ⟦../lib.flow.yaml⟧}}}
=== t.flowtest.yaml
pipeline: ⟦./lib.flow.yaml⟧
=== lib.flow.yaml
steps: {}
""",
    "what aliases of YAML repeat": """\
x-with: &with {k: "${{ steps.⟦b⟧.outputs }}"}
steps:
  ⟦b⟧: {uses: std.log}
  c: {uses: x, with: *with}
  d: {uses: x, with: {<<: *with, l: "${{ steps.⟦b‸⟧.status }}"}}
""",
    "an error": """\
imports: {s: ./shop.flow.yaml}
errors: [⟦Busy⟧]
steps:
  a:
    uses: s.ask
    retry: {max_attempts: 2, errors: [timeout, ⟦Bu‸sy⟧]}
    catch: [{errors: [⟦Busy⟧], value: {}}]
  b:
    steps: {c: {uses: s.tell}, d: {uses: ./sub.flow.yaml}}
    catch: [{errors: [⟦Busy⟧], skip: true}]
  e: {uses: s.tell, catch: [{errors: [Busy], skip: true}]}
=== sub.flow.yaml
imports: {shop: ./shop.flow.yaml}
steps: {a: {uses: shop.ask}}
=== shop.flow.yaml
components:
  ask:
    errors: {⟦Busy⟧: no time}
    circuit_breaker: {failure_threshold: 1, reset_timeout: 1s, errors: [⟦Busy⟧]}
    run: {shell: [x]}
  tell: {errors: {Deaf: x}, run: {shell: [x]}}
  other: {errors: {Busy: x}, run: {shell: [x]}}
=== t.flowtest.yaml
pipeline: ./a.flow.yaml
scenarios:
  x:
    mocks: {a: {fail: ⟦Busy⟧}, s.ask: [{fail: ⟦Busy⟧}]}
    expect: {error: ⟦Busy⟧, steps: {a: {error: ⟦Busy⟧}}}
""",
    "an error of a step that fails": """\
steps:
  a:
    uses: std.fail
    with: {message: x, error: ⟦Re‸fused⟧}
    catch: [{errors: [⟦Refused⟧], skip: true}]
""",
    "a name that nothing declares": """\
steps: {a: {depends_on: [⟦z⟧], when: "${{ steps.⟦‸z⟧.recovered }}"}}
""",
}
PYTHON = """\
=== tools/__init__.py
from flow_core import component


@component
def ⟦count⟧(n: int) -> int: ...
"""


def found_from(case: Ranged, cursor: Cursor, *, declaration: bool = True) -> str:
    found = references(cursor, case.search, declaration=declaration)
    return show(case.files, set(found))


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_all_are_found_from_each_of_them(text: str) -> None:
    case = ranged(text)
    expected = show(case.files, case.locations)
    assert found_from(case, case.cursor) == expected
    for location in case.locations:
        module = case.project.module(location.file)
        assert module is not None
        for offset in (location.span.start, location.span.end):
            assert found_from(case, Cursor(module, offset)) == expected, location


def test_without_the_declaration() -> None:
    case = ranged("steps:\n  ‸b: {uses: std.log}\n  c: {depends_on: [⟦b⟧]}\n")
    found = found_from(case, case.cursor, declaration=False)
    assert found == show(case.files, case.locations)


def test_a_python_component_has_its_definition_among_them() -> None:
    case = ranged(f"imports: {{t: python:tools}}\nsteps: {{a: {{uses: t.⟦cou‸nt⟧}}}}\n{PYTHON}")
    assert found_from(case, case.cursor) == show(case.files, case.locations)


@pytest.mark.parametrize("text", ["flow: ‸1\n", "steps: {a: {us‸es: b}}", "‸"])
def test_nothing_has_none(text: str) -> None:
    case = ranged(text)
    assert OPEN not in found_from(case, case.cursor)

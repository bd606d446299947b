"""Where names lead: the cursor is at ‸, what is declared stands in ⟦ ⟧."""

import pytest
from ranged import Ranged, ranged, show

from flow_core.ide.definition import definition
from flow_core.ide.implementation import implementation
from flow_core.ide.type_definition import type_definition

LIBRARY = """\
=== shop.flow.yaml
flow: 1
name: shop
imports: {sub: ./sub.flow.yaml}
types:
  Line: {fields: {sku: string, qty: integer}}
  Order: {fields: {id: string, lines: list<Line>}}
components:
  charge: {inputs: {amount: number}, outputs: {receipt: string}, run: {shell: [charge]}}
  load: {outputs: {order: Order}, run: {shell: [load]}}
  ship: {inputs: {to: string}, run: {flow: ./sub.flow.yaml}}
  count: {inputs: {n: integer}, run: {python: "tools.maths:count"}}
=== sub.flow.yaml
flow: 1
name: sub
inputs: {to: string}
secrets: [KEY]
steps:
  send: {uses: std.log, with: {message: "${{ inputs.to }}"}}
outputs: {tracking: "${{ inputs.to }}"}
=== tools/maths.py
from typing import TypedDict
from flow_core import component
class Total(TypedDict):
    sum: int
class Report(TypedDict):
    total: Total
@component
def count(n: int) -> Total: ...
@component
def report() -> Report: ...
"""
HEAD = "flow: 1\nname: a\nimports: {shop: ./shop.flow.yaml, tools: python:tools.maths}\n"

# Where a text alone leads; then with a part of the library, in which the declaration is marked.
OWN = {
    "a step in depends_on": "steps:\n  ⟦b⟧: {uses: std.log}\n  c: {depends_on: [‸b]}\n",
    "with a condition": "steps:\n  ⟦b⟧: {uses: std.log}\n  c: {depends_on: {b‸: failed}}\n",
    "a step in an expression": (
        "steps:\n  ⟦b⟧: {uses: std.log}\n  c: {when: \"${{ steps.‸b.status == 'failed' }}\"}\n"
    ),
    "a step by its index": (
        "steps:\n  ⟦b⟧: {uses: std.log}\n  c: {when: \"${{ steps['b‸'].recovered }}\"}\n"
    ),
    "a quoted step": "steps:\n  '⟦b⟧': {uses: std.log}\n  c: {depends_on: ['b‸']}\n",
    "a step itself": "steps:\n  ⟦‸b⟧: {uses: std.log}\n",
    "an input": "inputs: {⟦n⟧: integer}\nsteps: {b: {when: '${{ inputs.n‸ > 1 }}'}}\n",
    "the input of a schedule": (
        "inputs: {⟦n⟧: integer}\nschedule: [{cron: '0 6 * * *', inputs: {‸n: 1}}]\n"
    ),
    "a secret": (
        "secrets: [KEY, ⟦OTHER⟧]\nsteps: {b: {uses: x, with: {k: '${{ secrets.OTH‸ER }}'}}}\n"
    ),
    "a channel": "state: {⟦log⟧: {type: string}}\nsteps: {b: {set: {‸log: x}}}\n",
    "a channel in an expression": (
        "state: {⟦log⟧: {type: string}}\noutputs: {x: '${{ state.‸log }}'}\n"
    ),
    "a type": "types: {⟦T⟧: string}\ninputs: {n: list<‸T>}\n",
    "a type in a schema": "types: {⟦T⟧: string}\ninputs: {n: {type: object, items: {type: ‸T?}}}\n",
    "a reference to a type": "types: {⟦T⟧: string}\ninputs: {n: {$ref: '#/types/T‸'}}\n",
    "the type of a form": (
        "types: {⟦T⟧: string}\nsteps: {b: {uses: std.approval, with: {form: {x: 1, type: T‸}}}}\n"
    ),
    "the type of a channel": "types: {⟦T⟧: string}\nstate: {n: {type: T‸}}\n",
    "a component": "components: {⟦c⟧: {run: {shell: [x]}}}\nsteps: {b: {uses: ‸c}}\n",
    "its input": (
        "components: {c: {inputs: {⟦i⟧: any}, run: {shell: [x]}}}\n"
        "steps: {b: {uses: c, with: {‸i: 1}}}\n"
    ),
    "its input in its request": (
        "components: {c: {inputs: {⟦i⟧: any}, run: {http: {url: '/${{ inputs.‸i }}'}}}}\n"
    ),
    "the output of a group": (
        "steps:\n  g:\n    steps: {b: {uses: std.log}}\n    outputs: {⟦o⟧: 1}\n"
        "outputs: {x: '${{ steps.g.outputs.‸o }}'}\n"
    ),
    "an output of both branches": (
        "steps:\n  g:\n    switch:\n      - when: true\n        value: {⟦o⟧: 1}\n"
        "      - {steps: {}, outputs: {⟦o⟧: 1}}\n"
        "outputs: {x: '${{ steps.g.outputs.o‸ }}'}\n"
    ),
    "what a handler gives": (
        "steps:\n  g:\n    steps: {}\n    outputs: {⟦o⟧: 1}\n    catch: [{value: {‸o: 2}}]\n"
    ),
    "an item of a list of outputs": (
        "steps:\n  g:\n    for_each: [1]\n    steps: {}\n    outputs: {⟦o⟧: 1}\n"
        "  h: {for_each: '${{ steps.g.outputs }}', uses: x, with: {a: '${{ item.‸o }}'}}\n"
    ),
    "what a list is mapped to": (
        "steps:\n  g:\n    for_each: [1]\n    steps: {}\n    outputs: {⟦o⟧: 1}\n"
        "outputs: {x: '${{ steps.g.outputs.filter(x, true).map(p, p.‸o) }}'}\n"
    ),
    "an item of all iterations": (
        "steps:\n  g:\n    repeat: {until: true, collect: true}\n    steps: {}\n"
        "    outputs: {⟦o⟧: 1}\noutputs: {x: '${{ steps.g.outputs[0].‸o }}'}\n"
    ),
    "the second of two variables": (
        "steps:\n  g:\n    for_each: [1]\n    steps: {}\n    outputs: {⟦o⟧: 1}\n"
        "outputs: {x: '${{ steps.g.outputs.transformList(i, p, p.‸o) }}'}\n"
    ),
    "the outputs of a step itself": (
        "steps:\n  g:\n    steps: {}\n    outputs: {⟦o⟧: 1}\n"
        "    compensate: {uses: std.log, with: {message: '${{ outputs.‸o }}'}}\n"
    ),
    "the variable of a macro": "outputs: {x: '${{ [1].map(⟦p⟧, ‸p + 1) }}'}\n",
    "an inner variable": "outputs: {x: '${{ [1].map(p, [2].map(⟦p⟧, p‸)) }}'}\n",
    "the item of a loop": "steps: {b: {⟦for_each⟧: [1], uses: x, with: {a: '${{ ‸item }}'}}}\n",
    "the iteration": "steps: {b: {⟦repeat⟧: {until: '${{ iter‸ation > 2 }}'}, uses: std.log}}\n",
    "outputs": "steps: {b: {⟦uses⟧: std.log, set: {a: '${{ outputs‸.x }}'}}}\n",
    "a name that an alias repeats": (
        "x: &w [b‸]\nsteps:\n  ⟦b⟧: {uses: std.log}\n  c: {depends_on: *w}\n"
    ),
}

ACROSS = {
    "an alias": (
        "imports: {⟦shop⟧: ./shop.flow.yaml}\nsteps: {b: {uses: sh‸op.charge}}\n",
        "",
    ),
    "an alias in a type": (
        "imports: {⟦shop⟧: ./shop.flow.yaml}\ninputs: {n: list<shop‸.Line>}\n",
        "",
    ),
    "a component": (f"{HEAD}steps: {{b: {{uses: shop.‸charge@^1}}}}\n", "  ⟦charge⟧: {inputs"),
    "an input": (
        f"{HEAD}steps: {{b: {{uses: shop.charge, with: {{amou‸nt: 1}}}}}}\n",
        "{inputs: {⟦amount⟧: number}",
    ),
    "an output": (
        (
            f"{HEAD}steps: {{b: {{uses: shop.charge}}}}\n"
            "outputs: {x: '${{ steps.b.outputs.‸receipt }}'}\n"
        ),
        "{⟦receipt⟧: string}",
    ),
    "what returns narrows": (
        f"{HEAD}steps: {{b: {{uses: shop.charge, returns: {{‸receipt: string}}}}}}\n",
        "{⟦receipt⟧: string}",
    ),
    "a type": (f"{HEAD}inputs: {{n: shop.Li‸ne}}\n", "  ⟦Line⟧: {fields"),
    "a field": (
        f"{HEAD}inputs: {{n: shop.Order}}\noutputs: {{x: '${{{{ inputs.n.lines[0].q‸ty }}}}'}}\n",
        "sku: string, ⟦qty⟧: integer",
    ),
    "a field of an output": (
        (
            f"{HEAD}steps: {{b: {{uses: shop.load}}}}\n"
            "outputs: {x: '${{ steps.b.outputs.order.lines.map(l, l.sku‸) }}'}\n"
        ),
        "{⟦sku⟧: string",
    ),
    "a field in data": (
        f"{HEAD}inputs: {{n: {{type: list<shop.Order>, default: [{{lines: [{{s‸ku: a}}]}}]}}}}\n",
        "{⟦sku⟧: string",
    ),
    "an input of a pipeline": (
        f"{HEAD}steps: {{b: {{uses: ./sub.flow.yaml, with: {{to‸: x}}}}}}\n",
        "name: sub\ninputs: {⟦to⟧: string}",
    ),
    "an output of a pipeline": (
        (
            f"{HEAD}steps: {{b: {{uses: ./sub.flow.yaml}}}}\n"
            "outputs: {x: '${{ steps.b.outputs.trac‸king }}'}\n"
        ),
        "outputs: {⟦tracking⟧:",
    ),
    "an output through a component": (
        (
            f"{HEAD}steps: {{b: {{uses: shop.ship}}}}\n"
            "outputs: {x: '${{ steps.b.outputs.trac‸king }}'}\n"
        ),
        "outputs: {⟦tracking⟧:",
    ),
    "a Python component": (f"{HEAD}steps: {{b: {{uses: tools.co‸unt}}}}\n", "def ⟦count⟧("),
    "a parameter": (
        f"{HEAD}steps: {{b: {{uses: tools.count, with: {{n‸: 1}}}}}}\n",
        "count(⟦n⟧: int)",
    ),
    "a Python field": (
        (
            f"{HEAD}steps: {{b: {{uses: tools.count}}}}\n"
            "outputs: {x: '${{ steps.b.outputs.‸sum }}'}\n"
        ),
        "⟦sum⟧: int",
    ),
    "a field of a Python type": (
        (
            f"{HEAD}steps: {{b: {{uses: tools.report}}}}\n"
            "outputs: {x: '${{ steps.b.outputs.total.s‸um }}'}\n"
        ),
        "⟦sum⟧: int",
    ),
    "a Python type": (f"{HEAD}inputs: {{n: tools.‸Total}}\n", "class ⟦Total⟧("),
    "a file": (f"{HEAD}steps: {{b: {{uses: ./sub.flow.‸yaml@1}}}}\n", "=== sub.flow.yaml\n⟦⟧"),
    "an imported file": ("imports: {shop: ./sho‸p.flow.yaml}\n", "=== shop.flow.yaml\n⟦⟧"),
    "a Python module": ("imports: {t: python:tools‸.maths}\n", "=== tools/maths.py\n⟦⟧"),
}

IN_LIBRARY = {
    "what a component runs": ("{flow: ./s‸ub.flow.yaml}", "=== sub.flow.yaml\n⟦⟧"),
    "the module of a function": ('python: "too‸ls.maths', "=== tools/maths.py\n⟦⟧"),
    "a function": (':cou‸nt"', "def ⟦count⟧("),
}

TESTED = f"""\
=== a.flow.yaml
{HEAD}\
inputs: {{n: shop.Order}}
secrets: [KEY]
state: {{log: {{type: string}}}}
steps:
  group:
    steps:
      pay: {{uses: shop.charge, with: {{amount: 1}}}}
    outputs: {{paid: "${{{{ steps.pay.outputs.receipt }}}}"}}
  go: {{uses: ./sub.flow.yaml, with: {{to: x}}}}
  load: {{uses: shop.load, catch: [{{uses: std.log}}]}}
outputs: {{done: "${{{{ steps.group.outputs.paid }}}}"}}
"""
SCENARIOS = {
    "the pipeline": ("pipeline: ./a.flow‸.yaml", "=== a.flow.yaml\n⟦⟧"),
    "an input": ("inputs: {n‸: {id: x}}", "inputs: {⟦n⟧: shop.Order}"),
    "a field": ("inputs: {n: {i‸d: x}}", "Order: {fields: {⟦id⟧:"),
    "a secret": ("secrets: {KEY‸: x}", "secrets: [⟦KEY⟧]\nstate"),
    "a mocked step": ("mocks: {pay‸: {returns: {}}}", "      ⟦pay⟧: {uses"),
    "a group in a path": ("mocks: {gr‸oup/pay: {returns: {}}}", "  ⟦group⟧:\n"),
    "a step in a path": ("mocks: {group/p‸ay: {returns: {}}}", "      ⟦pay⟧: {uses"),
    "a step of a called pipeline": ("mocks: {go/‸send: {returns: {}}}", "  ⟦send⟧: {uses"),
    "what a step returns": ("mocks: {pay: [{returns: {rec‸eipt: x}}]}", "{⟦receipt⟧: string}"),
    "a mocked component": ("mocks: {shop.cha‸rge: {returns: {}}}", "  ⟦charge⟧: {inputs"),
    "its alias": ("mocks: {sh‸op.charge: {returns: {}}}", "{⟦shop⟧: ./shop.flow.yaml, tools"),
    "what a component returns": (
        "mocks: {shop.charge: {returns: {rece‸ipt: x}}}",
        "{⟦receipt⟧: string}",
    ),
    "a handler": ("mocks: {'load!cat‸ch[0]': {returns: {}}}", "catch: [⟦{uses: std.log}⟧]"),
    "the step of a handler": (
        "mocks: {'lo‸ad!catch[0]': {returns: {}}}",
        "  ⟦load⟧: {uses: shop.load",
    ),
    "a step that ran": ("expect: {ran: [group, l‸oad]}", "  ⟦load⟧: {uses: shop.load"),
    "an expected step": ("expect: {steps: {'go‸': {}}}", "  ⟦go⟧: {uses"),
    "a step's output": (
        "expect: {steps: {group: {outputs: {pa‸id: x}}}}",
        "    outputs: {⟦paid⟧:",
    ),
    "an output": ("expect: {outputs: {do‸ne: x}}", "outputs: {⟦done⟧:"),
    "a channel": ("expect: {state: {lo‸g: x}}", "state: {⟦log⟧:"),
}

NOWHERE = {
    "a key of the language": "steps:\n  b: {us‸es: std.log}\n",
    "a function": "outputs: {x: '${{ si‸ze([]) }}'}\n",
    "an attribute of a step": "steps: {b: {uses: std.log, when: '${{ steps.b.stat‸us }}'}}\n",
    "a step that is not there": "steps: {b: {depends_on: [‸c]}}\n",
    "the first of two variables": (
        "steps:\n  g:\n    for_each: [1]\n    steps: {}\n    outputs: {o: 1}\n"
        "outputs: {x: '${{ steps.g.outputs.transformList(i, p, i.‸o) }}'}\n"
    ),
    "a built-in type": "inputs: {n: str‸ing}\n",
    "the name of a pipeline": "name: ‸a\n",
    "an unknown alias": "steps: {b: {uses: sh‸op.charge}}\n",
    "a missing file": "steps: {b: {uses: ./mis‸sing.flow.yaml}}\n",
    "a file outside": "steps: {b: {uses: ../../etc/pass‸wd}}\n",
    "text": "description: the ‸b\nsteps: {b: {uses: std.log}}\n",
}


def check(case: Ranged) -> None:
    found = definition(case.cursor)
    locations = set(found.locations) if found else set()
    assert show(case.files, locations) == show(case.files, case.locations)


def with_range(text: str, marked: str) -> str:
    """A text in which one part has marks."""
    plain = marked.replace("⟦", "").replace("⟧", "").replace("‸", "")
    assert text.count(plain) == 1, (text.count(plain), plain)
    return text.replace(plain, marked)


@pytest.mark.parametrize("text", OWN.values(), ids=OWN)
def test_in_the_same_file(text: str) -> None:
    check(ranged(text))


@pytest.mark.parametrize(("text", "declared"), ACROSS.values(), ids=ACROSS)
def test_in_another_file(text: str, declared: str) -> None:
    check(ranged(text + (with_range(LIBRARY, declared) if declared else LIBRARY)))


@pytest.mark.parametrize(("marked", "declared"), IN_LIBRARY.values(), ids=IN_LIBRARY)
def test_from_a_component(marked: str, declared: str) -> None:
    check(ranged(with_range(with_range(LIBRARY, declared), marked)))


@pytest.mark.parametrize(("text", "declared"), SCENARIOS.values(), ids=SCENARIOS)
def test_from_a_scenario(text: str, declared: str) -> None:
    pipeline = "" if text.startswith("pipeline") else "pipeline: ./a.flow.yaml\n"
    scenario = text if not pipeline else f"scenarios:\n  one:\n    {text}"
    files = with_range(TESTED + LIBRARY, declared)
    check(ranged(f"=== t.flowtest.yaml\nflow_test: 1\n{pipeline}{scenario}\n{files}"))


@pytest.mark.parametrize("text", NOWHERE.values(), ids=NOWHERE)
def test_nowhere(text: str) -> None:
    assert definition(ranged(text).cursor) is None


def test_the_range_of_the_name_comes_with_it() -> None:
    case = ranged("steps:\n  b: {uses: std.log}\n  c: {depends_on: ['⟦b‸⟧']}\n")
    found = definition(case.cursor)
    assert found is not None
    assert found.origin == case.ranges["a.flow.yaml"][0]


def test_json_leads_to_the_same() -> None:
    check(
        ranged(
            '{"steps": {"⟦b⟧": {"uses": "std.log"}, "c": {"when": "${{ steps.‸b.recovered }}"}}}',
            name="a.flow.json",
        )
    )


CODE = {
    "of a Python component": ("uses: tools.cou‸nt", "def ⟦count⟧("),
    "of a component that names a function": ("uses: shop.coun‸t", "def ⟦count⟧("),
    "of one that is a pipeline": ("uses: shop.sh‸ip", "=== sub.flow.yaml\n⟦⟧"),
    "of a pipeline": ("uses: ./sub.flow.‸yaml", "=== sub.flow.yaml\n⟦⟧"),
    "of a command": ("uses: shop.char‸ge", "{receipt: string}, ⟦run⟧:"),
}


@pytest.mark.parametrize(("marked", "code"), CODE.values(), ids=CODE)
def test_the_code(marked: str, code: str) -> None:
    case = ranged(f"{HEAD}steps: {{b: {{{marked}}}}}\n{with_range(LIBRARY, code)}")
    found = implementation(case.cursor)
    assert found is not None
    assert show(case.files, set(found.locations)) == show(case.files, case.locations)


def test_the_code_of_a_step_is_that_of_all_it_calls() -> None:
    library = with_range(with_range(LIBRARY, "def ⟦count⟧("), "{receipt: string}, ⟦run⟧:")
    step = "‸b: {uses: tools.count, catch: [{uses: shop.charge}]}"
    case = ranged(f"{HEAD}steps: {{{step}}}\n{library}")
    found = implementation(case.cursor)
    assert found is not None
    assert show(case.files, set(found.locations)) == show(case.files, case.locations)


TYPES = {
    "of an input": "inputs: {‸n: list<T>}\n",
    "of an argument": (
        "components: {c: {inputs: {n: T}, run: {shell: [x]}}}\n"
        "steps: {b: {uses: c, with: {n‸: {}}}}\n"
    ),
    "of an output": ("components: {c: {outputs: {‸n: T?}, run: {shell: [x]}}}\n"),
    "of a step": (
        "components: {c: {outputs: {n: T}, run: {shell: [x]}}}\nsteps: {b‸: {uses: c}}\n"
    ),
    "of an expression": (
        "components: {c: {outputs: {n: T}, run: {shell: [x]}}}\n"
        "steps: {b: {uses: c}}\noutputs: {x: '${{ steps.b.outputs.‸n }}'}\n"
    ),
    "of an index": (
        "inputs: {n: list<T>}\nsteps: {b: {uses: x, with: {a: '${{ inputs.n[‸0] }}'}}}\n"
    ),
    "of a variable": "inputs: {n: list<T>}\noutputs: {x: '${{ inputs.n.map(y, ‸y) }}'}\n",
    "of a channel": "state: {n: {type: T}}\nsteps: {b: {set: {‸n: {}}}}\n",
    "of a pipeline's output": "inputs: {n: T}\noutputs: {‸x: '${{ inputs.n }}'}\n",
    "of a group's output": (
        "inputs: {n: T}\nsteps: {g: {steps: {}, outputs: {‸x: '${{ inputs.n }}'}}}\n"
    ),
    "of a type itself": "inputs: {n: ‸T}\n",
}


@pytest.mark.parametrize("text", TYPES.values(), ids=TYPES)
def test_the_type(text: str) -> None:
    case = ranged(text + "types: {⟦T⟧: {fields: {a: string}}}\n")
    found = type_definition(case.cursor)
    assert found is not None
    assert show(case.files, set(found.locations)) == show(case.files, case.locations)


@pytest.mark.parametrize("text", ["inputs: {‸n: string}\n", "fl‸ow: 1\n", "‸"])
def test_no_named_type(text: str) -> None:
    assert type_definition(ranged(text).cursor) is None

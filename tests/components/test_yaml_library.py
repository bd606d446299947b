"""Components from Flow documents."""

import pytest
from msgspec import UNSET

from flow_core.components.library import Library
from flow_core.components.signature import Breaker, Estimate
from flow_core.components.yaml_library import read_components, read_library
from flow_core.places import Place
from flow_core.syntax import parse
from flow_core.types import deref, show
from flow_core.types.kinds import INTEGER

PAYMENTS = """
types:
  Receipt: {fields: {id: string, next: Receipt?}}
components:
  x-shared: {a: 1}
  charge:
    version: 2.1.0
    description: Charge a card.
    inputs:
      amount: {type: number, minimum: 0, description: How much.}
      key: {type: string, secret: true}
      region: {type: string, enum: [eu, us], default: eu, env: SHOP_REGION}
      note: string?
      extra: any
    outputs: {receipt: Receipt}
    errors: {CardDeclined: the bank said no, GatewayError: the gateway did not answer}
    estimate: {p50: 300ms, p95: 2s, cost: 0.002, failure_rate: 0.01}
    circuit_breaker:
      {failure_threshold: 5, reset_timeout: 30s, half_open_max: 2, errors: [GatewayError]}
    tags: [payments]
    deprecated: use charge_v3
    run: {python: "shop.payments:charge", executor: thread}
"""


def read(text: str) -> Library:
    return read_library(parse(text, "yaml").root, "/p/payments.flow.yaml")


def test_a_component() -> None:
    library = read(PAYMENTS)
    assert list(library.components) == ["charge"]
    charge = library.components["charge"]
    assert (charge.name, charge.kind, charge.target) == ("charge", "python", "shop.payments:charge")
    assert (charge.version, charge.description) == ("2.1.0", "Charge a card.")
    assert (charge.tags, charge.deprecated) == (("payments",), "use charge_v3")
    assert list(charge.errors) == ["CardDeclined", "GatewayError"]
    assert charge.estimate == Estimate(300_000, 2_000_000, 0.002, 0.01)
    assert charge.breaker == Breaker(5, 30_000_000, 2, ("GatewayError",))
    assert charge.place == Place(("components", "charge"), file="/p/payments.flow.yaml")


def test_ports() -> None:
    inputs = read(PAYMENTS).components["charge"].inputs
    assert {name: (show(port.type), port.required) for name, port in inputs.items()} == {
        "amount": ("number", True),
        "key": ("string", True),
        "region": ("string", False),
        "note": ("string?", False),
        "extra": ("any", True),
    }
    assert [name for name, port in inputs.items() if port.secret] == ["key"]
    assert (inputs["region"].default, inputs["region"].env) == ("eu", "SHOP_REGION")
    assert inputs["note"].default is UNSET
    assert inputs["amount"].description == "How much."
    assert inputs["amount"].place.path == ("components", "charge", "inputs", "amount")


def test_types_of_a_library_know_each_other() -> None:
    library = read(PAYMENTS)
    receipt = library.components["charge"].outputs["receipt"].type
    assert show(receipt) == "Receipt"
    assert show(deref(receipt)) == "{id: string, next?: Receipt?}"
    assert library.problems == ()


def test_types_of_others_come_from_the_lookup() -> None:
    root = parse("c: {inputs: {a: shop.Line, b: shop.Missing}, run: {shell: [ls]}}", "yaml").root
    library = read_components(root, "/f", {"shop.Line": INTEGER}.get)
    assert show(library.components["c"].inputs["a"].type) == "integer"
    (problem,) = library.problems
    assert problem.kind == "unknown-type"
    assert problem.place.path[:3] == ("components", "c", "inputs")
    assert problem.place.file == "/f"


@pytest.mark.parametrize(
    ("run", "kind", "target"),
    [
        ("{shell: [ls, -l]}", "shell", ""),
        ("{http: {method: GET, url: 'https://x'}}", "http", ""),
        ("{flow: ./sub.flow.yaml}", "pipeline", "./sub.flow.yaml"),
        ("{python: 'a:b'}", "python", "a:b"),
    ],
)
def test_ways_to_run(run: str, kind: str, target: str) -> None:
    component = read(f"components: {{c: {{run: {run}}}}}").components["c"]
    assert (component.kind, component.target) == (kind, target)


MALFORMED = [
    "", "[]", "components", "components:", "components: []", "components: {a: 1, b: [], c: null}",
    "components: {a: {inputs: [], outputs: 1, errors: [A, 1], run: x, tags: 3, version: {}}}",
    "components: {a: {inputs: {x: 1, y: [], z: null}, estimate: 3, circuit_breaker: [1]}}",
    "components: {a: {estimate: {p50: soon, cost: much}, circuit_breaker: {reset_timeout: 1s}}}",
    "components: {a: {circuit_breaker: {failure_threshold: 1.5, reset_timeout: 1s}}}",
    "types: {A: A, B: 'list<B'}\ncomponents: {a: {inputs: {x: A, y: B}}}",
]  # fmt: skip


@pytest.mark.parametrize("text", MALFORMED)
def test_what_is_malformed_is_absent(text: str) -> None:
    for component in read(text).components.values():
        assert component.breaker is None
        assert component.estimate in (None, Estimate())
        assert component.version == component.target == ""
        for port in component.inputs.values():
            show(deref(port.type))


def test_a_list_of_errors_is_understood() -> None:
    assert read("components: {a: {errors: [A, B]}}").components["a"].errors == {"A": "", "B": ""}

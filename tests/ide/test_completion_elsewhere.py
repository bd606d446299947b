"""Completion of types, in scenario files, comments and slices; the documentation of items."""

import pytest
from accepting import accepted, offered
from marked import MARK, at, module
from small_shop import FILES, HEAD

from flow_core.ide.completion import complete, documentation
from flow_core.ide.cursor import Cursor

STEPS = f"{HEAD}steps:\n  a:\n    uses: shop.charge\n"
SUB = "flow: 1\nname: sub\nsteps:\n  inner:\n    uses: std.shell\n    with: {command: x}\n"
TESTED = (
    f"{STEPS}  b:\n    uses: ./sub.flow.yaml\n  c:\n    uses: std.log\n    with: {{message: x}}\n"
    "outputs: {receipt: '${{ steps.a.outputs.receipt }}'}\n"
)
ALL = {**FILES, "sub.flow.yaml": SUB, "order.flow.yaml": TESTED}
SCENARIO = "flow_test: 1\npipeline: ./order.flow.yaml\nscenarios:\n  one:\n    "
FORM = f"{HEAD}steps:\n  a:\n    uses: std.approval\n    with:\n      form:"
STATUSES = ["succeeded", "failed", "cancelled", "budget_exceeded"]

TYPES: dict[str, tuple[str, list[str], list[str]]] = {
    "own types, those of imports, built-in ones": (
        f"{HEAD}types:\n  A: ‸\n  B: string\n",
        ["A", "B", "shop.Order", "shop.Line", "string"],
        [],
    ),
    "an input": (f"{HEAD}  x: ‸\n".replace("defaults:", "inputs:"), ["shop.Order"], []),
    "of a key": ("inputs:\n  a: {type: ‸}", ["string", "integer", "number", "boolean"], []),
    "inside of another": (f"{HEAD}types:\n  A: list<‸>\n", ["A", "shop.Order"], []),
    "behind a bar": (f"{HEAD}types:\n  A: string | sho‸\n", ["A", "shop.Order"], []),
    "in a map": (f"{HEAD}types:\n  A: map<list<‸\n", ["A", "shop.Order"], []),
    "of what is returned": (f"{STEPS}    returns: {{receipt: ‸}}", ["shop.Order"], []),
    "an argument that is a type": (
        f"{FORM}\n        description: x\n        ‸",
        ["type", "fields", "default", "enum"],
        ["run.id"],
    ),
    "an argument that is a type by name": (f"{FORM} ‸", ["shop.Order", "shop.Line", "string"], []),
    "an argument that is a type in braces": (f"{FORM} {{‸}}", ["type", "fields"], []),
    "a part of an argument that is a type": (
        f"{FORM} {{fields: {{x: ‸}}}}",
        ["shop.Order", "shop.Line", "string"],
        ["run.id"],
    ),
    "references": ("types:\n  A: {$ref: ‸}\n", ["#/types/A"], ["string"]),
}


@pytest.mark.parametrize(("text", "first", "none"), TYPES.values(), ids=TYPES)
def test_types(text: str, first: list[str], none: list[str]) -> None:
    found = list(offered(text, files=FILES))
    assert found[: len(first)] == first
    assert not set(none).intersection(found)


def test_types_are_written_where_the_word_stands() -> None:
    text = f"{HEAD}types:\n  A: map<list<sh‸op.Line>>\n"
    assert accepted(text, "shop.Order", files=FILES).endswith("  A: map<list<shop.Order‸>>\n")
    assert accepted("types:\n  A: ‸\n", "list<…>").endswith("  A: list<‸>\n")
    assert accepted("types:\n  A: ‸\n", "fields").endswith("  A:\n    fields:\n      ‸\n")


SCENARIOS: dict[str, tuple[str, list[str], list[str]]] = {
    "a fresh file": ("‸", ["flow_test", "pipeline", "scenarios"], ["flow", "steps"]),
    "the pipeline": (
        "flow_test: 1\npipeline: ‸",
        ["./order.flow.yaml", "./sub.flow.yaml"],
        ["./shop.flow.yaml"],
    ),
    "a scenario": (f"{SCENARIO}‸", ["description", "inputs", "secrets"], ["steps"]),
    "inputs": (f"{SCENARIO}inputs: {{‸}}", ["order", "region", "note"], ["receipt"]),
    "properties of inputs": (f"{SCENARIO}inputs: {{order: {{‸}}}}", ["id", "total", "lines"], []),
    "values of inputs": (f"{SCENARIO}inputs: {{region: ‸}}", ["eu", "us"], ["inputs.order.id"]),
    "secrets": (f"{SCENARIO}secrets: {{‸}}", ["STRIPE_KEY"], []),
    "what has an effect is mocked first": (
        f"{SCENARIO}mocks:\n      ‸",
        ["a", "b/inner", "b", "c"],
        [],
    ),
    "components are mocked too": (f"{SCENARIO}mocks: {{a: {{}}, ‸}}", ["b/inner"], ["a"]),
    "only steps of the pipeline itself can have run": (
        f"{SCENARIO}expect:\n      ran:\n        - ‸",
        ["a", "b", "c"],
        ["b/inner"],
    ),
    "what a mock does": (
        f"{SCENARIO}mocks:\n      a:\n        ‸",
        ["returns", "fail", "hang", "estimated", "takes", "- returns"],
        ["returns: …"],
    ),
    "what a mock gives": (f"{SCENARIO}mocks: {{a: {{returns: {{‸}}}}}}", ["receipt", "hint"], []),
    "how a mock fails": (
        f"{SCENARIO}mocks: {{a: {{fail: ‸}}}}",
        ["CardDeclined", "GatewayError"],
        ["cancelled"],
    ),
    "how a run ends": (f"{SCENARIO}expect: {{status: ‸}}", STATUSES, []),
    "what ran": (f"{SCENARIO}expect: {{ran: [a, ‸]}}", ["b", "c"], ["a"]),
    "what is expected of steps": (f"{SCENARIO}expect: {{steps: {{‸}}}}", ["a", "b", "c"], []),
    "what a step gave": (
        f"{SCENARIO}expect: {{steps: {{a: {{outputs: {{‸}}}}}}}}",
        ["receipt", "hint"],
        [],
    ),
    "how a step failed": (
        f"{SCENARIO}expect: {{steps: {{a: {{error: ‸}}}}}}",
        ["CardDeclined", "GatewayError", "timeout"],
        [],
    ),
    "what comes out": (f"{SCENARIO}expect: {{outputs: {{‸}}}}", ["receipt"], []),
    "channels": (f"{SCENARIO}expect: {{state: {{‸}}}}", ["audit", "last"], []),
    "how a run failed": (
        f"{SCENARIO}expect: {{error: ‸}}",
        ["CardDeclined", "CommandFailed", "CommandNotFound", "GatewayError"],
        [],
    ),
    "how long it took": (f'{SCENARIO}expect: {{elapsed: "< 2‸"}}', ["< 2s", "< 2m"], []),
    "when it starts": (f"{SCENARIO}start: ‸", ["2026-01-01T00:00:00Z"], []),
}


@pytest.mark.parametrize(("text", "first", "none"), SCENARIOS.values(), ids=SCENARIOS)
def test_scenarios(text: str, first: list[str], none: list[str]) -> None:
    found = list(offered(text, "order.flowtest.yaml", ALL))
    assert found[: len(first)] == first
    assert not set(none).intersection(found)


def test_a_mock_begins_with_what_the_component_gives() -> None:
    text = accepted(f"{SCENARIO}mocks:\n      ‸", "a", "order.flowtest.yaml", ALL)
    assert text.endswith("a:\n        returns:\n          receipt: receipt‸\n          hint: hint")


def test_elements_and_steps_of_groups_are_mocked_by_longer_names() -> None:
    steps = (
        "  all:\n    for_each: [1, 2]\n    uses: std.log\n"
        "  outer:\n    steps:\n      inner:\n        steps:\n          leaf:\n"
        "            uses: std.log\n"
    )
    files = {"order.flow.yaml": f"flow: 1\nname: x\nsteps:\n{steps}"}
    text = f"{SCENARIO}mocks:\n      ‸"
    found = offered(text, "order.flowtest.yaml", files)
    assert {"all[0]", "outer/inner", "outer/inner/leaf"} <= {*found}
    assert "      all[0]:" in accepted(text, "all[0]", "order.flowtest.yaml", files)


def test_handlers_and_compensations_are_mocked_by_the_names_that_they_have_in_runs() -> None:
    steps = (
        "  pay:\n    uses: shop.charge\n    catch:\n"
        "      - {errors: [CardDeclined], uses: shop.pick}\n      - {skip: true}\n"
        "    compensate: {uses: shop.ask}\n"
    )
    files = {**FILES, "order.flow.yaml": f"{HEAD}steps:\n{steps}"}
    text = f"{SCENARIO}mocks:\n      ‸"
    found = [label for label in offered(text, "order.flowtest.yaml", files) if "!" in label]
    assert found == ["pay!catch[0]", "pay!compensate"]
    written = accepted(text, "pay!catch[0]", "order.flowtest.yaml", files)
    assert written.endswith("      pay!catch[0]:\n        returns:\n          parcel: parcel‸")


@pytest.mark.parametrize("label", ["returns", "fail", "hang", "estimated", "takes"])
@pytest.mark.parametrize("before", ["\n        ", " "])
def test_a_mock_is_one_or_a_list_of_them(label: str, before: str) -> None:
    text = f"{SCENARIO}mocks:\n      a:{before}‸\n"
    one = accepted(text, label, "order.flowtest.yaml", ALL)
    several = accepted(text, f"- {label}", "order.flowtest.yaml", ALL)
    assert f"      a:\n        {label}:" in one
    assert f"      a:\n        - {label}:" in several


def test_names_that_are_used_and_not_declared() -> None:
    text = (
        "flow: 1\nname: x\ninputs:\n  ‸\nsteps:\n  a:\n    uses: std.log\n    with:\n"
        "      message: ${{ inputs.who }}\n      level: ${{ secrets.KEY }}\n"
    )
    assert offered(text)["who"].text == "who: ${1:string}"
    assert "KEY" in offered(text.replace("inputs:\n  ‸", "secrets: [‸]"))


def test_secrets_that_called_pipelines_need() -> None:
    text = "secrets: [‸]\nsteps:\n  a:\n    uses: ./order.flow.yaml\n"
    found = offered(text, files=ALL)
    assert found["STRIPE_KEY"].detail == "step a calls what needs it"
    assert not offered(text.replace("[‸]", "[STRIPE_KEY, ‸]"), files=ALL)


COMMENTS: dict[str, tuple[str, list[str], list[str]]] = {
    "a suppression": ("name: x  # ‸", ["flow: ignore[…]"], []),
    "half of one": ("name: x  # flow:‸", ["flow: ignore[…]"], []),
    "its codes": ("name: x  # flow: ignore[‸", ["FL001"], []),
    "more codes": ("name: x  # flow: ignore[FL601, FL‸]", ["FL001"], []),
}


@pytest.mark.parametrize(("text", "first", "none"), COMMENTS.values(), ids=COMMENTS)
def test_comments(text: str, first: list[str], none: list[str]) -> None:
    found = list(offered(text))
    assert found[: len(first)] == first
    assert not set(none).intersection(found)


def test_codes_are_found_by_the_names_of_rules() -> None:
    found = offered("name: x  # flow: ignore[‸]")
    assert found["FL210"].filter == f"FL210 {found['FL210'].detail}"
    text = accepted("name: x  # flow: ignore[FL6‸]", "FL601")
    assert text == "name: x  # flow: ignore[FL601‸]"


def test_the_names_that_a_slice_leaves_out() -> None:
    names = {"steps": ("a", "far"), "finally": ("end",), "types": ("T",), "components": ("comp",)}

    def labels(text: str) -> list[str]:
        cursor = at(text, files=FILES)
        found = Cursor(cursor.module, cursor.offset, ("far", "end"), names=names)
        return [item.label for item in complete(found).items]

    assert labels(f"{STEPS}  b:\n    depends_on: [‸]\n") == ["a", "far"]
    assert labels(f"{STEPS}  b:\n    when: ${{{{ steps.‸ }}}}\n") == ["a", "far"]
    assert labels(f"{STEPS}finally:\n  f:\n    depends_on: [‸]\n") == ["a", "far", "end"]
    assert "comp" in labels(f"{STEPS}  b:\n    uses: ‸\n")
    assert labels(f"{HEAD}types:\n  A: ‸\n")[:4] == ["A", "T", "shop.Order", "shop.Line"]
    assert "outputs" in labels(f"{STEPS}  b:\n    when: ${{{{ steps.far.‸ }}}}\n")


DOCUMENTED = {
    # where, which item, what its documentation says
    "a key": (f"{STEPS}    ‸", "retry", "Tries again after a failure."),
    "a key in braces": (f"{STEPS}    retry: {{‸}}", "delay", "The wait after the first failure."),
    "a key on the line of another": (f"{STEPS}    catch: ‸", "errors", "The names of the errors"),
    "a component": (f"{STEPS}  b:\n    uses: ‸", "shop.charge", "Charge a card."),
    "a built-in component": (f"{STEPS}  b:\n    uses: ‸", "std.log", "| `message` | `string` |"),
    "a component that is not imported": (
        "flow: 1\nname: x\nsteps:\n  a:\n    uses: ‸\n",
        "shop.charge",
        "Charge a card.",
    ),
    "an input": (f"{STEPS}    with:\n      ‸", "amount", "How much; minimum `0`"),
    "a step": (f"{STEPS}  b:\n    depends_on: [‸]", "a", "a step that calls `shop.charge`"),
    "an error": (f"{STEPS}    retry: {{errors: [‸]}}", "GatewayError", "did not answer"),
    "an expression": (f"{STEPS}    with: {{amount: ‸}}", "inputs.order.total", "Input `order`"),
    "a property": (
        f"{STEPS}    with: {{amount: '${{{{ inputs.order.‸ }}}}'}}",
        "id",
        "What people call it by.",
    ),
    "a function": (f"{STEPS}    when: ${{{{ size‸ }}}}", "size", "Code points, bytes, items"),
    "a macro": (
        f"{STEPS}    when: ${{{{ inputs.order.lines.‸ }}}}",
        "exists",
        "whether a condition holds for some item",
    ),
    "a type": (f"{HEAD}types:\n  A: ‸\n", "shop.Order", "lines: list<Line>"),
    "a word": (f"{STEPS}    retry: {{backoff: ‸}}", "linear", "How the wait grows"),
}


@pytest.mark.parametrize(("text", "label", "part"), DOCUMENTED.values(), ids=DOCUMENTED)
def test_what_an_item_is_documented_by(text: str, label: str, part: str) -> None:
    item = offered(text, files=FILES)[label]
    found = documentation(at(text, files=FILES), item.data)
    assert part.casefold() in found.casefold()


def test_documentation_stays_right_while_somebody_types_on() -> None:
    text = f"{STEPS}    ‸\n    timeout: 3s\n"
    item = offered(text, files=FILES)["retry"]
    later = module(text.replace(MARK, "ret"), files=FILES)
    assert "Tries again" in documentation(Cursor(later, text.index(MARK)), item.data)


@pytest.mark.parametrize("data", [None, 1, [], ["x", "y"], [9, 9, "x", 0, 0], [0, 0, "", 5, 99]])
def test_data_of_nothing_has_no_documentation(data: object) -> None:
    assert documentation(at("flow: 1\n‸"), data) == ""  # type: ignore[arg-type]

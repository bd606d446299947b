"""Whole files typed by accepting what is offered; by hand come only names, values and Enter."""

from accepting import Editor
from marked import module
from small_shop import FILES

from flow_core.check import check


def messages(editor: Editor) -> list[str]:
    """What the checker has to say about what was typed."""
    found = check(module(editor.text, name=editor.name, files=editor.files))
    return [f"{each.code} {each.message}" for each in found]


def test_a_pipeline_from_nothing() -> None:
    editor = Editor()
    editor.accept("flow")
    editor.line(0)
    editor.accept("name")
    editor.type("greet")
    editor.line(0)
    editor.accept("inputs")
    editor.type("who")
    editor.tab()
    editor.accept("string")
    editor.line(0)
    editor.accept("steps")
    editor.type("hello")
    editor.tab()
    editor.accept("uses", "std.log")
    editor.type("")
    editor.accept("inputs.who")
    editor.line(4)
    editor.accept("timeout")
    editor.type("30")
    editor.accept("30s")
    assert messages(editor) == []
    assert editor.text == (
        "flow: 1\n"
        "name: greet\n"
        "inputs:\n"
        "  who: string\n"
        "steps:\n"
        "  hello:\n"
        "    uses: std.log\n"
        "    with:\n"
        "      message: ${{ inputs.who }}\n"
        "    timeout: 30s"
    )


def test_an_order_with_a_library_that_is_imported_on_the_way() -> None:
    editor = Editor(files=FILES, text="flow: 1\nname: order\n")
    editor.accept("steps")
    editor.type("pay")
    editor.tab()
    editor.accept("uses", "shop.charge")
    editor.type("12.5")
    editor.line(4)
    editor.accept("retry")
    editor.type("3")
    editor.line(6)
    editor.accept("delay", "5s")
    editor.line(6)
    editor.accept("errors", "GatewayError")
    editor.line(4)
    editor.accept("catch", "errors", "CardDeclined")
    editor.line(8)
    editor.accept("value", "{receipt, hint}")
    editor.type("none")
    editor.tab()
    editor.type("declined")
    editor.line(2)
    editor.type("tell:\n    ")
    editor.accept("when")
    editor.type("!")
    editor.accept("steps.pay.recovered")
    editor.line(4)
    editor.accept("uses", "std.log")
    editor.type("paid with $")
    editor.accept("steps.pay.outputs.receipt")
    editor.line(0)
    editor.accept("outputs")
    editor.type("receipt")
    editor.tab()
    editor.accept("steps.pay.outputs.receipt")
    assert messages(editor) == []
    assert editor.text.splitlines()[:11] == [
        "flow: 1",
        "name: order",
        "imports:",
        "  shop: ./shop.flow.yaml",
        "secrets: [KEY]",
        "steps:",
        "  pay:",
        "    uses: shop.charge",
        "    with:",
        "      amount: 12.5",
        "      key: ${{ secrets.KEY }}",
    ]


def test_a_loop_with_a_macro_and_its_undoing() -> None:
    text = "flow: 1\nname: order\nimports: {shop: ./shop.flow.yaml}\ninputs: {order: shop.Order}\n"
    editor = Editor(files=FILES, text=text)
    editor.accept("steps")
    editor.type("big")
    editor.tab()
    editor.accept("for_each", "inputs")
    editor.type(".")
    editor.accept("order")
    editor.type(".")
    editor.accept("lines")
    editor.type(".")
    editor.accept("filter")
    editor.tab()
    editor.accept("x")
    editor.type(".")
    editor.accept("qty")
    editor.type(" > 10")
    editor.line(4)
    editor.accept("uses", "shop.pick")
    editor.line(4)
    editor.accept("compensate", "uses", "shop.ask")
    editor.type("$")
    editor.accept("outputs.parcel")
    assert messages(editor) == ["FL708 `shop.pick` is deprecated: use pick_all"]
    assert editor.text.removeprefix(text) == (
        "steps:\n"
        "  big:\n"
        "    for_each: ${{ inputs.order.lines.filter(x, x.qty > 10) }}\n"
        "    uses: shop.pick\n"
        "    with:\n"
        "      line: ${{ item }}\n"
        "    compensate:\n"
        "      uses: shop.ask\n"
        "      with:\n"
        "        question: ${{ outputs.parcel }}"
    )


def test_a_pipeline_in_json() -> None:
    editor = Editor("a.flow.json", "{\n  ")
    editor.accept("flow")
    editor.line(2)
    editor.accept("name")
    editor.type("greet")
    editor.line(2)
    editor.accept("steps")
    editor.type("hello")
    editor.tab()
    editor.accept("uses", "std.log")
    editor.type("hi")
    editor.line(0)
    editor.type("}")
    assert messages(editor) == []
    assert editor.text == (
        "{\n"
        '  "flow": 1,\n'
        '  "name": "greet",\n'
        '  "steps": {\n'
        '    "hello": {\n'
        '      "uses": "std.log",\n'
        '      "with": {\n'
        '        "message": "hi"\n'
        "      }\n"
        "    }\n"
        "  }\n"
        "}"
    )


def test_a_library_with_types_and_a_component() -> None:
    editor = Editor()
    editor.accept("flow")
    editor.line(0)
    editor.accept("types")
    editor.type("Line")
    editor.tab()
    editor.type(" ")
    editor.accept("fields")
    editor.type("sku: ")
    editor.accept("string")
    editor.line(0)
    editor.accept("components")
    editor.type("pick")
    editor.tab()
    editor.accept("shell")
    editor.type("shop, pick")
    editor.line(4)
    editor.accept("inputs")
    editor.type("line")
    editor.tab()
    editor.accept("Line")
    editor.line(4)
    editor.accept("errors")
    editor.type("Empty")
    editor.tab()
    editor.type("the shelf is empty")
    editor.line(4)
    editor.accept("circuit_breaker")
    editor.type("5")
    editor.tab()
    editor.type("30")
    editor.accept("30s")
    editor.line(6)
    editor.accept("errors", "Empty")
    assert messages(editor) == []


def test_a_scenario() -> None:
    tested = (
        "flow: 1\nname: order\nimports: {shop: ./shop.flow.yaml}\ninputs: {amount: number}\n"
        "secrets: [KEY]\nsteps:\n  pay:\n    uses: shop.charge\n    with:\n"
        '      {amount: "${{ inputs.amount }}", key: "${{ secrets.KEY }}"}\n'
    )
    editor = Editor("a.flowtest.yaml", files={**FILES, "order.flow.yaml": tested})
    editor.accept("flow_test")
    editor.line(0)
    editor.accept("pipeline", "./order.flow.yaml")
    editor.line(0)
    editor.accept("scenarios")
    editor.type("somebody pays")
    editor.tab()
    editor.accept("inputs", "amount")
    editor.type("12")
    editor.line(4)
    editor.accept("secrets", "KEY")
    editor.line(4)
    editor.accept("mocks", "pay")
    editor.type("r1")
    editor.tab()
    editor.type("none")
    editor.line(4)
    editor.accept("expect", "status", "succeeded")
    editor.line(6)
    editor.accept("ran", "pay")
    assert messages(editor) == []

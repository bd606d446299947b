"""Expressions: names, properties, functions and texts inside of them, and whole ones as values."""

import pytest
from accepting import accepted, offered
from small_shop import FILES, HEAD

from flow_core.analysis.scopes import VARIABLES

STEPS = f"{HEAD}steps:\n  a:\n    uses: shop.charge\n"
USES = f"{STEPS}  b:\n    uses: shop.charge\n    with:\n      amount: "
TEXT = f"{STEPS}  b:\n    uses: std.log\n    with:\n      message: "
LOOP = (
    f"{STEPS}  b:\n    for_each: ${{{{ inputs.order.lines }}}}\n"
    "    uses: shop.pick\n    with:\n      line: "
)
REPEAT = f"{STEPS}  b:\n    uses: shop.charge\n    repeat: {{max_iterations: 2, until: true}}\n    "
STATUSES = ["succeeded", "failed", "skipped", "cancelled"]

NAMES: dict[str, tuple[str, list[str], list[str]]] = {
    # where, what is offered first and in this order, what is not offered at all
    "what suits comes first": (
        f"{USES}${{{{ ‸ }}}}",
        ["inputs.order.total", "inputs", "state", "run", "steps"],
        ["secrets", "item", "error", "iteration", "outputs"],
    ),
    "half a word": (f"{USES}${{{{ in‸ }}}}", ["inputs.order.total", "inputs"], []),
    "behind an operator": (f"{USES}${{{{ 1 + ‸ }}}}", ["inputs.order.total"], []),
    "secrets where one is wanted": (
        f"{STEPS}  b:\n    uses: shop.charge\n    with: {{key: '${{{{ ‸ }}}}'}}",
        ["secrets.STRIPE_KEY", "inputs.order.id"],
        [],
    ),
    "the element of a loop": (f"{LOOP}${{{{ ‸ }}}}", ["item"], []),
    "an error that is handled": (
        f"{USES}1\n    catch:\n      - when: ${{{{ ‸ }}}}",
        ["steps.a.recovered", "inputs", "state", "run", "error"],
        ["outputs", "attempt"],
    ),
    "an attempt that failed": (
        f"{USES}1\n    retry:\n      when: ${{{{ ‸ }}}}",
        ["steps.a.recovered", "inputs", "state", "run", "error", "attempt"],
        ["outputs"],
    ),
    "what a call has given": (f"{REPEAT}set: {{last: '${{{{ ‸ }}}}'}}", ["outputs.receipt"], []),
    "an iteration": (f"{REPEAT}when: true\n    set: {{last: '${{{{ it‸ }}}}'}}", [], ["item"]),
    "steps that can be seen": (f"{USES}${{{{ steps.‸ }}}}", ["a"], ["b"]),
    "steps in quotes": (f"{USES}${{{{ steps['‸'] }}}}", ["a"], ["b"]),
    "what is known of a step": (
        f"{USES}${{{{ steps.a.‸ }}}}",
        ["outputs", "attempts", "iterations", "error", "status", "recovered"],
        ["size"],
    ),
    "outputs": (f"{USES}${{{{ steps.a.outputs.‸ }}}}", ["receipt", "hint"], []),
    "properties deep inside": (f"{USES}${{{{ inputs.order.lines[0].‸ }}}}", ["qty", "sku"], []),
    "variables of macros": (
        f"{USES}${{{{ inputs.order.lines.filter(x, ‸) }}}}",
        ["x"],
        [],
    ),
    "properties of variables": (
        f"{USES}${{{{ inputs.order.lines.map(x, x.‸) }}}}",
        ["sku", "qty"],
        [],
    ),
    "in a macro that is never closed": (
        f"{USES}${{{{ inputs.order.lines.map(x, x.‸",
        ["sku", "qty"],
        [],
    ),
    "functions of texts": (
        f"{USES}${{{{ inputs.order.id.‸ }}}}",
        ["size", "indexOf", "lastIndexOf"],
        ["map", "sum", "getHours"],
    ),
    "functions of lists": (
        f"{LOOP}${{{{ inputs.order.lines.‸ }}}}",
        ["map", "filter"],
        ["startsWith", "getHours", "transformMap"],
    ),
    "functions of lists that give a condition": (
        f"{STEPS}    when: ${{{{ inputs.order.lines.‸ }}}}",
        ["exists", "all", "map", "filter"],
        [],
    ),
    "functions of lists that give a number": (
        f"{USES}${{{{ inputs.order.lines.‸ }}}}",
        ["map", "filter", "size"],
        [],
    ),
    "an enum that is compared with": (
        f"{USES}${{{{ steps.a.status == ‸ }}}}",
        [f"'{status}'" for status in STATUSES],
        [],
    ),
    "an enum in single quotes of YAML": (
        f"{USES}'${{{{ steps.a.status == ‸ }}}}'",
        [f'"{status}"' for status in STATUSES],
        [],
    ),
    "an enum in quotes": (f"{USES}${{{{ steps.a.status == '‸' }}}}", STATUSES, ["inputs"]),
    "an enum in quotes that nobody closed": (
        f"{USES}${{{{ steps.a.status == '‸ }}}}",
        STATUSES,
        [],
    ),
    "an enum in a list": (f"{USES}${{{{ steps.a.status in ['‸'] }}}}", STATUSES, []),
    "an enum in a choice": (
        (
            f"{STEPS}  b:\n    uses: shop.charge\n    with:\n"
            "      currency: \"${{ inputs.note == null ? '‸' : 'usd' }}\""
        ),
        ["eur", "usd"],
        [],
    ),
    "errors that an attempt can have had": (
        f"{USES}1\n    retry: {{max_attempts: 2, when: \"${{{{ error.name == '‸' }}}}\"}}",
        ["CardDeclined", "GatewayError", "timeout"],
        ["cancelled"],
    ),
    "errors without quotes": (
        f'{USES}1\n    retry: {{when: "${{{{ error.name != ‸ }}}}"}}',
        ["'CardDeclined'", "'GatewayError'"],
        [],
    ),
    "errors that a handler can be asked for": (
        (
            f"{USES}1\n    catch:\n      - {{errors: [CardDeclined], skip: true}}\n"
            "      - when: ${{ error.name in ['timeout', '‸'] }}"
        ),
        ["GatewayError"],
        ["CardDeclined"],
    ),
    "errors of what a handler calls": (
        (
            f"{USES}1\n    catch:\n      - uses: shop.pick\n"
            "        retry: {max_attempts: 2, when: \"${{ error.name == '‸' }}\"}"
        ),
        ["OutOfStock"],
        ["CardDeclined"],
    ),
    "the message of an error may be any": (
        f"{USES}1\n    retry: {{max_attempts: 2, when: \"${{{{ error.message == '‸' }}}}\"}}",
        [],
        ["CardDeclined"],
    ),
    "an argument": (f"{USES}${{{{ sum(‸) }}}}", [], ["inputs.order.id"]),
    "a condition": (f"{USES}${{{{ !‸ }}}}", ["steps.a.recovered"], ["inputs.order.id"]),
    "the name of a variable of a macro": (
        f"{USES}${{{{ inputs.order.lines.map(‸, 1) }}}}",
        [],
        ["x"],
    ),
    "behind a complete expression": (f"{USES}${{{{ 1 ‸ }}}}", [], ["inputs"]),
    "in a step of `finally`": (
        f"{STEPS}finally:\n  f:\n    uses: std.log\n    with: {{message: '${{{{ run.‸ }}}}'}}",
        ["id", "pipeline", "status"],
        [],
    ),
    "in the outputs": (f"{STEPS}outputs: {{x: '${{{{ steps.‸ }}}}'}}", ["a"], []),
    "in a request": (
        (
            "components:\n  c:\n    inputs: {who: string}\n"
            "    run: {http: {url: 'http://x/${{ inputs.‸ }}'}}"
        ),
        ["who"],
        [],
    ),
    "in a block of text": (f"{TEXT}|\n        hello ${{{{ inputs.‸ }}}}", ["region", "order"], []),
    "in a block that ends there": (f"{TEXT}|\n        hello ${{{{ ‸", ["inputs.order.id"], []),
    "over two lines": (f"{TEXT}>-\n        ${{{{ inputs.order\n        .‸ }}}}", ["id"], []),
    "in braces without quotes": (
        f"{STEPS}  b:\n    uses: shop.charge\n    with: {{amount: ${{{{ inputs.‸}}\n",
        ["order", "region", "note"],
        [],
    ),
    "in quotes that nobody closed": (f'{USES}"${{{{ inputs.‸\n    timeout: 3s', ["order"], []),
    "where a required key is missing": (
        f"{STEPS}  b:\n    uses: shop.charge\n    retry: {{when: '${{{{ error.‸ }}}}'}}",
        ["data", "cause"],
        [],
    ),
}


@pytest.mark.parametrize(("text", "first", "none"), NAMES.values(), ids=NAMES)
def test_what_is_offered_inside(text: str, first: list[str], none: list[str]) -> None:
    found = list(offered(text, files=FILES))
    assert found[: len(first)] == first
    assert not set(none).intersection(found)


VALUES: dict[str, tuple[str, list[str], list[str]]] = {
    "what suits": (f"{USES}‸", ["inputs.order.total", "${{ … }}"], ["inputs.order.id"]),
    "half a word": (f"{USES}in‸", ["inputs.order.total"], ["${{ … }}"]),
    "begun": (f"{USES}$‸", ["inputs.order.total", "${{ … }}"], []),
    "begun with a brace": (f"{USES}${{‸", ["inputs.order.total", "${{ … }}"], []),
    "in a text": (
        f"{TEXT}hello $‸",
        ["inputs.order.id", "inputs.order.total"],
        ["inputs.order", "inputs.order.lines"],
    ),
    "the element of a loop": (f"{LOOP}‸", ["item"], []),
    "secrets where one is wanted": (
        f"{STEPS}  b:\n    uses: shop.charge\n    with: {{key: ‸}}",
        ["secrets.STRIPE_KEY"],
        [],
    ),
    "no secrets elsewhere": (f"{TEXT}‸", [], ["secrets.STRIPE_KEY", "secrets"]),
    "a condition": (f"{STEPS}  b:\n    when: ‸", ["steps.a.recovered", "${{ … }}"], ["true"]),
    "a list": (f"{STEPS}  b:\n    for_each: ‸", ["inputs.order.lines", "state.audit"], []),
    "what comes out": (
        f"{STEPS}outputs:\n  r: ‸",
        ["steps.a.outputs", "steps.a.outputs.receipt"],
        ["inputs", "state"],
    ),
}


@pytest.mark.parametrize(("text", "first", "none"), VALUES.values(), ids=VALUES)
def test_what_is_offered_as_a_value(text: str, first: list[str], none: list[str]) -> None:
    found = list(offered(text, files=FILES))
    assert found[: len(first)] == first
    assert not set(none).intersection(found)


WRITTEN = {
    # where, what is accepted, what the line is then
    "a name": (f"{USES}${{{{ in‸ }}}}", "inputs", "      amount: ${{ inputs‸ }}"),
    "a path": (
        f"{USES}${{{{ ‸ }}}}",
        "inputs.order.total",
        "      amount: ${{ inputs.order.total‸ }}",
    ),
    "braces that nobody closed": (
        f"{USES}${{{{ ‸",
        "inputs.order.total",
        "      amount: ${{ inputs.order.total }}‸",
    ),
    "right behind the braces": (
        f"{USES}${{{{‸",
        "inputs.order.total",
        "      amount: ${{ inputs.order.total }}‸",
    ),
    "what is read on is not closed": (f"{USES}${{{{ ‸", "inputs", "      amount: ${{ inputs‸"),
    "brackets that nobody closed": (
        f"{USES}${{{{ inputs.order.lines.map(x, x.‸",
        "qty",
        "      amount: ${{ inputs.order.lines.map(x, x.qty) }}‸",
    ),
    "quotes that nobody closed": (
        f'{USES}"${{{{ inputs.order.‸',
        "total",
        '      amount: "${{ inputs.order.total }}"‸',
    ),
    "quotes that braces need": (
        f"{STEPS}  b: {{with: {{amount: ${{{{ inputs.order.‸}}, uses: shop.charge}}",
        "total",
        '  b: {with: {amount: "${{ inputs.order.total }}"‸}, uses: shop.charge}',
    ),
    "a text that nobody closed": (
        f"{USES}${{{{ steps.a.status == '‸ }}}}",
        "failed",
        "      amount: ${{ steps.a.status == 'failed'‸ }}",
    ),
    "a function": (f"{USES}${{{{ si‸ }}}}", "size", "      amount: ${{ size(‸) }}"),
    "a function that is called": (
        f"{USES}${{{{ si‸(x) }}}}",
        "size",
        "      amount: ${{ size‸(x) }}",
    ),
    "a macro": (
        f"{USES}${{{{ inputs.order.lines.‸ }}}}",
        "map",
        "      amount: ${{ inputs.order.lines.map(x‸, ) }}",
    ),
    "in the place of another": (
        f"{USES}${{{{ inputs.or‸der.total }}}}",
        "note",
        "      amount: ${{ inputs.note‸.total }}",
    ),
    "a value": (f"{USES}‸", "inputs.order.total", "      amount: ${{ inputs.order.total }}‸"),
    "a value that is begun": (
        f"{USES}${{‸",
        "inputs.order.total",
        "      amount: ${{ inputs.order.total }}‸",
    ),
    "a value in braces": (
        f"{STEPS}  b: {{uses: shop.charge, with: {{amount: ‸}}}}",
        "inputs.order.total",
        '  b: {uses: shop.charge, with: {amount: "${{ inputs.order.total }}"‸}}',
    ),
    "an empty expression": (f"{USES}$‸", "${{ … }}", "      amount: ${{ ‸ }}"),
    "in a text": (
        f"{TEXT}hello ${{‸}}!",
        "inputs.order.id",
        "      message: hello ${{ inputs.order.id }}‸!",
    ),
}


@pytest.mark.parametrize(("text", "label", "line"), WRITTEN.values(), ids=WRITTEN)
def test_what_an_expression_writes(text: str, label: str, line: str) -> None:
    start = text.rfind("\n", 0, text.index("‸")) + 1
    found = accepted(text, label, files=FILES)
    assert found[start : start + len(line)] == line


def test_what_an_expression_writes_in_json() -> None:
    text = (
        '{"inputs": {"a": "number"}, "steps": {"x": {"uses": "std.log", "with": {"message": ‸}}}}'
    )
    assert '"message": "${{ inputs.a }}"‸' in accepted(
        text.replace("number", "string"), "inputs.a", "a.flow.json"
    )
    inside = text.replace("‸", '"${{ inputs.‸ }}"')
    assert '"${{ inputs.a‸ }}"' in accepted(inside, "a", "a.flow.json")


def test_details_say_types_and_that_null_is_possible() -> None:
    found = offered(f"{USES}${{{{ steps.a.outputs.‸ }}}}", files=FILES)
    assert found["receipt"].detail == "string"
    assert found["hint"].detail == "string?, may be null"
    functions = offered(f"{USES}${{{{ inputs.order.id.‸ }}}}", files=FILES)
    assert functions["startsWith"].detail == "string.startsWith(string) -> boolean"
    macros = offered(f"{USES}${{{{ inputs.order.lines.‸ }}}}", files=FILES)
    assert macros["map"].detail == "list.map(x, value)"


def test_steps_of_the_same_group_come_first() -> None:
    text = (
        f"{STEPS}  g:\n    steps:\n      x: {{uses: std.log}}\n"
        "      y:\n        when: ${{ steps.‸ }}\n"
    )
    assert list(offered(text, files=FILES)) == ["x", "a"]


def test_what_may_be_null_comes_last() -> None:
    found = offered(f"{TEXT}‸", files=FILES)
    paths = [label for label, item in found.items() if item.kind == "variable"]
    nullable = [label for label in paths if "may be null" in found[label].detail]
    assert nullable
    assert paths[-len(nullable) :] == nullable


def test_steps_that_wait_for_this_one_come_last() -> None:
    text = (
        f"{USES}${{{{ steps.‸ }}}}\n  c:\n    depends_on: [b]\n    uses: std.log\n"
        "  d:\n    uses: std.log\n"
    )
    assert list(offered(text, files=FILES)) == ["a", "d", "c"]


FIELDS = "inputs:\n  o: {fields: {a-b: string, c: string}}\n  end: string\n"
INDEXED = {
    # what is typed, what is written
    "by a dot": ("message: ${{ inputs.o.‸ }}", "message: ${{ inputs.o['a-b']‸ }}"),
    "by a dot and a letter": ("message: ${{ inputs.o.a‸ }}", "message: ${{ inputs.o['a-b']‸ }}"),
    "by a dot of an open expression": (
        "message: ${{ inputs.o.‸",
        "message: ${{ inputs.o['a-b'] }}‸",
    ),
    "in single quotes": ("message: '${{ inputs.o.‸ }}'", "message: '${{ inputs.o[\"a-b\"]‸ }}'"),
    "between quotes": ("message: ${{ inputs.o['‸'] }}", "message: ${{ inputs.o['a-b‸'] }}"),
    "between quotes that nobody closed": (
        "message: ${{ inputs.o['‸] }}",
        "message: ${{ inputs.o['a-b'‸] }}",
    ),
}


@pytest.mark.parametrize(("typed", "written"), INDEXED.values(), ids=INDEXED)
def test_fields_whose_names_are_no_words(typed: str, written: str) -> None:
    text = f"{FIELDS}steps:\n  a:\n    uses: std.log\n    with:\n      "
    assert accepted(f"{text}{typed}\n", "a-b") == f"{text}{written}\n"


def test_common_functions_come_before_others() -> None:
    found = [item.label for item in offered(f"{TEXT}${{{{ ‸ }}}}").values()]
    functions = [label for label in found if label.isidentifier() and label not in VARIABLES]
    assert functions[:2] == ["json", "coalesce"]


@pytest.mark.parametrize("limit", ["limit: , ", "limit: 1, ", ""])
def test_expressions_beside_a_number_that_is_still_to_be_written(limit: str) -> None:
    text = f"{STEPS}    concurrency: {{{limit}group: ‸}}\n"
    assert next(iter(offered(text, files=FILES))) == "inputs.order.id"


def test_a_path_through_such_a_field_in_single_quotes() -> None:
    text = f"{FIELDS}steps:\n  a:\n    uses: std.log\n    with: {{message: '${{{{ ‸ }}}}'}}\n"
    assert 'inputs.o["a-b"]' in offered(text)

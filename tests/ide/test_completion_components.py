"""What a call can use, what it is given, and what is imported on the way."""

import pytest
from accepting import accepted, offered
from small_shop import FILES, HEAD

STEPS = f"{HEAD}steps:\n  a:\n    uses: ‸\n"
BARE = "flow: 1\nname: x\nsteps:\n  a:\n    uses: ‸\n"
PYTHON = (
    "from flow_core import component\n\n\n@component\ndef greet(who: str) -> str:\n"
    '    """Say hello."""\n    return who\n\n\ndef helper() -> None: ...\n'
)
SUB = "flow: 1\nname: sub\ninputs: {who: string}\nsteps:\n  s:\n    uses: std.log\n"
ALL = {**FILES, "flows/sub.flow.yaml": SUB, "lib/greetings.py": PYTHON}


def test_the_components_of_the_file_come_first_then_those_of_imports_and_the_built_in_ones() -> (
    None
):
    own = "components:\n  own: {run: {shell: [x]}}\n"
    found = list(offered(f"{own}{STEPS}", files=FILES))
    assert found[:3] == ["own", "shop.charge", "shop.ask"]
    assert found[3] == "std.log"
    assert "shop.pick" in found[30:], "it is deprecated"


def test_components_tell_what_they_are() -> None:
    found = offered(STEPS, files=FILES)
    assert found["shop.charge"].detail == "2.1.3 Charge a card."
    assert found["shop.charge"].kind == "component"
    assert found["shop.pick"].deprecated


def test_pipelines_are_offered_by_their_paths_from_the_file() -> None:
    found = offered(BARE, "other/a.flow.yaml", ALL)
    assert found["../flows/sub.flow.yaml"].kind == "pipeline"
    near = offered(BARE, "flows/a.flow.yaml", ALL)
    assert "./sub.flow.yaml" in near
    own = offered(SUB.replace("std.log", "‸"), "flows/sub.flow.yaml", ALL)
    assert "./sub.flow.yaml" not in own


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("flow_test: 1\npipeline: ‸", "x/a.flowtest.yaml"),
        (BARE.replace("‸", "./‸"), "x/a.flow.yaml"),
        (BARE.replace("steps", "imports: {p: ‸}\nsteps", 1), "x/a.flow.yaml"),
    ],
)
def test_the_nearest_files_come_first(text: str, name: str) -> None:
    names = ["b.flow.yaml", "x/y/c.flow.yaml", "z/d.flow.yaml", "x/e.flow.yaml"]
    found = list(offered(text, name, dict.fromkeys(names, SUB)))
    assert found[:4] == ["./e.flow.yaml", "./y/c.flow.yaml", "../b.flow.yaml", "../z/d.flow.yaml"]


def test_libraries_are_no_pipelines_to_call() -> None:
    assert "./shop.flow.yaml" not in offered(BARE.replace("‸", "./‸"), files=ALL)


WRITTEN = {
    # where, what is accepted, what the file is then from the steps on
    "a component without required inputs": (STEPS, "std.wait", "    uses: std.wait‸\n"),
    "required inputs too": (
        STEPS,
        "shop.ask",
        "    uses: shop.ask\n    with:\n      question: question‸\n",
    ),
    "inputs that are at hand": (
        f"{HEAD}steps:\n  a:\n    for_each: ${{{{ inputs.order.lines }}}}\n    uses: ‸\n",
        "shop.pick",
        "    uses: shop.pick\n    with:\n      line: ${{ item‸ }}\n",
    ),
    "no inputs where there are some": (
        f"{STEPS}    with: {{question: x}}\n",
        "shop.ask",
        "    uses: shop.ask‸\n    with: {question: x}\n",
    ),
    "no inputs before a comment": (
        STEPS.replace("‸", "‸  # why"),
        "shop.ask",
        "    uses: shop.ask‸  # why\n",
    ),
    "in braces": (
        f"{HEAD}steps:\n  a: {{uses: ‸}}\n",
        "shop.ask",
        "  a: {uses: shop.ask, with: {question: question‸}}\n",
    ),
    "in a handler": (
        f"{STEPS.replace('‸', 'std.log')}    catch:\n      - uses: ‸",
        "shop.ask",
        "      - uses: shop.ask\n        with:\n          question: question‸",
    ),
    "in the place of another": (
        STEPS.replace("‸", "std.lo‸g"),
        "std.wait",
        "    uses: std.wait‸\n",
    ),
    "within quotes": (
        STEPS.replace("‸", "'shop.‸'"),
        "shop.ask",
        "    uses: 'shop.ask'\n    with:\n      question: question‸\n",
    ),
}


@pytest.mark.parametrize(("text", "label", "rest"), WRITTEN.values(), ids=WRITTEN)
def test_what_a_component_writes(text: str, label: str, rest: str) -> None:
    start = text.rfind("\n", 0, text.index("‸")) + 1
    found = accepted(text, label, files=FILES)
    assert found[start : start + len(rest)] == rest


def test_what_a_component_writes_in_json() -> None:
    text = '{\n  "steps": {\n    "a": {\n      "uses": ‸\n    }\n  }\n}'
    assert accepted(text, "std.log", "a.flow.json") == (
        '{\n  "steps": {\n    "a": {\n      "uses": "std.log",\n      "with": {\n'
        '        "message": "message‸"\n      }\n    }\n  }\n}'
    )


IMPORTED = {
    # the file, what is accepted, what the file is then
    "from a file": (
        BARE,
        "shop.ask",
        (
            "flow: 1\nname: x\nimports:\n  shop: ./shop.flow.yaml\nsteps:\n  a:\n"
            "    uses: shop.ask\n    with:\n      question: question‸\n"
        ),
    ),
    "from Python": (
        BARE,
        "greetings.greet",
        (
            "flow: 1\nname: x\nimports:\n  greetings: python:lib.greetings\nsteps:\n  a:\n"
            "    uses: greetings.greet\n    with:\n      who: who‸\n"
        ),
    ),
    "beside other imports": (
        "flow: 1\nname: x\nimports:\n  k: ./k.flow.yaml\nsteps:\n  a:\n    uses: ‸\n",
        "shop.ask",
        (
            "flow: 1\nname: x\nimports:\n  k: ./k.flow.yaml\n  shop: ./shop.flow.yaml\nsteps:\n"
            "  a:\n    uses: shop.ask\n    with:\n      question: question‸\n"
        ),
    ),
    "above the comments of what follows": (
        "flow: 1\nname: x\n\n# in order\nsteps:\n  a:\n    uses: ‸\n",
        "shop.ask",
        (
            "flow: 1\nname: x\n\nimports:\n  shop: ./shop.flow.yaml\n# in order\nsteps:\n  a:\n"
            "    uses: shop.ask\n    with:\n      question: question‸\n"
        ),
    ),
    "under a name that is free": (
        "imports: {shop: ./x.flow.yaml}\nsteps:\n  a:\n    uses: ‸\n",
        "shop_2.ask",
        (
            "imports: {shop: ./x.flow.yaml, shop_2: ./shop.flow.yaml}\nsteps:\n  a:\n"
            "    uses: shop_2.ask\n    with:\n      question: question‸\n"
        ),
    ),
    "with its secret": (
        BARE,
        "shop.charge",
        (
            "flow: 1\nname: x\nimports:\n  shop: ./shop.flow.yaml\nsecrets: [KEY]\nsteps:\n  a:\n"
            "    uses: shop.charge\n    with:\n      amount: 0‸\n      key: ${{ secrets.KEY }}\n"
        ),
    ),
}


@pytest.mark.parametrize(("text", "label", "result"), IMPORTED.values(), ids=IMPORTED)
def test_what_is_not_imported_yet_is_imported(text: str, label: str, result: str) -> None:
    assert accepted(text, label, files=ALL) == result


def test_what_is_imported_already_is_not_imported_again() -> None:
    found = offered(STEPS, files=ALL)
    assert not found["shop.ask"].edits
    assert not any(label.startswith("shop_2") for label in found)


def test_functions_that_are_no_components_are_not_offered() -> None:
    assert not any("helper" in label for label in offered(BARE, files=ALL))


def test_versions_behind_an_at_sign() -> None:
    found = offered(STEPS.replace("‸", "shop.charge@‸"), files=FILES)
    assert list(found) == ["shop.charge@^2.1", "shop.charge@~2.1", "shop.charge@2.1.3"]
    text = accepted(STEPS.replace("‸", "shop.charge@^‸"), "shop.charge@~2.1", files=FILES)
    assert "    uses: shop.charge@~2.1‸\n" in text
    assert not offered(STEPS.replace("‸", "shop.ask@‸"), files=FILES)


INPUTS: dict[str, tuple[str, list[str], list[str]]] = {
    "all of them, required ones first": (
        f"{STEPS.replace('‸', 'shop.charge')}    with:\n      ‸",
        ["amount", "key", "currency", "order"],
        [],
    ),
    "those that are not given": (
        f"{STEPS.replace('‸', 'shop.charge')}    with: {{amount: 1, ‸}}",
        ["key", "currency", "order"],
        ["amount"],
    ),
    "half a word": (f"{STEPS.replace('‸', 'shop.charge')}    with:\n      am‸", ["amount"], []),
    "of a handler": (
        f"{STEPS.replace('‸', 'std.log')}    catch:\n      - uses: shop.ask\n        with: {{‸}}",
        ["question"],
        [],
    ),
    "of a pipeline": (
        f"{STEPS.replace('‸', './flows/sub.flow.yaml')}    with: {{‸}}",
        ["who"],
        [],
    ),
    "outputs to narrow": (
        f"{STEPS.replace('‸', 'shop.charge')}    returns:\n      ‸",
        ["receipt", "hint"],
        [],
    ),
    "channels to write": (
        f"{STEPS.replace('‸', 'std.log')}    set:\n      ‸",
        ["audit", "last"],
        ["inputs"],
    ),
    "inputs of a schedule": (
        "inputs: {a: string, b: {type: string, default: x}}\nschedule:\n  - inputs: {‸}\n",
        ["a", "b"],
        [],
    ),
}


@pytest.mark.parametrize(("text", "first", "none"), INPUTS.values(), ids=INPUTS)
def test_names_that_values_are_given_by(text: str, first: list[str], none: list[str]) -> None:
    found = list(offered(text, files=ALL))
    assert found[: len(first)] == first
    assert not set(none).intersection(found)


def test_inputs_tell_their_type_and_begin_with_a_value_of_it() -> None:
    found = offered(f"{STEPS.replace('‸', 'shop.charge')}    with:\n      ‸", files=FILES)
    assert [item.detail for item in found.values()] == [
        "number, required",
        "string, required, secret",
        'string, default "eur"',
        "Order?",
    ]
    assert found["amount"].text == "amount: ${1:0}"
    assert found["currency"].text == "currency: ${1|eur,usd|}"
    assert found["order"].text == "order: \\${{ ${1:inputs.order} \\}\\}"


SECRETS = f"{HEAD}steps:\n  a:\n    uses: shop.charge\n    with: {{amount: 1, ‸}}\n"
DECLARED = {
    # where, what is accepted, which secrets are declared then
    "a value that is there needs none": (
        SECRETS.replace("‸", "k‸: '${{ secrets.STRIPE_KEY }}'"),
        "key",
        "[STRIPE_KEY]",
    ),
    "a value that is there needs none, whatever its secret": (
        SECRETS.replace("‸", "‸: '${{ secrets.FOO }}'").replace("[STRIPE_KEY]", "[FOO]"),
        "key",
        "[FOO]",
    ),
    "one that nothing uses fits": (SECRETS.replace("[STRIPE_KEY]", "[FOO]"), "key", "[FOO]"),
    "one that nothing uses fits a new call": (
        STEPS.replace("[STRIPE_KEY]", "[FOO]"),
        "shop.charge",
        "[FOO]",
    ),
    "one that something uses is another": (
        f"outputs: {{x: '${{{{ secrets.FOO }}}}'}}\n{SECRETS}".replace("[STRIPE_KEY]", "[FOO]"),
        "key",
        "[FOO, KEY]",
    ),
    "no room for arguments": (
        STEPS.replace("‸", "‸  # later").replace("[STRIPE_KEY]", "[]"),
        "shop.charge",
        "[]",
    ),
}


@pytest.mark.parametrize(("text", "label", "secrets"), DECLARED.values(), ids=DECLARED)
def test_which_secrets_are_declared(text: str, label: str, secrets: str) -> None:
    assert f"secrets: {secrets}\n" in accepted(text, label, files=FILES)


def test_imports_name_files_and_modules() -> None:
    found = offered("flow: 1\nimports:\n  x: ‸\n", "flows/a.flow.yaml", ALL)
    assert list(found)[:2] == ["../shop.flow.yaml", "python:lib.greetings"]
    whole = offered("flow: 1\nimports:\n  ‸\n", files=ALL)
    assert whole["shop"].text == "shop: ./shop.flow.yaml"
    assert whole["greetings"].text == "greetings: python:lib.greetings"


def test_functions_of_python_that_run_a_component() -> None:
    found = offered("components:\n  c:\n    run: {python: ‸}\n", files=ALL)
    assert list(found) == ["lib.greetings:greet"]


@pytest.mark.parametrize("value", ['"lib.greetings:‸"', "lib.greetings:he‸", "lib.greetings:‸"])
def test_all_functions_of_a_module_that_is_named(value: str) -> None:
    text = f"components:\n  c:\n    run:\n      python: {value}\n"
    files = {**ALL, "lib/greetings.py": f"{PYTHON}\n\ndef _private() -> None: ...\n"}
    assert list(offered(text, files=files)) == ["lib.greetings:greet", "lib.greetings:helper"]
    assert not offered(text.replace("lib.", "gone."), files={})


def test_files_that_run_a_component() -> None:
    found = offered("components:\n  c:\n    run: {flow: ‸}\n", files=ALL)
    assert "./flows/sub.flow.yaml" in found


def test_of_what_is_not_known_nothing_is_offered() -> None:
    text = "imports: {gone: ./gone.flow.yaml}\nsteps:\n  a:\n    uses: gone.x"
    assert not offered(f"{text}@‸")
    assert not offered(f"{text}\n    with: {{‸}}")

"""Definitions, references, renaming and highlights over the wire."""

from pathlib import Path
from typing import Any

import pytest
from editor import CAPABILITIES, Editor, ServerError, span

FILES = {
    "flow.toml": "",
    "shop.flow.yaml": (
        "flow: 1\nname: shop\ntypes: {Line: {fields: {sku: string}}}\ncomponents:\n"
        "  charge: {inputs: {line: Line}, outputs: {receipt: string}, run: {shell: [charge]}}\n"
    ),
    "a.flow.yaml": (
        "flow: 1\nname: a\nimports: {shop: ./shop.flow.yaml}\nsteps:\n"
        "  pay: {uses: shop.charge, with: {line: {sku: x}}}\n"
        "  tell: {depends_on: [pay], uses: std.log, with: {message: done}}\n"
        'outputs: {r: "${{ steps.pay.outputs.receipt }}"}\n'
    ),
    "a.flowtest.yaml": (
        "flow_test: 1\npipeline: ./a.flow.yaml\nscenarios:\n  one: {mocks: {pay: {returns: {}}}}\n"
    ),
    "excluded/b.flow.yaml": "flow: 1\nsteps: {}\n",
}


@pytest.fixture
def shop(tmp_path: Path) -> Any:
    with Editor(tmp_path, FILES) as editor:
        yield editor


def where(name: str, around: str, part: str) -> dict[str, Any]:
    """The range of a part of some text in a file."""
    at = FILES[name].index(around) + around.index(part)
    line, start = FILES[name].count("\n", 0, at), FILES[name].rfind("\n", 0, at) + 1
    return span((line, at - start), (line, at - start + len(part)))


def ask(editor: Editor, method: str, name: str, around: str, part: str, **more: Any) -> Any:
    """The answer to a request about the first character of a part of some text."""
    session = editor.server.session
    assert session is not None
    uri = editor.uri(name)
    if uri not in session.documents:
        editor.open(name)
    at = where(name, around, part)["start"]
    return editor.request(f"textDocument/{method}", {**editor.at(uri, **at), **more})


def test_definition_is_a_link_where_the_client_knows_links(shop: Editor) -> None:
    (found,) = ask(shop, "definition", "a.flow.yaml", "uses: shop.charge", "charge")
    assert found["targetUri"] == shop.uri("shop.flow.yaml")
    assert found["targetSelectionRange"] == where("shop.flow.yaml", "charge:", "charge")
    assert found["originSelectionRange"] == where("a.flow.yaml", "shop.charge", "charge")


def test_definition_is_a_location_elsewhere(tmp_path: Path) -> None:
    capabilities = {**CAPABILITIES, "textDocument": {}}
    with Editor(tmp_path, FILES, capabilities) as editor:
        (found,) = ask(editor, "definition", "a.flow.yaml", "[pay]", "pay")
        pay = where("a.flow.yaml", "pay:", "pay")
        assert found == {"uri": editor.uri("a.flow.yaml"), "range": pay}


def test_built_in_components_are_declared_in_files_too(shop: Editor) -> None:
    (found,) = ask(shop, "definition", "a.flow.yaml", "std.log", "log")
    path = Path(found["targetUri"].removeprefix("file://"))
    assert path.name == "control.flow.yaml"
    line = path.read_text("utf-8").splitlines()[found["targetRange"]["start"]["line"]]
    assert line == "  log:"


def test_types_and_code(shop: Editor) -> None:
    (type_,) = ask(shop, "typeDefinition", "a.flow.yaml", "line:", "line")
    assert type_["range"] == where("shop.flow.yaml", "Line:", "Line")
    (code,) = ask(shop, "implementation", "a.flow.yaml", "shop.charge", "charge")
    assert code["range"] == where("shop.flow.yaml", "run:", "run")


def test_nothing_leads_nowhere(shop: Editor) -> None:
    assert ask(shop, "definition", "a.flow.yaml", "flow: 1", "flow") == []
    context = {"includeDeclaration": True}
    assert ask(shop, "references", "a.flow.yaml", "flow: 1", "flow", context=context) == []


def test_references_in_all_files(shop: Editor) -> None:
    context = {"includeDeclaration": False}
    found = ask(shop, "references", "a.flow.yaml", "pay:", "pay", context=context)
    assert [(each["uri"], each["range"]) for each in found] == [
        (shop.uri("a.flow.yaml"), where("a.flow.yaml", "[pay]", "pay")),
        (shop.uri("a.flow.yaml"), where("a.flow.yaml", "steps.pay", "pay")),
        (shop.uri("a.flowtest.yaml"), where("a.flowtest.yaml", "{pay", "pay")),
    ]


def test_references_see_what_is_not_saved(shop: Editor) -> None:
    uri = shop.open("a.flow.yaml")
    shop.replace(uri, (4, 2), (4, 2), "first: {uses: shop.charge}\n  ")
    context = {"includeDeclaration": False}
    found = ask(shop, "references", "shop.flow.yaml", "charge:", "charge", context=context)
    assert [each["range"]["start"]["line"] for each in found] == [4, 5]


def test_rename_in_all_files(shop: Editor) -> None:
    place = ("a.flow.yaml", "outputs.receipt", "receipt")
    prepared = ask(shop, "prepareRename", *place)
    assert prepared == {"range": where(*place), "placeholder": "receipt"}
    edit = ask(shop, "rename", *place, newName="slip")
    declared = where("shop.flow.yaml", "receipt:", "receipt")
    assert edit["changes"] == {
        shop.uri("a.flow.yaml"): [{"range": where(*place), "newText": "slip"}],
        shop.uri("shop.flow.yaml"): [{"range": declared, "newText": "slip"}],
    }


def test_nothing_is_not_renamed(shop: Editor) -> None:
    assert ask(shop, "prepareRename", "a.flow.yaml", "flow: 1", "flow") is None


def test_a_refusal_says_why(shop: Editor) -> None:
    with pytest.raises(ServerError, match=r"^Component `log` belongs to the built-in library\.$"):
        ask(shop, "prepareRename", "a.flow.yaml", "std.log", "log")
    with pytest.raises(ServerError, match=r"^`a\.flow\.yaml` already has the step `tell`\.$"):
        ask(shop, "rename", "a.flow.yaml", "pay:", "pay", newName="tell")


def test_highlights(shop: Editor) -> None:
    found = ask(shop, "documentHighlight", "a.flow.yaml", "pay:", "pay")
    lines = [(each["range"]["start"]["line"], each["kind"]) for each in found]
    assert lines == [(4, 3), (5, 2), (6, 2)]


def test_highlights_in_all_of_a_long_file(tmp_path: Path) -> None:
    steps = "".join(f"  s{n}: {{uses: std.log, with: {{message: x}}}}\n" for n in range(300))
    last = '  tell: {depends_on: [s7], uses: std.log, with: {message: "${{ steps.s7.status }}"}}\n'
    with Editor(tmp_path) as editor:
        uri = editor.open("a.flow.yaml", f"flow: 1\nname: a\nsteps:\n{steps}{last}")
        found = editor.request("textDocument/documentHighlight", editor.at(uri, 303, 23))
        assert [each["range"]["start"]["line"] for each in found] == [10, 303, 303]


def test_what_a_part_of_a_long_file_leaves_out_is_found_in_all_of_it(tmp_path: Path) -> None:
    steps = "".join(f"  s{n}: {{uses: std.log, with: {{message: x}}}}\n" for n in range(300))
    names = ", ".join(f"s{n}" for n in range(0, 300, 5))
    last = f"  tell: {{depends_on: [{names}], uses: std.log, with: {{message: x}}}}\n"
    with Editor(tmp_path) as editor:
        uri = editor.open("a.flow.yaml", f"flow: 1\nname: a\nsteps:\n{steps}{last}")
        at = editor.at(uri, 303, last.index("s295") + 1)
        (found,) = editor.request("textDocument/definition", at)
        assert found["targetRange"] == span((298, 2), (298, 6))
        assert editor.request("textDocument/prepareRename", at)["placeholder"] == "s295"

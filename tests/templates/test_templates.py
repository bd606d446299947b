"""Each template is a complete project: it parses, and its Python does what it says."""

from pathlib import Path
from typing import Any

import pytest

from flow_cli.main import main
from flow_core.check import check
from flow_core.project import Project
from flow_core.settings import load
from flow_core.syntax import parse
from flow_core.templates import TEMPLATES, files

FOLDER = Path(__file__).parents[2] / "core" / "flow_core" / "templates"
FLOW_FILES = [
    (name, path)
    for name in TEMPLATES
    for path in files(name)
    if path.endswith((".flow.yaml", ".flowtest.yaml"))
]


def test_every_folder_is_a_template_and_has_what_a_project_needs() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders == set(TEMPLATES) == {"simple", "etl", "order-saga", "fan-out", "nested"}
    for name in TEMPLATES:
        paths = files(name)
        assert {"README.md", "flow.toml"} <= paths.keys()
        assert any(path.endswith(".flowtest.yaml") for path in paths)
        assert any(path.endswith(".py") for path in paths)
        assert not any("__pycache__" in path for path in paths)


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(KeyError):
        files("__pycache__")


@pytest.mark.parametrize(("name", "path"), FLOW_FILES)
def test_it_parses(name: str, path: str) -> None:
    document = parse(files(name)[path], "yaml")
    assert document.root is not None
    assert document.problems == ()


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_is_free_of_findings(name: str, tmp_path: Path) -> None:
    for path, text in files(name).items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    project = Project(load(tmp_path))
    paths = [path for path in files(name) if (name, path) in FLOW_FILES]
    assert paths
    for path in paths:
        module = project.module(str(tmp_path / path))
        assert module is not None
        assert check(module) == (), path


def module(name: str, path: str) -> dict[str, Any]:
    """The names that a template's Python file defines."""
    names: dict[str, Any] = {"__name__": path}
    exec(compile(files(name)[path], path, "exec"), names)  # noqa: S102 - our own file
    return names


def test_the_components_work() -> None:
    assert module("simple", "greetings.py")["greet"]("Ada") == "Hello, Ada!"
    rows = [
        {"order": "o1", "sku": "mug", "qty": 2, "price": 12.5},
        {"order": "o2", "sku": "mug", "qty": None, "price": 12.5},
    ]
    assert module("etl", "orders.py")["clean"](rows) == {
        "sales": [{"order": "o1", "sku": "mug", "amount": 25.0}],
        "dropped": 1,
    }
    assert module("fan-out", "words.py")["tally"]("a kettle") == {"words": 2, "longest": "kettle"}
    member = module("nested", "members.py")["add"]("Ada@example.com")
    assert member["id"] == module("nested", "members.py")["add"]("ada@example.com")["id"]


def test_the_saga_can_be_undone() -> None:
    shop = module("order-saga", "shop.py")
    order = {"id": "o1", "sku": "mug", "qty": 2, "price": 12.5}
    reservation = shop["reserve"](order)["reservation"]
    payment = shop["charge"](order, "key")["payment"]
    assert shop["ship"](reservation) == {"tracking": "tr-o1"}
    shop["refund"](payment, "key")
    shop["release"](reservation)
    with pytest.raises(ValueError, match="no number of ours"):
        shop["release"](payment)
    with pytest.raises(shop["OutOfStock"]):
        shop["reserve"](order | {"qty": 121})


@pytest.mark.parametrize("name", TEMPLATES)
def test_its_scenarios_pass_with_flow_test_and_with_pytest(
    name: str,
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for path, text in files(name).items():
        file = pytester.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.setattr("sys.argv", ["flow", "test"])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr().out
    assert ended.value.code == 0
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    result = pytester.runpytest_inprocess("-p", "flow_testing.plugin", "-p", "no:cacheprovider")
    count = result.parseoutcomes()["passed"]
    assert f"\n{count} passed in " in told

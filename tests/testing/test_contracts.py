"""Contracts find defects of components with no test written by hand, and only where some are."""

import os
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO

import pytest
from component_mutants import mutants

from flow_core.project import Project
from flow_core.settings import load
from flow_testing.components.component import slow_after
from flow_testing.components.contracts import Contracts, Report, as_test
from flow_testing.components.declared import Declared, declared
from flow_testing.components.harvest import Harvest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"
TEMPLATES = ROOT / "core" / "flow_core" / "templates"
PROJECTS = [
    *(EXAMPLES / name for name in ("etl", "multi-flow", "order-processing")),
    *(TEMPLATES / name for name in ("etl", "fan-out", "nested", "order-saga", "simple")),
]


def reports(root: Path, *real: str, only: str = "", timeout: float = 5) -> list[Report]:
    """The contracts of a project, or of one component of it."""
    project = Project(load(root))
    chosen = [each for each in declared(project) if only in ("", each.name)]
    return list(Contracts(project, chosen, real, timeout).run())


def tell(found: list[Report]) -> list[tuple[str, str, str]]:
    return [(r.declared.name, f.breach.kind, f.breach.message) for r in found for f in r.found]


@pytest.mark.parametrize("root", PROJECTS, ids=lambda root: f"{root.parent.name}-{root.name}")
def test_examples_and_templates_keep_their_contracts(root: Path) -> None:
    found = reports(root, "*")
    assert tell(found) == []
    assert {report.status for report in found} <= {"kept", "skipped"}
    assert all(report.tried >= 5 for report in found if report.status == "kept")


def test_nothing_is_written_into_the_project() -> None:
    before = sorted(EXAMPLES.joinpath("order-processing").rglob("*"))
    reports(EXAMPLES / "order-processing", "warehouse.*")
    assert sorted(EXAMPLES.joinpath("order-processing").rglob("*")) == before


def seeded() -> Iterator[tuple[Path, Declared]]:
    """The Python components of the order, one after the other."""
    for root in (EXAMPLES / "order-processing", TEMPLATES / "order-saga"):
        for component in declared(Project(load(root))):
            if component.signature.kind == "python":
                yield root, component


CHOSEN = ["shop.ship", "shop.steps.validate_order", "warehouse.track"]


@pytest.mark.parametrize("name", CHOSEN)
def test_each_seeded_defect_is_found(name: str, tmp_path: Path) -> None:
    """All components of all examples were tried so too; here those of each kind of code are."""
    root, component = next(each for each in seeded() if each[1].name == name)
    missed: list[str] = []
    number = 0
    for number, mutant in enumerate(mutants(component, slow_after(component.signature)), 1):
        copy = mutant.write(root, tmp_path / str(number))
        if not tell(reports(copy, "*", only=name, timeout=0.2)):
            missed.append(mutant.what)
    assert missed == []
    assert number >= 9


PROJECT = {
    "flow.toml": "",
    "parts.py": """
import os, sys
from typing import TypedDict
from flow_core import Estimate, component

open(os.path.join(os.path.dirname(__file__), "imported"), "w").close()


class Part(TypedDict):
    name: str
    size: int


@component
def crash(size: int) -> int:
    if size == 0:
        os._exit(3)
    return size


@component
def leave(size: int) -> int:
    if size == 0:
        sys.exit(4)
    return size


@component
def hang(size: int) -> int:
    while size == 0:
        pass
    return size


@component
def grow(parts: list[Part]) -> int:
    parts.append({"name": "more", "size": 1})
    return len(parts)


@component
def odd(part: Part) -> Part:
    if part["name"] == "odd-one":
        return {"name": part["name"]}
    return part


@component
def broken_text(size: int) -> str:
    return "\\ud800" if size == 0 else "whole"


@component
def lazy(size: int) -> dict[str, list[int]]:
    return {"a": (1 // size for _ in range(1))}


@component
def start(size: int) -> int:
    import fcntl, subprocess
    with open(os.path.join(os.path.dirname(__file__), "lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(["sleep", "60"], pass_fds=[lock.fileno()])
    return size


@component
def write(size: int) -> int:
    with open("kept/new.txt", "w") as file:
        file.write(open("kept/old.txt").read())
    return size


@component
def path(path: str) -> str:
    return open(path).read()


@component
def talkative() -> None:
    print("hello")
    print("oops", file=sys.stderr)
    input_ = sys.stdin.read()


@component(estimate=Estimate(p50="1ms"))
def sleepy(size: int) -> int:
    import time
    time.sleep(0.05)
    return size
""",
    "lib.flow.yaml": """
flow: 1
name: lib
components:
  wrong_ports:
    inputs: {size: string, lost: string}
    outputs: {name: string}
    run: {python: "plain:make"}
  raises:
    outputs: {name: string}
    run: {python: "plain:raises"}
  never:
    run: {python: "plain:never"}
  shell:
    run: {shell: [true]}
""",
    "plain.py": """
class Odd(Exception):
    pass


def make(size: int, more: int) -> dict[str, str]:
    return {"nam": "a"}


def raises():
    if make:
        raise Odd
    return {"name": None}


def never():
    raise RuntimeError("not today")
""",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in PROJECT.items():
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "kind", "message", "inputs"),
    [
        ("parts.crash", "crash", "it ended the whole process (exit code 3)", {"size": 0}),
        ("parts.leave", "undeclared-error", "it raised `SystemExit` at parts.py:24", {"size": 0}),
        ("parts.hang", "hang", "it had not ended after", {"size": 0}),
        ("parts.grow", "changed-input", "it changed its input `parts`", None),
        ("parts.lazy", "undeclared-error", "it raised `ZeroDivisionError` at parts", {"size": 0}),
        ("parts.broken_text", "output-type", "a text in it is no Unicode", {"size": 0}),
        ("parts.sleepy", "too-slow", "its estimate says p50 1ms", None),
        ("parts.path", "undeclared-error", "no input that was tried is accepted", None),
        (
            "parts.odd",
            "missing-output",
            "the output `size: integer` is missing",
            {"part": {"name": "odd-one", "size": 1}},
        ),
    ],
)
def test_a_breach_is_found_with_the_inputs_that_show_it(
    name: str, kind: str, message: str, inputs: object, project: Path
) -> None:
    (report,) = reports(project, "parts.*", only=name, timeout=0.5)
    (found,) = report.found
    assert (report.status, found.breach.kind) == ("broken", kind)
    assert message in found.breach.message
    assert found.inputs is not None
    if inputs is not None:
        assert found.inputs == inputs


@pytest.mark.skipif(sys.platform == "win32", reason="there are no groups of processes")
def test_what_a_component_has_started_ends_with_it(project: Path) -> None:
    (report,) = reports(project, "*", only="parts.start", timeout=0.3)
    assert [found.breach.kind for found in report.found] == ["hang"]
    with (project / "lock").open() as lock:
        assert any(is_free(lock) for _ in range(200))


def is_free(lock: IO[str]) -> bool:
    import fcntl

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        time.sleep(0.05)
        return False
    return True


def test_what_a_component_makes_in_folders_of_the_project_does_not_stay(project: Path) -> None:
    (project / "kept").mkdir()
    (project / "kept" / "old.txt").write_text("old")
    (report,) = reports(project, "*", only="parts.write")
    assert report.status == "kept"
    assert os.listdir(project / "kept") == ["old.txt"]  # noqa: PTH208 - names suffice


def test_what_components_print_or_ask_for_goes_nowhere(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (report,) = reports(project, "*", only="parts.talkative")
    assert report.status == "kept"
    assert capfd.readouterr() == ("", "")


def test_nothing_is_imported_unless_it_is_said_to_be_real(project: Path) -> None:
    found = reports(project)
    assert not (project / "imported").exists()
    assert "parts" not in sys.modules
    assert {r.status for r in found if r.declared.name.startswith("parts.")} <= {
        "not-run",
        "broken",
    }
    (report,) = reports(project, only="parts.grow")
    assert (report.status, report.tried) == ("not-run", 0)
    assert report.reason.startswith("no `--real` names it; ")


def test_a_shell_component_is_passed_over_with_the_reason(project: Path) -> None:
    (report,) = reports(project, "*", only="lib.shell")
    assert report.status == "skipped"
    assert "only Python's can be called alone yet" in report.reason


@pytest.mark.parametrize(
    ("name", "messages"),
    [
        (
            "lib.wrong_ports",
            [
                "the function has no parameter `lost`, which is declared as an input",
                (
                    "the input `size` is declared as `string`, and the function's hint says"
                    " `integer`: string does not fit integer"
                ),
                "the function needs `more`, which is no input",
                "the output `name: string` is missing",
            ],
        ),
        (
            "lib.raises",
            [
                "it raises `Odd`, which the component does not declare",
                "the output `name` does not fit `string`: null is given, and string is expected",
            ],
        ),
        ("lib.never", ["the function never returns: it always raises `RuntimeError`"]),
        ("parts.odd", ["the output `size: integer` is missing"]),
    ],
)
def test_the_source_alone_shows(name: str, messages: list[str], project: Path) -> None:
    (report,) = reports(project, only=name)
    assert sorted(found.breach.message for found in report.found) == sorted(messages)


def test_a_failing_import_is_a_breach(project: Path) -> None:
    (project / "plain.py").write_text("import nowhere_at_all\ndef never(): ...\n")
    (report,) = reports(project, "*", only="lib.never")
    (found,) = report.found
    assert found.breach.kind == "import"
    assert "importing `plain` failed: ModuleNotFoundError" in found.breach.message


def test_the_test_to_paste_shows_the_breach(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (report,) = reports(project, "*", only="parts.odd")
    test = as_test(report.declared, report.found[0].inputs or {})
    namespace: dict[str, object] = {}
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.chdir(project)
    exec(test, namespace)  # noqa: S102 - what a user would paste
    with pytest.raises(AssertionError, match="`size: integer` is missing"):
        namespace["test_odd"]()  # type: ignore[operator] # it is a function
    sys.modules.pop("parts")


def test_inputs_come_from_scenarios_and_pipelines_but_no_secrets() -> None:
    project = Project(load(EXAMPLES / "order-processing"))
    (charge,) = [each for each in declared(project) if each.name == "payments.charge"]
    shown = Harvest(project).found[charge.key]
    assert shown[0].inputs == {"order": "o1", "amount": 25.0, "card": "tok_visa"}
    assert shown[0].source == "the scenario `an order is delivered`"
    assert any("order-processing" in each.source for each in islice(shown, 1, None))

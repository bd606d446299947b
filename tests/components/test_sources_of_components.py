"""Installed libraries, the catalog of a project, and pipelines as components."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flow_core.components.catalog import catalog, find
from flow_core.components.entry_points import (
    installed,
    installed_library,
    library_names,
)
from flow_core.components.from_pipeline import pipeline_signature
from flow_core.components.signature import Port
from flow_core.model.pipeline import Constant, Output, Pipeline
from flow_core.types.kinds import INTEGER, STRING

STEPS = "from flow_core import component\nraise SystemExit\n@component\ndef charge(x: int): ...\n"
SHARED = "components:\n  ship: {inputs: {x: string}, run: {shell: [ship]}}\n"
ENTRY_POINTS = """[flow.components]
acme = acme.steps
acme_package = acme
acme_file = acme:shared
gone = acme.gone
gone_file = acme:gone
strange = acme:shared [extra]
"""


def forget() -> None:
    installed.cache_clear()
    installed_library.cache_clear()


@pytest.fixture
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A distribution with a package whose modules can't be imported without being noticed."""
    site = tmp_path / "site"
    (site / "acme").mkdir(parents=True)
    (site / "acme" / "__init__.py").write_text("from .steps import charge\nraise SystemExit")
    (site / "acme" / "steps.py").write_text(STEPS)
    (site / "acme" / "shared.flow.yaml").write_text(SHARED)
    info = site / "acme-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    monkeypatch.setattr(sys, "path", [str(site), *sys.path])
    forget()
    yield
    forget()


@pytest.mark.usefixtures("_installed")
def test_installed_libraries() -> None:
    assert {"acme", "acme_file", "acme_package", "gone"} <= {*library_names()}
    found = {name: installed_library(name) for name in library_names()}
    assert list(found["acme"].components) == ["charge"]
    assert list(found["acme_package"].components) == ["charge"]
    assert list(found["acme_file"].components) == ["ship"]
    assert found["acme_file"].file.endswith("shared.flow.yaml")
    assert found["gone"] is found["gone_file"] is installed_library("missing") is None
    assert not {"acme", "acme.steps"} & sys.modules.keys()


@pytest.mark.usefixtures("_installed")
def test_catalog(tmp_path: Path) -> None:
    project = tmp_path / "project"
    for folder in ("components", "src/shop", ".hidden", "venv", "node_modules/x"):
        (project / folder).mkdir(parents=True)
    (project / "components" / "parcels.flow.yaml").write_text(SHARED)
    (project / "components" / "broken.flow.yaml").write_text("components: [")
    (project / "components" / "mail.flow.json").write_text(
        '{"components": {"email": {"run": {"shell": ["mail"]}}}}'
    )
    (project / "src" / "shop" / "steps.py").write_text(STEPS)
    (project / "src" / "shop" / "__init__.py").write_text(
        "from flow_core import *\nfrom .steps import charge\n"
    )
    (project / "src" / "plain.py").write_text("x = 1")
    (project / "venv" / "pyvenv.cfg").touch()
    for hidden in (".hidden", "venv", "node_modules/x"):
        (project / hidden / "no.flow.yaml").write_text(SHARED)
    (project / "loop").symlink_to(project)

    entries = catalog(str(project), ["src"])
    own = {(e.origin, e.category, e.signature.name) for e in entries if e.origin != "std"}
    assert own == {
        ("./components/mail.flow.json", "mail", "email"),
        ("./components/parcels.flow.yaml", "parcels", "ship"),
        ("python:shop.steps", "shop.steps", "charge"),
        ("acme", "acme", "charge"),
        ("acme_file", "acme_file", "ship"),
        ("acme_package", "acme_package", "charge"),
        ("strange", "strange", "ship"),
    }
    assert [entry.category for entry in find(entries, "std.log")] == ["control"]
    assert {entry.origin for entry in find(entries, "charge")} == {
        "python:shop.steps",
        "acme",
        "acme_package",
    }
    assert find(entries, "nothing") == []


def test_a_pipeline_is_a_component() -> None:
    pipeline = Pipeline(
        name="order-processing",
        version="1.4.0",
        description="Charge and ship.",
        tags=("orders",),
        inputs={"order": Port("order", STRING)},
        outputs={
            "receipt": Output(
                path=("outputs", "receipt"), value=Constant("r"), description="The receipt."
            ),
            "lost": Output(path=("outputs", "lost"), value=None),
        },
        secrets=("KEY",),
    )
    found = pipeline_signature(pipeline, {"receipt": INTEGER}, {"Declined": "no"}, "/p/o.flow.yaml")
    assert (found.name, found.kind, found.version) == ("order-processing", "pipeline", "1.4.0")
    assert found.inputs == pipeline.inputs
    assert {name: port.type for name, port in found.outputs.items()} == {"receipt": INTEGER}
    assert found.outputs["receipt"].place.path == ("outputs", "receipt")
    assert (found.errors, found.secrets) == ({"Declined": "no"}, ("KEY",))
    assert found.place.file == found.target == "/p/o.flow.yaml"

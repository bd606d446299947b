"""What imports, calls and references to types stand for, across files."""

import pytest

from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.types import show

ROOT = "/project"


def module(files: dict[str, str], name: str = "main.flow.yaml") -> Module:
    found = Project(Settings(ROOT), {f"{ROOT}/{k}": v for k, v in files.items()}.get).module(
        f"{ROOT}/{name}"
    )
    assert found is not None
    return found


def pipeline(name: str, calls: str) -> str:
    return (
        f"flow: 1\nname: {name}\nsteps:\n  s: {{uses: {calls}}}\n"
        'outputs: {x: "${{ steps.s.outputs.x }}"}\n'
    )


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pipelines_that_call_each_other_in_a_circle_end(size: int) -> None:
    names = ["main", *(f"p{i}" for i in range(1, size))]
    files = {
        f"{name}.flow.yaml": pipeline(name, f"./{after}.flow.yaml")
        for name, after in zip(names, [*names[1:], names[0]], strict=True)
    }
    found = module(files)
    assert list(found.signature.outputs) == ["x"]
    assert not list(found.problems.of("unknown-component", "unknown-import", "not-a-pipeline"))
    assert all(not checked.result.problems for checked in found.checked)


def test_a_long_chain_of_pipelines_ends_in_any() -> None:
    last = 400
    files = {f"p{i}.flow.yaml": pipeline(f"p{i}", f"./p{i + 1}.flow.yaml") for i in range(1, last)}
    files["main.flow.yaml"] = pipeline("main", "./p1.flow.yaml")
    files[f"p{last}.flow.yaml"] = "flow: 1\nname: z\nsteps: {}\noutputs: {x: 1}\n"
    assert show(module(files).signature.outputs["x"].type) == "any"


def test_types_cross_files_through_calls() -> None:
    files = {
        "main.flow.yaml": pipeline("main", "./p1.flow.yaml"),
        "p1.flow.yaml": pipeline("p1", "./p2.flow.yaml"),
        "p2.flow.yaml": (
            "flow: 1\nname: p2\ninputs: {n: integer}\nsteps: {}\n"
            'outputs: {x: "${{ [inputs.n] }}"}\n'
        ),
    }
    assert show(module(files).signature.outputs["x"].type) == "list<integer>"


def test_a_component_that_runs_a_pipeline_has_its_ports() -> None:
    files = {
        "main.flow.yaml": "flow: 1\nname: m\nimports: {l: ./lib/l.flow.yaml}\n"
        "steps:\n  s: {uses: l.sub}\n",
        "lib/l.flow.yaml": "flow: 1\nname: l\ncomponents: {sub: {run: {flow: ./sub.flow.yaml}}}\n",
        "lib/sub.flow.yaml": "flow: 1\nname: s\ninputs: {n: integer}\nsteps: {}\nsecrets: [KEY]\n"
        "outputs: {m: 1}\n",
    }
    signature = module(files).called(("steps", "s"))
    assert signature is not None
    assert (list(signature.inputs), list(signature.outputs)) == (["n"], ["m"])
    assert signature.secrets == ("KEY",)


def test_references_lead_to_types_and_to_schemas_of_files() -> None:
    files = {
        "main.flow.yaml": """\
flow: 1
name: m
types:
  Own: {fields: {id: string}}
inputs:
  a: {$ref: "#/types/Own"}
  b: {$ref: ./schemas/order.json}
  c: {$ref: "./schemas/order.json#/$defs/Line"}
  d: {$ref: ../outside.json}
  e: {$ref: "./schemas/order.json#/gone"}
""",
        "schemas/order.json": '{"type": "object", "properties": {"to": {"$ref": "./to.json"}},'
        ' "$defs": {"Line": {"type": "integer"}}}',
        "schemas/to.json": '{"type": "string"}',
        "../outside.json": '{"type": "string"}',
    }
    found = module(files)
    types = {name: port.type for name, port in found.pipeline.inputs.items()}
    assert show(types["a"]) == "Own"
    assert show(types["b"].target) == "{to?: to}"  # type: ignore[union-attr]
    assert show(types["c"].target) == "integer"  # type: ignore[union-attr]
    wrong = [problem.place.path for problem in found.problems.of("bad-ref")]
    assert wrong == [("inputs", "d", "$ref"), ("inputs", "e", "$ref")]


def test_types_that_only_mean_each_other_across_files_are_any() -> None:
    files = {
        "main.flow.yaml": "flow: 1\nname: a\nimports: {b: ./b.flow.yaml}\n"
        "types: {A: b.B}\ninputs: {a: A}\n",
        "b.flow.yaml": "flow: 1\nname: b\nimports: {a: ./main.flow.yaml}\ntypes: {B: a.A}\n",
    }
    assert show(module(files).pipeline.inputs["a"].type.target) == "any"  # type: ignore[union-attr]

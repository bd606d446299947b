"""What is special about the root of a file: which keys belong together, and whose file it is."""

from collections.abc import Iterator
from typing import Final

from flow_core.diagnostics import Mend, Patch
from flow_core.language.problem import ShapeProblem
from flow_core.places import Place
from flow_core.syntax.nodes import Mapping, Value

_CONTENT = ("steps", "components", "types")
OF_RUNS: Final = (
    *("inputs", "outputs", "secrets", "state", "max_parallel", "budget", "schedule", "finally"),
)
"""Keys of the root that say nothing without `steps`."""
_FOREIGN_FILES: Final = (
    ("a GitHub Actions workflow", {"on", "jobs"}),
    ("a Kubernetes resource (Argo and Tekton write such)", {"apiVersion", "kind"}),
    ("a state machine of Step Functions", {"StartAt", "States"}),
    ("a GitLab pipeline", {"stages", "script"}),
    ("a GitLab pipeline", {"stages", "image"}),
    ("an Azure pipeline", {"trigger", "pool"}),
    ("a CircleCI configuration", {"workflows", "jobs"}),
    ("a workflow of the Serverless Workflow specification", {"document", "do"}),
    ("a Kestra flow", {"namespace", "tasks"}),
    ("a Conductor workflow", {"schemaVersion", "tasks"}),
    ("a Compose file", {"services"}),
)


def foreign_file(root: Value) -> ShapeProblem | None:
    """A file of another tool, named once in place of each of its keys."""
    keys = set(root.fields) if isinstance(root, Mapping) else set[str]()
    if keys & {"flow", "flow_test", "steps"}:
        return None
    owner = next((owner for owner, marks in _FOREIGN_FILES if marks <= keys), None)
    if owner is None or not isinstance(root, Mapping):
        return None
    return ShapeProblem(
        "foreign-file",
        Place((next(iter(root.fields)),), "key"),
        f"this is {owner}, not a Flow file, which starts with `flow: 1`",
        "`flow init` writes a pipeline to start from",
    )


def root_problems(root: Mapping, meant: set[str]) -> Iterator[ShapeProblem]:
    """Keys that a pipeline or a library needs. ``meant`` stand there under other names."""
    present = set(root.fields) | meant
    if not present.intersection(_CONTENT):
        yield ShapeProblem(
            "missing-key",
            first_key(root),
            "the file has none of `steps`, `components` and `types`",
            "a pipeline has `steps`, a library `components` or `types`",
        )
    elif "steps" not in present and (key := next((k for k in OF_RUNS if k in present), "")):
        yield ShapeProblem(
            "missing-key",
            Place((key,), "key") if key in root.fields else first_key(root),
            f"`{key}` is a key of a pipeline, but the file has no `steps`",
            "add `steps`, or remove it: a library has only `components` and `types`",
        )
    if "steps" in present and "name" not in present:
        yield ShapeProblem(
            "missing-key",
            first_key(root),
            "the pipeline has no `name`",
            "add `name: …`, by which reports and journals call it",
        )


def version_mend(key: str) -> Mend:
    """The mend that says which version of the language a file is written in."""
    return Mend(f"Add `{key}: 1`", (Patch("insert", (key,), 1),))


def first_key(node: Mapping) -> Place:
    """Where to point for what a mapping without a key of its own lacks."""
    names = iter(node.fields)
    first = next(names, None)
    return Place() if first is None else Place((first,), "key")

"""A command pays only for what it needs: what a valid file needs none of is not imported."""

import os
import subprocess
import sys
from pathlib import Path

PIPELINE = """\
flow: 1
name: greet
inputs: {name: string, times: {type: integer, minimum: 1, default: 1}}
steps:
  hello:
    when: ${{ inputs.times > 1 }}
    uses: std.log
    with: {message: "hello ${{ inputs.name }}"}  # not `flow: ignore`
"""

LIST_MODULES = """\
import sys
from flow_cli.main import main
try:
    main()
finally:
    print(*sys.modules)
"""

HEAVY = {"jsonschema", "pydantic", "rich", "ruamel", "tomllib", "asyncio", "dataclasses", "pygls"}
"""Packages that cost more to import than most files to check."""

UNUSED = {
    "flow_core.components.python",
    "flow_core.convert",
    "flow_core.expr.evaluate",
    "flow_core.expr.regex",
    "flow_core.language.reference",
    "flow_core.language.schema",
    "flow_core.model.scenario",
    "flow_core.rules.syntax_error",
    "flow_core.rules.unknown_key",
    "flow_core.rules.argument_type",
    "flow_core.rules.unknown_mock",
    "flow_core.syntax.flow",
    "flow_core.syntax.format",
    "flow_core.syntax.patch",
    "flow_core.syntax.recover",
    "flow_core.syntax.traps",
    "flow_core.syntax.writing",
    "flow_core.types.schema_check",
}
"""Parts of Flow that are about faults, other kinds of files or other commands."""


def imported(folder: Path, text: str) -> set[str]:
    (folder / "greet.flow.yaml").write_text(text, "utf-8")
    command = [sys.executable, "-c", LIST_MODULES, "validate", "--no-cache", "greet.flow.yaml"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("COV_", "COVERAGE_"))}
    run = subprocess.run(  # noqa: S603 -- this very Python
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return set(run.stdout.splitlines()[-1].split())


def test_a_valid_file_needs_nothing_heavy(tmp_path: Path) -> None:
    found = imported(tmp_path, PIPELINE)
    assert "flow_core.rules.never_runs" in found, "the file was not checked"
    assert found & (HEAVY | UNUSED) == set()


def test_a_fault_imports_its_rules(tmp_path: Path) -> None:
    found = imported(tmp_path, PIPELINE.replace("when", "wenn"))
    assert "flow_core.rules.unknown_key" in found


def test_what_is_listed_exists() -> None:
    core = Path(__file__).parents[2] / "core"
    paths = [core.joinpath(*name.split(".")) for name in UNUSED]
    assert [p.name for p in paths if not (p.is_dir() or p.with_suffix(".py").is_file())] == []

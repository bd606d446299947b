"""The extension inside the real VS Code: `host/*.cjs` run in its extension host.

They need code-server and playwright-core in the folder that FLOW_CODE_SERVER names (`install.sh`
makes it), Chromium, and a built extension; without these they are skipped.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SUITES = ("editor", "panels", "scenarios", "untrusted")


def names(suite: str) -> list[str]:
    """The tests of a suite, as its file spells them."""
    text = (HERE / f"host/{suite}.cjs").read_text("utf-8")
    return re.findall(r'^ +"(.+)": async', text, re.MULTILINE)


def absent() -> str:
    """What is missing for a run; nothing if all is there."""
    if not os.environ.get("FLOW_CODE_SERVER"):
        return "FLOW_CODE_SERVER names no folder that tests/vscode/install.sh has made"
    if not (ROOT / "vscode-extension/dist/extension.js").exists():
        return "the extension is not built: `npm ci && npm run build` in vscode-extension"
    return "" if shutil.which("node") else "there is no Node.js"


@cache
def results(suite: str) -> dict[str, dict[str, Any]]:
    """What came of each test of a suite, which runs once."""
    with TemporaryDirectory() as folder:
        workspace = Path(shutil.copytree(ROOT / "docs/examples", Path(folder) / "workspace"))
        (workspace / ".venv").symlink_to(sys.prefix)
        script, tests = HERE / "run.mjs", HERE / f"host/{suite}.cjs"
        command = ["node", script, os.environ["FLOW_CODE_SERVER"], tests, workspace]
        done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 -- our own script
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["name"]: line for line in lines} or {"": {"error": done.stderr}}


@pytest.mark.skipif(bool(absent()), reason=absent())
@pytest.mark.parametrize(
    ("suite", "name"), [(suite, name) for suite in SUITES for name in names(suite)]
)
def test_in_vscode(suite: str, name: str) -> None:
    found = results(suite).get(name) or {"error": f"it did not run: {results(suite)}"}
    assert "error" not in found, found["error"]

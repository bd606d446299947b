"""Editors that are driven from outside: each gets a plan, and reports what it saw."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flow_core.convert import to_json

HERE = Path(__file__).parent
PROBLEM = "problem"  # what a driver calls that which kept it from going on
SETUPS = HERE.parents[1] / "docs" / "editors"
BANK = """\
flow: 1
name: bank
components:
  charge:
    description: Charge a card.
    inputs: {order: string}
    outputs: {receipt: string}
    run: {shell: [charge]}
"""
SHOP = """\
flow:   1
name: shop
imports: {bank: ./bank.flow.yaml}
inputs: {order: string}
steps:
  charge:
    uses: bank.charge
    with: {order: "${{ inputs.ordr }}"}
  tell:
    uses: std.log
    with: {message: "${{ steps.charge.outputs.receipt }}"}
"""


def missing(reason: str) -> None:
    """A missing editor is a reason to skip on a desk, and a failure where all has to be tried."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def project(suffix: str) -> dict[str, str]:
    """A pipeline with a mistake, and the library that it uses."""
    if suffix == "yaml":
        return {"bank.flow.yaml": BANK, "shop.flow.yaml": SHOP}
    shop = to_json(SHOP.replace("bank.flow.yaml", "bank.flow.json"))
    return {"bank.flow.json": to_json(BANK), "shop.flow.json": shop.replace(": 1,", ":   1,")}


def write_project(folder: Path, suffix: str) -> dict[str, Any]:
    """Write the project; what is to be done with it."""
    for name, text in project(suffix).items():
        (folder / name).write_text(text, "utf-8")
    return {
        "seconds": 30,
        "report": str(folder / "report"),
        "file": str(folder / f"shop.flow.{suffix}"),
        "library": str(folder / f"bank.flow.{suffix}"),
        "wrong": "inputs.ordr",
        "fix": "Write `order`",
        "edited": "inputs.order",
        "complete": "steps.charge.outputs.",
        "component": "bank.charge",
        "port": "outputs.receipt",
        "name": "slip",
    }


def drive(command: list[str], plan: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What an editor saw. The `flow` that it finds is the one that belongs to this Python."""
    (folder / "plan").write_text(json.dumps(plan), "utf-8")
    environment = {
        **os.environ,
        "HOME": str(folder),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "FLOW_PLAN": str(folder / "plan"),
    }
    done = subprocess.run(  # noqa: S603 -- an editor that was asked for
        command, env=environment, cwd=folder, capture_output=True, timeout=300, check=False
    )
    report = Path(plan["report"])
    assert report.exists(), (done.stdout + done.stderr).decode(errors="replace")
    found: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return found


def neovim() -> list[str]:
    """Neovim with the set-up for its version."""
    found = shutil.which("nvim")
    if found is None:
        missing("Neovim is not installed: apt-get install neovim")
    told = subprocess.run([str(found), "--version"], capture_output=True, text=True, check=True)  # noqa: S603 -- the editor that was found
    version = tuple(map(int, re.findall(r"\d+", told.stdout)[:2]))
    setup = "neovim.lua" if version >= (0, 11) else "neovim-0.7.lua"
    driver = str(HERE / "drive.lua")
    return [str(found), "--headless", "--clean", "-S", str(SETUPS / setup), "-S", driver]


def emacs() -> list[str]:
    """Emacs with the set-up; Eglot is a package of Debian's, or comes with it."""
    found = shutil.which("emacs")
    if found is None:
        missing("Emacs is not installed: apt-get install emacs-nox elpa-eglot")
    packages = ["--eval", '(setq package-directory-list \'("/usr/share/emacs/site-lisp/elpa"))']
    files = ["-l", str(SETUPS / "flow.el"), "-l", str(HERE / "drive.el")]
    return [str(found), "-Q", "--batch", *packages, "-f", "package-initialize", *files]

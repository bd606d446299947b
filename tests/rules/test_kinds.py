"""Whatever an analysis can find wrong is reported by exactly one rule."""

import re
from collections import Counter
from pathlib import Path
from typing import get_args

from flow_core import types
from flow_core.analysis import check_value, misfits, resolve
from flow_core.expr import problems
from flow_core.rules import ALL

CLAIMED = Counter(kind for rule in ALL for kind in getattr(rule, "KINDS", ()))
ELSEWHERE = {"unknown-channel", "unknown-secret"}
"""Kinds that rules of other families ask for by themselves."""


def test_every_kind_of_expression_problem_is_one_rules() -> None:
    kinds = set(get_args(problems.Kind)) | {"unknown-output", "unknown-input"}
    assert {kind: CLAIMED[kind] for kind in kinds} == dict.fromkeys(kinds, 1)


def test_the_kinds_of_unknown_properties_are_all_known_here() -> None:
    source = Path(check_value.__file__).read_text("utf-8")
    assert set(re.findall(r'"(unknown-[a-z]+)"', source)) - ELSEWHERE == {
        "unknown-member",
        "unknown-output",
        "unknown-input",
    }


def test_every_kind_of_type_problem_is_one_rules() -> None:
    folder = Path(types.__file__).parent
    listed = re.findall(r"``([a-z-]+)``", (folder / "problem.py").read_text("utf-8"))
    kinds = {kind for kind in listed if "-" in kind}
    assert len(kinds) >= 9
    assert {kind: CLAIMED[kind] for kind in kinds} == dict.fromkeys(kinds, 1)


def test_every_misfit_is_one_rules() -> None:
    claimed = Counter(purpose for rule in ALL for purpose in getattr(rule, "PURPOSES", ()))
    assert claimed == dict.fromkeys(get_args(misfits.Purpose), 1)


def test_every_unresolved_name_is_asked_for_by_a_rule() -> None:
    source = Path(resolve.__file__).read_text("utf-8")
    kinds = set(re.findall(r'Problem\(\s*"([a-z-]+)"', source)) - {"misshapen"}
    assert len(kinds) >= 5
    folder = Path(resolve.__file__).parents[1] / "rules"
    rules = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    assert [kind for kind in kinds if f'"{kind}"' not in rules] == []

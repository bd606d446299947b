"""The deepest trees that the parser builds go through every pass."""

import pytest

from flow_core.expr.checker import check
from flow_core.expr.constants import truth
from flow_core.expr.cursor import MAX_DEPTH, MAX_NESTING
from flow_core.expr.errors import EvaluationError
from flow_core.expr.evaluate import evaluate
from flow_core.expr.narrowing import facts
from flow_core.expr.parser import parse
from flow_core.expr.scope import Scope
from flow_core.types.kinds import ANY

SCOPE = Scope({"a": ANY})
CHAINS = [" && a", " || a", " + a", " == a", ".b", "[0]", ".f(a)", ".map(x, a)", " in a"]
NESTS = [("(", ")"), ("[", "]"), ("!", ""), ("-", ""), ("{'a': ", "}"), ("size(", ")"),
         ("a.all(x, ", ")"), ("a ? a : ", ""), ("a && (", ")"), ("coalesce(a, ", ")"),
         ("a == (a ? ", " : a)")]  # fmt: skip


def survives(source: str) -> None:
    parsed = parse(source)
    assert not parsed.problems
    check(parsed.tree, SCOPE)
    facts(parsed.tree, truth=True)
    truth(parsed.tree, SCOPE)
    with pytest.raises(EvaluationError):
        evaluate(parsed.tree, {})


@pytest.mark.parametrize("link", CHAINS)
def test_long_chains(link: str) -> None:
    survives("a" + link * (MAX_DEPTH - 2))


@pytest.mark.parametrize(("before", "after"), NESTS)
def test_deep_nesting(before: str, after: str) -> None:
    depth = (MAX_NESTING - 2) // 3
    survives(before * depth + "a" + after * depth)


def test_conditions_of_conditions() -> None:
    survives("(" * 40 + "a" + " ? a.b : a.c)" * 40 + " && a")


@pytest.mark.parametrize("link", CHAINS)
def test_both_at_once(link: str) -> None:
    nested = "(" * (MAX_NESTING - 2) + "a" + ")" * (MAX_NESTING - 2)
    survives(nested + link * (MAX_DEPTH - 2))

"""Actions: what is offered where, and what becomes of the files; most of it in `actions/*.md`."""

import pytest
from literate_actions import (
    Case,
    cases,
    changed,
    changes_of,
    offered,
    refusal_of,
    titles,
)
from marked import ROOT

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.where} {case.title}")
def test_it_is_as_the_page_says(case: Case) -> None:
    module = case.module()
    found = offered(case, module)
    assert len(found) == case.offered, titles(case, module)
    if not found:
        return
    assert refusal_of(module, found[0]) == case.reason
    if case.after:
        texts = changed(module, changes_of(module, found[0]))
        assert texts == {f"{ROOT}/{name}": text for name, text in case.after.items()}

"""Who calls what. The cursor is at ‸; what is told is written as `name: places` for each other."""

import pytest
from ranged import Ranged, ranged

from flow_core.ide.calls import CallItem, Calls, incoming, outgoing, prepare_calls

FILES = """\
=== main.flow.yaml
flow: 1
name: main
imports: {shop: ./shop.flow.yaml, tools: python:tools}
components:
  own: {run: {flow: ./sub.flow.yaml}}
steps:
  first: {uses: shop.charge, catch: [{uses: shop.charge}, {uses: tools.count}]}
  group:
    steps:
      inner: {uses: ./sub.flow.yaml@1}
      other: {uses: own}
  gone: {uses: ./gone.flow.yaml}
finally:
  last: {uses: std.log, with: {message: done}}
=== sub.flow.yaml
flow: 1
name: sub
imports: {shop: ./shop.flow.yaml}
steps:
  pay: {uses: shop.charge, compensate: {uses: shop.refund}}
=== shop.flow.yaml
flow: 1
components:
  charge: {run: {shell: [charge]}}
  refund: {run: {shell: [refund]}}
=== test.flowtest.yaml
flow_test: 1
pipeline: ./main.flow.yaml
scenarios: {x: {mocks: {first: {returns: {}}}}}
=== tools.py
from flow_core import component


@component
def count(n: int) -> int: ...
"""


def case(marked: str) -> Ranged:
    plain = marked.replace("‸", "")
    assert FILES.count(plain) == 1, plain
    return ranged(FILES.replace(plain, marked))


def prepared(found: Ranged) -> CallItem:
    callable_ = prepare_calls(found.cursor)
    assert callable_ is not None
    return callable_


def texts(found: Ranged, calls: tuple[Calls, ...], caller: CallItem | None) -> dict[str, list[str]]:
    """The others, and what stands at the places of the calls."""
    told: dict[str, list[str]] = {}
    for each in calls:
        text = found.files[(caller or each.other).file.removeprefix("/project/")]
        told[each.other.name] = [text[span.start : span.end] for span in each.places]
    return told


PREPARED = {
    "a pipeline around": ("fl‸ow: 1\nname: sub", "pipeline sub", "sub.flow.yaml"),
    "a pipeline that is called": ("./sub.flow.ya‸ml@1", "pipeline sub", "sub.flow.yaml"),
    "the pipeline under test": ("flow_‸test: 1", "pipeline main", "main.flow.yaml"),
    "a step": ("fi‸rst: {uses", "step first", "main · main.flow.yaml"),
    "a component": ("  ref‸und: {run", "component refund", "shop.flow.yaml"),
    "a component that is called": (
        "first: {uses: shop.char‸ge",
        "component charge",
        "shop.flow.yaml",
    ),
    "a Python component": ("tools.cou‸nt", "component count", "tools.py"),
    "a built-in one": ("std.lo‸g", "component log", "control.flow.yaml"),
}


@pytest.mark.parametrize(("marked", "about", "detail"), PREPARED.values(), ids=PREPARED)
def test_what_the_cursor_is_on(marked: str, about: str, detail: str) -> None:
    found = prepared(case(marked))
    assert f"{found.kind} {found.name}" == about
    assert found.detail == detail
    assert found.span.start <= found.selection.start <= found.selection.end <= found.span.end


INCOMING = {
    "of a component": (
        "  char‸ge: {run",
        {"first": ["shop.charge", "shop.charge"], "pay": ["shop.charge"]},
    ),
    "of a compensation": ("  ref‸und: {run", {"pay": ["shop.refund"]}),
    "of a Python component": ("tools.co‸unt", {"first": ["tools.count"]}),
    "of a pipeline": (
        "name: su‸b",
        {"inner": ["./sub.flow.yaml"], "own": ["./sub.flow.yaml"]},
    ),
    "of a component that is a pipeline": ("  ow‸n: {run", {"other": ["own"]}),
    "of a step": ("p‸ay: {uses", {"inner": ["./sub.flow.yaml"], "own": ["./sub.flow.yaml"]}),
    "of what nobody calls": ("name: mai‸n", {}),
}


@pytest.mark.parametrize(("marked", "expected"), INCOMING.values(), ids=INCOMING)
def test_who_calls(marked: str, expected: dict[str, list[str]]) -> None:
    found = case(marked)
    calls = incoming(prepared(found), found.search)
    assert texts(found, calls, None) == expected


OUTGOING = {
    "a pipeline": (
        "name: mai‸n",
        {
            "charge": ["shop.charge", "shop.charge"],
            "count": ["tools.count"],
            "sub": ["./sub.flow.yaml"],
            "own": ["own"],
            "log": ["std.log"],
        },
    ),
    "a step": (
        "fir‸st: {uses",
        {"charge": ["shop.charge", "shop.charge"], "count": ["tools.count"]},
    ),
    "a group": ("grou‸p:", {"sub": ["./sub.flow.yaml"], "own": ["own"]}),
    "a component that is a pipeline": ("  ow‸n: {run", {"sub": ["./sub.flow.yaml"]}),
    "a component": ("  char‸ge: {run", {}),
    "a Python component": ("tools.coun‸t", {}),
}


@pytest.mark.parametrize(("marked", "expected"), OUTGOING.values(), ids=OUTGOING)
def test_what_is_called(marked: str, expected: dict[str, list[str]]) -> None:
    found = case(marked)
    caller = prepared(found)
    assert texts(found, outgoing(found.cursor.module, caller), caller) == expected


def test_nothing_calls_in_a_library() -> None:
    assert prepare_calls(ranged("types: {‸T: string}\n").cursor) is None


def test_who_calls_a_pipeline_does_not_call_its_components() -> None:
    found = ranged(
        "components: {‸c: {run: {shell: [x]}}}\nsteps: {a: {uses: c}}\n"
        "=== b.flow.yaml\nsteps: {c: {uses: ./a.flow.yaml}}\n"
    )
    calls = incoming(prepared(found), found.search)
    assert [each.other.name for each in calls] == ["a"]

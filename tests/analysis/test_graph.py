"""Which steps can be named where, and what waits for what."""

from textwrap import dedent

import pytest

from flow_core.module import Module
from flow_core.places import Path
from flow_core.project import Project
from flow_core.settings import Settings


def module_of(text: str) -> Module:
    return Project(Settings("/project")).add("/project/main.flow.yaml", dedent(text))


TEXT = """
    flow: 1
    name: graph
    steps:
      first: {uses: std.log, with: {message: hello}}
      group:
        when: ${{ steps.first.status == 'succeeded' }}
        steps:
          inner: {uses: std.log, with: {message: hello}, depends_on: [first]}
          deep:
            switch:
              - when: ${{ steps.inner.status == 'succeeded' }}
                steps:
                  leaf: {uses: std.log, with: {message: "${{ steps.inner.status }}"}}
              - steps:
                  other: {uses: std.log, with: {message: hello}}
        outputs: {status: "${{ steps.inner.status }}"}
        catch:
          - steps:
              rescue: {uses: std.log, with: {message: hello}}
      last:
        depends_on: {group: settled, first: [failed, skipped]}
        uses: std.log
        with: {message: "${{ json(steps.first.outputs) }}"}
    finally:
      close:
        depends_on: {first: failed}
        steps:
          tidy: {uses: std.log, with: {message: "${{ steps.group.status }}"}}
    outputs: {status: "${{ steps.group.outputs.status }}"}
"""
GRAPH = module_of(TEXT).graph
GROUP = ("steps", "group")
DEEP = (*GROUP, "steps", "deep")


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        (("steps", "first", "with", "message"), "first group last"),
        ((*GROUP, "when"), "first group last"),
        ((*GROUP, "set", "outputs"), "first group last"),
        ((*GROUP, "outputs", "status"), "first inner deep last"),
        ((*GROUP, "steps", "inner", "with", "message"), "first inner deep last"),
        ((*DEEP, "switch", 0, "when"), "first inner deep last"),
        ((*DEEP, "switch", 0, "steps", "leaf", "when"), "first inner leaf last"),
        ((*DEEP, "switch", 1, "steps", "other", "when"), "first inner other last"),
        ((*GROUP, "catch", 0, "when"), "first group last"),
        ((*GROUP, "catch", 0, "steps", "rescue", "when"), "first rescue last"),
        (("finally", "close", "when"), "first group last close"),
        (("finally", "close", "steps", "tidy", "when"), "first group last tidy"),
        (("outputs", "status"), "first group last"),
    ],
)
def test_what_a_place_sees(path: Path, seen: str) -> None:
    assert [name for name in GRAPH.infos if GRAPH.sees(path, name)] == seen.split()


def test_nobody_sees_what_is_not_there() -> None:
    assert not GRAPH.sees(("outputs", "status"), "nowhere")


def test_dependencies_of_each_level() -> None:
    assert {name: targets for name, targets in GRAPH.siblings.items() if targets} == {
        "group": ["first"],
        "deep": ["inner"],
        "last": ["group", "first"],
    }
    assert GRAPH.dependents["first"] == ["group", "last"]


def test_an_explicit_condition_wins() -> None:
    edge = GRAPH.edges["last"]["first"]
    assert edge.explicit
    assert edge.statuses == ("failed", "skipped")
    assert [place.path for place in edge.places] == [
        ("steps", "last", "depends_on", "first"),
        ("steps", "last", "with", "message"),
    ]


def test_a_group_waits_for_what_a_step_inside_names() -> None:
    edge = GRAPH.edges["group"]["first"]
    assert edge.explicit
    assert edge.statuses == ("succeeded",)


def test_finally_may_ask_how_a_step_went_and_does_not_wait_for_it() -> None:
    assert GRAPH.edges["close"]["first"].statuses == ("failed",)
    assert GRAPH.siblings["close"] == []


def test_several_references_intersect() -> None:
    module = module_of("""
        flow: 1
        name: graph
        steps:
          first: {uses: std.http, with: {url: https://example.com}}
          both:
            uses: std.log
            with: {message: "${{ coalesce(steps.first.outputs.status, 0) }}"}
            when: ${{ steps.first.status != 'failed' }}
          all:
            uses: std.log
            with: {message: "${{ steps.first.status }} ${{ steps.first.outputs.status }}"}
    """)
    assert module.graph.edges["both"]["first"].statuses == ("succeeded", "skipped")
    assert module.graph.edges["all"]["first"].statuses == ("succeeded",)


def test_entries_of_a_list_have_places_of_their_own() -> None:
    module = module_of("""
        flow: 1
        name: graph
        steps:
          one: {uses: std.log, with: {message: one}}
          two: {uses: std.log, with: {message: two}}
          three: {uses: std.log, with: {message: three}, depends_on: [one, two, one]}
    """)
    places = [(use.target, use.place.path[-1]) for use in module.uses]
    assert places == [("one", 2), ("two", 1)]

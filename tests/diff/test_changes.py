"""Each change of a pipeline is found once, with the right class."""

import pytest
from comparing import BASE, LIBRARY, compared, edited, module_of, told

from flow_core.diff import Change, compare
from flow_core.diff.rules import RULES
from flow_core.project import Project
from flow_core.settings import Settings

CHANGES = {
    # What it is
    "version: 1.4.0 => version: 1.5.0": "cosmetic changed version",
    "version: 1.4.0 => version: 2.0.0": "breaking changed version",
    "Charge and ship. => Ship.": "cosmetic changed description",
    "[orders] => [orders, eu]": "cosmetic changed tags",
    "team: shop => team: web": "cosmetic changed metadata.team",
    "flow: 1\n => flow: 1\nx-owner: me\n": "cosmetic added x-owner",
    "name: order => name: orders": "behaviour changed name",
    # What callers give
    "region: {type: string, enum: [eu, us] => region: {type: string, enum: [eu, us, asia]": (
        "behaviour changed inputs.region.type"
    ),
    "enum: [eu, us] => enum: [eu]": "breaking changed inputs.region.type",
    "region: {type: string, enum: [eu, us] => region: {type: string": (
        "behaviour changed inputs.region.type"
    ),
    ", default: eu, env => , env": "breaking removed inputs.region.default",
    "default: eu, env => default: us, env": "behaviour changed inputs.region.default",
    "env: REGION => env: AREA": "behaviour changed inputs.region.env",
    "where to => where": "cosmetic changed inputs.region.description",
    "  note: string?\n => ": "breaking removed inputs.note",
    "note: string? => note: string": "breaking changed inputs.note.type",
    "note: string? => note: any": "breaking changed inputs.note.type",
    "note: string? => remark: string?": "breaking renamed inputs.remark",
    "note: string? => note: {type: 'string?', secret: true}": "behaviour added inputs.note.secret",
    "  note: string? =>   note: string?\n  must: integer": "breaking added inputs.must",
    "  note: string? =>   note: string?\n  may: integer?": "behaviour added inputs.may",
    "id: string, total: number => id: string, total: number, vip: boolean": (
        "breaking changed types.Order"
    ),
    "id: string, total: number => id: string, total: number, vip: 'boolean?'": (
        "behaviour changed types.Order"
    ),
    "types:\n => types:\n  Other: {fields: {a: string}}\n": "cosmetic added types.Other",
    # What callers get
    "  state: ${{ steps.charge.outputs.state }}\n => ": "breaking removed outputs.state",
    "outputs:\n => outputs:\n  more: ${{ inputs.order.id }}\n": "behaviour added outputs.more",
    "  state: ${{ =>   status: ${{": "breaking renamed outputs.status",
    "parcels: {type: list<string>, => parcels: {type: list<any>,": (
        "breaking changed outputs.parcels.type"
    ),
    "receipt: ${{ steps.charge.outputs.receipt }}\n  state => "
    "receipt: ${{ size(steps.charge.outputs.receipt) }}\n  state": (
        "breaking changed outputs.receipt"
    ),
    "receipt: ${{ steps.charge.outputs.receipt }}\n  state => "
    "receipt: ${{ steps.charge.outputs.receipt + '!' }}\n  state": (
        "behaviour changed outputs.receipt"
    ),
    "[Declined, Busy] => [Declined, Busy, Lost]": "breaking added errors.Lost",
    "[Declined, Busy] => [Declined]": "behaviour removed errors.Busy",
    "[MAIL_KEY] => [MAIL_KEY, OTHER]": "breaking added secrets.OTHER",
    "secrets: [MAIL_KEY]\n => ": "behaviour removed secrets.MAIL_KEY",
    # The run as a whole
    "reduce: append => reduce: last": "behaviour changed state.audit.reduce",
    "list<string>, reduce => list<any>, reduce": "behaviour changed state.audit.type",
    "timeout: 30s} => timeout: 1m}": "behaviour changed defaults.timeout",
    "max_parallel: 8 => max_parallel: 2": "behaviour changed max_parallel",
    "cost: 5.0 => cost: 9.0": "behaviour changed budget.cost",
    "{duration: 3d, cost => {cost": "behaviour removed budget.duration",
    "0 6 * * * => 0 7 * * *": "behaviour changed schedule[0].cron",
    "schedule:\n => schedule:\n  - {cron: '0 1 * * *'}\n": "behaviour added schedule[0]",
    # Steps
    "finally:\n =>   more: {uses: std.log, with: {message: hi}}\nfinally:\n": (
        "behaviour added steps.more"
    ),
    "  report: {uses =>   summary: {uses": "behaviour renamed finally.summary",
    "  decide: =>   sanction:": "breaking renamed steps.sanction",
    "  tell:\n =>   inform:\n": "behaviour renamed steps.inform",
    "Takes the money. => Takes it.": "cosmetic changed steps.charge.description",
    "uses: shop.mail => uses: shop.mail@^1": "behaviour added steps.tell.range",
    "paid: => thanks:": "behaviour changed steps.tell.with.text",
    "uses: shop.pick\n    with: {line: => uses: shop.pack\n    with: {line:": (
        "behaviour changed steps.pick.uses"
    ),
    "> 100.0 => > 200.0": "behaviour changed steps.decide.when",
    "    when: ${{ inputs.order.total > 100.0 }}\n => ": "behaviour removed steps.decide.when",
    "  tell:\n    uses =>   tell:\n    when: ${{ inputs.region == 'eu' }}\n    uses": (
        "behaviour added steps.tell.when"
    ),
    "  charge:\n =>   charge:\n    when: ${{ inputs.region == 'eu' }}\n": (
        "breaking added steps.charge.when"
    ),
    "    depends_on: [charge]\n => ": "behaviour removed steps.pick.depends_on.charge",
    "[charge]\n    for => {charge: settled}\n    for": (
        "behaviour changed steps.pick.depends_on.charge"
    ),
    "    max_parallel: 4\n => ": "behaviour removed steps.pick.max_parallel",
    "max_parallel: 4 => fail_fast: false\n    max_parallel: 4": (
        "behaviour changed steps.pick.fail_fast"
    ),
    "delay: 500ms => delay: 1s": "behaviour changed steps.charge.retry.delay",
    "errors: [Busy]} => errors: [Busy, timeout]}": "behaviour changed steps.charge.retry.errors",
    "timeout: 2d => timeout: 3d": "behaviour changed steps.decide.timeout",
    "    timeout: 2d\n => ": "behaviour removed steps.decide.timeout",
    "uses: shop.mail\n => uses: shop.mail\n    timeout: null\n": (
        "behaviour changed steps.tell.timeout"
    ),
    "uses: shop.mail\n => uses: shop.mail\n    retry: {max_attempts: 2}\n": (
        "behaviour added steps.tell.retry"
    ),
    "uses: shop.mail\n => uses: shop.mail\n    estimate: {p50: 2s}\n": (
        "behaviour added steps.tell.estimate"
    ),
    "uses: shop.mail\n => uses: shop.mail\n    concurrency: {limit: 2}\n": (
        "behaviour added steps.tell.concurrency"
    ),
    "options: [ship, keep] => options: [ship, keep, ask]": (
        "behaviour changed steps.decide.with.options"
    ),
    "skip: true => value: null": "behaviour changed steps.decide.catch[0].value",
    "errors: [timeout], skip => errors: [timeout, unexpected], skip": (
        "behaviour changed steps.decide.catch[0].errors"
    ),
    "    catch:\n =>     catch:\n      - {errors: [unexpected], skip: true}\n": (
        "behaviour added steps.decide.catch[0]"
    ),
    "    set: {audit: [charged]}\n => ": "behaviour removed steps.charge.set.audit",
    "set: {audit: [charged]} => set: {audit: [paid]}": "behaviour changed steps.charge.set.audit",
    'uses: shop.pick\n    with: {line: "${{ item }}"} => '
    'switch:\n      - {uses: shop.pick, with: {line: "${{ item }}"}}': (
        "behaviour changed steps.pick.switch"
    ),
}
IN_LIBRARY = {
    "charge:\n    inputs => take:\n    inputs": "breaking renamed components.take",
    "  mail: {inputs: {to: string, text: {type: string, default: hello}}, "
    "run: {shell: [mail]}}\n => ": "breaking removed components.mail",
    "{amount: number, key => {amount: number, tip: number, key": (
        "breaking added components.charge.inputs.tip"
    ),
    "{amount: number, key => {amount: number?, key": (
        "behaviour changed components.charge.inputs.amount.type"
    ),
    "[ok, late] => [ok, late, lost]": "breaking changed components.charge.outputs.state.type",
    "[ok, late] => [ok]": "behaviour changed components.charge.outputs.state.type",
    "Busy: too many calls => Busy: too many": "cosmetic changed components.charge.errors.Busy",
    ", Busy: too many calls => ": "behaviour removed components.charge.errors.Busy",
    "errors: {Declined => errors: {Lost: it is gone, Declined": (
        "breaking added components.charge.errors.Lost"
    ),
    "cost: 0.1 => cost: 0.2": "behaviour changed components.charge.estimate.cost",
    "p50: 2s => p50: 3s": "cosmetic changed components.charge.estimate.p50",
    "shell: [charge] => shell: [pay]": "behaviour changed components.charge.run.shell",
    "minimum: 1 => minimum: 2": "breaking changed types.Line",
    "[EUR, USD] => [EUR]": "breaking changed types.Money",
    "estimate: {p50: 1s}, run => estimate: {p50: 1s}, "
    "circuit_breaker: {failure_threshold: 3, reset_timeout: 1m}, run": (
        "behaviour added components.pick.circuit_breaker"
    ),
}


@pytest.mark.parametrize("edit", CHANGES)
def test_a_change_is_found_once(edit: str) -> None:
    assert compared(edit) == [CHANGES[edit]]


@pytest.mark.parametrize("edit", IN_LIBRARY)
def test_a_change_of_a_library_is_found_once(edit: str) -> None:
    assert compared(edit, base=LIBRARY) == [IN_LIBRARY[edit]]


def changes(*edits: str, base: str = BASE) -> tuple[Change, ...]:
    return compare(module_of(base), module_of(edited(base, *edits))).changes


# Renamed steps


def test_what_only_follows_a_renaming_is_no_change() -> None:
    edits = "  charge:\n =>   pay:\n", "steps.charge => steps.pay", "[charge] => [pay]"
    (found,) = changes(*edits)
    assert (found.kind, found.subject) == ("renamed", "steps.pay")
    assert (found.before, found.after) == ("charge", "pay")


def test_several_steps_can_be_renamed_at_once() -> None:
    edits = (
        "  charge:\n =>   pay:\n",
        "steps.charge => steps.pay",
        "[charge] => [pay]",
        "  pick:\n =>   collect:\n",
        "steps.pick => steps.collect",
    )
    assert compared(*edits) == [
        "behaviour renamed steps.collect",
        "behaviour renamed steps.pay",
    ]


def test_a_step_that_is_renamed_and_changed_is_still_known() -> None:
    edits = "  tell:\n =>   inform:\n", "paid: => thanks:"
    assert compared(*edits) == [
        "behaviour renamed steps.inform",
        "behaviour changed steps.inform.with.text",
    ]


def test_two_steps_that_could_both_be_it_are_not_guessed_at() -> None:
    twin = "  {name}: {{uses: std.log, with: {{message: hi}}}}\nfinally:\n"
    base = edited(BASE, "finally:\n => " + twin.format(name="a"))
    new = edited(BASE, "finally:\n => " + twin.format(name="b"))
    new = edited(new, "finally:\n => " + twin.format(name="c"))
    assert told(compare(module_of(base), module_of(new))) == [
        "behaviour removed steps.a",
        "behaviour added steps.b",
        "behaviour added steps.c",
    ]


GROUP = """\
flow: 1
name: demo
steps:
  all:
    steps:
      one: {uses: std.log, with: {message: hi}}
      two: {depends_on: [one], uses: std.log, with: {message: ho}}
  last: {depends_on: [all], uses: std.log, with: {message: end}}
"""


def test_a_renamed_group_takes_its_steps_along() -> None:
    assert compared("  all:\n =>   both:\n", "[all] => [both]", base=GROUP) == [
        "behaviour renamed steps.both"
    ]


def test_a_step_inside_a_group_is_named_by_its_path() -> None:
    assert compared("message: ho => message: hey", base=GROUP) == [
        "behaviour changed steps.all.steps.two.with.message"
    ]


def test_a_step_that_moves_into_a_group_has_another_path() -> None:
    new = edited(GROUP, "  last: {depends_on: [all] =>       last: {depends_on: [two]")
    assert told(compare(module_of(GROUP), module_of(new))) == [
        "behaviour changed steps.all.steps.last",
        "behaviour removed steps.all.steps.last.depends_on.all",
        "behaviour added steps.all.steps.last.depends_on.two",
    ]


# What follows from a change


def test_a_type_is_reported_where_it_is_declared() -> None:
    (found,) = changes("id: string, total => id: string, vip: boolean, total")
    assert found.notes == ("used by `inputs.order`",)


def test_a_type_of_a_library_is_used_in_other_files_too() -> None:
    old, new = (
        module_of(LIBRARY),
        module_of(edited(LIBRARY, "qty: {type => hall: string, qty: {type")),
    )
    project = Project(Settings(root="/demo"), lambda _: None)
    shop = project.add("/demo/shop.flow.yaml", new.document.text)
    order = project.add("/demo/order.flow.yaml", BASE)
    (found,) = compare(old, shop, lambda: [order]).changes
    assert found.notes == (
        "used by `components.pick.inputs.line`",
        "used by `inputs.order` of `order.flow.yaml`",
    )


def test_what_is_taken_from_other_files_is_compared_too() -> None:
    library = edited(
        LIBRARY, "{receipt: string, state => {receipt: string?, state", "cost: 0.1 => cost: 0.2"
    )
    found = compare(module_of(BASE), module_of(BASE, library=library)).changes
    assert [(each.impact, each.subject) for each in found] == [
        ("breaking", "shop.charge.outputs.receipt.type"),
        ("behaviour", "shop.charge.estimate.cost"),
    ]
    assert found[0].notes[0] == "called by `steps.charge`"
    assert found[0].new is not None
    assert found[0].new.file == "/demo/shop.flow.yaml"


def test_what_is_declared_in_a_file_that_is_compared_is_reported_there() -> None:
    new = module_of(BASE, library=edited(LIBRARY, "cost: 0.1 => cost: 0.2"))
    elsewhere = frozenset({"/demo/shop.flow.yaml"})
    assert compare(module_of(BASE), new, elsewhere=elsewhere).changes == ()


def test_an_output_that_may_now_be_null_is_a_note() -> None:
    (found,) = changes("  charge:\n =>   charge:\n    when: ${{ inputs.region == 'eu' }}\n")
    assert found.impact == "breaking"
    assert found.notes == (
        "`outputs.receipt` becomes `string?`, was `string`: callers may get null",
        (
            '`outputs.state` becomes `string? of "ok", "late"`, was `string of "ok", "late"`: '
            "callers may get null"
        ),
    )


def test_only_what_is_to_blame_gets_the_note() -> None:
    found = changes(
        "  charge:\n =>   charge:\n    when: ${{ inputs.region == 'eu' }}\n", "500ms => 1s"
    )
    assert [(each.subject, each.impact) for each in found] == [
        ("steps.charge.when", "breaking"),
        ("steps.charge.retry.delay", "behaviour"),
    ]


def test_defaults_say_for_which_steps_they_are_in_force() -> None:
    (found,) = changes("timeout: 30s} => timeout: 1m}")
    assert found.notes == tuple(
        f"in force for `{step}`"
        for step in ("steps.charge", "steps.pick", "steps.tell", "finally.report")
    )


def test_a_growing_enum_only_changes_behaviour_where_all_callers_are_known() -> None:
    old, new = module_of(LIBRARY), module_of(edited(LIBRARY, "[ok, late] => [ok, late, lost]"))
    (found,) = compare(old, new, lambda: [module_of(BASE)]).changes
    assert found.impact == "behaviour"
    assert found.notes == ("it still fits in `order.flow.yaml`",)


def test_handlers_in_another_order_are_one_change() -> None:
    handlers = (
        "    catch:\n      - {{errors: [{}], skip: true}}\n      - {{errors: [{}], skip: true}}\n"
    )
    body = "  tell:\n    uses: shop.mail\n"
    old = edited(BASE, f"{body} => {body}" + handlers.format("unexpected", "timeout"))
    new = edited(BASE, f"{body} => {body}" + handlers.format("timeout", "unexpected"))
    (found,) = compare(module_of(old), module_of(new)).changes
    assert (found.subject, found.kind) == ("steps.tell.catch", "changed")


def test_a_change_says_where_it_is_in_both_versions() -> None:
    (found,) = changes("delay: 500ms => delay: 1s")
    assert found.old is not None
    assert found.new is not None
    assert found.old.path == found.new.path == ("steps", "charge", "retry", "delay")
    assert (found.before, found.after) == ("500ms", "1s")


def test_a_broken_version_is_compared_as_far_as_it_goes() -> None:
    assert compared("uses: shop.mail => uses: shop.nothing") == [
        "behaviour changed steps.tell.uses"
    ]


def test_every_rule_gives_a_reason() -> None:
    assert all(rule.why and not rule.why.endswith(".") for rule in RULES)
    assert len({(rule.path, rule.kind) for rule in RULES}) == len(RULES)

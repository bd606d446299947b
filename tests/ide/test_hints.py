"""Inlay hints: the text as an editor shows it, each hint in `⟨…⟩`."""

import pytest
from marked import module
from small_shop import FILES, HEAD

from flow_core.ide.hints import KINDS, HintKind, hints
from flow_core.module import Module
from flow_core.places import Span
from flow_core.syntax.patch import apply_edits

STEPS: dict[HintKind, str] = {
    "types": """\
steps:
  parts:
    for_each: ${{ inputs.order.lines }}⟨item: Line⟩
    steps:
      one: {uses: shop.pick, with: {line: "${{ item }}"}}
    outputs:
      parcel: ${{ steps.one.outputs.parcel }}⟨: string⟩
      number: {value: "${{ 1 + 2 }}"⟨: integer⟩, description: three}
      declared: {type: integer, value: "${{ 1 }}"}
      plain: 3
  each:
    for_each: [1, 2]
    uses: std.log
    with: {message: x}
  check:
    when: ${{ inputs.region == 'eu' }}
    uses: shop.charge
    with: {amount: 1, key: "${{ secrets.STRIPE_KEY }}"}
outputs:
  receipt: ${{ steps.check.outputs.receipt }}⟨: string?⟩
  text:⟨: string⟩ >-
    so ${{ inputs.region }}
  unknown: ${{ steps.gone.outputs.x }}
""",
    "defaults": """\
steps:
  ask:
    uses: shop.ask⟨timeout: 30s, retry: 3 attempts (defaults)⟩
    with: {question: x}
  own:
    uses: shop.charge@^2.1⟨= 2.1.3⟩ # as it is
    timeout: 1s
    retry: null
  exact:
    uses: shop.charge@2.1.3⟨timeout: 30s (defaults)⟩
    retry: {max_attempts: 1}
  bad:
    uses: shop.charge@^3
    timeout: null
    retry: null
  pure: {uses: std.log, with: {message: x}}
  waits: {uses: std.wait, with: {duration: 1s}}
  choice:
    retry: null
    switch:
      - when: ${{ inputs.region == 'eu' }}
        uses: shop.ask⟨timeout: 30s (defaults)⟩
        with: {question: x}
      - steps:
          inner:
            uses: shop.ask⟨timeout: 30s (defaults)⟩
            retry: {max_attempts: 1}
    catch:
      - uses: shop.ask
        with: {question: x}
""",
    "times": """\
steps:
  retried:
    uses: shop.ask
    timeout: 10s
    retry: {max_attempts: 3, delay: 500ms}⟨≤ 31s⟩
  block:
    uses: shop.ask
    timeout: 10s
    retry:⟨≤ 20s⟩
      max_attempts: 2
  repeated:
    uses: shop.ask
    timeout: 1s
    retry: null
    repeat: {max_iterations: 3, until: "${{ true }}", delay: 1s}⟨≤ 5s⟩
  inherited:
    uses: shop.ask
    timeout: 2s⟨≤ 9s⟩
  once:
    uses: shop.ask
    timeout: 10s
    retry: null
  endless:
    uses: shop.ask
    timeout: null
    retry: {max_attempts: 3}
  each:
    for_each: ${{ inputs.order.lines }}
    uses: shop.ask
    retry: {max_attempts: 3}
""",
}
STEP = "steps: {a: {uses: shop.ask}}\n"
EDITS: dict[str, tuple[HintKind, str, str | None]] = {
    "an output": (
        "types",
        f"{STEP}outputs:\n  a: ${{{{ inputs.note }}}} # why\n",
        f"{STEP}outputs:\n  a:\n    type: string?\n    value: ${{{{ inputs.note }}}} # why\n",
    ),
    "an output with a description": (
        "types",
        f"{STEP}outputs:\n  a: {{value: '${{{{ inputs.note }}}}', description: d}}\n",
        STEP + "outputs:\n  a: {value: '${{ inputs.note }}', description: d, type: string?}\n",
    ),
    "a type without a name here": (
        "types",
        f"{STEP}outputs:\n  a: ${{{{ inputs.order }}}}\n",
        None,
    ),
    "two defaults": (
        "defaults",
        "steps:\n  a:\n    uses: shop.ask\n  # b\n  b: {uses: std.log}\n",
        """\
steps:
  a:
    uses: shop.ask
    timeout: 30s
    retry:
      max_attempts: 3
      delay: 1s
      backoff: exponential
  # b
  b: {uses: std.log}
""",
    ),
    "a default": (
        "defaults",
        """\
steps:
  a:
    uses: shop.ask
    timeout: 1s
""",
        """\
steps:
  a:
    uses: shop.ask
    timeout: 1s
    retry:
      max_attempts: 3
      delay: 1s
      backoff: exponential
""",
    ),
    "a version": (
        "defaults",
        "steps:\n  a:\n    uses: shop.charge@^2.1\n    timeout: 1s\n    retry: null\n",
        "steps:\n  a:\n    uses: shop.charge@2.1.3\n    timeout: 1s\n    retry: null\n",
    ),
}


def plain(text: str) -> str:
    """A text without its hints."""
    head, *rest = text.split("⟨")
    return head + "".join(part.partition("⟩")[2] for part in rest)


def shown(found: Module, *kinds: HintKind) -> str:
    """A module's text with its hints."""
    text = found.document.text
    for hint in reversed(hints(found, Span(0, len(text)), kinds)):
        text = f"{text[: hint.offset]}⟨{hint.label}⟩{text[hint.offset :]}"
    return text


@pytest.mark.parametrize("kind", STEPS)
def test_hints_of_a_kind(kind: HintKind) -> None:
    text = HEAD + STEPS[kind]
    assert shown(module(plain(text), files=FILES), kind) == text


@pytest.mark.parametrize(("kind", "text", "expected"), EDITS.values(), ids=EDITS)
def test_a_hint_can_be_written_down(kind: HintKind, text: str, expected: str | None) -> None:
    found = module(HEAD + text, files=FILES)
    (hint,) = hints(found, Span(0, len(found.document.text)), (kind,))
    written = apply_edits(found.document.text, hint.edits) if hint.edits else None
    assert written == (HEAD + expected if expected is not None else None)


def test_hints_stand_in_the_range_that_is_asked_for() -> None:
    text = HEAD + plain(STEPS["defaults"])
    start = text.index("  own:")
    found = hints(module(text, files=FILES), Span(start, text.index("  exact:")))
    assert [hint.label for hint in found] == ["= 2.1.3"]


def test_json_has_the_same_hints() -> None:
    text = '{"imports": {"shop": "./shop.flow.yaml"}, "steps": {"a": {"uses": "shop.charge@^2"}}}'
    expected = text.replace('@^2"', '@^2"⟨= 2.1.3⟩')
    assert shown(module(text, name="a.flow.json", files=FILES), *KINDS) == expected


def test_tooltips_say_where_it_comes_from() -> None:
    text = HEAD + plain(STEPS["times"])
    found = hints(module(text, files=FILES), Span(0, len(text)), ("times", "defaults"))
    tips = {hint.label: hint.tooltip for hint in found}
    assert tips["timeout: 30s (defaults)"] == (
        "From the `defaults` of this file; `timeout: null` would keep them away."
    )
    assert tips["≤ 31s"] == (
        "The longest that this step can take, queues aside.\n\n"
        "At most 3 attempts, with waits of 1s between those of a call."
    )


def test_what_depends_on_steps_that_a_slice_leaves_out_has_no_type() -> None:
    text = HEAD + (
        "steps:\n  a: {uses: shop.ask, depends_on: [b]}\n"
        "outputs:\n  x: ${{ steps.a.outputs }}\n  y: ${{ inputs.note }}\n"
    )
    span = Span(0, len(text))
    found = module(text, files=FILES)
    assert [hint.label for hint in hints(found, span, ("types",), ["b"])] == [": string?"]
    assert len(hints(found, span, ("types",), ["c"])) == 2

"""A pipeline with a bit of everything, edits of it, and what a comparison says of them."""

from flow_core.diff import Diff, compare
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings

LIBRARY = """\
flow: 1
name: shop
types:
  Money: {fields: {amount: number, currency: {type: string, enum: [EUR, USD]}}}
components:
  charge:
    inputs: {amount: number, key: {type: string, default: none}}
    outputs: {receipt: string, state: {type: string, enum: [ok, late]}}
    errors: {Declined: the card was declined, Busy: too many calls}
    estimate: {p50: 2s, p95: 5s, cost: 0.1}
    run: {shell: [charge]}
  refund: {inputs: {receipt: string}, run: {shell: [refund]}}
  pick: {inputs: {line: Line}, outputs: {parcel: string}, estimate: {p50: 1s}, run: {shell: [pick]}}
  mail: {inputs: {to: string, text: {type: string, default: hello}}, run: {shell: [mail]}}
"""
LIBRARY = LIBRARY.replace(
    "types:\n", "types:\n  Line: {fields: {sku: string, qty: {type: integer, minimum: 1}}}\n"
)
BASE = """\
flow: 1
name: order
version: 1.4.0
description: Charge and ship.
tags: [orders]
metadata: {team: shop}
imports: {shop: ./shop.flow.yaml}
types:
  Order: {fields: {id: string, total: number, lines: list<shop.Line>}}
inputs:
  order: Order
  region: {type: string, enum: [eu, us], default: eu, env: REGION, description: where to}
  note: string?
secrets: [MAIL_KEY]
errors: [Declined, Busy]
state:
  audit: {type: list<string>, reduce: append}
defaults: {timeout: 30s}
max_parallel: 8
budget: {duration: 3d, cost: 5.0}
schedule:
  - {cron: "0 6 * * *", inputs: {region: eu}}
steps:
  charge:
    description: Takes the money.
    uses: shop.charge
    with:
      amount: ${{ inputs.order.total }}
    retry: {max_attempts: 4, delay: 500ms, backoff: exponential, errors: [Busy]}
    compensate: {uses: shop.refund, with: {receipt: "${{ outputs.receipt }}"}}
    set: {audit: [charged]}
  pick:
    depends_on: [charge]
    for_each: ${{ inputs.order.lines }}
    max_parallel: 4
    uses: shop.pick
    with: {line: "${{ item }}"}
  decide:
    when: ${{ inputs.order.total > 100.0 }}
    uses: std.approval
    with: {message: "Ship ${{ inputs.order.id }}?", options: [ship, keep]}
    timeout: 2d
    catch:
      - {errors: [timeout], skip: true}
  tell:
    uses: shop.mail
    with: {to: "${{ inputs.order.id }}", text: "paid: ${{ steps.charge.outputs.receipt }}"}
finally:
  report: {uses: std.log, with: {message: "${{ run.status }}"}}
outputs:
  receipt: ${{ steps.charge.outputs.receipt }}
  state: ${{ steps.charge.outputs.state }}
  parcels: {type: list<string>, value: "${{ steps.pick.outputs.map(p, p.parcel) }}"}
"""


def module_of(text: str, kind: str = "yaml", library: str = LIBRARY) -> Module:
    """The module of a pipeline that can import the library."""
    project = Project(Settings(root="/demo"), lambda _: None)
    project.add("/demo/shop.flow.yaml", library)
    return project.add(f"/demo/order.flow.{kind}", text)


def edited(text: str, *edits: str) -> str:
    """A text with replacements, each written ``old => new``; each must find its text."""
    for edit in edits:
        old, _, new = edit.partition(" => ")
        assert old in text, old
        text = text.replace(old, new)
    return text


def told(diff: Diff) -> list[str]:
    """The changes, each in three words."""
    return [f"{each.impact} {each.kind} {each.subject}" for each in diff.changes]


def compared(*edits: str, base: str = BASE) -> list[str]:
    """What a comparison says of edits of the pipeline."""
    return told(compare(module_of(base), module_of(edited(base, *edits))))

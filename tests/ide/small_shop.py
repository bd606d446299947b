"""A small shop that tests of editor features look at."""

LIBRARY = """\
flow: 1
name: shop
types:
  Order:
    fields:
      id: {type: string, description: What people call it by.}
      total: number
      lines: list<Line>
      note: string?
  Line:
    fields: {sku: string, qty: {type: integer, minimum: 1}}
components:
  charge:
    version: 2.1.3
    description: Charge a card.
    inputs:
      amount: {type: number, minimum: 0, description: How much.}
      key: {type: string, secret: true}
      currency: {type: string, enum: [eur, usd], default: eur}
      order: Order?
    outputs: {receipt: {type: string, description: What the bank gave.}, hint: string?}
    errors:
      CardDeclined: the bank said no
      GatewayError: the gateway did not answer
    estimate: {p50: 300ms, p95: 2s, cost: 0.002}
    circuit_breaker: {failure_threshold: 5, reset_timeout: 30s, errors: [GatewayError]}
    run: {shell: [shop, charge]}
  pick:
    description: Pick one line of an order.
    inputs: {line: Line}
    outputs: {parcel: string}
    errors: {OutOfStock: the shelf is empty}
    deprecated: use pick_all
    run: {shell: [shop, pick]}
  ask:
    inputs: {question: string}
    run: {shell: [shop, ask]}
"""
FILES = {"shop.flow.yaml": LIBRARY}
"""The shop's library; a pipeline imports it as `./shop.flow.yaml`."""

HEAD = """\
flow: 1
name: order
imports: {shop: ./shop.flow.yaml}
inputs:
  order: {type: shop.Order, description: What was bought.}
  region: {type: string, enum: [eu, us], default: eu, env: SHOP_REGION}
  note: string?
secrets: [STRIPE_KEY]
state:
  audit: {type: list<string>, reduce: append, description: What happened.}
  last: {type: string}
defaults:
  timeout: 30s
  retry: {max_attempts: 3, delay: 1s, backoff: exponential}
"""
"""How a pipeline begins that uses the shop; `steps:` comes next."""

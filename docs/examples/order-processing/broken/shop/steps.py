"""Checks on an order before stock or money moves."""

from typing import Annotated, NotRequired, TypedDict

from annotated_types import Ge
from flow_core import component


class Customer(TypedDict):
    """Who ordered."""

    name: str
    email: str


class Line(TypedDict):
    """One article of an order; ``price`` is for one piece."""

    sku: str
    qty: Annotated[int, Ge(1)]
    price: Annotated[float, Ge(0)]


class Order(TypedDict):
    """An order as the web shop sends it; ``card`` is the gateway's token, never a card number."""

    id: str
    customer: Customer
    lines: list[Line]
    total: float
    card: str
    note: NotRequired[str | None]


class Verdict(TypedDict):
    """``ok`` says whether the order may go on, ``problems`` why not."""

    ok: bool
    problems: list[str]


@component
def validate_order(order: Order) -> Verdict:
    """Check that an order has lines and that its total is what its lines add up to.

    Args:
        order: The order to look at.
    """
    problems: list[str] = []
    if not order["lines"]:
        problems.append("the order has no lines")
    due = round(sum(line["qty"] * line["price"] for line in order["lines"]), 2)
    if due != round(order["total"], 2):
        problems.append(f"the lines add up to {due:.2f}, the total says {order['total']:.2f}")
    return {"ok": not problems, "problems": problems}

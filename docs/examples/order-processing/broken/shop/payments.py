"""The payment gateway's sandbox: as in the real one's test mode, the card's token decides.

``tok_declined`` is declined, ``tok_unreachable`` does not answer, every other token pays.
These functions carry no decorator: `components/payments.flow.yaml` declares their ports.
"""

import hashlib
from typing import Literal, TypedDict


class CardDeclined(Exception):
    """The bank said no; asking again would not help."""


class GatewayError(Exception):
    """The gateway did not answer; asking again may help."""


class Receipt(TypedDict):
    """Proof that an amount was charged or invoiced."""

    id: str
    amount: float
    method: Literal["card", "invoice"]


class Charged(TypedDict):
    """What charging and invoicing give."""

    receipt: Receipt


def charge(order: str, amount: float, card: str, key: str) -> Charged:
    """Charge a card.

    The receipt's number follows from the order, so a repeated request is the same charge.
    """
    if not key:
        raise GatewayError("the gateway takes no request without a key")
    if card == "tok_unreachable":
        raise GatewayError("no answer from the gateway")
    if card == "tok_declined":
        raise CardDeclined(f"the bank declined {amount:.2f}")
    return {"receipt": {"id": _number("ch", order), "amount": amount, "method": "card"}}


def invoice(order: str, amount: float) -> Charged:
    """Write an invoice instead of charging a card."""
    return {"receipt": {"id": _number("in", order), "amount": amount, "method": "invoice"}}


def refund(receipt: Receipt) -> None:
    """Give the money back, or cancel the invoice."""
    if receipt["amount"] < 0:
        raise ValueError("a refund can't be refunded")


def _number(prefix: str, order: str) -> str:
    return f"{prefix}_{hashlib.sha256(order.encode()).hexdigest()[:12]}"

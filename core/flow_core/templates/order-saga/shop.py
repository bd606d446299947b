"""The functions behind `shop.flow.yaml`: put your own stock, gateway and carrier here.

Each may be called twice for the same order (a retry, a resume), so the second call must do no harm.
"""

from typing import TypedDict

STOCK = {"mug": 120, "kettle": 14}


class OutOfStock(Exception):
    """There are fewer pieces than ordered."""


class GatewayError(Exception):
    """The gateway did not answer."""


class Order(TypedDict):
    """Some pieces of one article."""

    id: str
    sku: str
    qty: int
    price: float


class Reserved(TypedDict):
    """Where the pieces were put aside."""

    reservation: str


class Charged(TypedDict):
    """The payment's number."""

    payment: str


class Shipped(TypedDict):
    """The carrier's number."""

    tracking: str


def reserve(order: Order) -> Reserved:
    """Put the pieces of an order aside."""
    if order["qty"] > STOCK.get(order["sku"], 0):
        raise OutOfStock(f"{order['qty']} pieces of {order['sku']}")
    return {"reservation": f"re-{order['id']}"}


def release(reservation: str) -> None:
    """Put reserved pieces back."""
    _known(reservation, "re-")


def charge(order: Order, key: str) -> Charged:
    """Take the money."""
    if not key:
        raise GatewayError("the gateway takes no request without a key")
    return {"payment": f"pa-{order['id']}"}


def refund(payment: str, key: str) -> None:
    """Give the money back."""
    if not key:
        raise GatewayError("the gateway takes no request without a key")
    _known(payment, "pa-")


def ship(reservation: str) -> Shipped:
    """Hand the pieces to the carrier."""
    _known(reservation, "re-")
    return {"tracking": reservation.replace("re-", "tr-", 1)}


def _known(number: str, prefix: str) -> None:
    if not number.startswith(prefix):
        raise ValueError(f"{number} is no number of ours")

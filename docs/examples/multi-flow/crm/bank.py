"""The bank's sandbox: as in the real one's test mode, the card's token decides.

`bank.flow.yaml` declares the ports of these functions.
"""

from crm import store
from crm.contracts import Payment


class Declined(Exception):
    """The card does not cover the amount."""


class BankDown(Exception):
    """The bank does not answer."""


def authorize(account: str, amount: float, card: str, token: str) -> dict[str, Payment]:
    """Reserve an amount on a card; the same account and amount is the same payment."""
    if card == "tok_down" or not token:
        raise BankDown("no answer")
    if card == "tok_declined":
        raise Declined(f"{amount:.2f} is more than the card covers")
    payment: Payment = {
        "id": store.number("pa", account, f"{amount:.2f}"),
        "account": account,
        "amount": amount,
        "state": "authorized",
    }
    store.save("payments", payment["id"], payment)
    return {"payment": payment}


def capture(payment: Payment, token: str) -> dict[str, Payment]:
    """Take a reserved amount."""
    if not token:
        raise BankDown("no answer")
    captured: Payment = {**payment, "state": "captured"}
    store.save("payments", captured["id"], captured)
    return {"payment": captured}


def reverse(payment: Payment, token: str) -> None:
    """Give a reserved or captured amount back."""
    if not token:
        raise BankDown("no answer")
    store.remove("payments", payment["id"])

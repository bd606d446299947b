"""Applicants and accounts."""

from dataclasses import dataclass
from typing import Literal, TypedDict

from flow_core import Estimate, component

from crm import store
from crm.contracts import Account, Applicant

SUPPORTED = ("AT", "DE", "GB", "US")
START_LIMIT = 250.0


class Refused(Exception):
    """We do not want this customer."""


class CrmBusy(Exception):
    """The customer database has too much to do; trying again helps."""


@dataclass(frozen=True)
class Screening:
    """What the screening says, and why."""

    risk: Literal["low", "unclear", "high"]
    reason: str


class Opened(TypedDict):
    """The new account."""

    account: Account


@component(estimate=Estimate(p50="900ms", p95="3s", cost=0.02))
def screen(applicant: Applicant) -> Screening:
    """Say how much of a risk an applicant is."""
    if applicant["email"].endswith(".invalid"):
        return Screening("high", "an address that can't exist")
    if applicant["country"] not in SUPPORTED:
        return Screening("unclear", f"no experience with {applicant['country']}")
    return Screening("low", "nothing stands out")


@component(errors=[Refused, CrmBusy], estimate=Estimate(p50="150ms"))
def open_account(applicant: Applicant, *, refused: bool = False) -> Opened:
    """Open an account; the same address always gets the same one.

    Args:
        applicant: The new customer.
        refused: Whether the screening, or somebody, said no.
    """
    if refused:
        raise Refused(f"{applicant['name']} is not welcome")
    account: Account = {
        "id": store.number("ac", applicant["email"]),
        "name": applicant["name"],
        "email": applicant["email"],
        "phone": applicant.get("phone"),
        "channel": applicant["channel"],
        "limit": START_LIMIT,
    }
    try:
        store.save("accounts", account["id"], account)
    except BlockingIOError as error:
        raise CrmBusy("the customer database is busy") from error
    return {"account": account}


@component(estimate=Estimate(p50="150ms"))
def close_account(account: Account) -> None:
    """Close an account."""
    store.remove("accounts", account["id"])

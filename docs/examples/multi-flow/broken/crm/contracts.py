"""The types of `contracts.flow.yaml` as Python sees them; the checker compares the two."""

from typing import Annotated, Literal, NotRequired, TypedDict

from annotated_types import Ge

Channel = Literal["email", "sms", "none"]


class Applicant(TypedDict):
    """Somebody who wants to become a customer."""

    name: str
    email: str
    phone: NotRequired[str | None]
    country: str
    channel: Channel


class Account(TypedDict):
    """A customer."""

    id: str
    name: str
    email: str
    phone: NotRequired[str | None]
    channel: Channel
    limit: Annotated[float, Ge(0)]


class Item(TypedDict):
    """Some pieces of an article."""

    sku: str
    qty: Annotated[int, Ge(1)]


class Allocation(TypedDict):
    """Pieces put aside on a shelf."""

    id: str
    sku: str
    qty: Annotated[int, Ge(1)]
    shelf: str


class Payment(TypedDict):
    """Money that was taken, and what it was taken for."""

    id: str
    account: str
    amount: Annotated[float, Ge(0)]
    state: Literal["authorized", "captured"]

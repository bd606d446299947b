"""The records that flow through the load. Pipelines use these classes as types: `records.Sale`."""

from typing import Annotated, Literal

from annotated_types import Ge, Gt
from pydantic import BaseModel

Currency = Literal["EUR", "USD", "GBP"]


class Order(BaseModel):
    """A line of `orders.csv`."""

    order_id: str
    customer_id: str
    sku: str
    qty: Annotated[int, Gt(0)]
    currency: Currency


class Customer(BaseModel):
    """An entry of `customers.json`."""

    id: str
    name: str
    country: str
    segment: str | None = None


class Product(BaseModel):
    """A row of the catalogue; ``price`` is the list price, the same figure in every currency."""

    sku: str
    title: str
    price: Annotated[float, Ge(0)]


class Sale(BaseModel):
    """An order joined with its customer and product, ready for the warehouse."""

    order_id: str
    country: str
    segment: str
    title: str
    qty: Annotated[int, Gt(0)]
    currency: Currency
    amount: Annotated[float, Ge(0)]


class Rejected(BaseModel):
    """An order that could not be joined, and why."""

    order_id: str
    reason: str

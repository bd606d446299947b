"""The transformation: a pure function over rows."""

from typing import TypedDict

from flow_core import component


class Row(TypedDict):
    """A line of the CSV file; an empty cell is null."""

    order: str
    sku: str
    qty: int | None
    price: float | None


class Sale(TypedDict):
    """A complete row, with what was paid for it."""

    order: str
    sku: str
    amount: float


class Cleaned(TypedDict):
    """What is left, and how many rows are not."""

    sales: list[Sale]
    dropped: int


@component
def clean(rows: list[Row]) -> Cleaned:
    """Keep the rows that have a quantity and a price."""
    sales: list[Sale] = [
        {"order": row["order"], "sku": row["sku"], "amount": round(row["qty"] * row["price"], 2)}
        for row in rows
        if row["qty"] is not None and row["price"] is not None
    ]
    return {"sales": sales, "dropped": len(rows) - len(sales)}

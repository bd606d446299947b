"""Shelves and what stands on them."""

from typing import TypedDict

from flow_core import Estimate, component

from crm import store
from crm.contracts import Allocation, Item

SHELVES = {"mug": "A1", "kettle": "A2", "filter": "B1", "scale": "B2"}
LARGEST = 50


class OutOfStock(Exception):
    """There is not enough of an article."""


class Allocated(TypedDict):
    """What was put aside."""

    allocation: Allocation


@component(errors=[OutOfStock], estimate=Estimate(p50="80ms", p95="400ms"))
def allocate(order: str, item: Item) -> Allocated:
    """Put pieces aside; the same item of the same order is put aside once.

    Args:
        order: What the pieces are for.
        item: The article, and how many pieces of it.
    """
    if item["sku"] not in SHELVES or item["qty"] > LARGEST:
        raise OutOfStock(f"{item['qty']} pieces of {item['sku']}")
    allocation: Allocation = {
        "id": store.number("al", order, item["sku"]),
        "sku": item["sku"],
        "qty": item["qty"],
        "shelf": SHELVES[item["sku"]],
    }
    store.save("allocations", allocation["id"], allocation)
    return {"allocation": allocation}


@component(estimate=Estimate(p50="80ms"))
def free(allocation: Allocation) -> None:
    """Put pieces back on their shelf."""
    store.remove("allocations", allocation["id"])

"""What things cost."""

import json
from pathlib import Path
from typing import TypedDict

from flow_core import component

from crm.contracts import Item

PRICES = Path(__file__).parent.parent / "data" / "prices.json"


class UnknownArticle(Exception):
    """There is no such article."""


class Priced(TypedDict):
    """What the items cost together."""

    total: float


@component(errors=[UnknownArticle])
def price_items(items: list[Item]) -> Priced:
    """Add up what the items cost."""
    prices: dict[str, float] = json.loads(PRICES.read_text())
    unknown = sorted({item["sku"] for item in items} - prices.keys())
    if unknown:
        raise UnknownArticle(", ".join(unknown))
    return {"total": round(sum(prices[item["sku"]] * item["qty"] for item in items), 2)}

"""Transform: pure functions over lists of records."""

from typing import TypedDict

from flow_core import Estimate, component

from sales.records import Customer, Order, Product, Rejected, Sale


class UnknownCurrency(Exception):
    """There is no rate for a currency."""


class Joined(TypedDict):
    """What could be joined, and what could not."""

    sales: list[Sale]
    rejected: list[Rejected]


class Total(TypedDict):
    """What a country bought, in euros."""

    country: str
    orders: int
    revenue: float


@component(estimate=Estimate(p50="3s", p95="8s"))
def join(orders: list[Order], customers: list[Customer], products: list[Product]) -> Joined:
    """Join orders with their customers and products; an order that lacks one is rejected."""
    people = {customer.id: customer for customer in customers}
    catalogue = {product.sku: product for product in products}
    joined: Joined = {"sales": [], "rejected": []}
    for order in orders:
        customer, product = people.get(order.customer_id), catalogue.get(order.sku)
        if customer and product:
            joined["sales"].append(_sale(order, customer, product))
        else:
            reason = "unknown product" if customer else "unknown customer"
            joined["rejected"].append(Rejected(order_id=order.order_id, reason=reason))
    return joined


@component(estimate=Estimate(p50="200ms"))
def to_euros(sales: list[Sale], rates: dict[str, float]) -> list[Sale]:
    """Bring amounts into euros.

    Args:
        sales: A batch of sales in any currency.
        rates: What one unit of each currency is worth in euros.
    """
    unknown = {sale.currency for sale in sales} - rates.keys()
    if unknown:
        raise UnknownCurrency(", ".join(sorted(unknown)))
    return [
        sale.model_copy(
            update={"amount": round(sale.amount * rates[sale.currency], 2), "currency": "EUR"}
        )
        for sale in sales
    ]


@component
def total_by_country(sales: list[Sale]) -> list[Total]:
    """Add up what each country bought, the best customer first."""
    totals: dict[str, Total] = {}
    for sale in sales:
        total = totals.setdefault(
            sale.country, {"country": sale.country, "orders": 0, "revenue": 0.0}
        )
        total["orders"] += 1
        total["revenue"] = round(total["revenue"] + sale.amount, 2)
    return sorted(totals.values(), key=lambda total: -total["revenue"])


def _sale(order: Order, customer: Customer, product: Product) -> Sale:
    return Sale(
        order_id=order.order_id,
        country=customer.country,
        segment=customer.segment or "none",
        title=product.title,
        qty=order.qty,
        currency=order.currency,
        amount=round(order.qty * product.price, 2),
    )

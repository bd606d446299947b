"""The components' own code, called one at a time, on the project's data and on a wrong copy."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flow_testing import component

DATA = Path(__file__).parent.parent / "data"
SALE = {
    "order_id": "s1",
    "country": "DE",
    "segment": "none",
    "title": "Mug",
    "qty": 2,
    "currency": "USD",
    "amount": 25,
}


@pytest.fixture
def warehouse(tmp_path):
    return str(tmp_path / "warehouse.db")


def batches(warehouse):
    with closing(sqlite3.connect(warehouse)) as db:
        return [batch for (batch,) in db.execute("SELECT batch FROM sale")]


def test_what_is_read_fits_together():
    orders = component("extract.read_orders")(path=str(DATA / "orders.csv"))["result"]
    customers = component("extract.read_customers")(path=str(DATA / "customers.json"))["result"]
    products = component("extract.read_products")(script=str(DATA / "catalog.sql"))["result"]
    joined = component("transform.join")(orders=orders, customers=customers, products=products)
    assert len(joined["sales"]) + len(joined["rejected"]) == len(orders)
    assert {each["reason"] for each in joined["rejected"]} <= {
        "unknown customer",
        "unknown product",
    }


def test_a_bad_source_is_named_so(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("order_id,customer_id,sku,qty,currency\ns1,c1,mug,none,EUR\n")
    read = component("extract.read_orders")
    with read.raises("BadSource") as bad:
        read(path=str(path))
    assert "qty" in bad.message


def test_amounts_are_brought_into_euros():
    convert = component("transform.to_euros")
    (sale,) = convert(sales=[SALE], rates={"USD": 0.9})["result"]
    assert (sale["amount"], sale["currency"]) == (22.5, "EUR")
    with convert.raises("UnknownCurrency"):
        convert(sales=[SALE], rates={"EUR": 1})


def test_a_batch_is_loaded_once_and_taken_out(warehouse):
    load, unload = component("load.load"), component("load.unload")
    for _ in range(2):
        loaded = load(batch="monday", sales=[SALE], warehouse=warehouse, password="test")
        assert loaded == {"batch": "monday", "rows": 1}
    assert batches(warehouse) == ["monday"]
    unload(batch="monday", warehouse=warehouse, password="test")
    assert batches(warehouse) == []


def test_adding_up_is_as_quick_as_it_says():
    convert = component("transform.to_euros")
    convert.within_estimate(sales=[SALE] * 100, rates={"USD": 0.9})

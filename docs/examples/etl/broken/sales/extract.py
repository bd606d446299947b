"""Extract: read the sources as they are."""

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from flow_core import Estimate, component
from pydantic import ValidationError

from sales.records import Customer, Order, Product


class BadSource(Exception):
    """A source has another shape than agreed; reading it again would not help."""


@component(errors=[BadSource], estimate=Estimate(p50="2s", p95="10s"))
def read_orders(path: str) -> list[Order]:
    """Read the day's orders from a CSV file with a header line.

    Args:
        path: The file, from the project's folder.
    """
    with Path(path).open(newline="", encoding="utf-8") as file:
        try:
            return [Order.model_validate(row) for row in csv.DictReader(file)]
        except ValidationError as error:
            raise BadSource(f"{path}: {error}") from error


@component(errors=[BadSource], estimate=Estimate(p50="1s"))
def read_customers(path: str) -> list[Customer]:
    """Read all customers from a JSON file."""
    try:
        return [Customer.model_validate(entry) for entry in json.loads(Path(path).read_text())]
    except ValueError as error:  # of the JSON or of an entry
        raise BadSource(f"{path}: {error}") from error


@component(estimate=Estimate(p50="500ms"))
def read_products(script: str) -> list[Product]:
    """Build the catalogue's SQLite database from its dump in memory, and read its products.

    Args:
        script: The dump, an SQL script.
    """
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(Path(script).read_text())
        rows = db.execute("SELECT sku, title, price FROM product ORDER BY sku")
        return [Product(sku=sku, title=title, price=price) for sku, title, price in rows]

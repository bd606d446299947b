"""Load: write a batch into the warehouse, or take it out again."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass

from flow_core import Estimate, Secret, component

from sales.records import Sale

TABLE = """
CREATE TABLE IF NOT EXISTS sale (
  batch TEXT NOT NULL, order_id TEXT NOT NULL, country TEXT NOT NULL, segment TEXT NOT NULL,
  title TEXT NOT NULL, qty INTEGER NOT NULL, amount REAL NOT NULL,
  PRIMARY KEY (batch, order_id)
)
"""


class WarehouseBusy(Exception):
    """Another load holds the warehouse; trying again helps."""


@dataclass(frozen=True)
class Loaded:
    """What was written."""

    batch: str
    rows: int


@component(errors=[WarehouseBusy], estimate=Estimate(p50="5s", p95="30s", cost=0.01))
def load(batch: str, sales: list[Sale], warehouse: str, password: Secret[str]) -> Loaded:
    """Write a batch of sales. Loading the same batch again replaces it.

    Args:
        batch: The batch's name; `unload` takes it out again by this name.
        sales: The rows.
        warehouse: The warehouse's SQLite file.
        password: Opens the warehouse. SQLite has no users, so it must only not be empty.
    """
    if not password:
        raise PermissionError("the warehouse wants a password")
    rows = [(batch, *sale.model_dump(exclude={"currency"}).values()) for sale in sales]
    try:
        with closing(sqlite3.connect(warehouse)) as db, db:
            db.execute(TABLE)
            db.execute("DELETE FROM sale WHERE batch = ?", [batch])
            db.executemany("INSERT OR REPLACE INTO sale VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        raise WarehouseBusy("another load holds the warehouse") from error
    return Loaded(batch, len(rows))


@component(estimate=Estimate(p50="1s"))
def unload(batch: str, warehouse: str, password: Secret[str]) -> None:
    """Take a batch out of the warehouse; does nothing if it is not there."""
    if not password:
        raise PermissionError("the warehouse wants a password")
    with closing(sqlite3.connect(warehouse)) as db, db:
        db.execute(TABLE)
        db.execute("DELETE FROM sale WHERE batch = ?", [batch])

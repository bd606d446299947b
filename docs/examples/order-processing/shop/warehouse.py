"""The warehouse: stock in a SQLite file, parcels, and a carrier that needs three days.

`components/warehouse.flow.yaml` declares the ports of these functions.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TypedDict

SCHEMA = Path(__file__).parent.parent / "data" / "stock.sql"
DAYS_UNDERWAY = 3


class OutOfStock(Exception):
    """There is not enough of an article."""


class UnknownArticle(Exception):
    """The warehouse never had such an article."""


class StockBusy(Exception):
    """Another order holds the stock file; trying again helps."""


class Line(TypedDict):
    """One article of an order."""

    sku: str
    qty: int
    price: float


class Reservation(TypedDict):
    """Pieces of an article put aside for an order."""

    order: str
    sku: str
    qty: int


class Parcel(TypedDict):
    """A packed box. ``weight`` is in kilograms."""

    code: str
    weight: float


def reserve(order: str, line: Line, stock: str) -> dict[str, Reservation]:
    """Put pieces aside. A repeated call finds its reservation and takes nothing more."""
    reservation: Reservation = {"order": order, "sku": line["sku"], "qty": line["qty"]}
    try:
        with closing(_open(stock)) as db, db:
            new = db.execute(
                "INSERT OR IGNORE INTO reservation VALUES (:order, :sku, :qty)", reservation
            ).rowcount
            if new and not _take(db, reservation):
                raise OutOfStock(f"fewer than {line['qty']} pieces of {line['sku']}")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        raise StockBusy("another order holds the stock file") from error
    return {"reservation": reservation}


def release(reservation: Reservation, stock: str) -> None:
    """Put reserved pieces back; does nothing the second time."""
    with closing(_open(stock)) as db, db:
        gone = db.execute(
            'DELETE FROM reservation WHERE "order" = :order AND sku = :sku', reservation
        ).rowcount
        if gone:
            db.execute("UPDATE stock SET free = free + :qty WHERE sku = :sku", reservation)


def pick(reservation: Reservation, stock: str) -> dict[str, Parcel]:
    """Pack what was reserved into one parcel."""
    with closing(_open(stock)) as db:
        row = db.execute("SELECT weight FROM stock WHERE sku = :sku", reservation).fetchone()
    if row is None:
        raise UnknownArticle(reservation["sku"])
    code = f"{reservation['order']}-{reservation['sku']}"
    return {"parcel": {"code": code, "weight": round(row[0] * reservation["qty"], 3)}}


def ship_ground(parcels: list[Parcel]) -> dict[str, str]:
    """Hand parcels to the ground carrier."""
    return {"tracking": _tracking("GR", parcels)}


def book_air(parcels: list[Parcel]) -> dict[str, str | float]:
    """Book freight for the weight of all parcels."""
    weight = round(sum(parcel["weight"] for parcel in parcels), 3)
    return {"booking": _tracking("BK", parcels), "weight": weight}


def ship_air(booking: str) -> dict[str, str]:
    """Hand booked parcels to the air carrier."""
    return {"tracking": booking.replace("BK", "AR", 1)}


def track(tracking: str, day: int) -> dict[str, bool | str]:
    """Ask the carrier where a shipment is."""
    delivered = day >= DAYS_UNDERWAY
    hub = f"airport {day}" if tracking.startswith("AR") else f"hub {day}"
    return {"delivered": delivered, "place": "at the door" if delivered else hub}


def _open(stock: str) -> sqlite3.Connection:
    """Open the stock file; the first to come fills it from ``data/stock.sql``."""
    db = sqlite3.connect(stock)
    try:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'stock'").fetchone():
            db.executescript(SCHEMA.read_text())
    except sqlite3.Error:
        db.close()
        raise
    return db


def _take(db: sqlite3.Connection, reservation: Reservation) -> bool:
    taken = db.execute(
        "UPDATE stock SET free = free - :qty WHERE sku = :sku AND free >= :qty", reservation
    )
    return taken.rowcount == 1


def _tracking(carrier: str, parcels: list[Parcel]) -> str:
    return "-".join([carrier, *sorted(parcel["code"] for parcel in parcels)])

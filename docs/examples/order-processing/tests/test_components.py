"""The components' own code, called one at a time; nothing else of the shop is imported."""

import sqlite3

from flow_testing import component

MUG = {"sku": "mug", "qty": 5, "price": 12.5}


def order(**changes):
    """An order without a mistake, but for the changes."""
    return {
        "id": "o1",
        "customer": {"name": "Ada Brew", "email": "ada@example.com"},
        "lines": [MUG],
        "total": 62.5,
        "card": "tok_visa",
    } | changes


def test_an_order_is_validated():
    validate = component("shop.validate_order")
    assert validate(order=order()) == {"ok": True, "problems": []}
    assert validate(order=order(lines=[], total=3))["problems"] == [
        "the order has no lines",
        "the lines add up to 0.00, the total says 3.00",
    ]


def test_a_card_is_charged_once():
    charge = component("payments.charge")
    paid = charge(order="o1", amount=10, card="tok_visa", key="test")
    assert paid["receipt"]["method"] == "card"
    assert paid == charge(order="o1", amount=10, card="tok_visa", key="test")


def test_a_card_is_declined_or_the_gateway_silent():
    charge = component("payments.charge")
    with charge.raises("CardDeclined") as declined:
        charge(order="o1", amount=10, card="tok_declined", key="test")
    assert "10.00" in declined.message
    with charge.raises("GatewayError"):
        charge(order="o1", amount=10, card="tok_unreachable", key="test")


def test_stock_is_reserved_once_and_released_once(tmp_path):
    stock = str(tmp_path / "stock.db")
    reserve, release = component("warehouse.reserve"), component("warehouse.release")
    reservation = reserve(order="o1", line=MUG, stock=stock)["reservation"]
    assert reserve(order="o1", line=MUG, stock=stock)["reservation"] == reservation
    for _ in range(2):
        release(reservation=reservation, stock=stock)
    with reserve.raises("OutOfStock"):
        reserve(order="o2", line=MUG | {"qty": 121}, stock=stock)


def test_a_busy_stock_file_is_named_so(tmp_path):
    def connect(path):
        raise Locked

    class Locked(sqlite3.OperationalError):
        sqlite_errorcode = sqlite3.SQLITE_BUSY

    reserve = component("warehouse.reserve", fakes={"sqlite3.connect": connect})
    with reserve.raises("StockBusy"):
        reserve(order="o1", line=MUG, stock=str(tmp_path / "stock.db"))


def test_parcels_are_packed(tmp_path):
    pick = component("warehouse.pick")
    stock = str(tmp_path / "stock.db")
    parcel = pick(reservation={"order": "o1", "sku": "mug", "qty": 5}, stock=stock)["parcel"]
    assert parcel == {"code": "o1-mug", "weight": 1.55}
    with pick.raises("UnknownArticle"):
        pick(reservation={"order": "o1", "sku": "unicorn", "qty": 1}, stock=stock)


def test_a_parcel_arrives_on_the_third_day():
    track = component("warehouse.track")
    days = [track(tracking="GR-1", day=day)["delivered"] for day in (1, 2, 3)]
    assert days == [False, False, True]


def test_an_order_is_really_charged_in_the_pipeline(flow):
    """The rest is mocked; `payments.charge` runs for real inside of the simulation."""
    shop = flow("order.flow.yaml", {"order": order()}, mock_all=True)
    shop.mock("shop.validate_order", component("shop.validate_order"))
    shop.mock("payments.charge", component("payments.charge"))
    run = shop.simulate()
    assert run.outputs["receipt"]["amount"] == 62.5

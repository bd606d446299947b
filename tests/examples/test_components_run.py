"""The examples' Python components are ordinary functions: import them and call them."""

import importlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
Load = Callable[[str, str], ModuleType]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Import a module of an example, as `load("etl", "sales.load")`; forget it after the test."""
    known = set(sys.modules)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def imported(project: str, name: str) -> ModuleType:
        monkeypatch.syspath_prepend(EXAMPLES / project)
        return importlib.import_module(name)

    yield imported
    for name in sys.modules.keys() - known:
        if str(EXAMPLES) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


def order(**changes: Any) -> dict[str, Any]:
    sample: dict[str, Any] = json.loads(
        (EXAMPLES / "order-processing" / "data" / "order.json").read_text()
    )["order"]
    return sample | changes


def test_an_order_is_validated(load: Load) -> None:
    steps = load("order-processing", "shop.steps")
    assert steps.validate_order(order()) == {"ok": True, "problems": []}
    verdict = steps.validate_order(order(lines=[], total=3))
    assert verdict["problems"] == [
        "the order has no lines",
        "the lines add up to 0.00, the total says 3.00",
    ]


def test_cards_are_charged_declined_or_unreachable(load: Load) -> None:
    payments = load("order-processing", "shop.payments")
    paid = payments.charge("o1", 10, "tok_visa", "key")
    assert paid == payments.charge("o1", 10, "tok_visa", "key")
    assert paid["receipt"]["method"] == "card"
    assert payments.invoice("o1", 10)["receipt"]["method"] == "invoice"
    assert payments.refund(paid["receipt"]) is None
    with pytest.raises(payments.CardDeclined):
        payments.charge("o1", 10, "tok_declined", "key")
    with pytest.raises(payments.GatewayError):
        payments.charge("o1", 10, "tok_unreachable", "key")


def test_stock_is_reserved_once_and_released_once(load: Load, tmp_path: Path) -> None:
    warehouse = load("order-processing", "shop.warehouse")
    stock = str(tmp_path / "stock.db")

    def free() -> int:
        with closing(sqlite3.connect(stock)) as db:
            (pieces,) = db.execute("SELECT free FROM stock WHERE sku = 'mug'").fetchone()
        return int(pieces)

    line = {"sku": "mug", "qty": 5, "price": 12.5}
    reservation = warehouse.reserve("o1", line, stock)["reservation"]
    assert warehouse.reserve("o1", line, stock)["reservation"] == reservation
    assert free() == 115
    parcel = warehouse.pick(reservation, stock)["parcel"]
    assert parcel == {"code": "o1-mug", "weight": 1.55}
    for _ in range(2):
        warehouse.release(reservation, stock)
    assert free() == 120
    with pytest.raises(warehouse.OutOfStock):
        warehouse.reserve("o2", line | {"qty": 121}, stock)
    assert free() == 120


def test_a_busy_stock_file_is_named_so(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = load("order-processing", "shop.warehouse")
    connect = sqlite3.connect
    monkeypatch.setattr(warehouse.sqlite3, "connect", lambda path: connect(path, timeout=0))
    line = {"sku": "mug", "qty": 1, "price": 12.5}
    stock = str(tmp_path / "stock.db")
    warehouse.reserve("o1", line, stock)
    with closing(connect(stock)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(warehouse.StockBusy):
            warehouse.reserve("o2", line, stock)


def test_parcels_are_shipped_and_followed(load: Load) -> None:
    warehouse = load("order-processing", "shop.warehouse")
    parcels = [{"code": "o1-b", "weight": 1.5}, {"code": "o1-a", "weight": 0.5}]
    assert warehouse.ship_ground(parcels) == {"tracking": "GR-o1-a-o1-b"}
    booked = warehouse.book_air(parcels)
    assert booked == {"booking": "BK-o1-a-o1-b", "weight": 2.0}
    assert warehouse.ship_air(booked["booking"]) == {"tracking": "AR-o1-a-o1-b"}
    assert [warehouse.track("GR-1", day)["delivered"] for day in (1, 2, 3)] == [False, False, True]


@pytest.mark.parametrize(
    ("project", "program", "inputs"),
    [
        ("order-processing", "tools/label.py", {"code": "o1-mug", "weight": "1.5", "folder": "."}),
        ("multi-flow", "crm/modem.py", {"to": "+49 1", "text": "Welcome!"}),
    ],
)
def test_shell_components_read_the_environment_and_answer_in_json(
    project: str, program: str, inputs: dict[str, str], tmp_path: Path
) -> None:
    command = [sys.executable, "-B", str(EXAMPLES / project / program)]
    ran = subprocess.run(command, env=inputs, cwd=tmp_path, capture_output=True, check=True)  # noqa: S603 - our own program
    answer = json.loads(ran.stdout)
    written = next(path for path in tmp_path.rglob("*") if path.is_file())
    assert answer.keys() <= {"label", "id"}
    assert written.stem in (inputs.get("code"), answer.get("id"))


def test_sales_are_extracted_joined_and_converted(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES / "etl")
    extract, transform = load("etl", "sales.extract"), load("etl", "sales.transform")
    orders = extract.read_orders("data/orders.csv")
    customers = extract.read_customers("data/customers.json")
    products = extract.read_products("data/catalog.sql")
    assert (len(orders), len(customers), len(products)) == (12, 6, 4)
    joined = transform.join(orders, customers, products)
    assert [(r.order_id, r.reason) for r in joined["rejected"]] == [
        ("s-3007", "unknown product"),
        ("s-3008", "unknown customer"),
    ]
    assert len(joined["rejected"]) <= len(orders) * 0.25, "the quality check must pass"
    sales = transform.to_euros(joined["sales"], json.loads(Path("data/rates.json").read_text()))
    assert {sale.currency for sale in sales} == {"EUR"}
    totals = transform.total_by_country(sales)
    assert [total["country"] for total in totals] == ["US", "GB", "DE", "AT"]
    assert sum(total["orders"] for total in totals) == len(sales) == 10


@pytest.mark.parametrize("source", ["not json", '[{"id": "c1"}]'])
def test_a_bad_source_is_named_so(load: Load, tmp_path: Path, source: str) -> None:
    extract = load("etl", "sales.extract")
    path = tmp_path / "source"
    path.write_text(source)
    with pytest.raises(extract.BadSource, match="source"):
        extract.read_customers(str(path))
    path.write_text("order_id,customer_id,sku,qty,currency\ns1,c1,mug,none,EUR\n")
    with pytest.raises(extract.BadSource, match="qty"):
        extract.read_orders(str(path))


def test_a_batch_is_loaded_replaced_and_taken_out(load: Load, tmp_path: Path) -> None:
    loading, records = load("etl", "sales.load"), load("etl", "sales.records")
    sale = records.Sale(
        order_id="s1", country="DE", segment="none", title="Mug", qty=2, currency="EUR", amount=25
    )
    warehouse = str(tmp_path / "warehouse.db")

    def rows() -> int:
        with closing(sqlite3.connect(warehouse)) as db:
            (count,) = db.execute("SELECT count(*) FROM sale").fetchone()
        return int(count)

    for _ in range(2):
        loaded = loading.load("2026-11-20", [sale], warehouse, "secret")
        assert (loaded.batch, loaded.rows, rows()) == ("2026-11-20", 1, 1)
    loading.unload("2026-11-20", warehouse, "secret")
    assert rows() == 0
    with pytest.raises(PermissionError):
        loading.load("2026-11-20", [sale], warehouse, "")


@pytest.mark.parametrize(
    ("changes", "risk"),
    [({}, "low"), ({"country": "NZ"}, "unclear"), ({"email": "a@b.invalid"}, "high")],
)
def test_applicants_are_screened(load: Load, changes: dict[str, str], risk: str) -> None:
    people = load("multi-flow", "crm.people")
    assert people.screen(first_order()["applicant"] | changes).risk == risk


def test_a_first_order_is_made_and_undone(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, bank = load("multi-flow", "crm.people"), load("multi-flow", "crm.bank")
    stock, catalog = load("multi-flow", "crm.stock"), load("multi-flow", "crm.catalog")
    monkeypatch.chdir(tmp_path)
    wanted = first_order()
    account = people.open_account(wanted["applicant"])["account"]
    assert account == people.open_account(wanted["applicant"])["account"]
    total = catalog.price_items(wanted["items"])["total"]
    assert total == 43.0
    allocations = [stock.allocate("o1", item)["allocation"] for item in wanted["items"]]
    assert [allocation["shelf"] for allocation in allocations] == ["A1", "B1"]
    payment = bank.authorize(account["id"], total, wanted["card"], "token")["payment"]
    captured = bank.capture(payment, "token")["payment"]
    assert (payment["state"], captured["state"]) == ("authorized", "captured")
    assert len(list(tmp_path.rglob("*.json"))) == 4

    bank.reverse(captured, "token")
    for allocation in allocations:
        stock.free(allocation)
    people.close_account(account)
    assert list(tmp_path.rglob("*.json")) == []


def test_services_say_no_by_name(load: Load) -> None:
    people, bank = load("multi-flow", "crm.people"), load("multi-flow", "crm.bank")
    stock, catalog = load("multi-flow", "crm.stock"), load("multi-flow", "crm.catalog")
    with pytest.raises(people.Refused):
        people.open_account(first_order()["applicant"], refused=True)
    with pytest.raises(bank.Declined):
        bank.authorize("ac_1", 10, "tok_declined", "token")
    with pytest.raises(bank.BankDown):
        bank.authorize("ac_1", 10, "tok_down", "token")
    with pytest.raises(stock.OutOfStock):
        stock.allocate("o1", {"sku": "unicorn", "qty": 1})
    with pytest.raises(catalog.UnknownArticle, match="unicorn"):
        catalog.price_items([{"sku": "unicorn", "qty": 1}])


def test_a_message_names_what_was_ordered(load: Load) -> None:
    messages = load("multi-flow", "crm.messages")
    text = messages.write("Ada", 25, ["mug", "filter"])
    assert text["short"] == "Welcome, Ada! filter, mug: paid 25.00."


def first_order() -> dict[str, Any]:
    wanted: dict[str, Any] = json.loads(
        (EXAMPLES / "multi-flow" / "data" / "first_order.json").read_text()
    )
    return wanted

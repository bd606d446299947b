"""The services behind the sub-pipelines, called one at a time; records go into a test's folder."""

import json
from pathlib import Path

import pytest
from flow_testing import component

WANTED = json.loads((Path(__file__).parent.parent / "data" / "first_order.json").read_text())


@pytest.fixture
def store(tmp_path):
    """Where the services write their records instead."""
    return {"crm.store.ROOT": tmp_path}


def test_a_first_order_is_made_and_undone(store, tmp_path):
    account = component("people.open_account", fakes=store)(applicant=WANTED["applicant"])[
        "account"
    ]
    total = component("catalog.price_items")(items=WANTED["items"])["total"]
    allocate = component("stock.allocate", fakes=store)
    allocations = [allocate(order="o1", item=item)["allocation"] for item in WANTED["items"]]
    payment = component("bank.authorize", fakes=store)(
        account=account["id"], amount=total, card=WANTED["card"], token="test"
    )["payment"]
    captured = component("bank.capture", fakes=store)(payment=payment, token="test")["payment"]
    assert (payment["state"], captured["state"]) == ("authorized", "captured")
    assert len(list(tmp_path.rglob("*.json"))) == 4

    component("bank.reverse", fakes=store)(payment=captured, token="test")
    for allocation in allocations:
        component("stock.free", fakes=store)(allocation=allocation)
    component("people.close_account", fakes=store)(account=account)
    assert list(tmp_path.rglob("*.json")) == []


@pytest.mark.parametrize(
    ("changes", "risk"),
    [({}, "low"), ({"country": "NZ"}, "unclear"), ({"email": "a@b.invalid"}, "high")],
)
def test_applicants_are_screened(changes, risk):
    screen = component("people.screen")
    assert screen(applicant=WANTED["applicant"] | changes)["risk"] == risk


@pytest.mark.parametrize(
    ("name", "inputs", "error"),
    [
        ("people.open_account", {"applicant": WANTED["applicant"], "refused": True}, "Refused"),
        (
            "bank.authorize",
            {"account": "ac_1", "amount": 10, "card": "tok_declined", "token": "test"},
            "Declined",
        ),
        (
            "bank.authorize",
            {"account": "ac_1", "amount": 10, "card": "tok_down", "token": "test"},
            "BankDown",
        ),
        ("stock.allocate", {"order": "o1", "item": {"sku": "unicorn", "qty": 1}}, "OutOfStock"),
        ("catalog.price_items", {"items": [{"sku": "unicorn", "qty": 1}]}, "UnknownArticle"),
    ],
)
def test_services_say_no_by_name(name, inputs, error):
    service = component(name)
    with service.raises(error):
        service(inputs)


def test_a_busy_customer_database_is_named_so():
    def save(*_):
        raise BlockingIOError

    busy = component("people.open_account", fakes={"crm.store.save": save})
    with busy.raises("CrmBusy"):
        busy(applicant=WANTED["applicant"])

"""What `-k` chooses."""

import re

import pytest

from flow_testing.selecting import chooser

NAME = "tests/order.flowtest.yaml::A declined card becomes an invoice"

CHOICES = [
    ("", True),
    ("declined", True),
    ("DECLINED", True),
    ("declined card", True),
    ("card declined", False),
    ("order.flowtest", True),
    ("not declined", False),
    ("not not declined", True),
    ("card and invoice", True),
    ("card and hub", False),
    ("hub or card", True),
    ("hub or card and invoice", True),
    ("(hub or card) and not invoice", False),
    ("not (hub or parcel)", True),
    ("not hub and not parcel", True),
    ("'declined card' and invoice", True),
    ('"and"', False),
    ('not "or"', False),
    ("a declined card becomes an invoice", True),
]


@pytest.mark.parametrize(("expression", "chosen"), CHOICES)
def test_it_chooses_by_what_a_name_contains(expression: str, *, chosen: bool) -> None:
    assert chooser(expression)(NAME) is chosen


MISTAKES = [
    ("and", "a word is missing before `and`"),
    ("card and", "a word is missing at the end"),
    ("card or or hub", "a word is missing before `or`"),
    ("(card", "a `)` is missing"),
    ("card)", "`)` is not expected there"),
    ("()", "a word is missing before `)`"),
    ("not", "a word is missing at the end"),
    ("'card", "the other ' is missing"),
    ("card (hub)", "`(` is not expected there"),
]


@pytest.mark.parametrize(("expression", "message"), MISTAKES)
def test_a_mistake_is_told(expression: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        chooser(expression)

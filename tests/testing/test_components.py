"""The real code of one component, called alone and held to its ports."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flow_testing import component
from flow_testing.components.component import Component
from flow_testing.components.judging import ContractError

SHOP = '''
import asyncio
import dataclasses
import datetime
import enum
import json
import typing

from flow_core import Estimate, Secret, component

clock = lambda: 7


class Color(enum.Enum):
    RED = "red"


class Declined(Exception):
    """No."""


class HardDeclined(Declined):
    """No, and never."""


class Line(typing.TypedDict):
    sku: str
    note: str | None


@dataclasses.dataclass
class Sold:
    total: float
    color: Color
    at: datetime.timedelta


@component(errors=[Declined])
def sell(
    lines: list[Line], color: Color, wait: datetime.timedelta, key: Secret[str] = "none"
) -> Sold:
    if not lines:
        refuse()
    if lines[0]["note"] == "odd":
        raise_other(key)
    if lines[0]["note"] == "text":
        return Sold("ten", color, wait)
    return Sold(len(lines), color, wait)


def refuse():
    raise HardDeclined("nothing to sell")


def raise_other(key):
    raise LookupError(f"no shelf for {key}")


@component
async def later(number: int) -> int:
    await asyncio.sleep(0)
    return number + 1


@component
def count(most: int) -> typing.Iterator[int]:
    yield from range(most)


@component
async def count_async(most: int) -> typing.AsyncIterator[int]:
    for number in range(most):
        yield number


@component
def now() -> int:
    return clock()


@component(estimate=Estimate(p50="1h"))
def quick() -> None:
    """Does nothing."""


@component(estimate=Estimate(p50="1us"))
def slow() -> None:
    json.dumps(list(range(20_000)))


@component
def nothing_known(x) -> dict[str, int]:
    return {"a": x}


class Login(typing.TypedDict):
    user: str
    password: str


@component
def log_in(login: Secret[Login], page: int) -> None:
    raise_other(" of ".join(login.values()))


@component
def keeps(lines: list[str]) -> int:
    lines.append("more")
    return len(lines)


@component
def object_of() -> int:
    return object()
'''

LIBRARY = """
flow: 1
name: paying
components:
  pay:
    inputs: {amount: {type: number, minimum: 0}, tip: {type: number, default: 2}, note: string?}
    outputs: {total: number, receipt: string}
    errors: [Declined]
    run: {python: "tills:pay"}
  ring:
    run: {shell: [bell]}
"""

TILLS = """
class Declined(Exception):
    pass


def pay(amount, tip, note):
    if amount == 13:
        raise Declined("unlucky")
    if amount == 14:
        return {"total": amount}
    if amount == 15:
        return None
    return {"total": amount + tip, "receipt": note or "none"}
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Component]]:
    """Makes components of a project of this test."""
    (tmp_path / "flow.toml").touch()
    (tmp_path / "goods.py").write_text(SHOP)
    (tmp_path / "tills.py").write_text(TILLS)
    (tmp_path / "paying.flow.yaml").write_text(LIBRARY)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def make(name: str, **options: Any) -> Component:
        return component(name, root=tmp_path, **options)

    yield make
    for name in ("goods", "tills"):
        sys.modules.pop(name, None)


LINE = {"sku": "mug"}


def test_nothing_is_imported_before_the_first_call(shop: Callable[..., Component]) -> None:
    later = shop("goods.later")
    assert "goods" not in sys.modules
    later(number=1)
    assert "goods" in sys.modules


def test_it_gets_what_its_hints_say_and_gives_data(shop: Callable[..., Component]) -> None:
    sold = shop("goods.sell")(lines=[LINE], color="red", wait="90s")
    assert sold == {"total": 1, "color": "red", "at": "1m30s"}


@pytest.mark.parametrize(
    ("name", "inputs", "result"),
    [
        ("goods.later", {"number": 1}, 2),
        ("goods.count", {"most": 3}, [0, 1, 2]),
        ("goods.count_async", {"most": 2}, [0, 1]),
        ("goods.nothing_known", {"x": 1}, {"a": 1}),
    ],
)
def test_coroutines_are_awaited_and_generators_drained(
    name: str, inputs: dict[str, Any], result: Any, shop: Callable[..., Component]
) -> None:
    assert shop(name)(inputs) == {"result": result}


def test_a_coroutine_runs_where_a_loop_runs_already(shop: Callable[..., Component]) -> None:
    import asyncio

    later = shop("goods.later")

    async def inside() -> Any:
        return later(number=1)

    assert asyncio.run(inside()) == {"result": 2}


def test_defaults_and_nulls_stand_for_what_is_not_given(shop: Callable[..., Component]) -> None:
    assert shop("paying.pay")(amount=1) == {"total": 3, "receipt": "none"}


@pytest.mark.parametrize("name", ["paying.pay", "tills.pay", "./paying.flow.yaml.pay", "pay"])
def test_it_is_found_by_every_name_of_its_own(name: str, shop: Callable[..., Component]) -> None:
    assert shop(name).name == "paying.pay"


@pytest.mark.parametrize(
    ("name", "inputs", "told"),
    [
        ("paying.pay", {"amount": "1"}, ("`amount`", "`number`", '`"1"` is a string', ":6")),
        ("paying.pay", {"amount": -1}, ("`amount`", "-1 is not at least 0", ":6")),
        ("paying.pay", {"amount": 1, "tipp": 1}, ("no input `tipp`", "did you mean `tip`?")),
        (
            "paying.pay",
            {"order": 1, "b": 2, "a": 3},
            ("`paying.pay`: it has no input `order`", "by name: `amount=…, tip=…, note=…`"),
        ),
        ("goods.now", {"at": 1}, ("it has no input `at`", "it has none")),
        ("paying.pay", {}, ("`amount: number` is missing", "paying.flow.yaml:6")),
        ("paying.pay", {"amount": 14}, ("`receipt: string` is missing", "flow.yaml:7", "`total`")),
        ("paying.pay", {"amount": 15}, ("`total: number` is missing", "returned nothing")),
        (
            "goods.sell",
            {"lines": [{"sku": "a", "note": "text"}], "color": "red", "wait": "1s"},
            ("the output `total` does not fit `number`", '`"ten"` is a string', "goods.py:33"),
        ),
        ("goods.keeps", {"lines": []}, ("changed its input `lines`", "goods.py:")),
        ("goods.object_of", {}, ("a value of the type `object` is no data",)),
    ],
)
def test_what_does_not_fit_is_told_with_port_and_line(
    name: str, inputs: dict[str, Any], told: tuple[str, ...], shop: Callable[..., Component]
) -> None:
    with pytest.raises(ContractError) as failure:
        shop(name)(inputs)
    for words in told:
        assert words in str(failure.value)


def test_a_declared_error_is_raised_as_it_is(shop: Callable[..., Component]) -> None:
    pay = shop("paying.pay")
    with pytest.raises(Exception, match="unlucky") as caught:
        pay(amount=13)
    assert pay.error_name(caught.value) == "Declined"
    with pay.raises("Declined") as declined:
        pay(amount=13)
    assert (declined.name, declined.message) == ("Declined", "unlucky")
    assert declined.exception is not None


def test_an_exception_is_the_nearest_base_that_is_declared(shop: Callable[..., Component]) -> None:
    sell = shop("goods.sell")
    with sell.raises("Declined"):
        sell(lines=[], color="red", wait="1s")


@pytest.mark.parametrize(
    ("error", "match", "amount", "told"),
    [
        ("Declined", None, 1, "did not raise `Declined`"),
        ("Declnied", None, 13, "declares no error `Declnied`"),
        (
            "Declined",
            "^lucky",
            13,
            r"raised `Declined` with 'unlucky', in which '\^lucky' does not",
        ),
    ],
)
def test_an_error_that_does_not_come_is_a_failure(
    error: str, match: str | None, amount: int, told: str, shop: Callable[..., Component]
) -> None:
    pay = shop("paying.pay")
    with pytest.raises(ContractError, match=told) as failure, pay.raises(error, match=match):
        pay(amount=amount)
    assert insides(failure.traceback) == []


def insides(entries: Any) -> list[str]:
    """The frames beyond those of tests that pytest would show."""
    return [
        str(e) for e in entries if not e.ishidden(None) and "test_components" not in str(e.path)
    ]


def test_the_message_of_an_expected_error_may_be_looked_at(shop: Callable[..., Component]) -> None:
    pay = shop("paying.pay")
    for match in ("luck", re.compile("^unlucky$")):
        with pay.raises("Declined", match=match):
            pay(amount=13)


def test_an_error_that_is_not_declared_goes_through_what_expects_another(
    shop: Callable[..., Component],
) -> None:
    with pytest.raises(ZeroDivisionError), shop("paying.pay").raises("Declined"):
        raise ZeroDivisionError


def test_an_undeclared_error_says_where_to_add_it(shop: Callable[..., Component]) -> None:
    odd = [{"sku": "mug", "note": "odd"}]
    with pytest.raises(ContractError) as failure:
        shop("goods.sell")(lines=odd, color="red", wait="1s", key="open sesame")
    text = str(failure.value)
    assert "it raised `LookupError` at goods.py:56, which it does not declare" in text
    assert "add `LookupError` to its errors at goods.py:39" in text


def test_a_secret_is_in_no_message(shop: Callable[..., Component]) -> None:
    odd = [{"sku": "mug", "note": "odd"}]
    with pytest.raises(ContractError) as failure:
        shop("goods.sell")(lines=odd, color="red", wait="1s", key="open sesame")
    assert "sesame" not in str(failure.value)
    assert failure.value.__cause__ is None
    assert failure.value.__suppress_context__
    with pytest.raises(ContractError) as failure:
        shop("goods.sell")(lines=[LINE], color="red", wait="1s", key=["open sesame"])
    assert "sesame" not in str(failure.value)


def test_a_part_of_a_secret_is_in_no_message(shop: Callable[..., Component]) -> None:
    login = {"user": "ada lovelace", "password": "open sesame"}
    with pytest.raises(ContractError, match=r"it raised `LookupError`") as failure:
        shop("goods.log_in")(login=login, page=1)
    assert "sesame" not in str(failure.value)
    assert "ada" not in str(failure.value)
    with pytest.raises(ContractError) as failure:
        shop("goods.log_in").check_contract(login=login)
    assert not [note for note in getattr(failure.value, "__notes__", ()) if "sesame" in note]


def test_fakes_stand_for_effects_only_while_it_is_called(shop: Callable[..., Component]) -> None:
    assert shop("goods.now", fakes={"clock": lambda: 1})() == {"result": 1}
    assert shop("goods.now", fakes={"goods.clock": lambda: 2})() == {"result": 2}
    assert shop("goods.now")() == {"result": 7}


@pytest.mark.parametrize(
    ("fake", "told"),
    [
        ("clokc", "no `clokc` to fake: did you mean `clock`?"),
        ("no.such.thing", "there is no `no.such` in which to fake `thing`"),
    ],
)
def test_a_fake_of_nothing_is_an_error(
    fake: str, told: str, shop: Callable[..., Component]
) -> None:
    with pytest.raises(AttributeError, match=told.replace("?", r"\?")) as failure:
        shop("goods.now", fakes={fake: None})()
    assert insides(failure.traceback) == []
    assert failure.value.__suppress_context__ or failure.value.__context__ is None


def test_calls_are_measured_and_compared_with_the_estimate(shop: Callable[..., Component]) -> None:
    quick = shop("goods.quick")
    quick.within_estimate(times=3)
    assert len(quick.measured) == 3
    with pytest.raises(ContractError, match=r"fastest of 2 calls of `goods.slow` took .* p50 1us"):
        shop("goods.slow").within_estimate(times=2)
    with pytest.raises(ContractError, match="no `estimate`"):
        shop("goods.now").within_estimate()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("goods.sel", "did you mean `goods.sell`?"),
        ("paying.ring", "only Python components can be called alone yet"),
        ("std.log", "`std.log` is Flow's own; only a project's components can be called"),
    ],
)
def test_what_can_t_be_called_is_told(name: str, told: str, shop: Callable[..., Component]) -> None:
    with pytest.raises(LookupError) as failure:
        shop(name)
    assert told in str(failure.value)
    assert insides(failure.traceback) == []


def test_a_name_of_several_is_told(tmp_path: Path, shop: Callable[..., Component]) -> None:
    (tmp_path / "other.flow.yaml").write_text(LIBRARY)
    with pytest.raises(
        LookupError, match=r"several components: name one of `./other.flow.yaml.pay`"
    ):
        shop("tills.pay")
    assert shop("other.pay").name == "other.pay"


def test_a_module_that_can_t_be_imported_is_told(
    tmp_path: Path, shop: Callable[..., Component]
) -> None:
    (tmp_path / "tills.py").write_text("\n\nimport nowhere_at_all\n\ndef pay(): ...\n")
    with pytest.raises(ContractError) as failure:
        shop("paying.pay")(amount=1)
    assert "importing `tills` failed: ModuleNotFoundError" in str(failure.value)
    assert "tills.py:3" in str(failure.value)


def test_two_projects_may_have_modules_of_the_same_name(
    tmp_path: Path, shop: Callable[..., Component]
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "flow.toml").touch()
    (other / "paying.flow.yaml").write_text(LIBRARY)
    (other / "tills.py").write_text(TILLS.replace("amount + tip", "amount"))
    assert shop("paying.pay")(amount=1)["total"] == 3
    assert component("paying.pay", root=other)(amount=1)["total"] == 1
    assert shop("paying.pay")(amount=1)["total"] == 3


def test_a_module_that_somebody_else_imported_is_told(
    monkeypatch: pytest.MonkeyPatch, shop: Callable[..., Component]
) -> None:
    import types

    stranger = types.ModuleType("tills")
    stranger.__file__ = "/elsewhere/tills.py"
    monkeypatch.setitem(sys.modules, "tills", stranger)
    with pytest.raises(ContractError, match=r"`/elsewhere/tills.py`, which was imported before"):
        shop("paying.pay")(amount=1)


def test_a_contract_is_tried_with_drawn_inputs(shop: Callable[..., Component]) -> None:
    shop("goods.count").check_contract(most=3)
    shop("goods.later").check_contract(examples=20)
    with pytest.raises(ContractError, match="`receipt: string` is missing") as failure:
        shop("paying.pay").check_contract(amount=14)
    assert "called as paying.pay(amount=14)" in str(failure.value)


def test_refused_inputs_are_no_breach_of_a_drawn_contract(
    tmp_path: Path, shop: Callable[..., Component]
) -> None:
    refusing = TILLS.replace("if amount == 15", "if tip < 0: raise ValueError\n    if amount == 15")
    (tmp_path / "tills.py").write_text(refusing.replace("== 14", "< 0").replace("== 15", "< 0"))
    shop("paying.pay").check_contract(examples=20)

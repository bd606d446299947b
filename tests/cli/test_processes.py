"""Work on several processes: in order, and told where one of them is ended."""

import os
from concurrent import futures

import pytest

from flow_cli.errors import UserError
from flow_cli.processes import MOST, on_processes

_factor = [1]


def start(factor: int) -> None:
    _factor[:] = [factor]


def multiplied(number: int) -> int:
    return number * _factor[0]


def ended(number: int) -> int:
    os._exit(number)


def test_results_come_in_order() -> None:
    assert list(on_processes(multiplied, range(10), (start, 3), 2, 2)) == list(range(0, 30, 3))


def test_there_are_no_more_processes_than_items(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    class Pool(futures.ThreadPoolExecutor):
        def __init__(self, processes: int, **more: object) -> None:
            asked.append(processes)
            super().__init__(1, **more)  # type: ignore[arg-type] # it is handed on

    monkeypatch.setattr(futures, "ProcessPoolExecutor", Pool)
    for count in (0, 3, 1000):
        list(on_processes(multiplied, range(count), (start, 1), 10**8, 1))
    assert asked == [1, 3, MOST]


def test_a_process_that_is_ended_from_outside_is_told() -> None:
    with pytest.raises(UserError, match="a process was ended from outside") as caught:
        list(on_processes(ended, [9, 9, 9], (start, 1), 2, 1))
    assert "--jobs 1" in caught.value.help

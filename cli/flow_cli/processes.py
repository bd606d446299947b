"""Work that is shared out to processes."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from flow_cli.errors import UserError

_Item = TypeVar("_Item")
_Done = TypeVar("_Done")

MOST = 61
"""Processes at once, whatever is asked for: Windows waits for no more of them."""


def on_processes(
    work: Callable[[_Item], _Done],
    items: Sequence[_Item],
    start: tuple[Callable[..., None], Any],
    processes: int,
    chunk: int,
) -> Iterator[_Done]:
    """What comes of each item, in order, on at most so many processes, each with ``chunk`` at once.

    ``start`` is what each process calls first, and with what.

    Raises:
        UserError: one of them was ended from outside.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    initializer, argument = start
    processes = min(processes, len(items), MOST) or 1
    with ProcessPoolExecutor(processes, initializer=initializer, initargs=(argument,)) as pool:
        try:
            yield from pool.map(work, items, chunksize=chunk)
        except BrokenProcessPool:
            help_ = "run it again; `flow test` needs less of it with `--jobs 1`"
            raise UserError("a process was ended from outside: is memory short?", help_) from None
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise

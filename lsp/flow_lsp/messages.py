"""Messages between the server and its worker: a length of four bytes and a pickle.

Both ends are this program, and the pipe between them has no other.
"""

import pickle
from typing import Any, BinaryIO

import msgspec

LENGTH = 4


class Call(msgspec.Struct, frozen=True):
    """What is asked; number 0 asks for no answer."""

    number: int
    task: str
    arguments: list[Any]


class Answer(msgspec.Struct, frozen=True):
    """What comes back: a result, or an ``error``."""

    number: int
    result: Any = None
    error: str = ""


def read(stream: BinaryIO) -> bytes | None:
    """The next message, None at the end."""
    head = stream.read(LENGTH)
    if len(head) < LENGTH:
        return None
    size = int.from_bytes(head, "big")
    body = stream.read(size)
    return body if len(body) == size else None


def frame(message: Call | Answer) -> bytes:
    """A message as it is sent."""
    body = pickle.dumps(message)
    return len(body).to_bytes(LENGTH, "big") + body


def loads(body: bytes) -> Any:
    """The message in a body."""
    return pickle.loads(body)  # noqa: S301 -- see above: nobody else writes to the pipe

"""The process that calls components for contracts: what they do there harms nobody else.

It reads a job in each line, and answers with a line for each thing that happens. What components
print goes nowhere.
"""

import os
import sys
from collections.abc import Iterator
from io import BufferedReader, BufferedWriter, FileIO, TextIOWrapper
from typing import Any

import msgspec

from flow_testing.components.attempt import Result, Unusable, attempt
from flow_testing.components.loading import LoadError, load


class Job(msgspec.Struct, frozen=True):
    """Calls of one function; ``folder`` is where they are made.

    ``inputs`` are the names of all inputs, ``defaults`` the defaults of those that have one.
    """

    target: str
    root: str
    paths: tuple[str, ...]
    file: str
    folder: str
    inputs: tuple[str, ...]
    defaults: dict[str, Any]
    outputs: tuple[str, ...]
    cases: tuple[dict[str, Any], ...]


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The function was imported, or could not be; or the result of the next call."""

    result: Result | None = None
    problem: str = ""


def main() -> None:
    """Work until there are no more jobs."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    jobs = os.fdopen(os.dup(0), "rb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    sys.stdin = TextIOWrapper(BufferedReader(FileIO(0, "r", closefd=False)))
    sys.stdout, sys.stderr = _nowhere(1), _nowhere(2)
    for line in jobs:
        for answer in work(msgspec.json.decode(line, type=Job)):
            answers.write(encoded(answer))


def _nowhere(descriptor: int) -> TextIOWrapper:
    return TextIOWrapper(BufferedWriter(FileIO(descriptor, "w", closefd=False)), encoding="utf-8")


def work(job: Job) -> Iterator[Answer]:
    """The answers to a job, one after the other."""
    os.chdir(job.folder)
    try:
        function = load(job.target, job.root, job.paths, job.file)
    except LoadError as error:
        yield Answer(problem=str(error))
        return
    yield Answer()
    defaults = {name: job.defaults.get(name, msgspec.UNSET) for name in job.inputs}
    for inputs in job.cases:
        result, _ = attempt(function, inputs, defaults, job.outputs)
        yield Answer(result)


def encoded(answer: Answer) -> bytes:
    """An answer as a line; a text that is no Unicode can't be in it."""
    try:
        return msgspec.json.encode(answer) + b"\n"
    except UnicodeEncodeError as error:
        seconds = getattr(answer.result, "seconds", 0.0)
        return encoded(Answer(Unusable(f"a text in it is no Unicode: {error.reason}", seconds)))


if __name__ == "__main__":
    main()

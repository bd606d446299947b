"""A language server at work on one file: opened, typed in, asked; and what each of it takes."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from client import Client
from figures import Figures
from samples import pipeline
from typist import COMMENT, EXPRESSION, KEY, PLACES, VALUE, Document, Place, Typing

FIRST = 4
"""Keystrokes that are counted apart: after them everything has been loaded."""
BETWEEN = 0.1
"""Seconds between the findings of a keystroke and the next one."""
_QUIET = 0.5


class Server(NamedTuple):
    """A server, and what it is told when it asks how it is set up."""

    name: str
    command: list[str]
    settings: dict[str, Any]


class Question(NamedTuple):
    """A request: asked behind words, or where the caret is, while someone types at a place."""

    method: str
    place: Place
    words: str | None = None


QUESTIONS = (
    Question("completion", KEY),
    Question("completion", EXPRESSION),
    Question("hover", COMMENT, "    retr"),
    Question("hover", VALUE, "outputs.co"),
    Question("definition", VALUE, "when: ${{ steps.st"),
    Question("definition", KEY, "when: ${{ steps.st"),
)


class Session:
    """A server and a file; what is spent goes to ``figures``."""

    def __init__(self, server: Server, folder: Path, lines: int, figures: Figures) -> None:
        self._figures = figures
        start = time.perf_counter()
        self._client = Client(server.command, folder, server.settings)
        self._capabilities = self._client.initialize()
        self._spent("initialize", 0, start)
        self._document = Document(self._client, "sample.flow.yaml", pipeline(lines))
        self._places = [lines * eighths // 8 for eighths in (2, 4, 6)]

    def run(self) -> None:
        """Everything, from the opening to the end."""
        with self._client:
            self._rest("idle, no file")
            self._open()
            self._type()
            self._pause()
            for question in QUESTIONS:
                if self._capabilities.get(f"{question.method}Provider"):
                    self._ask(question)
            self._rest("idle, a file")
            self._figures.amounts["peak memory, MB"].append(self._client.tree.peak())

    def _spent(self, name: str, cpu: float, start: float, end: float | None = None) -> None:
        wall = (end or time.perf_counter()) - start
        self._figures.add(name, self._client.tree.cpu() - cpu, wall)

    def _spend(self, name: str, act: Callable[[], object]) -> None:
        cpu, start = self._client.tree.cpu(), time.perf_counter()
        act()
        self._spent(name, cpu, start)

    def _spend_all(self, name: str, act: Callable[[], object]) -> None:
        """Until nothing goes on any more; the clock stops with the last findings."""
        cpu, start = self._client.tree.cpu(), time.perf_counter()
        act()
        self._client.idle(_QUIET)
        self._spent(name, cpu, start, self._client.published)

    def _rest(self, name: str) -> None:
        """What the server takes while nobody asks for anything."""
        self._client.idle(_QUIET)
        cpu = self._client.tree.cpu()
        self._client.rest(2)
        spent = (self._client.tree.cpu() - cpu) / 2 * 1000
        self._figures.amounts[f"{name}, MB"].append(self._client.tree.memory())
        self._figures.amounts[f"{name}, CPU ms/s"].append(spent)

    def _open(self) -> None:
        def open_() -> None:
            self._document.open()
            self._document.diagnosed()

        self._spend_all("open, all", lambda: self._spend("open, first findings", open_))

    def _type(self) -> None:
        """Type at several places, all over the file."""
        found = 0
        for number, line in enumerate(self._places):
            for place in PLACES:
                typing = Typing(self._document, place, line)
                for count in range(typing.keystrokes):
                    early = number == 0 and place is PLACES[0] and count < FIRST
                    self._press("first keystrokes" if early else "keystroke", place, typing)
                    found = max(found, len(self._document.diagnosed()))
        if not found:
            raise RuntimeError("what was typed is wrong, and nothing was found")

    def _press(self, name: str, place: Place, typing: Typing) -> None:
        def press() -> None:
            typing.press()
            self._document.diagnosed()

        self._spend(name, press)
        self._figures.spent[f"  in {place.name}"].append(self._figures.spent[name][-1])
        self._client.rest(BETWEEN)

    def _pause(self) -> None:
        """A keystroke, and all that it sets in motion once nothing more is typed."""
        for line in self._places:
            typing = Typing(self._document, COMMENT, line)
            for _ in range(typing.keystrokes):
                self._spend_all("keystroke, then a pause", typing.press)

    def _ask(self, question: Question) -> None:
        for line in self._places:
            typing = Typing(self._document, question.place, line)
            for _ in range(typing.keystrokes):
                self._asked(question, typing, line)
                self._document.diagnosed()
                self._client.rest(BETWEEN)

    def _asked(self, question: Question, typing: Typing, line: int) -> None:
        """Ask right behind a keystroke, as editors do."""
        found: list[Any] = []

        def ask() -> None:
            typing.press()
            words, document = question.words, self._document
            params = document.at(document.find(words, line) if words else typing.caret)
            found.append(self._client.request(f"textDocument/{question.method}", params))

        self._spend(question.method, ask)
        answer = found[0].get("items", found) if isinstance(found[0], dict) else found[0]
        self._figures.amounts[f"{question.method}, answered"].append(bool(answer))

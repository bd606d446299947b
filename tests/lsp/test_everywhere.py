"""Every request gets an answer at every place of every text, sound or broken."""

import copy
import itertools
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from editor import CAPABILITIES, Editor, ServerError
from every_request import OTHERS, REQUESTS, answered
from lsprotocol import types

from flow_lsp.features import features

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
FILES = sorted(path for kind in ("flow", "flowtest") for path in EXAMPLES.glob(f"**/*.{kind}.yaml"))
STEP = 149
"""Code points between the places that are tried; a prime, so that columns differ."""

BREAKS = ("}}", ":", '"', "\n  ", "steps", "${{ ", "[", "{", "- ", "uses")


def test_every_request_is_tried() -> None:
    assert {each.method for each in features()} <= {*REQUESTS, *OTHERS}


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Any:
    capabilities = copy.deepcopy(CAPABILITIES)
    capabilities["general"]["positionEncodings"] = ["utf-32"]
    files = {str(path.relative_to(EXAMPLES)): path.read_text("utf-8") for path in FILES}
    with Editor(tmp_path_factory.mktemp("examples"), files, capabilities) as editor:
        yield editor


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(EXAMPLES)))
def test_in_the_examples(editor: Editor, path: Path) -> None:
    name = str(path.relative_to(EXAMPLES))
    uri = editor.open(name)
    ask_everywhere(editor, uri, path.read_text("utf-8"), STEP)
    editor.notify("textDocument/didClose", {"textDocument": {"uri": uri}})


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(EXAMPLES)))
def test_in_texts_that_are_broken(editor: Editor, path: Path) -> None:
    chance = random.Random(str(path.name))  # noqa: S311 -- no secret
    text = path.read_text("utf-8")
    name = str(path.relative_to(EXAMPLES))
    uri = editor.open(name)
    for number in range(3):
        at = chance.randrange(len(text))
        broken = text[:at] + chance.choice(BREAKS) + text[at + chance.choice((0, 0, 1, 3)) :]
        editor.change(uri, {"text": broken if number else text[:at]})
        ask_everywhere(editor, uri, editor.text(uri), STEP * 5)
    editor.notify("textDocument/didClose", {"textDocument": {"uri": uri}})


def ask_everywhere(editor: Editor, uri: str, text: str, step: int) -> None:
    """Ask all that can be asked, at places that are so far apart."""
    lines = text.split("\n")
    end = {"line": len(lines) - 1, "character": len(lines[-1])}
    methods = answered()
    wide = [method for method in methods if REQUESTS[method] is REQUESTS["textDocument/diagnostic"]]
    for method in wide:
        editor.request(method, REQUESTS[method](uri, end, end))
    starts = list(itertools.accumulate((len(line) + 1 for line in lines), initial=0))
    for offset in range(0, len(text) + 1, step):
        number = max(i for i, start in enumerate(starts) if start <= offset)
        at = {"line": number, "character": offset - starts[number]}
        for method in methods:
            if method not in wide:
                with refusals():
                    editor.request(method, REQUESTS[method](uri, at, end))


@contextmanager
def refusals() -> Iterator[None]:
    """That something can't be done is an answer, too."""
    try:
        yield
    except ServerError as error:
        if error.code != types.LSPErrorCodes.RequestFailed:
            raise

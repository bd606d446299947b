"""Columns in UTF-8, UTF-16 and UTF-32 mean the same places."""

import copy
from pathlib import Path

import pytest
from editor import CAPABILITIES, Editor
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from flow_lsp.encoding import Encoding

TEXT = (
    "flow: 1\nname: a\nsteps:\n  one:\n    uses: std.log\n"
    '    with: {message: "😀 e\u0301 ü ${{ inputs.nobody }}"}\n'
)
KINDS = ("utf-8", "utf-16", "utf-32")


def units(text: str, kind: str) -> int:
    width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[kind]
    return (
        len(text.encode(kind.replace("utf-16", "utf-16-le").replace("utf-32", "utf-32-le")))
        // width
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_finding_behind_other_characters(tmp_path: Path, kind: str) -> None:
    capabilities = copy.deepcopy(CAPABILITIES)
    capabilities["general"]["positionEncodings"] = [kind]
    with Editor(tmp_path, capabilities=capabilities) as editor:
        assert editor.initialized["capabilities"]["positionEncoding"] == kind
        uri = editor.open("a.flow.yaml", TEXT)
        (finding,) = (f for f in editor.findings(uri) if f["code"] == "FL304")
        line = TEXT.splitlines()[5]
        start = line.index("nobody")
        assert finding["range"]["start"] == {"line": 5, "character": units(line[:start], kind)}
        assert finding["range"]["end"]["character"] == units(line[: start + 6], kind)
        here = finding["range"]
        editor.change(uri, {"range": here, "text": "somebody"})
        assert editor.text(uri) == TEXT.replace("nobody", "somebody")


@given(st.text(), st.sampled_from(KINDS), st.integers(0, 50))
def test_a_column_and_back(line: str, kind: str, at: int) -> None:
    encoding = Encoding(types.PositionEncodingKind(kind))
    at = min(at, len(line))
    if not any("\ud800" <= c <= "\udfff" for c in line):
        assert encoding.units(line[:at]) == units(line[:at], kind)
    assert encoding.column(line, encoding.units(line[:at])) == at


@given(st.text(), st.sampled_from(KINDS), st.integers(-5, 200))
def test_a_column_is_one_of_the_line(line: str, kind: str, column: int) -> None:
    assert 0 <= Encoding(types.PositionEncodingKind(kind)).column(line, column) <= len(line)

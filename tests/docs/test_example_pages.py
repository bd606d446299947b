"""The output that the examples' pages show is the exact one, but for what `…` leaves out."""

import re
from pathlib import Path

import pytest

from flow_cli.main import main

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
BLOCK = re.compile(r"^```console output\n\$ ([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", sorted(EXAMPLES.glob("*/README.md")), ids=lambda p: p.parent.name)
def test_the_output_is_the_exact_one(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = BLOCK.search(page.read_text("utf-8"))
    assert shown is not None
    monkeypatch.chdir(page.parent)
    monkeypatch.setattr("sys.argv", [*shown[1].split(), "--no-cache"])
    with pytest.raises(SystemExit) as exit_:
        main()
    assert exit_.value.code == 1
    output = capsys.readouterr().out
    parts = [part for part in shown[2].split("…\n") if part.strip()]
    assert len(parts) == 3
    for part in parts:
        before, found, output = output.partition(part)
        assert found, f"not in the rest of the output:\n{part}"
        assert before

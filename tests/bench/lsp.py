"""The language server beside yaml-language-server: run me; I print figures and ratios.

    python tests/bench/lsp.py [--peer COMMAND] [--rounds N]

Both servers get the same files and the same keystrokes, in turn. The peer is the
`yaml-language-server` that is found, set up with the schema that `flow schema` prints; without one,
the figures of Flow stand alone. Compare the CPU times, which count children: the clock depends on
what else the machine does, and the peer lets a fifth of a second pass before it checks. A keystroke
ends with its findings; one with "a pause" ends when nothing that it set in motion goes on.
"""

import argparse
import json
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

from figures import Figures, limit, ratio, table
from lsp_session import QUESTIONS, Server, Session
from samples import pipeline

from flow_core.language.schema import schema

BESIDE = (100, 1_000, 10_000)
ALONE = 50_000
FLOW, PEER = "flow", "yaml-language-server"
Found = dict[tuple[str, int], Figures]


def main() -> None:
    """Print what was measured, then each budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", default=shutil.which(PEER))
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    found: Found = {}
    with tempfile.TemporaryDirectory() as folder:
        servers = [_flow(), *([_peer(options.peer, Path(folder))] if options.peer else [])]
        for lines in (*BESIDE, ALONE):
            shown = servers if lines in BESIDE else servers[:1]
            _measure(shown, lines, options.rounds, found)
    _budgets(found)
    if options.peer:
        _ratios(found)


def _flow() -> Server:
    return Server(FLOW, [sys.executable, "-m", "flow_lsp"], {})


def _peer(command: str, folder: Path) -> Server:
    file = folder / "flow.schema.json"
    file.write_text(json.dumps(schema("pipeline")), "utf-8")
    yaml = {
        "schemas": {file.as_uri(): "*.flow.yaml"},
        "schemaStore": {"enable": False},
        "validate": True,
        "hover": True,
        "completion": True,
    }
    return Server(PEER, [*shlex.split(command), "--stdio"], {"yaml": yaml})


def _measure(servers: list[Server], lines: int, rounds: int, found: Found) -> None:
    """Measure and show one size; the servers take turns."""
    for _ in range(rounds):
        for server in servers:
            figures = found.setdefault((server.name, lines), Figures())
            with tempfile.TemporaryDirectory() as folder:
                Path(folder, "sample.flow.yaml").write_text(pipeline(lines), "utf-8")
                Session(server, Path(folder), lines, figures).run()
    shown = {server.name: found[server.name, lines] for server in servers}
    table(f"{lines:,} lines", shown)


def _budgets(found: Found) -> None:
    print("\nFlow alone:")
    for lines in (*BESIDE, ALONE):
        spent = found[FLOW, lines].cpu("keystroke", 0.95)
        limit(f"keystroke at {lines:,} lines, CPU ms, p95", spent, 10)
    for method in dict.fromkeys(question.method for question in QUESTIONS):
        spent = found[FLOW, 10_000].cpu(method, 0.95)
        limit(f"{method} after a keystroke at 10,000 lines, CPU ms, p95", spent, 10)
    idle = found[FLOW, 100]
    limit("idle, MB", idle.amount("idle, a file, MB"), 100)
    limit("idle, CPU ms a second", idle.amount("idle, a file, CPU ms/s"), 1)


def _ratios(found: Found) -> None:
    ours, theirs = found[FLOW, 10_000], found[PEER, 10_000]
    print("\nFlow / yaml-language-server at 10,000 lines:")
    for name in ("keystroke", "keystroke, then a pause", "completion", "hover"):
        most = 1 / 20 if name == "keystroke" else None
        ratio(f"{name}, CPU", ours.cpu(name), theirs.cpu(name), most)
    for name, most in (("open, first findings", 1 / 2), ("open, all", None)):
        ratio(f"{name}, CPU", ours.cpu(name), theirs.cpu(name), most)
        ratio(f"{name}, on the clock", ours.wall(name), theirs.wall(name), most)
    peak = "peak memory, MB"
    ratio(peak, ours.amount(peak), theirs.amount(peak), 1 / 2)


if __name__ == "__main__":
    main()

"""Pictures of any size to try the page with, as plain data: groups, edges, findings and a run."""

import random
from typing import Any

SECOND = 1_000_000
HOSTILE = (
    "</script><script>window.bad=1</script>\"'`<img src=x onerror=window.bad=1>\u202e\u2028&amp;"
)

_VERBS = ("fetch", "clean", "check", "join", "rank", "price", "charge", "notify", "load", "audit")
_NOUNS = ("orders", "stock", "customers", "rates", "invoices", "parcels", "claims", "events")


def picture(size: int, *, grouped: bool = True, seed: int = 4) -> dict[str, Any]:
    """A pipeline of about so many steps, in groups of twelve, that was run once."""
    draw = random.Random(seed)  # noqa: S311 - samples, not secrets
    groups = [_group(number) for number in range(size // 12)] if grouped and size >= 12 else []
    steps = [_step(draw, number, groups) for number in range(size - len(groups))]
    edges = _edges(draw, steps, groups)
    frames = _frames(draw, steps)
    critical = _critical(steps, edges)
    return {
        "name": f"sample of {size}",
        "nodes": groups + steps,
        "edges": edges,
        "run": {"elapsed": frames[-1]["at"], "critical": critical, "frames": frames},
    }


def _group(number: int) -> dict[str, Any]:
    name = f"{_NOUNS[number % len(_NOUNS)]}_{number}"
    return {"id": name, "name": name, "kind": "group", "description": f"All about {name}."}


def _step(draw: random.Random, number: int, groups: list[dict[str, Any]]) -> dict[str, Any]:
    name = f"{draw.choice(_VERBS)}_{draw.choice(_NOUNS)}_{number}"
    parent = groups[number // 11]["id"] if number // 11 < len(groups) else ""
    step: dict[str, Any] = {
        "id": f"{parent}/{name}" if parent else name,
        "name": name,
        "kind": draw.choice(("python", "python", "shell", "http", "std")),
        "parent": parent,
        "component": f"lib.{name.partition('_')[0]}",
        "tags": draw.sample(("nightly", "money", "slow"), draw.randrange(3)),
        "description": f"Does what {name} has to do, and says so in a sentence of some length.",
        "inputs": [{"name": "rows", "type": "list<{id: string, total: number}>"}],
        "outputs": [{"name": "count", "type": "integer"}, {"name": "report", "type": "string?"}],
        "source": {"file": "flows/sample.flow.yaml", "line": 10 + 4 * number},
        "findings": [],
    }
    if number % 7 == 3:
        step |= {"retry": {"max_attempts": 3, "delay": "2s"}, "timeout": "30s"}
    if number % 11 == 5:
        step |= {"for_each": "${{ inputs.lines }}", "when": "${{ inputs.limit > 3 }}"}
    if number % 23 == 8:
        step["findings"] = [{"code": "FL301", "severity": "warning", "message": "it never fires"}]
    return step


def _edges(draw: random.Random, steps: list[dict[str, Any]], groups: list[Any]) -> list[Any]:
    """Most edges join steps of one box, as the language has it, and boxes; a few cross a border."""
    found = []
    for box in [{"id": ""}, *groups]:
        found += _among(draw, [step["id"] for step in steps if step["parent"] == box["id"]])
    found += _among(draw, [group["id"] for group in groups])
    loose = [step["id"] for step in steps if not step["parent"]]
    found += [_edge(groups[-1]["id"], step, "order") for step in loose[:1] if groups]
    found += [
        _edge(steps[at]["id"], steps[at + 13]["id"], "data") for at in range(0, len(steps) - 13, 60)
    ]
    return found


def _among(draw: random.Random, ids: list[str]) -> list[dict[str, Any]]:
    lanes = max(1, round(len(ids) ** 0.5 / 1.5))
    found = []
    for number, step in enumerate(ids[1:], 1):
        for _ in range(1 + (draw.random() < 0.35)):
            back = min(number, max(1, lanes + round(draw.gauss(0, 1 + lanes / 8))))
            kind = draw.choice(("data", "data", "data", "order", "condition"))
            found.append(_edge(ids[number - back], step, kind))
    return found


def _edge(source: str, target: str, kind: str) -> dict[str, Any]:
    label = "failed or skipped" if kind == "condition" else ""
    return {"source": source, "target": target, "kind": kind, "label": label}


def _frames(draw: random.Random, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found, at = [], 0
    for step in steps:
        found.append({"at": at, "states": {step["id"]: "running"}})
        at += draw.randrange(1, 90) * SECOND
        ends = ("succeeded",) * 12 + ("recovered", "failed", "skipped")
        found.append({"at": at, "states": {step["id"]: draw.choice(ends)}})
    return found


def _critical(steps: list[dict[str, Any]], edges: list[dict[str, Any]]) -> list[str]:
    before = {edge["target"]: edge["source"] for edge in edges}
    path = [steps[-1]["id"]]
    while path[-1] in before and len(path) < len(steps):
        path.append(before[path[-1]])
    return path[::-1]


def hostile() -> dict[str, Any]:
    """A picture whose every text tries to be something else."""
    port = {"name": HOSTILE, "type": HOSTILE}
    node = {
        "id": HOSTILE,
        "name": HOSTILE,
        "kind": HOSTILE,
        "component": HOSTILE,
        "tags": [HOSTILE],
        "description": HOSTILE,
        "when": HOSTILE,
        "inputs": [port],
        "outputs": [port],
        "source": {"file": "javascript:window.bad=1", "line": 1},
        "findings": [{"code": HOSTILE, "severity": HOSTILE, "message": HOSTILE}],
        "overlay": {"status": HOSTILE},
    }
    after = {"id": "__proto__", "parent": "constructor"}
    edge = {"source": HOSTILE, "target": "__proto__", "kind": HOSTILE, "label": HOSTILE}
    return {"name": HOSTILE, "nodes": [node, after], "edges": [edge], "notes": [HOSTILE]}

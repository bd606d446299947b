"""The report as JSON: the data, which can be read again, and what it comes to."""

import json
from typing import Any

from flow_core.coverage import Count, Coverage, FileSum, Sums


def json_report(sums: Sums, coverage: Coverage) -> str:
    """The report as text; `Coverage.from_json` reads the data in it."""
    data = json.loads(coverage.to_json())
    data["report"] = {
        **_count(sums.count),
        "kinds": {kind: _count(count) for kind, count in sums.kinds.items()},
        "files": [_file(file) for file in sums.files],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _count(count: Count) -> dict[str, Any]:
    return {
        "goals": count.total,
        "covered": count.covered,
        "missed": count.missed,
        "percent": round(count.percent, 2),
    }


def _file(file: FileSum) -> dict[str, Any]:
    return {
        "file": file.name,
        **_count(file.count),
        "stale": file.stale,
        "goals": [
            {
                "id": goal.id,
                "kind": goal.kind,
                "step": goal.path,
                "line": goal.line,
                "label": goal.label if (hits := file.hits.get(goal.id, 0)) else goal.missed,
                "hits": hits,
            }
            for goal in file.goals
        ],
    }

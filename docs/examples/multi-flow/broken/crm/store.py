"""Records as files: one folder for each kind, one file for each record.

Writing the same record twice changes nothing, so a step that is tried again does no harm, and steps
that run side by side never write to the same file.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

ROOT = Path("store")


def number(prefix: str, *parts: str) -> str:
    """The number of a record: the same for the same parts."""
    return f"{prefix}_{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:10]}"


def save(kind: str, key: str, record: Mapping[str, object]) -> None:
    """Write a record."""
    path = ROOT / kind / f"{key}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record))


def remove(kind: str, key: str) -> None:
    """Delete a record; does nothing if there is none."""
    (ROOT / kind / f"{key}.json").unlink(missing_ok=True)

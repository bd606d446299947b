"""Write a parcel's label: a shell component reads the environment and answers in JSON."""

import hashlib
import json
import os
from pathlib import Path


def label(code: str, weight: str, folder: str) -> dict[str, dict[str, str | int]]:
    """Write the label of one parcel and say where it is, as a Flow `file`."""
    text = f"parcel {code}\nweight {weight} kg\n".encode()
    path = Path(folder) / f"{code}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
    digest = hashlib.sha256(text).hexdigest()
    return {"label": {"uri": path.as_posix(), "sha256": digest, "size": len(text)}}


if __name__ == "__main__":
    wanted = {name: os.environ[name] for name in ("code", "weight", "folder")}
    print(json.dumps(label(**wanted)))  # noqa: T201 - standard output is the component's answer

"""What was covered, as a value: it can be added up, kept in a file, and told from stale data."""

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import msgspec

VERSION = 1


class CoverageError(ValueError):
    """Data that is no coverage; the message says why."""


class Coverage(msgspec.Struct, frozen=True):
    """How many runs covered each goal: by file, by digest of its text, by id.

    Names of files are relative to a root, that of the project as a rule, with ``/``. Runs of other
    versions of a file are kept apart by the digest, so that they are never taken for runs of this
    one.
    """

    files: dict[str, dict[str, dict[str, int]]] = {}

    def __or__(self, other: "Coverage") -> "Coverage":
        """Both together."""
        found = {file: dict(texts) for file, texts in self.files.items()}
        for file, texts in other.files.items():
            known = found.setdefault(file, {})
            for text, hits in texts.items():
                known[text] = _added(known.get(text, {}), hits)
        return Coverage(found)

    def hits(self, file: str, text: str) -> Mapping[str, int]:
        """How many runs covered each goal of a file, as its text is."""
        return self.files.get(file, {}).get(digest(text), {})

    def is_stale(self, file: str, text: str) -> bool:
        """Whether what is known of a file is only of other versions of it."""
        known = self.files.get(file, {})
        return bool(known) and digest(text) not in known

    def moved(self, root: str, other: str) -> "Coverage":
        """The same with names that are relative to another root."""
        names = {name: name_of(str(Path(root, name)), other) for name in self.files}
        return Coverage({names[name]: texts for name, texts in self.files.items()})

    def to_json(self) -> bytes:
        """As JSON, the same for the same coverage."""
        return msgspec.json.encode({"flow_coverage": VERSION, "files": self.files}, order="sorted")

    @classmethod
    def from_json(cls, data: bytes) -> "Coverage":
        """From what `to_json` gave.

        Raises:
            CoverageError: it is something else.
        """
        try:
            stored = msgspec.json.decode(data, type=_Stored)
        except (msgspec.DecodeError, RecursionError) as error:
            raise CoverageError(f"that is no coverage data: {error}") from None
        if stored.flow_coverage != VERSION:
            message = f"coverage data of version {stored.flow_coverage}, and {VERSION} is expected"
            raise CoverageError(message)
        return cls(stored.files)


class _Stored(msgspec.Struct, frozen=True):
    flow_coverage: int
    files: dict[str, dict[str, dict[str, int]]]


def _added(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in (*one, *other)}


def digest(text: str) -> str:
    """The digest of the text of a file."""
    return sha256(text.encode(errors="surrogateescape")).hexdigest()[:16]


def name_of(file: str, root: str) -> str:
    """The name of a file in `Coverage`."""
    return os.path.relpath(file, root).replace(os.sep, "/")

"""What was found before, kept in ``.flow_cache`` below a project's root for as long as it holds.

An entry holds when neither Flow, nor the settings and options, nor any text that the findings
depended on has changed. Entries are written whole, so that runs can share them; what cannot be read
counts as absent, and a cache that cannot be written is no error.
"""

import os
import sys
from functools import cached_property
from hashlib import blake2b

import msgspec

import flow_core
from flow_core.diagnostics import Diagnostic
from flow_core.reading import read_bytes
from flow_core.settings import Settings

FOLDER = ".flow_cache"


class Entry(msgspec.Struct, frozen=True):
    """The findings in one file. ``texts`` are digests by file, empty where there was no file."""

    key: str
    texts: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]


class Cache:
    """The kept findings of files checked with the same options."""

    def __init__(self, options: object) -> None:
        self._options = repr(options)
        self._digests: dict[str, str] = {}
        self._made: set[str] = set()

    def find(self, file: str, settings: Settings) -> tuple[Diagnostic, ...] | None:
        """The findings in a file, if they are known and still hold."""
        if not is_cached(settings):
            return None
        try:
            with open(_path(file, settings), "rb") as stored:
                entry = msgspec.msgpack.decode(stored.read(), type=Entry)
        except (OSError, msgspec.MsgspecError):
            return None
        holds = entry.key == self._key(settings) and all(
            self._digest(name) == digest for name, digest in entry.texts.items()
        )
        return entry.diagnostics if holds else None

    def keep(
        self,
        file: str,
        settings: Settings,
        texts: dict[str, str | None],
        diagnostics: tuple[Diagnostic, ...],
    ) -> None:
        """Keep the findings in a file, which depend on these texts."""
        if not is_cached(settings):
            return
        digests = {name: _digest_of(text) for name, text in texts.items()}
        entry = msgspec.msgpack.encode(Entry(self._key(settings), digests, diagnostics))
        path = _path(file, settings)
        scratch = f"{path}.{os.getpid()}"
        try:
            self._make_folder(os.path.dirname(path))
            with open(scratch, "wb") as stored:
                stored.write(entry)
            os.replace(scratch, path)
        except OSError:
            return

    def _key(self, settings: Settings) -> str:
        return _digest_of("\0".join((self._stamp, self._options, repr(settings))))

    def _make_folder(self, folder: str) -> None:
        """Make the cache's folder, which tells git to leave it alone."""
        if folder in self._made:
            return
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, ".gitignore"), "w", encoding="ascii") as file:
            file.write("*\n")
        self._made.add(folder)

    def _digest(self, file: str) -> str:
        if file not in self._digests:
            self._digests[file] = _digest_of(_read(file))
        return self._digests[file]

    @cached_property
    def _stamp(self) -> str:
        """What changes when Flow, Python, or what is installed beside them does."""
        installed = [_time(path) for path in sys.path if path.endswith("-packages")]
        own = [_newest(folder) for folder in flow_core.__path__]
        return repr((sys.version, installed, own))


def is_cached(settings: Settings) -> bool:
    """Tell whether findings of a project are kept: where it has a root of its own.

    Not where the settings let other people's rules run, whose changes nobody here notices.
    """
    has_root = settings.file or os.path.exists(os.path.join(settings.root, ".git"))
    return bool(has_root) and not settings.rules


def _path(file: str, settings: Settings) -> str:
    return os.path.join(settings.root, FOLDER, _digest_of(file))


def _read(file: str) -> bytes | None:
    try:
        return read_bytes(file)
    except OSError:
        return None


def _digest_of(data: str | bytes | None) -> str:
    if data is None:
        return ""
    if isinstance(data, str):
        data = data.encode(errors="surrogateescape")
    return blake2b(data, digest_size=16).hexdigest()


def _newest(folder: str) -> int:
    """When anything below a folder was last changed, in nanoseconds."""
    newest = _time(folder)
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name != "__pycache__":
                newest = max(newest, _newest(entry.path) if entry.is_dir() else _time(entry.path))
    return newest


def _time(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0

"""Project settings: `flow.toml`, or `[tool.flow]` in `pyproject.toml`."""

import re
from pathlib import Path
from typing import Any, cast

import msgspec

from flow_core.diagnostics import Severity

_INCLUDE = (
    "**/*.flow.yaml",
    "**/*.flow.yml",
    "**/*.flow.json",
    "**/*.flowtest.yaml",
    "**/*.flowtest.yml",
    "**/*.flowtest.json",
)

_AT_KEY = re.compile(r"at `\$\.(\w+)(?:\.(\w+))?")
"""Where msgspec says the key that its complaint is about."""


class RealSettings(msgspec.Struct, frozen=True):
    """What tests may do for real: ``real`` are patterns of components that may be called."""

    real: tuple[str, ...] = ()


class Settings(msgspec.Struct, frozen=True):
    """The settings of one project; the meaning of each is in `language.settings_keys`.

    ``root`` is the absolute folder that the project's paths start from, ``file`` the file that the
    settings came from, if any.
    """

    root: str
    file: str = ""
    include: tuple[str, ...] = _INCLUDE
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: dict[str, Severity] = {}
    python_paths: tuple[str, ...] = (".",)
    rules: tuple[str, ...] = ()
    allow_outside_root: bool = False
    cost_unit: str = ""
    test: RealSettings = RealSettings()


_EXPECTED = {
    tuple: "a list of texts",
    dict: "a table",
    bool: "`true` or `false`",
    str: "a text",
    RealSettings: "a table",
}


class SettingsError(Exception):
    """Settings that can't be used; the message names the file, the key and what was expected."""


def load(start: Path) -> Settings:
    """The settings that hold for a file or folder.

    The nearest `flow.toml`, or `pyproject.toml` with `[tool.flow]`, in the folder or one above
    decides; else the nearest folder with `.git` is the root, else the folder itself.

    Raises:
        SettingsError: where the file can't be read or does not say what it may.
    """
    folder = start if start.is_dir() else start.parent
    folder = folder.resolve()
    for candidate in (folder, *folder.parents):
        found = _read(candidate)
        if found is not None:
            return found
        if (candidate / ".git").exists():
            return Settings(str(candidate))
    return Settings(str(folder))


def _read(folder: Path) -> Settings | None:
    own = folder / "flow.toml"
    if own.is_file():
        return _parse(own, _toml(own))
    shared = folder / "pyproject.toml"
    if shared.is_file():
        tool = _toml(shared).get("tool")
        if isinstance(tool, dict) and "flow" in tool:
            return _parse(shared, cast("dict[str, Any]", tool)["flow"])
    return None


def _toml(file: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file}: {error}") from error
    except RecursionError as error:
        raise SettingsError(f"{file}: this is nested too deeply") from error


def _parse(file: Path, table: Any) -> Settings:
    if not isinstance(table, dict):
        raise SettingsError(f"{file}: `tool.flow` must be a table")
    table = cast("dict[str, Any]", table)
    _refuse_unknown(file, table, {*Settings.__struct_fields__} - {"root", "file"})
    test = table.get("test")
    if isinstance(test, dict):
        _refuse_unknown(file, cast("dict[str, Any]", test), {*RealSettings.__struct_fields__})
    severity = table.get("severity")
    if isinstance(severity, dict):
        words = cast("dict[str, Any]", severity)
        table = {**table, "severity": _severities(file, words)}
    try:
        return msgspec.convert({**table, "root": str(file.parent), "file": str(file)}, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(_complaint(file, str(error))) from error


def _complaint(file: Path, error: str) -> str:
    """What a key should have been, from msgspec's complaint about it."""
    found = _AT_KEY.search(error)
    if found is None:
        return f"{file}: {error}"
    key, value = found[1], getattr(Settings(""), found[1])
    if isinstance(value, RealSettings) and found[2]:
        key, value = f"{key}.{found[2]}", getattr(value, found[2])
    place = place_of(str(file), key.rpartition(".")[2])
    return f"{place}: `{key}` should be {_EXPECTED[type(value)]}"


def _refuse_unknown(file: Path, table: dict[str, Any], known: set[str]) -> None:
    for key in table:
        if key not in known:
            meant = _meant(key, known)
            raise SettingsError(f"{place_of(str(file), key)}: unknown key `{key}`{meant}")


def place_of(file: str, *keys: str) -> str:
    """The file, and the line of the first of the keys that a search of its text finds.

    It only leads people there: a key in quotes or inside braces may be missed.
    """
    text = Path(file).read_text("utf-8")
    start = max(0, text.find("[tool.flow"))
    for key in keys:
        pattern = rf"^[ \t]*(?:\[(?:tool\.flow\.)?)?{re.escape(key)}[ \t]*[=.\]]"
        found = re.compile(pattern, re.MULTILINE).search(text, start)
        if found:
            return f"{file}:{text.count(chr(10), 0, found.start()) + 1}"
    return file


def _severities(file: Path, table: dict[str, Any]) -> dict[str, Severity]:
    words = {severity.name.lower(): severity for severity in Severity}
    for rule, word in table.items():
        if word not in [*words]:  # not in the dictionary: it need not be hashable
            expected = ", ".join(f"`{name}`" for name in words)
            at = place_of(str(file), rule, "severity")
            raise SettingsError(f"{at}: `severity.{rule}` must be one of {expected}")
    return {rule: words[word] for rule, word in table.items()}


def _meant(key: str, known: set[str]) -> str:
    from flow_core.suggest import closest

    meant = closest(key, sorted(known))
    return f"; did you mean `{meant}`?" if meant else ""

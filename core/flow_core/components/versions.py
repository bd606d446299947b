"""Semantic versions, and the ranges that ``uses: payments.charge@^2.1`` asks for.

>>> matches("^2.1", "2.4.0"), matches("~2.1", "2.4.0"), matches("2.1", "2.1.7")
(True, False, True)
"""

import re

import msgspec

_NUMBER = r"(?:0|[1-9]\d{0,15})"
_PRERELEASE = r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*"
_TAIL = rf"(?:-(?P<prerelease>{_PRERELEASE}))?(?:\+{_PRERELEASE})?"
_VERSION = re.compile(rf"(?P<core>{_NUMBER}(?:\.{_NUMBER}){{0,2}}){_TAIL}")
_RANGE = re.compile(rf"(?P<kind>[\^~]?)(?P<core>{_NUMBER}(?:\.{_NUMBER}){{0,2}}){_TAIL}")


class Version(msgspec.Struct, frozen=True):
    """A version after semver.org; what follows a ``+`` says nothing and is dropped."""

    major: int
    minor: int
    patch: int
    prerelease: tuple[str, ...] = ()

    @property
    def core(self) -> tuple[int, int, int]:
        """The three numbers."""
        return (self.major, self.minor, self.patch)

    def precedes(self, other: "Version") -> bool:
        """Whether this version has the lower precedence."""
        if self.core != other.core:
            return self.core < other.core
        if not self.prerelease or not other.prerelease:
            return bool(self.prerelease) and not other.prerelease
        return _identifiers(self.prerelease) < _identifiers(other.prerelease)


class Range(msgspec.Struct, frozen=True):
    """All versions from ``lowest`` on whose numbers are below ``bound``."""

    lowest: Version
    bound: tuple[int, int, int]

    def holds(self, version: Version) -> bool:
        """Whether a version is in the range.

        A prerelease is only in a range that itself names a prerelease of the same three numbers.
        """
        if version.precedes(self.lowest) or version.core >= self.bound:
            return False
        return not version.prerelease or (
            bool(self.lowest.prerelease) and version.core == self.lowest.core
        )


def parse_version(text: str) -> Version | None:
    """A version of up to three numbers, None for any other text; missing ones count as 0."""
    found = _VERSION.fullmatch(text)
    return _version(found) if found else None


def parse_range(text: str) -> Range | None:
    """A range, None for any other text.

    ``^`` keeps the first number that is not 0, ``~`` the first two; an exact version may leave out
    its last numbers, and then holds all that begin like it.
    """
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    given = len(found["core"].split("."))
    lowest = _version(found)
    kept = {"^": _caret(lowest.core, given), "~": min(given, 2), "": given}[found["kind"]]
    if found["prerelease"] and given < 3:  # noqa: PLR2004 - major, minor, patch
        return None
    return Range(lowest, _bump(lowest.core, kept))


def version_problem(text: str) -> str:
    """What is wrong with a component's version, "" for nothing."""
    if parse_version(text):
        return ""
    return f"`{text}` is no version; expected one such as `1.4.0`"


def range_problem(text: str) -> str:
    """What is wrong with a range, "" for nothing."""
    if parse_range(text):
        return ""
    return f"`{text}` is no version range; expected `^2.1`, `~2.1` or an exact version"


def matches(range_: str, version: str) -> bool:
    """Whether a version is in a range; what can't be parsed never is, no range holds everything."""
    if not range_:
        return True
    wanted, offered = parse_range(range_), parse_version(version)
    return wanted is not None and offered is not None and wanted.holds(offered)


def _version(found: re.Match[str]) -> Version:
    major, minor, patch = [*map(int, found["core"].split(".")), 0, 0][:3]
    prerelease = found["prerelease"]
    return Version(major, minor, patch, tuple(prerelease.split(".")) if prerelease else ())


def _caret(core: tuple[int, int, int], given: int) -> int:
    """How many numbers ``^`` keeps: up to the first that is not 0, and no more than are given."""
    leading = next((index for index, number in enumerate(core) if number), 2)
    return min(leading + 1, given)


def _bump(core: tuple[int, int, int], kept: int) -> tuple[int, int, int]:
    """The first numbers beyond those that agree in the first ``kept``."""
    numbers = [*core[: kept - 1], core[kept - 1] + 1, 0, 0]
    return (numbers[0], numbers[1], numbers[2])


def _identifiers(parts: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """The sort key of a prerelease: numbers by value and before words."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]

"""What a run found, ready for a reporter: data in, and each reporter makes its own text of it."""

from collections import Counter

import msgspec

from flow_core.diagnostics import Diagnostic, Severity
from flow_core.excerpt import Position, Source
from flow_core.printable import shown_name


class Report(msgspec.Struct, frozen=True):
    """The findings of a run over ``files`` (absolute, in order).

    ``sources`` has the text of every file that a finding, a note or a fix names. ``base`` is the
    folder that names are shown from. ``fixed`` counts the problems that ``--fix`` has mended,
    ``seconds`` is the time that the run took.
    """

    files: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, Source]
    base: str
    strict: bool = False
    seconds: float = 0
    fixed: int = 0
    color: bool = False

    def name(self, file: str) -> str:
        """A file's name as people see it."""
        return shown_name(file, self.base)

    def start(self, diagnostic: Diagnostic) -> Position:
        """Where a finding starts."""
        return self.sources[diagnostic.file].position(diagnostic.span.start)

    @property
    def counts(self) -> Counter[Severity]:
        """How many findings there are of each severity."""
        return Counter(each.severity for each in self.diagnostics)

    @property
    def fixable(self) -> int:
        """How many findings ``--fix`` would mend."""
        return sum(is_fixable(each) for each in self.diagnostics)

    @property
    def unsafely_fixable(self) -> int:
        """How many more ``--unsafe-fixes`` would mend."""
        return sum(
            each.fix is not None and each.fix.safety == "unsafe" for each in self.diagnostics
        )

    def fails(self, diagnostic: Diagnostic) -> bool:
        """Tell whether a finding fails the run: an error does, with ``strict`` a warning too."""
        return diagnostic.severity <= (Severity.WARNING if self.strict else Severity.ERROR)

    @property
    def failed(self) -> bool:
        """Whether any finding fails the run."""
        return any(self.fails(each) for each in self.diagnostics)

    def by_file(self) -> dict[str, list[Diagnostic]]:
        """Each file's findings; clean files have none."""
        found: dict[str, list[Diagnostic]] = {file: [] for file in self.files}
        for each in self.diagnostics:
            found.setdefault(each.file, []).append(each)
        return found


def is_fixable(diagnostic: Diagnostic) -> bool:
    """Tell whether ``--fix`` would mend a finding."""
    return diagnostic.fix is not None and diagnostic.fix.safety == "safe"


def count(number: int, noun: str) -> str:
    """A number and its noun, in the plural where it takes one.

    >>> count(1, "file"), count(2, "error"), count(2, "info")
    ('1 file', '2 errors', '2 infos')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

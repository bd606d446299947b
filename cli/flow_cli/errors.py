"""How a command ends: the exit codes, and the error that a user caused and can mend."""

from collections.abc import Iterable

CLEAN = 0
"""Nothing to complain about."""
FINDINGS = 1
"""The input was read, and something is wrong with it."""
UNUSABLE = 2
"""The command line, the settings or the input cannot be used."""
INTERNAL = 3
"""A defect of Flow itself."""


class UserError(Exception):
    """What a user can mend: shown as ``error: message`` and ``help: …``, ends with exit code 2."""

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002  # as in Diagnostic
        super().__init__(message)
        self.message = message
        self.help = help


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A help for a word that is not known; empty when nothing comes close.

    >>> did_you_mean("FL230", ["FL203", "dependency-cycle"])
    'did you mean `FL203`?'
    """
    from flow_core.suggest import closest

    close = closest(word, known)
    return f"did you mean `{close}`?" if close else ""

"""The formats of `text.format([…])`: which clauses there are."""

import re

CLAUSE = re.compile(r"%(?:%|(?:\.(\d{1,3}))?([a-zA-Z]))|%")
VERBS = frozenset("sdfebxXo")


def format_problem(text: str, arguments: int) -> str:
    """What is wrong with a constant format for a list of so many values, or ``""``."""
    needed = 0
    for match in CLAUSE.finditer(text):
        if match[0] == "%%":
            continue
        if match[2] is None or match[2] not in VERBS:
            return f"`{match[0]}` is no clause of a format"
        needed += 1
    if needed != arguments:
        return f"the format has {needed} clauses and the list {arguments} values"
    return ""

"""Counting words."""

from typing import TypedDict

from flow_core import component


class Tally(TypedDict):
    """How many words a text has, and which is the longest (the first of several)."""

    words: int
    longest: str


@component
def tally(text: str) -> Tally:
    """Count the words of a text."""
    words = text.split()
    return {"words": len(words), "longest": max(words, key=len, default="")}

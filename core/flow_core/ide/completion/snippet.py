"""Pieces as texts: as a snippet of the protocol, or plain for a client that knows no snippets."""

import re
from collections.abc import Sequence

from flow_core.ide.completion.template import Piece, Stop

_SPECIAL = re.compile(r"[\\$}]")
_OF_CHOICES = re.compile(r"[\\$},|]")


def snippet(pieces: Sequence[Piece]) -> str:
    r"""Pieces as a snippet of the protocol.

    >>> from flow_core.ide.completion.template import EXPRESSION
    >>> snippet(["when: ", EXPRESSION])
    'when: \\${{ $0 \\}\\}'
    """
    stops = [piece for piece in pieces if isinstance(piece, Stop)]
    text = ""
    number = 0
    for piece in pieces:
        if isinstance(piece, str):
            text += _escaped(piece)
            continue
        number += 1
        last = number == len(stops) and not (piece.text or piece.choices)
        text += _escaped(piece.before) + _place(piece, 0 if last else number)
        text += _escaped(piece.after)
    return text


def _place(stop: Stop, number: int) -> str:
    if stop.choices:
        choices = ",".join(_OF_CHOICES.sub(r"\\\g<0>", choice) for choice in stop.choices)
        return f"${{{number}|{choices}|}}"
    return f"${{{number}:{_escaped(stop.text)}}}" if stop.text else f"${number}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def plain(pieces: Sequence[Piece]) -> str:
    """Pieces up to the first place that somebody has to fill in.

    >>> plain(["max_attempts: ", Stop(), "  delay: ", Stop()])
    'max_attempts: '
    """
    text = ""
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
        elif piece.holds:
            text += piece.before + piece.text + piece.after
        else:
            break
    return text

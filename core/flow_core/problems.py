"""What an analysis found out: a kind that one rule reports, a place, and the words for it."""

import msgspec

from flow_core.places import Place


class Problem(msgspec.Struct, frozen=True):
    """A fact that some rule turns into a finding.

    ``kind`` is a stable slug; ``suggestion`` is the text that belongs at ``place`` where that is
    certain enough for a fix; ``about`` is the path that an expression's problem is about, if it has
    one: ``("steps", "charge", "outputs", "receipt")``.
    """

    kind: str
    place: Place
    message: str
    help: str = ""
    suggestion: str | None = None
    about: tuple[str, ...] = ()

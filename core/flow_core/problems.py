"""What an analysis found out: a kind that one rule reports, a place, and the words for it."""

import msgspec

from flow_core.places import Place


class Problem(msgspec.Struct, frozen=True):
    """A fact that some rule turns into a finding.

    ``kind`` is a stable slug; ``suggestion`` is the text that belongs at ``place`` where that is
    certain enough for a fix.
    """

    kind: str
    place: Place
    message: str
    help: str = ""
    suggestion: str | None = None

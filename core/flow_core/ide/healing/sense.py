"""Whether a tree says something of the language, or is half typed though its syntax is sound."""

from flow_core.ide.levels import Level
from flow_core.syntax.nodes import Mapping, Node, Scalar, Sequence


def makes_sense(node: Node, level: Level) -> bool:
    """Whether all keys that the language must know are known, and mappings stand where they must.

    A member of a section or list that has nothing in it yet is half typed as well.

    >>> from flow_core.ide.levels import level_at
    >>> from flow_core.syntax import parse
    >>> step = level_at(("steps", "a"), "pipeline")
    >>> [makes_sense(parse(text, "yaml").root, step) for text in ("uses: x", "use: x", "us")]
    [True, False, False]
    """
    match node:
        case Mapping():
            here = level.meant(node.fields)
            return all(
                _knows(here, entry.key.text)
                and makes_sense(entry.value, here.under(entry.key.text))
                for entry in node.entries
            )
        case Sequence():
            return all(makes_sense(item, level.item) for item in node.items)
        case Scalar() if level.holds_keys:
            is_member = level.is_record and level.key is None
            return node.value is None and not is_member
        case _:
            return True


def _knows(level: Level, name: str) -> bool:
    """Whether a key may stand in a mapping, as far as the language says."""
    return not level.is_record or name in level.keys or name.startswith("x-") or name == "<<"

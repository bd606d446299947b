"""Outputs whose type changed although nothing at the output did: what is to blame gets the note."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, TypeAlias

import msgspec
from msgspec.structs import replace

from flow_core.diff.change import Change, graver
from flow_core.diff.type_judge import Verdict, judge_type, show_types
from flow_core.diff.type_uses import TypeUses
from flow_core.diff.walk import Difference
from flow_core.model.pipeline import Uses
from flow_core.places import Path
from flow_core.types import Type, admits_null, without_null

if TYPE_CHECKING:
    from flow_core.module import Module

Named: TypeAlias = tuple[str, str]
"""A section and a name in it: ``("steps", "charge")``."""

_NULLING = frozenset({"when", "depends_on", "catch", "for_each", "switch", "uses", "steps"})
"""The keys of a step that decide whether it has outputs at all."""
_SHAPING = frozenset(
    {
        "uses",
        "switch",
        "steps",
        "with",
        "returns",
        "for_each",
        "repeat",
        "catch",
        "value",
        "outputs",
    }
)
"""The keys of a step that decide what its outputs are."""

_NOTHING: frozenset[str] = frozenset()


class Upstream(msgspec.Struct, frozen=True):
    """What an output depends on: ``direct`` is named in it, ``all_`` through other steps too."""

    direct: frozenset[Named]
    all_: frozenset[Named]
    components: frozenset[str]
    types: frozenset[str]


def is_consequence(found: Difference, others: Collection[Path]) -> bool:
    """Whether an output has another type because of something else."""
    match found.path:
        case ("outputs", name, "type") if found.old and found.new:
            return ("outputs", name, "value") not in others and not _is_declared(found)
        case _:
            return False


def _is_declared(found: Difference) -> bool:
    """Whether an output says its type itself, in either version."""
    return any(each is not None and each.at[-1:] == ("type",) for each in (found.old, found.new))


def blame(found: Difference, paths: list[Path], new: "Module") -> list[int]:
    """Which of the changes may have caused that an output has another type."""
    old, now = _types(found)
    upstream = _upstream(str(found.path[1]), new)
    nulling = admits_null(old) != admits_null(now)
    shaping = without_null(old) != without_null(now)
    keys = (_NULLING if nulling else _NOTHING) | (_SHAPING if shaping else _NOTHING)
    return [i for i, path in enumerate(paths) if _decides(path, upstream, keys, shaping=shaping)]


def judge_output(found: Difference) -> Verdict:
    """What an output's new type means for callers."""
    return judge_type(*_types(found), "got")


def with_note(change: Change, found: Difference, verdict: Verdict) -> Change:
    """A change that says what it does to an output."""
    old, new = show_types(*_types(found))
    note = f"`outputs.{found.path[1]}` becomes `{new}`, was `{old}`: {verdict.why}"
    impact = graver(change.impact, verdict.impact)
    why = change.why if impact == change.impact else f"{change.why}, which callers notice"
    return replace(change, impact=impact, why=why, notes=(*change.notes, note))


def _types(found: Difference) -> tuple[Type, Type]:
    old, new = found.old, found.new
    assert old is not None  # noqa: S101 - `is_consequence` says so
    assert new is not None  # noqa: S101
    return old.raw, new.raw


def _decides(path: Path, upstream: Upstream, keys: frozenset[str], *, shaping: bool) -> bool:
    """Whether a change can change the type of what is downstream."""
    match path:
        case ("inputs" | "state" as root, str(name), "type"):
            return (root, name) in upstream.direct
        case ("steps", str(name)):
            return ("steps", name) in upstream.all_
        case ("steps", str(name), key, *_):
            return ("steps", name) in upstream.all_ and key in keys
        case ("components" | "calls", str(name), "outputs", *_):
            return name in upstream.components
        case ("types", str(name)):
            return shaping and name in upstream.types
        case ("imports", *_):
            return shaping
        case _:
            return False


def _upstream(output: str, module: "Module") -> Upstream:
    named = _mentioned(module)
    direct = frozenset(named.get(f"outputs.{output}", ()))
    found: set[Named] = set()
    pending = list(direct)
    while pending:
        each = pending.pop()
        if each not in found:
            found.add(each)
            pending += _below(each, named, module)
    calls = [info for info in module.calls.values() if ("steps", info.step) in found]
    called = frozenset(each.call.target for each in calls if isinstance(each.call, Uses))
    return Upstream(direct, frozenset(found), called, _type_names(module, direct, called))


def _below(named: Named, mentioned: dict[str, list[Named]], module: "Module") -> Iterator[Named]:
    if named[0] == "steps":
        yield from mentioned.get(named[1], ())
        yield from (("steps", name) for name in module.graph.edges.get(named[1], {}))


def _mentioned(module: "Module") -> dict[str, list[Named]]:
    """What steps and outputs name, by their own names."""
    found: dict[str, list[Named]] = {}
    for mention in module.mentions:
        root, *rest = mention.path
        if root in ("steps", "inputs", "state") and rest:
            owner = mention.site.context.step or ".".join(map(str, mention.site.path[:2]))
            found.setdefault(owner, []).append((str(root), str(rest[0])))
    return found


def _type_names(
    module: "Module", direct: frozenset[Named], called: frozenset[str]
) -> frozenset[str]:
    """The named types of what an output reads."""
    uses = TypeUses(module)
    starts = {f"{root}.{name}" for root, name in direct}
    outputs = tuple(f"components.{name}.outputs." for name in called)
    return frozenset(
        name
        for name in module.pipeline.types
        if any(use in starts or use.startswith(outputs) for use, _ in uses.of(name))
    )

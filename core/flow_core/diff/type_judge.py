"""What a changed type means for those who give values of it, and for those who get them."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from flow_core.diff.change import Impact
from flow_core.diff.show import show_schema, show_type
from flow_core.types import Fit, Type, deref, fits
from flow_core.types.kinds import AnyType, ListType, MapType, ObjectType, Ref, UnionType

Use: TypeAlias = Literal["given", "got", "inside"]
"""Who has to do with values: callers give them, callers get them, or only the pipeline itself."""

_DEPTH = 12


class Verdict(msgspec.Struct, frozen=True):
    """The impact of a change and why. ``mild``: it still fits where its values are used."""

    impact: Impact
    why: str
    mild: bool = False


def judge_type(old: Type, new: Type, use: Use) -> Verdict:
    """What it means that a type became another one."""
    if use == "inside":
        return Verdict("behaviour", "steps see values of another type")
    fit = fits(old, new) if use == "given" else fits(new, old)
    if fit.verdict == "no":
        return Verdict("breaking", _refusal(fit, use))
    lost = sorted(set(_properties(old)) - set(_properties(new)))
    if lost:
        return Verdict("breaking", f"the property `{lost[0]}` is no longer there")
    if _freedom(old) != _freedom(new):
        return _about_any(old, new, use)
    if fit.verdict == "hint":
        return Verdict("breaking", _refusal(fit, use), mild=use == "got")
    return _harmless(old, new, use)


def _refusal(fit: Fit, use: Use) -> str:
    if use == "got" and fit.reasons and fit.reasons[0].kind == "possible-null":
        return "callers may get null"
    reason = fit.reasons[0].text if fit.reasons else "the types differ"
    who = "what callers give may not fit any more" if use == "given" else "callers may get more"
    return f"{who}: {reason}"


def _about_any(old: Type, new: Type, use: Use) -> Verdict:
    wider = _freedom(new) > _freedom(old)
    if use == "given":
        if wider:
            return Verdict("behaviour", "it takes more than before")
        return Verdict("breaking", "it took anything before, and takes less now")
    if wider:
        return Verdict("breaking", "callers no longer know what they get")
    return Verdict("behaviour", "callers know better what they get")


def _harmless(old: Type, new: Type, use: Use) -> Verdict:
    back = fits(new, old) if use == "given" else fits(old, new)
    if back.verdict == "yes":
        return Verdict("behaviour", "the same values fit, checked in another way")
    if use == "given":
        return Verdict("behaviour", "it takes more than before, and all that it took")
    return Verdict("behaviour", "callers get less than they have to expect")


def _properties(type_: Type, path: str = "", depth: int = 0) -> Iterator[str]:
    """The paths of all properties that can be read."""
    if depth > _DEPTH:
        return
    found = deref(type_)
    match found:
        case ObjectType(fields=fields):
            for name, field in fields.items():
                yield f"{path}{name}"
                if not isinstance(field.type, Ref):
                    yield from _properties(field.type, f"{path}{name}.", depth + 1)
        case ListType(item=inner) | MapType(value=inner):
            yield from _properties(inner, path, depth + 1)
        case UnionType(members=members):
            for member in members:
                yield from _properties(member, path, depth + 1)
        case _:
            return


def _freedom(type_: Type, depth: int = 0) -> int:
    """In how many places of a type everything goes."""
    if depth > _DEPTH or isinstance(type_, Ref):
        return 0
    match type_:
        case AnyType():
            return 1
        case ObjectType(fields=fields):
            return sum(_freedom(field.type, depth + 1) for field in fields.values())
        case ListType(item=inner) | MapType(value=inner):
            return _freedom(inner, depth + 1)
        case UnionType(members=members):
            return sum(_freedom(member, depth + 1) for member in members)
        case _:
            return 0


def show_types(old: Type, new: Type) -> tuple[str, str]:
    """Two types, so that they look different."""
    before, after = show_type(old), show_type(new)
    return (show_schema(old), show_schema(new)) if before == after else (before, after)

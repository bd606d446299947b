"""Misfits in words: one finding for each, and whose rule it is to report it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

from flow_core.analysis.absence import Absence, why_value_null
from flow_core.analysis.conform import Misfit
from flow_core.analysis.typing import CheckedSite
from flow_core.diagnostics import Finding, Mend, Patch, Raw, Related
from flow_core.model.pipeline import Uses
from flow_core.model.sites import Site
from flow_core.places import Place, show_path
from flow_core.types import Mismatch, Type, deref, fits, show, without_null
from flow_core.types.kinds import (
    BooleanType,
    ListType,
    MapType,
    NumberType,
    ObjectType,
    StringType,
)

if TYPE_CHECKING:
    from flow_core.module import Module

Purpose: TypeAlias = Literal[
    "literal",
    "argument",
    "null-argument",
    "condition",
    "for-each",
    "state",
    "output",
    "text",
    "branch",
    "handler",
    "wider",
]
"""What a value that does not fit was meant for; each is one rule's to report."""

_PURPOSES: dict[str, Purpose] = {
    "for_each": "for-each",
    "set": "state",
    "output": "output",
    "concurrency.group": "text",
}
_MAY_BE_LITERAL = frozenset({"with", "request", "set", "output"})
_CONVERSIONS = {
    ("string", "integer"): "int",
    ("number", "integer"): "int",
    ("string", "number"): "double",
    ("integer", "string"): "string",
    ("number", "string"): "string",
    ("boolean", "string"): "string",
    ("duration", "string"): "string",
    ("datetime", "string"): "string",
    ("string", "duration"): "duration",
    ("string", "datetime"): "timestamp",
}
_COMPARISONS: dict[type, str] = {
    StringType: "compare it with a text: `x == 'text'`",
    NumberType: "compare it with a number: `x > 0`",
    ListType: "ask for its size: `size(x) > 0`",
    MapType: "ask for its size: `size(x) > 0`",
    ObjectType: "compare one of its properties",
}
"""How a value of another type becomes a condition."""

_NULL_HELP = "give a default with `coalesce(…, default)`, choose with `?:`, or guard it with `when`"


def purpose_of(module: "Module", site: Site, misfit: Misfit) -> Purpose:
    """Whose misfit it is."""
    if misfit.hint:
        return "wider"
    if misfit.literal and site.role in _MAY_BE_LITERAL:
        return "literal"
    if site.role in ("with", "request"):
        return "null-argument" if misfit.mismatch.kind == "possible-null" else "argument"
    if site.role == "value":
        return "handler" if module.calls[site.call].role == "catch" else "branch"
    return _PURPOSES.get(site.role, "condition")


Misfits: TypeAlias = dict[Purpose, list[tuple[CheckedSite, Misfit]]]


def group_misfits(module: "Module") -> Misfits:
    """What does not fit, by purpose; not where the shape or an expression is wrong already."""
    unread = {problem.place.path for problem in module.shape} | module.problems.misread
    found: Misfits = {}
    for checked in module.checked:
        wrong = {problem.place.path for problem in checked.result.problems}
        for misfit in checked.result.misfits:
            unsure = misfit.path in unread or misfit.path in wrong
            if not unsure and not module.is_faulty(misfit.path):
                purpose = purpose_of(module, checked.site, misfit)
                found.setdefault(purpose, []).append((checked, misfit))
    return found


def misfit_findings(module: "Module", purpose: Purpose) -> Iterator[Finding]:
    """The findings of the rule for one purpose."""
    for checked, misfit in module.misfits.get(purpose, ()):
        yield _finding(module, checked, misfit)


def _finding(module: "Module", checked: CheckedSite, misfit: Misfit) -> Finding:
    site = checked.site
    why = _absence(module, site, misfit)
    notes = (*_declared(module, site, checked.result.expected), *_because(why))
    return Finding(
        place=literal_place(misfit) if misfit.literal else Place(misfit.path),
        message=_message(site, misfit),
        help=_help(misfit, why),
        notes=notes,
        mend=literal_mend(misfit),
    )


def literal_findings(mismatches: Iterable[Mismatch]) -> Iterator[Finding]:
    """The findings for a literal where no expression may stand: a default, say."""
    for mismatch in mismatches:
        misfit = Misfit(mismatch.path, mismatch, literal=True)
        place, mend = literal_place(misfit), literal_mend(misfit)
        yield Finding(place, mismatch.message, mismatch.advice, mend=mend)


def literal_place(misfit: Misfit) -> Place:
    """Where a literal is wrong: the key of what lacks something or is unknown, else the value."""
    by_key = misfit.mismatch.kind in ("missing-property", "unknown-property")
    if by_key and misfit.path and isinstance(misfit.path[-1], str):
        return Place(misfit.path, "key")
    return Place(misfit.path)


def literal_mend(misfit: Misfit) -> Mend | None:
    """Write what is suggested; to quote a text that YAML reads as a number is safe."""
    quotes = misfit.mismatch.kind == "wrong-type" and str(misfit.mismatch.suggestion)[:1] == '"'
    text = misfit.mismatch.suggestion
    if text is None:
        return None
    if misfit.mismatch.kind == "unknown-property":
        return Mend(f"Rename it to `{text}`", (Patch("rename", misfit.path, text),), "unsafe")
    safety: Literal["safe", "unsafe"] = "safe" if quotes else "unsafe"
    return Mend(f"Write `{text}`", (Patch("replace", misfit.path, Raw(text)),), safety)


def _message(site: Site, misfit: Misfit) -> str:
    text = misfit.mismatch.message
    return f"`{_subject(site, misfit)}`{'' if text.startswith('may be') else ':'} {text}"


def _subject(site: Site, misfit: Misfit) -> str:
    """What does not fit: the port, channel, output or key, and the path inside it."""
    name = site.path[-1]
    if site.role == "output" and name == "value":
        name = site.path[-2]
    if site.role == "concurrency.group":
        name = "concurrency.group"
    inside = misfit.path[len(site.path) :]
    further = () if misfit.literal else misfit.mismatch.path
    return show_path((str(name), *inside, *further)).replace(".[]", "[]")


def _declared(module: "Module", site: Site, expected: Type | None) -> Iterator[Related]:
    """Where it is said what is wanted."""
    if expected is None:
        return
    shown = f"declared as `{show(expected)}`"
    if site.role == "with":
        signature = module.called(site.call)
        port = signature.inputs.get(str(site.path[-1])) if signature else None
        if signature and port and signature.kind != "std":
            yield Related(port.place, f"`{port.name}` is {shown}")
    elif site.role == "set":
        channel = str(site.path[-1])
        yield Related(Place(("state", channel), "key"), f"channel `{channel}` is {shown}")
    elif site.role == "output" and site.path[-1] == "value":
        yield Related(Place((*site.path[:-1], "type")), f"the output is {shown}")
    elif site.role == "value" and module.calls[site.call].role == "catch":
        step = module.steps[module.calls[site.call].step].step
        part = "uses" if isinstance(step.call, Uses) else ""
        place = Place((*step.path, part)) if part else Place(step.path, "key")
        yield Related(place, f"the step gives `{show(expected)}`")


def _absence(module: "Module", site: Site, misfit: Misfit) -> Absence | None:
    if misfit.mismatch.kind != "possible-null" or misfit.mismatch.path:
        return None
    return why_value_null(module, site.context, misfit.value)


def _because(why: Absence | None) -> Iterator[Related]:
    if why is not None and why.place is not None:
        yield Related(why.place, why.reason)


def null_help(why: Absence | None) -> str:
    """How to mend what may be null, after the reason if no note tells it."""
    return f"{why.reason}: {_NULL_HELP}" if why and not why.place else _NULL_HELP


def _help(misfit: Misfit, why: Absence | None) -> str:
    mismatch = misfit.mismatch
    if mismatch.kind == "possible-null":
        return null_help(why)
    if mismatch.help or misfit.literal or mismatch.path:
        return mismatch.advice
    return conversion(misfit.given, misfit.wanted) or mismatch.advice


def conversion(given: Type, wanted: Type) -> str:
    """How a value of one type may become one of another, "" where nothing short does it."""
    names = (_plain(given), _plain(wanted))
    if names in _CONVERSIONS:
        return f"convert it with `{_CONVERSIONS[names]}(…)`"
    source, target = deref(without_null(given)), deref(without_null(wanted))
    if isinstance(target, BooleanType):
        return _COMPARISONS.get(type(source), "")
    if isinstance(target, ListType) and isinstance(source, MapType | ObjectType):
        return "take the keys with `.map(k, k)`"
    if isinstance(target, ListType) and fits(source, target.item).verdict != "no":
        return "put it in a list: `[…]`"
    if isinstance(source, ListType) and fits(source.item, target).verdict != "no":
        return "take one item with `[0]`, or make the step act on each with `for_each`"
    if isinstance(source, ObjectType):
        fitting = [n for n, f in source.fields.items() if fits(f.type, wanted).verdict != "no"]
        return f"its `{fitting[0]}` would fit" if len(fitting) == 1 else ""
    return ""


def _plain(type_: Type) -> str:
    """The name of a scalar's kind, refinements aside."""
    found = deref(without_null(type_))
    name = type(found).__name__.removesuffix("Type").lower()
    return "integer" if getattr(found, "integer", False) else name

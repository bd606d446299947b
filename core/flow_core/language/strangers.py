"""Keys that a record does not know, and those that it lacks."""

from collections.abc import Callable, Iterator

import msgspec

from flow_core.diagnostics import Mend, Patch
from flow_core.language.foreign import Foreign, foreign
from flow_core.language.keys import RESERVED, resolve
from flow_core.language.problem import ProblemKind, ShapeProblem, entry_place, quoted
from flow_core.language.roots import first_key, version_mend
from flow_core.language.shapes import Record, Shape
from flow_core.language.step_keys import STEP
from flow_core.places import Path, Place
from flow_core.suggest import closest
from flow_core.syntax.nodes import Mapping, Scalar, Value

IsSound = Callable[[Value, Shape], bool]


class Stranger(msgspec.Struct, frozen=True):
    """A key that its record does not know. Other strangers before it stand for ``taken`` keys."""

    name: str
    node: Mapping
    record: Record
    path: Path
    taken: frozenset[str]

    @property
    def value(self) -> Value:
        """What stands under it."""
        return self.node.fields[self.name]

    def is_free(self, key: str) -> bool:
        """Whether it could be renamed to a key."""
        return key not in self.node.fields and key not in self.taken

    def problem(
        self, kind: ProblemKind, message: str, help_: str, mend: Mend | None = None
    ) -> ShapeProblem:
        """What is said about it, at the key."""
        return ShapeProblem(kind, Place(self.path, "key"), message, help_, mend)


def is_invented(node: Mapping, name: str) -> bool:
    """Whether a comma in a flow mapping made this key, which the syntax reports."""
    entry = node.entry(name)
    if entry is None or not node.flow or not isinstance(entry.value, Scalar):
        return False
    return entry.value.text == "" and entry.value.end <= entry.key.end


def explain(it: Stranger, is_sound: IsSound) -> tuple[ShapeProblem, str]:
    """What an unknown key probably means: a problem, and the key that is meant, if any."""
    if it.name in RESERVED and it.record.name in ("step", "pipeline"):
        message = f"`{it.name}` is reserved for a later version of the language"
        return it.problem("reserved-key", message, f"remove `{it.name}`"), ""
    if word := foreign(it.record.name, it.name):
        return _foreign(it, word), word.key
    if meant := closest(it.name, filter(it.is_free, it.record.index)):
        sure = is_sound(it.value, it.record.index[meant].shape)
        mend = renaming(it.path, meant, safe=sure)
        return it.problem("unknown-key", _unknown(it), f"did you mean `{meant}`?", mend), meant
    if home := _home(it):
        message = f"{_unknown(it)} itself"
        return it.problem("misplaced-key", message, home), ""
    known = ", ".join(f"`{key}`" for key in it.record.index)
    return it.problem("unknown-key", _unknown(it), f"known are {known}"), ""


def _unknown(it: Stranger) -> str:
    return f"{quoted(it.name)} is no key of {it.record.title}"


def _foreign(it: Stranger, word: Foreign) -> ShapeProblem:
    origin = f"is a word of {word.origin}" if word.origin else f"is no key of {it.record.title}"
    says = f"; Flow says `{word.key}`" if word.key else ""
    free = it.is_free(word.key)
    help_ = word.help or (f"write `{word.key}`" if free else f"move it into `{word.key}`")
    mend = word.mend(it.path, it.value) if free else None
    return it.problem("foreign-key", f"`{it.name}` {origin}{says}", help_, mend)


def _home(it: Stranger) -> str:
    """Where a key would be known: below another key of the record, or in a step."""
    shapes = ((key.name, resolve(key.shape)) for key in it.record.keys)
    homes = [
        f"`{key}`" for key, shape in shapes if isinstance(shape, Record) and it.name in shape.index
    ]
    if homes:
        return f"it belongs below {' or '.join(homes)}"
    if it.record.name != "pipeline":
        return ""
    if it.name in STEP.index:
        return "it is a key of a step: indent it below one"
    is_step = isinstance(it.value, Mapping) and "uses" in it.value.fields
    return "a step stands below `steps`: indent it" if is_step else ""


def renaming(path: Path, name: str, *, safe: bool = True) -> Mend:
    """The mend that gives a key another name."""
    patch = Patch("rename", path, name)
    return Mend(f"Rename it to `{name}`", (patch,), "safe" if safe else "unsafe")


def missing(node: Mapping, shape: Record, path: Path, meant: set[str]) -> Iterator[ShapeProblem]:
    """Required keys that are not there, not even under another name."""
    for key in shape.required:
        if key.name in node.fields or key.name in meant:
            continue
        is_version = key.name in ("flow", "flow_test")
        yield ShapeProblem(
            "missing-key",
            entry_place(path) if path else first_key(node),
            f"{shape.title} needs `{key.name}`",
            f"add `{key.name}: {'1' if is_version else '…'}`",
            version_mend(key.name) if is_version else None,
        )

"""Keys that a record does not know, lacks, or has too many of."""

from collections.abc import Callable, Iterator

from flow_core.diagnostics import Mend, Patch, Related
from flow_core.language.foreign import Foreign, foreign
from flow_core.language.keys import RESERVED, resolve
from flow_core.language.problem import ShapeProblem, any_of, entry_place, quoted
from flow_core.language.roots import first_key, version_mend
from flow_core.language.shapes import ListOf, Record, Shape
from flow_core.places import Path, Place
from flow_core.suggest import closest
from flow_core.syntax.nodes import Mapping, Scalar, Value

IsSound = Callable[[Value, Shape], bool]


def is_invented(node: Mapping, name: str) -> bool:
    """Whether a comma in a flow mapping made this key, which the syntax reports."""
    value = node.fields[name]
    return node.flow and isinstance(value, Scalar) and value.value is None and not value.text


def stranger(
    name: str, node: Mapping, shape: Record, path: Path, is_sound: IsSound
) -> tuple[ShapeProblem, str]:
    """What an unknown key probably means: a problem, and the key that is meant, if any."""
    if name in RESERVED and shape.name in ("step", "pipeline"):
        return _reserved(name, path), ""
    if word := foreign(shape.name, name):
        return _foreign(name, word, node, shape, path), word.key
    if meant := closest(name, (key for key in shape.index if key not in node.fields)):
        sure = is_sound(node.fields[name], shape.index[meant].shape)
        return _unknown(name, shape, path, meant, sure=sure), meant
    if home := _home(name, shape):
        return _misplaced(name, shape, path, f"it belongs into `{home}`"), home
    return _unknown(name, shape, path), ""


def _reserved(name: str, path: Path) -> ShapeProblem:
    message = f"`{name}` is reserved for a later version of the language"
    return ShapeProblem("reserved-key", Place((*path, name), "key"), message, f"remove `{name}`")


def _foreign(name: str, word: Foreign, node: Mapping, shape: Record, path: Path) -> ShapeProblem:
    origin = f"is a word of {word.origin}" if word.origin else f"is no key of {shape.title}"
    says = f"; Flow says `{word.key}`" if word.key else ""
    free = word.key not in node.fields
    return ShapeProblem(
        "foreign-key",
        Place((*path, name), "key"),
        f"`{name}` {origin}{says}",
        word.help or (f"write `{word.key}`" if free else f"move it into `{word.key}`"),
        word.mend((*path, name), node.fields[name]) if free else None,
    )


def _unknown(
    name: str, shape: Record, path: Path, meant: str = "", *, sure: bool = False
) -> ShapeProblem:
    message = f"{quoted(name)} is no key of {shape.title}"
    place = Place((*path, name), "key")
    if not meant:
        help_ = f"known are {', '.join(f'`{key}`' for key in shape.index)}"
        return ShapeProblem("unknown-key", place, message, help_)
    mend = renaming((*path, name), meant, safe=sure)
    return ShapeProblem("unknown-key", place, message, f"did you mean `{meant}`?", mend)


def _home(name: str, shape: Record) -> str:
    """The key of the same record below which a key would be known."""
    for key in shape.keys:
        below = resolve(key.shape)
        below = resolve(below.item) if isinstance(below, ListOf) else below
        if isinstance(below, Record) and name in below.index:
            return key.name
    return ""


def _misplaced(name: str, shape: Record, path: Path, help_: str) -> ShapeProblem:
    message = f"`{name}` is no key of {shape.title} itself"
    return ShapeProblem("misplaced-key", Place((*path, name), "key"), message, help_)


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


def choice_problems(
    node: Mapping, shape: Record, path: Path, meant: set[str]
) -> Iterator[ShapeProblem]:
    """Exactly one of the keys that exclude each other, and companions only beside theirs."""
    choice = shape.choice
    if choice is None:
        return
    fields = node.fields
    heads = [name for name in fields if name in choice.heads]
    if not heads and choice.required and not meant.intersection((*choice.heads, "")):
        strays = [head for name, head in choice.companions.items() if name in fields]
        yield ShapeProblem(
            "missing-call",
            entry_place(path),
            f"{shape.title} needs {any_of(choice.heads)}",
            f"add `{strays[0]}: …`" if strays else f"add {any_of(choice.heads)}",
        )
    for extra in heads[1:]:
        yield _excluded(extra, heads[0], shape, path)
    for name, head in choice.companions.items():
        if name in fields and heads and head not in heads:
            yield _companion(name, head, heads[0], shape, path)


def _excluded(name: str, other: str, shape: Record, path: Path) -> ShapeProblem:
    return ShapeProblem(
        "several-calls",
        Place((*path, name), "key"),
        f"`{name}` and `{other}` exclude each other: {shape.title} has only one of them",
        f"remove one of the two, or make a step of its own for `{name}`",
        notes=(Related(Place((*path, other), "key"), f"`{other}` stands here"),),
    )


def _companion(name: str, head: str, other: str, shape: Record, path: Path) -> ShapeProblem:
    message = f"`{name}` stands only beside `{head}`, but this is {shape.title} with `{other}`"
    help_ = f"remove `{name}`"
    if name == "outputs":
        help_ += "; the outputs of what is called are read as `steps.….outputs`"
    return ShapeProblem("misplaced-key", Place((*path, name), "key"), message, help_)

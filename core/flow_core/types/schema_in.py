"""JSON Schema 2020-12 and shorthand to types.

Strictly, a schema without ``type`` says nothing of values of other kinds; here ``properties``
alone means an object, ``minimum`` alone a number, since nobody means anything else by it.
"""

from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from flow_core.diagnostics import Json
from flow_core.places import Path
from flow_core.suggest import closest
from flow_core.types.keywords import INSTEAD, KEYWORDS, expected_value, keyword_problem
from flow_core.types.kinds import ANY, FALSE, ListType, Ref, Type
from flow_core.types.pointer import NOWHERE, digest, find
from flow_core.types.problem import Lookup, TypeProblem
from flow_core.types.schema_build import build
from flow_core.types.schema_faults import faults_of
from flow_core.types.shorthand import parse_shorthand

_MAX_DEPTH = 100
_UNKNOWN = "remove it, or name it `x-…` if it is for another reader"
_OWN = "#/types/"
"""How a reference to a named type of the same Flow file begins."""


def parse_type(
    data: Json,
    lookup: Lookup,
    *,
    names: Collection[str] = (),
    also: Collection[str] = (),
    pointer: str = "",
) -> tuple[Type, list[TypeProblem]]:
    """The type that plain data spells, and what is wrong with the spelling. Never raises.

    ``lookup`` finds named types and the files that a ``$ref`` names; ``names`` are the named types
    that exist, for "did you mean". ``also`` are keys that the caller understands beside a schema's,
    as a port's ``secret``. ``pointer`` (``/$defs/Order``) picks a part of a schema document.
    """
    reader = _Reader(data, lookup, names)
    part = find(data, pointer)
    if part is NOWHERE:
        message = f"the schema holds nothing at `#{pointer}`"
        return ANY, [TypeProblem((), "bad-ref", message, "correct what follows the `#`")]
    return reader.type(part, (), frozenset(also)), reader.problems


class _Reader:
    """Reads one schema document; gathers problems."""

    def __init__(self, root: Json, lookup: Lookup, names: Iterable[str]) -> None:
        self.root = root
        self.lookup = lookup
        self.names = names
        self.problems: list[TypeProblem] = []
        self._refs: dict[str, Ref] = {}

    def type(self, data: Json, path: Path, also: frozenset[str] = frozenset()) -> Type:
        """The type of a subschema: shorthand, a mapping of keywords, or true or false."""
        if isinstance(data, str):
            return self._shorthand(data, path)
        if isinstance(data, bool):
            return ANY if data else FALSE
        if not isinstance(data, dict):
            self._report(path, "bad-schema", "expected a type", _instead_of(data))
            return ANY
        if len(path) > _MAX_DEPTH:
            self._report(path, "bad-schema", "the type is nested too deep", "name its inner parts")
            return ANY
        return self._schema(data, path, also)

    def _report(self, path: Path, kind: str, message: str, help_: str) -> None:
        self.problems.append(TypeProblem(path, kind, message, help_))

    def _shorthand(self, text: str, path: Path) -> Type:
        type_, problems = parse_shorthand(text, self.lookup, self.names)
        self.problems += [msgspec.structs.replace(problem, path=path) for problem in problems]
        return type_

    def _schema(self, data: dict[str, Json], path: Path, also: frozenset[str]) -> Type:
        parsed = {
            keyword: self._value(keyword, value, (*path, keyword))
            for keyword, value in data.items()
            if self._is_sound(keyword, value, path, also)
        }
        for fault in faults_of(parsed):
            self.problems.append(msgspec.structs.replace(fault, path=(*path, *fault.path)))
        return build(data, parsed)

    def _is_sound(self, keyword: str, value: Json, path: Path, also: frozenset[str]) -> bool:
        """Whether a keyword is known and its value well formed; reports what is not."""
        if keyword in also or keyword.startswith("x-") or keyword not in KEYWORDS:
            if keyword not in also and not keyword.startswith("x-"):
                self._unknown(keyword, path, also)
            return keyword == "x-flow-type"
        message = keyword_problem(keyword, value)
        if message:
            self._report((*path, keyword), "bad-schema", message, _instead_of_value(keyword, value))
        return not message

    def _unknown(self, keyword: str, path: Path, also: frozenset[str]) -> None:
        near = closest(keyword, (*KEYWORDS, *also)) if keyword not in INSTEAD else None
        help_ = f"did you mean `{near}`?" if near else INSTEAD.get(keyword, _UNKNOWN)
        self.problems.append(
            TypeProblem(
                (*path, keyword),
                "unknown-keyword",
                f"unknown key `{keyword}` in a type",
                help_,
                near,
                part="key",
            )
        )

    def _value(self, keyword: str, value: Any, path: Path) -> Any:
        """The keyword's value with a `Type` in place of every subschema."""
        shape = KEYWORDS.get(keyword)
        if keyword == "$ref":
            return self._ref(value, path)
        if shape == "type":
            return self._type_keyword(value, path)
        if shape == "schema":
            return self.type(value, path)
        if shape == "schemas":
            return {name: self.type(part, (*path, name)) for name, part in value.items()}
        if shape == "list of schemas":
            return [self.type(part, (*path, i)) for i, part in enumerate(value)]
        return value

    def _type_keyword(self, value: Json, path: Path) -> Type | list[Type]:
        """``type``: a name or shorthand, or a list of them."""
        if isinstance(value, list):
            return [self._named(part, (*path, i)) for i, part in enumerate(value)]
        return self._named(value, path)

    def _named(self, value: Json, path: Path) -> Type:
        if value == "array":  # JSON Schema's own name
            return ListType(ANY)
        return self.type(value, path)

    def _ref(self, target: str, path: Path) -> Type:
        if target.startswith("#"):
            return self._local(target, path)
        if "://" in target:
            message = f"`{target}` is not fetched: nothing is loaded from the network"
            self._report(path, "bad-ref", message, "save the schema beside the file and name that")
            return ANY
        found = self.lookup(target)
        if found is None:
            message = f"nothing is found at `{target}`"
            self._report(path, "bad-ref", message, "name a file in the project")
        return found or ANY

    def _local(self, target: str, path: Path) -> Type:
        """A reference inside the document: ``#``, ``#/$defs/Order``; anchors are not followed."""
        if target != "#" and not target.startswith("#/"):
            return ANY
        part = find(self.root, target[1:])
        if part is NOWHERE:
            named = self.lookup(target.removeprefix(_OWN)) if target.startswith(_OWN) else None
            if named is not None:
                return named
            message = f"the schema holds nothing at `{target}`"
            self._report(path, "bad-ref", message, "correct what follows the `#`")
            return ANY
        if target not in self._refs:
            name = target.rsplit("/", 1)[-1]
            self._refs[target] = Ref(name, digest(self.root) + target, lambda: self._silent(part))
        return self._refs[target]

    def _silent(self, data: Json) -> Type:
        """A part of the document that is read where it stands, so nothing is reported twice."""
        reader = _Reader(self.root, self.lookup, ())
        reader._refs = self._refs
        return reader.type(data, ())


def _instead_of(data: Json) -> str:
    if isinstance(data, list):
        return "write `A | B` for one of several types, `list<T>` for a list"
    return "write a name such as `string`, or a mapping of JSON Schema keywords"


def _instead_of_value(keyword: str, value: Json) -> str:
    """How to mend the commonest wrong values of keywords."""
    if keyword == "required" and isinstance(value, bool):
        return "list the names of required properties; under `fields` all are unless `T?`"
    if keyword.startswith("exclusive") and isinstance(value, bool):
        return "write the bound itself here"
    if keyword == "enum":
        return "list the values that are allowed: `enum: [a, b]`"
    return f"write {expected_value(keyword)}"

"""The problems that the checker finds, in words."""

from typing import TYPE_CHECKING

from flow_core.expr.ast import Ast, Binary, Call, Index, Literal, Name, Select
from flow_core.expr.functions import MACROS, TYPE_NAMES, functions
from flow_core.expr.problems import ExprProblem, Kind
from flow_core.expr.references import NamePath, path_of
from flow_core.types import alternatives, show
from flow_core.types.kinds import ObjectType, Type

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flow_core.expr.scope import Scope

_THINGS = {"steps": "step", "inputs": "input", "secrets": "secret", "state": "channel"}
_OUTPUTS = ("steps", "", "outputs")
_LAST_OF_TYPE_NAMES = frozenset(name.rpartition(".")[2] for name in TYPE_NAMES)


_ELSEWHERE = {
    **dict.fromkeys(("len", "length", "count"), "size"),
    **dict.fromkeys(("str", "tostring", "text"), "string"),
    **dict.fromkeys(("lower", "tolower", "lowercase"), "lowerAscii"),
    **dict.fromkeys(("upper", "toupper", "uppercase"), "upperAscii"),
    **dict.fromkeys(("default", "ifnull", "nvl"), "coalesce"),
    **dict.fromkeys(("tojson", "stringify"), "json"),
    **dict.fromkeys(("float", "number", "tonumber"), "double"),
}
"""What functions of other languages are called in CEL."""


class Complaints:
    """A list of problems, and how to add each kind of them."""

    def __init__(self) -> None:
        self.problems: list[ExprProblem] = []

    def add(self, problem: ExprProblem | None) -> None:
        """Add a problem, if it is one."""
        if problem is not None:
            self.problems.append(problem)

    def report(self, kind: Kind, node: Ast, message: str, hint: str = "") -> None:
        """Add a problem of a whole node."""
        self.problems.append(ExprProblem(kind, message, node.start, node.end, hint))

    # Names

    def unknown_name(self, node: Name, scope: "Scope") -> None:
        """A variable that is not there."""
        if not node.name:
            return
        start = node.end - len(node.name)
        where = scope.elsewhere.get(node.name)
        if where is not None:
            message = f"`{node.name}` is only visible {where}"
            hint = "use it there, or name what is meant here"
            problem = ExprProblem("not-in-scope", message, start, node.end, hint, path=(node.name,))
        else:
            nearest = nearest_name(node.name, scope.visible()) or _below(node.name, scope)
            message = f"there is no variable `{node.name}` here"
            hint = f"did you mean `{nearest}`?" if nearest else f"quote a text: `'{node.name}'`"
            if node.name in functions():
                hint = f"call the function: `{node.name}(…)`"
            problem = ExprProblem(
                "unknown-name", message, start, node.end, hint, nearest, scope.visible(),
                (node.name,),
            )  # fmt: skip
        self.add(problem)

    def unknown_member(self, node: Select | Index, operand: Type, name: str) -> None:
        """A property that a type does not declare."""
        start, end = _name_range(node)
        names = _properties(operand)
        path = path_of(node)
        if not names and not any(isinstance(one, ObjectType) for one in alternatives(operand)):
            message = f"`{show(operand)}` has no property `{name}`"
            hint = _instead(operand)
            self.add(ExprProblem("unknown-member", message, start, end, hint))
            return
        nearest = nearest_name(name, names)
        hint = f"did you mean `{nearest}`?" if nearest else _listing(names) or _declare(path)
        message = f"there is no {_thing(path)} `{name}`{_owner(path, operand)}"
        self.add(ExprProblem("unknown-member", message, start, end, hint, nearest, names, path))

    def unknown_function(self, node: Call, name: str) -> None:
        """A function that does not exist."""
        candidates = tuple(functions())
        nearest = _ELSEWHERE.get(name.lower()) or nearest_name(name, (*candidates, *MACROS))
        hint = f"did you mean `{nearest}`?" if nearest else "see the list of functions"
        message = f"there is no function `{name}`"
        start = node.name_end - len(name)
        self.add(
            ExprProblem(
                "unknown-function", message, max(start, node.start), node.name_end, hint, nearest,
                candidates,
            )
        )  # fmt: skip

    # Null

    def null_access(self, node: Ast) -> None:
        """Reading a property of what may be null."""
        path = path_of(node)
        message = f"{_shown(node)}, and null has no properties"
        hint = "test it first (`x != null ? x.y : other`), or give a default with `coalesce`"
        self.add(ExprProblem("null-access", message, node.start, node.end, hint, path=path))

    def null_operand(self, node: Ast, use: str) -> None:
        """Using what may be null where only a value will do."""
        message = f"{_shown(node)}, which can't {use}"
        hint = "give a default with `coalesce(value, default)`, or test it against null first"
        path = path_of(node)
        self.add(ExprProblem("null-operand", message, node.start, node.end, hint, path=path))

    # Types

    def mismatch(self, node: Ast, message: str, hint: str) -> None:
        """A value of the wrong type."""
        self.report("type-mismatch", node, message, hint)

    def no_operation(self, node: Binary, verb: str, left: Type, right: Type) -> None:
        """Operands that an operator can't combine."""
        message = f"can't {verb} `{show(left)}` and `{show(right)}`"
        hint = "convert one of the two"
        if node.operator == "+" and "string" in {show(left), show(right)}:
            hint = "turn the other one into text with `string(…)`"
        elif node.operator == "%":
            hint = "`%` needs integers: `int(…)`"
        self.mismatch(node, message, hint)

    def unlike(self, node: Binary, message: str, left: Type, right: Type) -> None:
        """Operands that can't be compared."""
        hint = "compare values of one type"
        shown = {show(left), show(right)}
        if "string" in shown and shown & {"integer", "number"}:
            hint = "write both as numbers, or turn the number into text with `string(…)`"
        self.mismatch(node, message, hint)

    def repeated_key(self, node: Ast, key: str) -> None:
        """Two entries with one key."""
        self.report("bad-key", node, f"the key `{key}` stands here twice", "remove one of them")

    def bad_key(self, node: Ast, shown: str) -> None:
        """A key of a type that no map has."""
        hint = "turn it into text with `string(…)`"
        self.report("bad-key", node, f"`{shown}` can't be the key of a map", hint)


def name_path(node: Select, scope: "Scope") -> NamePath:
    """The path of a type's name, such as ``google.protobuf.Duration``, else ``()``."""
    if node.name not in _LAST_OF_TYPE_NAMES:
        return ()
    path = path_of(node)
    known = path and path[0] not in scope.names and ".".join(path) in TYPE_NAMES
    return path if known else ()


def nearest_name(name: str, candidates: "Iterable[str]") -> str | None:
    """The candidate that looks most like a name, if one does."""
    import difflib

    names = tuple(candidates)
    lowered = {candidate.lower(): candidate for candidate in names}
    found = difflib.get_close_matches(name.lower(), lowered, n=1, cutoff=0.6)
    return lowered[found[0]] if found else None


def _below(name: str, scope: "Scope") -> str | None:
    """The path of a property with about this name of one of the variables."""
    for root, type_ in scope.names.items():
        nearest = nearest_name(name, _properties(type_))
        if nearest:
            return f"{root}.{nearest}"
    return None


def _name_range(node: Select | Index) -> tuple[int, int]:
    if isinstance(node, Select):
        return node.name_start, node.name_end
    return node.index.start, node.index.end


def _properties(type_: Type) -> tuple[str, ...]:
    """The names that all alternatives of a type declare."""
    objects = [one for one in alternatives(type_) if isinstance(one, ObjectType)]
    if not objects:
        return ()
    return tuple(
        name for name in objects[0].fields if all(name in other.fields for other in objects)
    )


def _thing(path: NamePath) -> str:
    """What the last name of a path should have been."""
    if len(path) == len(_OUTPUTS) + 1 and path[0] == "steps" and path[2] == "outputs":
        return "output"
    if len(path) == 2:  # noqa: PLR2004 - a variable and a name
        return _THINGS.get(path[0], "property")
    return "property"


def _owner(path: NamePath, operand: Type) -> str:
    """Of what it should have been: a step, or a type with a name."""
    if path and path[0] == "steps" and len(path) > 2:  # noqa: PLR2004 - steps, a step, a name
        return f" of step `{path[1]}`" if len(path) <= len(_OUTPUTS) + 1 else ""
    shown = show(operand)
    return f" of `{shown}`" if shown.isidentifier() and shown != "object" else ""


def _instead(operand: Type) -> str:
    """What to write instead of reading a property of something that has none."""
    if show(operand).startswith("list<"):
        return "take an item with `[0]`, or read it of each with `.map(x, x.name)`"
    return "only objects have properties"


def _declare(path: NamePath) -> str:
    """Where to declare what nothing of its kind is declared beside."""
    return (
        f"declare it under `{path[0]}`" if path and path[0] in _THINGS else "it has no properties"
    )


def _listing(names: tuple[str, ...]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:8])
    return f"known are {shown}{', …' if len(names) > 8 else ''}" if names else ""  # noqa: PLR2004


def _shown(node: Ast) -> str:
    """What may be null: a path, or "the value"."""
    if isinstance(node, Literal):
        return "this is null"
    path = path_of(node)
    return f"`{'.'.join(path)}` may be null" if path else "the value may be null"

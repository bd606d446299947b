"""Mistakes in calls: of components, their inputs and versions, and the imports they come from."""

from collections.abc import Iterator

from mutant import Mutant, Mutation, Original
from of_expressions import typo

from flow_core.components.signature import Port, Signature
from flow_core.diagnostics import Json
from flow_core.model.pipeline import Uses
from flow_core.places import Path
from flow_core.types import literal_problems

LITERALS: tuple[Json, ...] = ("text", 5, 2.5, True, ["text"], {"some": 1}, [5])
EXPRESSIONS = {"text": "'text'", "[5]": "[5]", "5": "2 + 3", "True": "1 < 2"}


def calls(original: Original) -> Iterator[tuple[Path, Uses, Signature]]:
    """The calls of components whose signature is known."""
    for path, info in original.module.calls.items():
        signature = original.module.called(path)
        if signature is not None and isinstance(info.call, Uses):
            yield path, info.call, signature


def arguments(original: Original) -> Iterator[tuple[Path, Port]]:
    """The arguments of calls, and the ports they are for."""
    for path, call, signature in calls(original):
        for name in call.arguments:
            yield (*path, "with", name), signature.inputs[name]


def required_input_removed(original: Original) -> Iterator[Mutant]:
    for path, call, signature in calls(original):
        for name in call.arguments:
            if signature.inputs[name].required:
                yield original.without((*path, "with", name), (*path, "uses"), (*path, "with"))


def all_inputs_removed(original: Original) -> Iterator[Mutant]:
    for path, call, signature in calls(original):
        if any(signature.inputs[name].required for name in call.arguments):
            yield original.without((*path, "with"), (*path, "uses"))


def surplus_input(original: Original) -> Iterator[Mutant]:
    for path, call, _ in calls(original):
        if call.arguments:
            yield original.inserted((*path, "with", "frobnicate"), 1)


def input_misspelt(original: Original) -> Iterator[Mutant]:
    for path, port in arguments(original):
        yield original.renamed(path, typo(port.name))


def literal_of_another_type(original: Original) -> Iterator[Mutant]:
    for path, port in arguments(original):
        for literal in LITERALS:
            if literal_problems(literal, port.type) and not port.secret:
                yield original.replaced(path, literal)


def expression_of_another_type(original: Original) -> Iterator[Mutant]:
    for path, port in arguments(original):
        for literal in LITERALS:
            source = EXPRESSIONS.get(str(literal))
            if source and literal_problems(literal, port.type) and not port.secret:
                yield original.replaced(path, f"${{{{ {source} }}}}")


def null_for_a_required_input(original: Original) -> Iterator[Mutant]:
    for path, port in arguments(original):
        if literal_problems(None, port.type):
            yield original.replaced(path, None)


def _targets(original: Original) -> Iterator[tuple[Path, str, str]]:
    """The calls by name: where, the alias with its dot, and the name."""
    for path, call, _ in calls(original):
        if not call.target.startswith("."):
            alias, dot, name = call.target.rpartition(".")
            yield (*path, "uses"), alias + dot, name


def component_misspelt(original: Original) -> Iterator[Mutant]:
    for path, alias, name in _targets(original):
        yield original.replaced(path, alias + typo(name))


def alias_misspelt(original: Original) -> Iterator[Mutant]:
    for path, alias, name in _targets(original):
        if alias:
            yield original.replaced(path, f"{typo(alias[:-1])}.{name}")


def alias_left_out(original: Original) -> Iterator[Mutant]:
    for path, alias, name in _targets(original):
        if alias:
            yield original.replaced(path, name)


def path_misspelt(original: Original) -> Iterator[Mutant]:
    for path, call, _ in calls(original):
        if call.target.startswith("."):
            yield original.replaced((*path, "uses"), call.target.replace(".flow", "s.flow"))


def version_wrong(original: Original) -> Iterator[Mutant]:
    """Ranges that no version is in, and what is no range."""
    for path, call, signature in calls(original):
        if signature.version:
            for version in ("^99", "~0.0.1", "9.9.9", ">=2", "latest", "^2.x", ""):
                yield original.replaced((*path, "uses"), f"{call.target}@{version}")


def import_of_nothing(original: Original) -> Iterator[Mutant]:
    for alias, target in original.module.imports.items():
        wrong = target.replace("./", "./nowhere/") if "./" in target else target + "s"
        yield original.replaced(("imports", alias), wrong)


def import_unused(original: Original) -> Iterator[Mutant]:
    for target in dict.fromkeys(original.module.imports.values()):
        yield original.inserted(("imports", "spare"), target)


def _own(original: Original) -> Iterator[tuple[str, Path, Uses]]:
    """The calls of components that the file itself defines."""
    for path, call, _ in calls(original):
        if call.target in original.names("components"):
            yield call.target, path, call


def component_deprecated(original: Original) -> Iterator[Mutant]:
    for name, path, _ in _own(original):
        why = ("components", name, "deprecated")
        yield original.inserted(why, "use another", at=[(*path, "uses")])


def port_type_changed(original: Original) -> Iterator[Mutant]:
    for name, path, call in _own(original):
        for port in call.arguments:
            declared = ("components", name, "inputs", port)
            yield original.replaced(declared, "map<boolean>", at=[(*path, "with", port)])


MUTATIONS: tuple[Mutation, ...] = (
    required_input_removed,
    all_inputs_removed,
    surplus_input,
    input_misspelt,
    literal_of_another_type,
    expression_of_another_type,
    null_for_a_required_input,
    component_misspelt,
    alias_misspelt,
    alias_left_out,
    path_misspelt,
    version_wrong,
    import_of_nothing,
    import_unused,
    component_deprecated,
    port_type_changed,
)

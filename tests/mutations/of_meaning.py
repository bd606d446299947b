"""Mistakes that only show when the parts of a pipeline are seen together."""

from collections.abc import Iterator

from mutant import Mutant, Mutation, Original
from of_expressions import typo

from flow_core.components.signature import Port, Signature
from flow_core.diagnostics import Json, Patch
from flow_core.model.pipeline import Uses
from flow_core.places import Path
from flow_core.syntax import Mapping, Scalar, Sequence, data
from flow_core.types import literal_problems
from flow_core.types.kinds import Any as AnyType

LITERALS: tuple[Json, ...] = ("text", 5, 2.5, True, ["text"], {"some": 1}, [5])


def _calls(original: Original) -> Iterator[tuple[Path, Uses, Signature]]:
    """The calls of components whose signature is known."""
    for path, info in original.module.calls.items():
        signature = original.module.called(path)
        if signature is not None and isinstance(info.call, Uses):
            yield path, info.call, signature


def _arguments(original: Original) -> Iterator[tuple[Path, Port]]:
    """The arguments of calls, and the ports they are for."""
    for path, call, signature in _calls(original):
        for name in call.arguments:
            yield (*path, "with", name), signature.inputs[name]


def required_input_removed(original: Original) -> Iterator[Mutant]:
    for path, call, signature in _calls(original):
        for name in call.arguments:
            if signature.inputs[name].required:
                yield original.without((*path, "with", name), (*path, "uses"), (*path, "with"))


def all_inputs_removed(original: Original) -> Iterator[Mutant]:
    for path, call, signature in _calls(original):
        if any(signature.inputs[name].required for name in call.arguments):
            yield original.without((*path, "with"), (*path, "uses"))


def surplus_input(original: Original) -> Iterator[Mutant]:
    for path, call, _ in _calls(original):
        if call.arguments:
            yield original.inserted((*path, "with", "frobnicate"), 1)


def input_misspelt(original: Original) -> Iterator[Mutant]:
    for path, port in _arguments(original):
        mutant = original.patched(Patch("rename", path, typo(port.name)))
        yield mutant


def literal_of_another_type(original: Original) -> Iterator[Mutant]:
    for path, port in _arguments(original):
        for literal in LITERALS:
            if literal_problems(literal, port.type) and not port.secret:
                yield original.patched(Patch("replace", path, literal))


def expression_of_another_type(original: Original) -> Iterator[Mutant]:
    sources = {"text": "'text'", "[5]": "[5]", "5": "2 + 3", "True": "1 < 2"}
    for path, port in _arguments(original):
        for literal in LITERALS:
            source = sources.get(str(literal))
            if source and literal_problems(literal, port.type) and not port.secret:
                yield original.patched(Patch("replace", path, "${{ " + source + " }}"))


def null_for_a_required_input(original: Original) -> Iterator[Mutant]:
    for path, port in _arguments(original):
        if literal_problems(None, port.type):
            yield original.patched(Patch("replace", path, None))


def component_misspelt(original: Original) -> Iterator[Mutant]:
    for path, call, _ in _calls(original):
        if not call.target.startswith("."):
            head, _, name = call.target.rpartition(".")
            target = f"{head}.{typo(name)}" if head else typo(name)
            yield original.patched(Patch("replace", (*path, "uses"), target))


def alias_misspelt(original: Original) -> Iterator[Mutant]:
    for path, call, _ in _calls(original):
        head, dot, name = call.target.rpartition(".")
        if head and not call.target.startswith("."):
            yield original.patched(Patch("replace", (*path, "uses"), f"{typo(head)}{dot}{name}"))


def alias_left_out(original: Original) -> Iterator[Mutant]:
    for path, call, _ in _calls(original):
        head, _, name = call.target.rpartition(".")
        if head and not call.target.startswith("."):
            yield original.patched(Patch("replace", (*path, "uses"), name))


def path_misspelt(original: Original) -> Iterator[Mutant]:
    for path, call, _ in _calls(original):
        if call.target.startswith("."):
            target = call.target.replace(".flow", "s.flow")
            yield original.patched(Patch("replace", (*path, "uses"), target))


def version_out_of_range(original: Original) -> Iterator[Mutant]:
    for path, call, signature in _calls(original):
        if signature.version:
            for range_ in ("^99", "~0.0.1", "9.9.9"):
                target = f"{call.target}@{range_}"
                yield original.patched(Patch("replace", (*path, "uses"), target))


def version_range_malformed(original: Original) -> Iterator[Mutant]:
    for path, call, signature in _calls(original):
        if signature.version:
            for range_ in (">=2", "latest", "^2.x", ""):
                target = f"{call.target}@{range_}"
                yield original.patched(Patch("replace", (*path, "uses"), target))


def import_of_nothing(original: Original) -> Iterator[Mutant]:
    for alias, target in original.module.imports.items():
        wrong = target.replace("./", "./nowhere/") if "./" in target else target + "s"
        yield original.patched(Patch("replace", ("imports", alias), wrong))


def import_unused(original: Original) -> Iterator[Mutant]:
    for target in dict.fromkeys(original.module.imports.values()):
        yield original.inserted(("imports", "spare"), target)


def step_unused(original: Original) -> Iterator[Mutant]:
    if original.module.is_pipeline:
        step = {"uses": "std.sort", "with": {"items": [3, 1]}}
        yield original.patched(Patch("insert", ("steps", "spare"), step), at=[("steps", "spare")])


def input_unused(original: Original) -> Iterator[Mutant]:
    if original.module.is_pipeline:
        yield original.inserted(("inputs", "spare"), "string")


def type_unused(original: Original) -> Iterator[Mutant]:
    if original.module.is_pipeline:
        yield original.inserted(("types", "Spare"), "string")


def secret_unused(original: Original) -> Iterator[Mutant]:
    if original.module.is_pipeline and original.document.get(("secrets",)):
        count = len(original.module.pipeline.secrets)
        yield original.inserted(("secrets", count), "SPARE")


def state_unused(original: Original) -> Iterator[Mutant]:
    if original.module.is_pipeline:
        yield original.inserted(("state", "spare"), {"type": "integer", "reduce": "sum"})


def step_renamed(original: Original) -> Iterator[Mutant]:
    """A step with another name, and each reference to it left behind."""
    for name, info in original.module.steps.items():
        path = info.step.path
        for use in original.module.uses:
            if use.target == name and path not in (use.place.path, use.place.path[: len(path)]):
                span = original.document.locate(use.name)
                mutant = original.patched(Patch("rename", path, f"{name}_other"))
                yield Mutant(mutant.text, frozenset({original.line_at(span.start)}))


def _renamed(section: str):
    """Names of a section with other names; a line that reads the old one is to be reported."""

    def mutate(original: Original) -> Iterator[Mutant]:
        for name in original.module.document.root.fields.get(section, Mapping(0, 0)).fields:
            used = [m for m in original.module.mentions if m.path[:2] == (section, name)]
            lines = {original.line_at(original.document.locate(m.place).start) for m in used}
            if lines:
                mutant = original.patched(Patch("rename", (section, name), f"{name}_other"))
                yield Mutant(mutant.text, frozenset(lines))

    mutate.__name__ = f"name in {section} changed"
    return mutate


def _removed(section: str):
    def mutate(original: Original) -> Iterator[Mutant]:
        root = original.module.document.root
        for name in root.fields.get(section, Mapping(0, 0)).fields:
            used = [m for m in original.module.mentions if m.path[:2] == (section, name)]
            if used:
                path = used[0].site.path
                text = original.without((section, name), path)
                yield text

    mutate.__name__ = f"name in {section} removed"
    return mutate


def secret_undeclared(original: Original) -> Iterator[Mutant]:
    for mention in original.module.mentions:
        if mention.path[0] == "secrets":
            index = list(original.module.pipeline.secrets).index(mention.path[1])
            yield original.without(("secrets", index), mention.site.path)


def type_undeclared(original: Original) -> Iterator[Mutant]:
    root = original.module.document.root
    for name in root.fields.get("types", Mapping(0, 0)).fields:
        uses = [
            path
            for path, value in original.entries
            if isinstance(value, Scalar) and value.text == name and path[0] != "types"
        ]
        if uses:
            yield original.without(("types", name), *uses)


def dependency_misspelt(original: Original) -> Iterator[Mutant]:
    for use in original.module.uses:
        if use.explicit:
            span = original.document.locate(use.name)
            yield original.edited(span.start, span.end, typo(use.target))


def dependency_on_itself(original: Original) -> Iterator[Mutant]:
    for name, info in original.module.steps.items():
        if not info.step.depends_on:
            yield original.inserted((*info.step.path, "depends_on"), [name])


def _siblings_upstream(original: Original):
    for name, info in original.module.steps.items():
        before = original.module.graph.dependencies(name) if False else ()
        yield name, info, before


def cycle_of_two(original: Original) -> Iterator[Mutant]:
    """A step that depends on one that depends on it."""
    steps = original.module.steps
    for use in original.module.uses:
        if use.step in steps and use.target in steps and not steps[use.target].step.depends_on:
            if steps[use.step].parent == steps[use.target].parent:
                path = (*steps[use.target].step.path, "depends_on")
                yield original.inserted(path, [use.step])


def step_twice(original: Original) -> Iterator[Mutant]:
    for name, info in original.module.steps.items():
        if info.parent:
            continue
        groups = [i for i in original.module.steps.values() if i.parent and i.section == "steps"]
        for group in groups[:1]:
            yield original.patched(Patch("rename", group.step.path, name))


def output_without_value(original: Original) -> Iterator[Mutant]:
    for name, output in original.module.pipeline.outputs.items():
        if output.type is not None and output.value is not None:
            yield original.without(output.path, ("outputs", name))


def output_of_another_type(original: Original) -> Iterator[Mutant]:
    for name, output in original.module.pipeline.outputs.items():
        if output.type is not None:
            yield original.patched(
                Patch("replace", ("outputs", name, "type"), "map<boolean>"),
                at=[("outputs", name, "type"), ("outputs", name, "value")],
            )


def error_misspelt(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        if path[-1] == "errors" and {"retry", "catch"} & set(path):
            for index, error in enumerate(original.document.get(path).values):
                yield original.patched(Patch("replace", (*path, index), typo(error.text)))


def error_never_raised(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        if path[-1] == "errors" and {"retry", "catch"} & set(path):
            yield original.patched(Patch("replace", path, ["Frobnicated"]))


def catch_all_first(original: Original) -> Iterator[Mutant]:
    """A handler of everything before each handler."""
    for path in original.keys:
        if path[-1] == "catch":
            count = len(original.document.get(path).values)
            yield original.patched(
                Patch("insert", (*path, 0), {"skip": True}),
                at=[(*path, index + 1, "errors") for index in range(count)],
            )


def timeout_beyond_budget(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        if path[-1] == "timeout" and original.document.get(("budget", "duration")):
            yield original.valued(path, "99d")


def timeout_of_nothing(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        if path[-1] == "timeout":
            yield original.valued(path, "0s")


def retry_beyond_max_duration(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        if path[-1] == "retry" and path[0] == "steps":
            yield original.inserted((*path, "max_duration"), "1ms")


def branch_without_condition(original: Original) -> Iterator[Mutant]:
    """A branch that takes everything before the last one."""
    for path in original.keys:
        if path[-1] == "switch":
            branches = original.document.get(path).values
            for index, branch in enumerate(branches[:-1]):
                if "when" in branch.fields:
                    yield original.without(
                        (*path, index, "when"),
                        *((*path, index + 1, key) for key in branches[index + 1].fields),
                    )


def branch_of_another_type(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        if path[-1] == "switch":
            count = len(original.document.get(path).values)
            value = {"when": "${{ size('a') > size(run.status) }}", "value": 5}
            yield original.patched(
                Patch("insert", (*path, 0), value),
                at=[
                    (*path, i, k)
                    for i in range(count + 1)
                    for k in ("when", "uses", "value", "steps")
                ],
            )


def handler_of_another_type(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        if path[-1] == "catch":
            for index, handler in enumerate(original.document.get(path).values):
                plain = {k: v for k, v in data(handler).items() if k not in ("skip", "value")}
                if len(plain) < len(data(handler)):
                    changed = {**plain, "value": {"frobnicate": 1}}
                    yield original.patched(Patch("replace", (*path, index), changed))


def loop_over_a_nullable(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        if path[-1] == "for_each":
            source = original.source(path)
            inner = source.strip('"').removeprefix("${{ ").removesuffix(" }}")
            yield original.valued(path, '"${{ size(run.status) > 3 ? ' + inner + ' : null }}"')


def item_outside_of_a_loop(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        if path[-1] == "for_each":
            for site in original.module.sites.values():
                if site.path[: len(path) - 1] == path[:-1] and "item" in original.source(site.path):
                    yield original.without(path, site.path)
                    break


def secret_in_the_log(original: Original) -> Iterator[Mutant]:
    for secret in original.module.pipeline.secrets:
        for path, port in _arguments(original):
            if not port.secret and not literal_problems("text", port.type):
                yield original.patched(Patch("replace", path, "${{ secrets." + secret + " }}"))


def secret_mixed_into_text(original: Original) -> Iterator[Mutant]:
    for secret in original.module.pipeline.secrets:
        for path, port in _arguments(original):
            if not port.secret and not literal_problems("text", port.type):
                yield original.patched(Patch("replace", path, "key ${{ secrets." + secret + " }}!"))


def secret_in_an_output(original: Original) -> Iterator[Mutant]:
    for secret in original.module.pipeline.secrets:
        for output in original.module.pipeline.outputs.values():
            if output.type is None:
                yield original.patched(
                    Patch("replace", output.path, "${{ secrets." + secret + " }}")
                )


def secret_in_a_condition(original: Original) -> Iterator[Mutant]:
    for secret in original.module.pipeline.secrets:
        for path in original.keys:
            if path[-1] == "when" and "catch" not in path:
                yield original.valued(path, "${{ secrets." + secret + " != '' }}")


def secret_in_state(original: Original) -> Iterator[Mutant]:
    for secret in original.module.pipeline.secrets:
        for path, _ in original.entries:
            if path[-2:-1] == ("set",):
                yield original.patched(Patch("replace", path, "${{ [secrets." + secret + "] }}"))


def secret_in_clear(original: Original) -> Iterator[Mutant]:
    for path, port in _arguments(original):
        if port.secret:
            yield original.patched(Patch("replace", path, "sk_live_4eC39HqLyjWDarjtT1zdp7dc"))
            yield original.patched(Patch("replace", path, "hunter2"))


def default_of_another_type(original: Original) -> Iterator[Mutant]:
    for name, port in original.module.signature.inputs.items():
        if original.document.get(("inputs", name, "default")):
            for literal in LITERALS:
                if literal_problems(literal, port.type):
                    yield original.patched(Patch("replace", ("inputs", name, "default"), literal))


def scheduled_inputs_removed(original: Original) -> Iterator[Mutant]:
    root = original.document.get(("schedule",))
    for index, entry in enumerate(root.values if isinstance(root, Sequence) else ()):
        if "inputs" in entry.fields:
            yield original.without(("schedule", index, "inputs"), ("schedule", index, "cron"))


def scheduled_input_misspelt(original: Original) -> Iterator[Mutant]:
    root = original.document.get(("schedule",))
    for index, entry in enumerate(root.values if isinstance(root, Sequence) else ()):
        if "inputs" in entry.fields:
            for name in entry.fields["inputs"].fields:
                yield original.patched(
                    Patch("rename", ("schedule", index, "inputs", name), typo(name))
                )


def literal_missing_a_field(original: Original) -> Iterator[Mutant]:
    root = original.document.get(("schedule",))
    for index, entry in enumerate(root.values if isinstance(root, Sequence) else ()):
        path: Path = ("schedule", index, "inputs", "order")
        value = original.document.get(path)
        for name in value.fields if isinstance(value, Mapping) else ():
            yield original.without((*path, name), path)


def state_type_changed(original: Original) -> Iterator[Mutant]:
    state = original.document.get(("state",))
    for name in state.fields if isinstance(state, Mapping) else ():
        yield original.patched(
            Patch("replace", ("state", name, "type"), "boolean"),
            at=[("state", name), ("state", name, "reduce"), ("state", name, "type")],
        )


def channel_misspelt(original: Original) -> Iterator[Mutant]:
    for path, _ in original.entries:
        if path[-2:-1] == ("set",):
            yield original.patched(Patch("rename", path, typo(str(path[-1]))))


def state_write_of_another_type(original: Original) -> Iterator[Mutant]:
    for path, _ in original.entries:
        if path[-2:-1] == ("set",):
            yield original.patched(Patch("replace", path, {"some": True}))


def component_deprecated(original: Original) -> Iterator[Mutant]:
    components = original.document.get(("components",))
    for name in components.fields if isinstance(components, Mapping) else ():
        calls = [path for path, call, _ in _calls(original) if call.target == name]
        if calls:
            yield original.patched(
                Patch("insert", ("components", name, "deprecated"), "use another"),
                at=[(*path, "uses") for path in calls],
            )


def port_type_changed(original: Original) -> Iterator[Mutant]:
    components = original.document.get(("components",))
    for name in components.fields if isinstance(components, Mapping) else ():
        for path, call, signature in _calls(original):
            if call.target == name:
                for port in call.arguments:
                    yield original.patched(
                        Patch("replace", ("components", name, "inputs", port), "map<boolean>"),
                        at=[(*path, "with", port)],
                    )


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
    version_out_of_range,
    version_range_malformed,
    import_of_nothing,
    import_unused,
    step_unused,
    input_unused,
    type_unused,
    secret_unused,
    state_unused,
    step_renamed,
    _renamed("inputs"),
    _renamed("state"),
    _removed("inputs"),
    _removed("state"),
    _removed("steps"),
    secret_undeclared,
    type_undeclared,
    dependency_misspelt,
    dependency_on_itself,
    cycle_of_two,
    step_twice,
    output_without_value,
    output_of_another_type,
    error_misspelt,
    error_never_raised,
    catch_all_first,
    timeout_beyond_budget,
    timeout_of_nothing,
    retry_beyond_max_duration,
    branch_without_condition,
    branch_of_another_type,
    handler_of_another_type,
    loop_over_a_nullable,
    item_outside_of_a_loop,
    secret_in_the_log,
    secret_mixed_into_text,
    secret_in_an_output,
    secret_in_a_condition,
    secret_in_state,
    secret_in_clear,
    default_of_another_type,
    scheduled_inputs_removed,
    scheduled_input_misspelt,
    literal_missing_a_field,
    state_type_changed,
    channel_misspelt,
    state_write_of_another_type,
    component_deprecated,
    port_type_changed,
)

"""Mistakes in what comes of a run: outputs, state, errors, time, secrets, branches, schedules."""

from collections.abc import Iterator

from mutant import Mutant, Mutation, Original
from of_calls import LITERALS, arguments
from of_expressions import typo

from flow_core.components.signature import Port
from flow_core.places import Path
from flow_core.syntax import Mapping, Node, Scalar, Sequence, data
from flow_core.types import literal_problems


def _items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


def output_without_value(original: Original) -> Iterator[Mutant]:
    for name, output in original.module.pipeline.outputs.items():
        if output.type is not None:
            yield original.without(output.path, ("outputs", name))


def output_of_another_type(original: Original) -> Iterator[Mutant]:
    for name, output in original.module.pipeline.outputs.items():
        if output.type is not None:
            declared = ("outputs", name, "type")
            yield original.replaced(declared, "map<boolean>", at=[declared, output.path])


def _filters(original: Original) -> Iterator[tuple[Path, Node]]:
    """The `errors` of retries and handlers."""
    for path, value in original.keyed("errors"):
        if {"retry", "catch"} & set(path):
            yield path, value


def error_misspelt(original: Original) -> Iterator[Mutant]:
    for path, value in _filters(original):
        for index, error in enumerate(_items(value)):
            if isinstance(error, Scalar):
                yield original.replaced((*path, index), typo(error.text))


def error_never_raised(original: Original) -> Iterator[Mutant]:
    for path, _ in _filters(original):
        yield original.replaced(path, ["Frobnicated"])


def catch_all_first(original: Original) -> Iterator[Mutant]:
    """A handler of everything before each handler."""
    for path, value in original.keyed("catch"):
        shadowed = [(*path, index + 1, "errors") for index in range(len(_items(value)))]
        yield original.inserted((*path, 0), {"skip": True}, at=shadowed)


def timeout_wrong(original: Original) -> Iterator[Mutant]:
    """More time than the budget allows, and none."""
    for path, _ in original.keyed("timeout"):
        if path[0] == "steps":
            yield original.valued(path, "0s")
            if original.document.get(("budget", "duration")):
                yield original.valued(path, "99d")


def retry_beyond_max_duration(original: Original) -> Iterator[Mutant]:
    for path, _ in original.keyed("retry"):
        if path[0] == "steps":
            at = [path, (*path, "delay"), (*path, "max_duration")]
            yield original.inserted((*path, "max_duration"), "1ms", at=at)


def branch_without_condition(original: Original) -> Iterator[Mutant]:
    """A branch that takes everything before the last one."""
    for path, value in original.keyed("switch"):
        for index, (branch, after) in enumerate(
            zip(_items(value), _items(value)[1:], strict=False)
        ):
            if (
                isinstance(branch, Mapping)
                and isinstance(after, Mapping)
                and "when" in branch.fields
            ):
                late = [(*path, index + 1, key) for key in after.fields]
                yield original.without((*path, index, "when"), *late)


def branch_of_another_type(original: Original) -> Iterator[Mutant]:
    value = {"when": "${{ size('a') > size(run.status) }}", "value": 5}
    for path, branches in original.keyed("switch"):
        keys = ("when", "uses", "value", "steps")
        at = [(*path, n, key) for n in range(len(_items(branches)) + 1) for key in keys]
        yield original.inserted((*path, 0), value, at=at)


def handler_of_another_type(original: Original) -> Iterator[Mutant]:
    for path, handlers in original.keyed("catch"):
        for index, handler in enumerate(_items(handlers)):
            if isinstance(handler, Mapping) and {"skip", "value"} & handler.fields.keys():
                kept = {k: data(v) for k, v in handler.fields.items() if k in ("errors", "when")}
                yield original.replaced((*path, index), {**kept, "value": {"frobnicate": 1}})


def loop_over_a_nullable(original: Original) -> Iterator[Mutant]:
    for path, _ in original.keyed("for_each"):
        inner = original.source(path).strip('"').removeprefix("${{ ").removesuffix(" }}")
        yield original.valued(path, f'"${{{{ size(run.status) > 3 ? {inner} : null }}}}"')


def _plain_ports(original: Original) -> Iterator[tuple[Path, Port]]:
    """The arguments that take text and are no secrets."""
    for path, port in arguments(original):
        if not port.secret and not literal_problems("text", port.type):
            yield path, port


def secret_disclosed(original: Original) -> Iterator[Mutant]:
    """A secret in an argument, an output, a condition and the state."""
    pipeline = original.module.pipeline
    for secret in pipeline.secrets:
        read = f"secrets.{secret}"
        for path, _ in _plain_ports(original):
            yield original.replaced(path, f"${{{{ {read} }}}}")
            yield original.replaced(path, f"key ${{{{ {read} }}}}!")
        for output in pipeline.outputs.values():
            if output.type is None:
                yield original.replaced(output.path, f"${{{{ {read} }}}}")
        for path, _ in original.keyed("when"):
            if "catch" not in path:
                yield original.valued(path, f"${{{{ {read} != '' }}}}")
        for path, _ in original.entries:
            if path[-2:-1] == ("set",):
                yield original.replaced(path, f"${{{{ [{read}] }}}}")


def secret_in_clear(original: Original) -> Iterator[Mutant]:
    for path, port in arguments(original):
        if port.secret:
            yield original.replaced(path, "sk_live_4eC39HqLyjWDarjtT1zdp7dc")
            yield original.replaced(path, "hunter2")


def default_of_another_type(original: Original) -> Iterator[Mutant]:
    for name, port in original.module.signature.inputs.items():
        path = ("inputs", name, "default")
        for literal in LITERALS if original.document.get(path) else ():
            if literal_problems(literal, port.type):
                yield original.replaced(path, literal)


def scheduled_inputs(original: Original) -> Iterator[Mutant]:
    """A schedule without its inputs, with one misspelt, and with a part of one left out."""
    for path, value in original.entries:
        match path:
            case ("schedule", _, "inputs"):
                yield original.without(path, (*path[:-1], "cron"))
            case ("schedule", _, "inputs", name):
                yield original.renamed(path, typo(str(name)))
                for part in value.fields if isinstance(value, Mapping) else ():
                    yield original.without((*path, part), path)
            case _:
                continue


def state_of_another_type(original: Original) -> Iterator[Mutant]:
    for name in original.names("state"):
        channel = ("state", name)
        at = [channel, (*channel, "reduce"), (*channel, "type")]
        yield original.replaced((*channel, "type"), "boolean", at=at)


def state_write_of_another_type(original: Original) -> Iterator[Mutant]:
    for path, _ in original.entries:
        if path[-2:-1] == ("set",):
            yield original.replaced(path, {"some": True})


MUTATIONS: tuple[Mutation, ...] = (
    output_without_value,
    output_of_another_type,
    error_misspelt,
    error_never_raised,
    catch_all_first,
    timeout_wrong,
    retry_beyond_max_duration,
    branch_without_condition,
    branch_of_another_type,
    handler_of_another_type,
    loop_over_a_nullable,
    secret_disclosed,
    secret_in_clear,
    default_of_another_type,
    scheduled_inputs,
    state_of_another_type,
    state_write_of_another_type,
)

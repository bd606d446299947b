"""What there is to know about keys, components, ports, types and functions, in Markdown.

Hover shows these texts, and so does completion for the entry that is looked at.
"""

import json
from collections.abc import Iterator

import msgspec

from flow_core.components.signature import Breaker, Estimate, Kind, Port, Signature
from flow_core.document_page import default_text
from flow_core.durations import show_duration
from flow_core.expr.functions import MACROS, functions
from flow_core.ide.type_text import bound_words, noted, structures
from flow_core.language.keys import resolve
from flow_core.language.shapes import Key, Record
from flow_core.language.words import key_words
from flow_core.markdown import block, code, paragraphs, sentence, table
from flow_core.types import show
from flow_core.types.kinds import (
    Field,
    Ref,
    Type,
)

_KINDS: dict[Kind, str] = {
    "python": "a Python component",
    "shell": "a shell component",
    "http": "an HTTP component",
    "pipeline": "a pipeline",
    "std": "a built-in component",
}


def describe_key(key: Key) -> str:
    """A key of the language: what may stand at it, what it means, an example."""
    facts = [key_words(key)]
    if key.required:
        facts.append("required")
    if key.default is not msgspec.UNSET:
        facts.append(f"default {code(json.dumps(key.default))}")
    facts.append(f"since Flow {key.since}")
    return paragraphs(
        f"**{code(key.name)}**: {', '.join(facts)}",
        f"**Deprecated:** {key.deprecated}" if key.deprecated else "",
        key.doc,
        _keys_within(key),
        block(key.example) if key.example else "",
    )


def _keys_within(key: Key) -> str:
    shape = resolve(key.shape)
    names = [code(inner.name) for inner in shape.keys] if isinstance(shape, Record) else []
    return f"Keys: {', '.join(names)}" if names else ""


def describe_component(signature: Signature, name: str = "") -> str:
    """A component: what it takes, gives and raises; ``name`` is what it is called by."""
    head = f"**{code(name or signature.name)}**: {component_words(signature)}"
    return paragraphs(head, component_body(signature))


def component_words(signature: Signature) -> str:
    """What sort of component it is, in a few words."""
    return ", ".join(_facts(signature))


def component_body(signature: Signature) -> str:
    """What it does, takes, gives and raises."""
    return paragraphs(
        f"**Deprecated:** {signature.deprecated}" if signature.deprecated else "",
        signature.description,
        "\n".join(_inputs(signature)),
        "\n".join(_outputs(signature)),
        "\n".join(_errors(signature)),
        _policies(signature),
    )


def _facts(signature: Signature) -> Iterator[str]:
    yield _KINDS[signature.kind]
    if signature.version:
        yield f"version {signature.version}"
    if signature.tags:
        yield f"tags {', '.join(map(code, signature.tags))}"
    if not signature.effect:
        yield "without effect"


def _inputs(signature: Signature) -> Iterator[str]:
    rows = (
        (code(port.name), code(show(port.type)), default_text(port), port_words(port))
        for port in signature.inputs.values()
    )
    return table(("input", "type", "default", "meaning"), rows)


def _outputs(signature: Signature) -> Iterator[str]:
    rows = (
        (code(port.name), code(show(port.type)), port_words(port))
        for port in signature.outputs.values()
    )
    return table(("output", "type", "meaning"), rows)


def _errors(signature: Signature) -> Iterator[str]:
    return table(("error", "meaning"), ((code(n), text) for n, text in signature.errors.items()))


def _policies(signature: Signature) -> str:
    """What simulation assumes, what the breaker does, which secrets there must be."""
    lines = [
        f"Estimate: {estimate_words(signature.estimate)}" if signature.estimate else "",
        _breaker(signature.breaker) if signature.breaker else "",
        f"Secrets: {', '.join(map(code, signature.secrets))}" if signature.secrets else "",
    ]
    return "\n\n".join(line for line in lines if line)


def estimate_words(estimate: Estimate) -> str:
    """What simulation assumes.

    >>> estimate_words(Estimate(p50=1_000_000, cost=0.5))
    'p50 1s, cost 0.5'
    """
    times = {"p50": estimate.p50, "p95": estimate.p95}
    parts = [f"{name} {show_duration(time)}" for name, time in times.items() if time is not None]
    shares = {"cost": estimate.cost, "failure rate": estimate.failure_rate}
    parts += [f"{name} {share:g}" for name, share in shares.items() if share is not None]
    return ", ".join(parts)


def _breaker(breaker: Breaker) -> str:
    errors = "failures" if breaker.errors is None else " or ".join(map(code, breaker.errors))
    reset = show_duration(breaker.reset_timeout)
    return f"Circuit breaker: {breaker.failure_threshold} {errors} in a row open it for {reset}"


def describe_port(port: Port) -> str:
    """An input or output: its type, whether it must be given, what it means."""
    facts: list[str] = []
    if port.default is not msgspec.UNSET:
        facts.append(f"default {default_text(port)}")
    elif not port.required:
        facts.append("optional")
    if port.env:
        facts.append(f"from the environment variable {code(port.env)}")
    return paragraphs(
        block(f"{port.name}: {show(port.type)}"),
        ", ".join(facts),
        port_words(port),
        structures(port.type),
    )


def describe_field(name: str, field: Field) -> str:
    """A property of a value: its type and what it means."""
    words = noted(field.description, bound_words(field.type))
    return paragraphs(block(f"{name}: {show(field.type)}"), words, structures(field.type))


def port_words(port: Port) -> str:
    """What a port means, that it is secret, and the bounds of its type."""
    words = ["secret" if port.secret else "", bound_words(port.type)]
    return noted(port.description, *words)


def describe_type(type_: Type) -> str:
    """A type: its shorthand, its bounds, and the fields of the objects in it."""
    shown, fields = show(type_), structures(type_)
    is_told = isinstance(type_, Ref) and bool(fields)
    return paragraphs("" if is_told else block(shown), bound_words(type_), fields)


def describe_function(name: str) -> str:
    """A function or macro of expressions: how it is called, what it gives; "" for no such name."""
    if name in MACROS:
        form, doc = MACROS[name]
        return paragraphs(block(form, "cel"), sentence(doc))
    function = functions().get(name)
    if function is None:
        return ""
    forms = "\n".join(overload.text for overload in function.overloads)
    return paragraphs(block(forms, "cel"), sentence(function.doc))

"""The page of one component, in Markdown: what it does, takes, gives, and raises."""

import json
from collections.abc import Iterator

import msgspec

from flow_core.components.catalog import CatalogEntry
from flow_core.components.signature import Port, Signature
from flow_core.durations import show_duration
from flow_core.types import show


def component_page(entry: CatalogEntry) -> str:
    """The page; a table of ports needs a Markdown reader that knows tables."""
    signature = entry.signature
    parts = [
        f"# {signature.name}",
        " · ".join(_facts(entry)),
        f"**Deprecated:** {signature.deprecated}" if signature.deprecated else "",
        signature.description,
        _ports("Inputs", signature.inputs),
        _ports("Outputs", signature.outputs),
        _errors(signature.errors),
        _estimate(signature),
    ]
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _facts(entry: CatalogEntry) -> Iterator[str]:
    signature = entry.signature
    yield f"from `{entry.origin}`"
    yield signature.kind
    if signature.version:
        yield f"version {signature.version}"
    if signature.tags:
        yield f"tags: {', '.join(signature.tags)}"


def _ports(title: str, ports: dict[str, Port]) -> str:
    if not ports:
        return ""
    rows = [f"| `{port.name}` | {_type(port)} | {_text(port)} |" for port in ports.values()]
    return "\n".join([f"## {title}", "", "| name | type | |", "| --- | --- | --- |", *rows])


def _type(port: Port) -> str:
    """The type in shorthand; a bar would end the cell of the table."""
    return f"`{show(port.type)}`".replace("|", r"\|")


def _text(port: Port) -> str:
    words = [" ".join(port.description.split())]
    if port.default is not msgspec.UNSET:
        words.append(f"default `{json.dumps(port.default, ensure_ascii=False)}`")
    elif not port.required:
        words.append("optional")
    if port.secret:
        words.append("secret")
    return "; ".join(word for word in words if word).replace("|", r"\|")


def _errors(errors: dict[str, str]) -> str:
    lines = [
        f"- `{name}`: {meaning}" if meaning else f"- `{name}`" for name, meaning in errors.items()
    ]
    return "\n".join(["## Errors", "", *lines]) if lines else ""


def _estimate(signature: Signature) -> str:
    estimate = signature.estimate
    if estimate is None:
        return ""
    times = {"p50": estimate.p50, "p95": estimate.p95}
    lines = [f"- {name}: {show_duration(time)}" for name, time in times.items() if time is not None]
    shares = {"cost": estimate.cost, "failure rate": estimate.failure_rate}
    lines += [f"- {name}: {share:g}" for name, share in shares.items() if share is not None]
    return "\n".join(["## Estimate", "", *lines])

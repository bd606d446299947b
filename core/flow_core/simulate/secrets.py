"""Keeping secrets out of what a run shows and leaves behind (R-secret-3).

The value of a secret port is hidden by its port. Where it got into another text all the same, which
FL502 reports, it is hidden by what it says.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from flow_core.diagnostics import Json
from flow_core.kernel.events import Event, Failed, Signal, Succeeded
from flow_core.markers import is_unknown, unknown

if TYPE_CHECKING:
    from flow_core.simulate.run import Run

HIDDEN = "***"
"""What is shown in the place of a secret."""
SHORTEST = 4
"""Shorter texts are everywhere; they are hidden by their ports alone."""


class Secrets:
    """The secrets of one run."""

    def __init__(self, run: "Run") -> None:
        self._ports = {name for name, port in run.plan.inputs.items() if port.secret}
        self._outputs = run.secret_outputs
        texts = {text for value in self._values(run) for text in _texts(value)}
        self._texts = sorted((t for t in texts if len(t) >= SHORTEST), key=len, reverse=True)

    def _values(self, run: "Run") -> Iterator[Json]:
        yield from (run.kernel.root.inputs.get(name) for name in self._ports)
        if not self._outputs:
            return
        for event in (event for batch in run.batches for event in batch.events):
            if isinstance(event, Succeeded):
                yield from (event.outputs.get(name) for name in self._outputs.get(event.id, ()))

    def without(self, data: Json) -> Json:
        """Data whose texts name no secret."""
        if not self._texts:
            return data
        if isinstance(data, str):
            for text in self._texts:
                data = data.replace(text, HIDDEN)
            return data
        if isinstance(data, dict):
            return {name: self.without(value) for name, value in data.items()}
        return [self.without(item) for item in data] if isinstance(data, list) else data

    def recorded_inputs(self, inputs: Mapping[str, Json]) -> dict[str, Json]:
        """Inputs for a trace: those that are secret are not known when it is replayed."""
        return {
            name: unknown(f"the secret `{name}`") if name in self._ports else self.without(value)
            for name, value in inputs.items()
        }

    def recorded(self, event: Event) -> Event:
        """An event for a trace."""
        match event:
            case Succeeded(id=attempt, outputs=outputs):
                return replace(event, outputs=self._outputs_of(attempt, outputs))
            case Failed(message=message, data=data):
                return replace(event, message=self.without(message), data=self.without(data))
            case Signal(data=data):
                return replace(event, data=self.without(dict(data)))
            case _:
                return event

    def _outputs_of(self, attempt: int, outputs: Mapping[str, Json]) -> dict[str, Json]:
        hidden = self._outputs.get(attempt, frozenset())
        return {
            name: unknown(f"the secret `{name}`") if name in hidden else self.without(value)
            for name, value in outputs.items()
        }


def _texts(data: Json) -> Iterator[str]:
    """The texts in data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict) and not is_unknown(data):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for item in data:
            yield from _texts(item)

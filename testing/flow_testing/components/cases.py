"""With which inputs the contract of a component is tried: those a project shows, then borders."""

from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from flow_core.components.signature import Port, Signature
from flow_core.diagnostics import Json
from flow_core.types.borders import border_values, variations
from flow_testing.components.harvest import Shown
from flow_testing.components.judging import misfit

_MOST = 300
_EACH = 100
"""So many cases are made of one input."""


class Case(msgspec.Struct, frozen=True):
    """Inputs to try. ``source`` is who shows them, "" for made-up ones."""

    inputs: dict[str, Json]
    source: str = ""


def cases(signature: Signature, shown: Sequence[Shown], words: Sequence[Json] = ()) -> list[Case]:
    """The cases to try, the most telling ones first; none where no inputs can be made up.

    ``words`` are scalars that the component's code asks about.
    """
    typical = _typical(signature)
    found: dict[bytes, Case] = {}
    for case in _all(signature, shown, typical, words):
        if len(found) >= _MOST:
            break
        complete = {**typical, **case.inputs}
        if all(name in complete for name, port in signature.inputs.items() if _wanted(port)):
            found.setdefault(msgspec.json.encode(case.inputs), case)
    return [case for case in found.values() if _fits(signature, case)]


def _all(
    signature: Signature,
    shown: Sequence[Shown],
    typical: dict[str, Json],
    words: Sequence[Json],
) -> Iterator[Case]:
    bases = [{**typical, **each.inputs} for each in shown]
    whole = [_is_whole(signature, each) for each in shown]
    for base, each, known in zip(bases, shown, whole, strict=True):
        if known:
            yield Case(base, each.source)
    base = next((base for base, known in zip(bases, whole, strict=True) if known), typical)
    yield Case(base)
    yield Case({n: data for n, data in base.items() if _wanted(signature.inputs[n])})
    yield from _around(signature, base, words)
    yield Case(typical)
    yield from _around(signature, typical, words)


def _around(signature: Signature, base: dict[str, Json], words: Sequence[Json]) -> Iterator[Case]:
    """Cases that differ from others in one part of one input."""
    for name, port in signature.inputs.items():
        if name not in base:
            continue
        varied = [""] if port.secret else variations(port.type, base[name], words)
        yield from (Case({**base, name: data}) for data in islice(varied, _EACH))


def _typical(signature: Signature) -> dict[str, Json]:
    """One value for each input: its default, else what its type suggests."""
    found: dict[str, Json] = {}
    for name, port in signature.inputs.items():
        values = border_values(port.type, 1)
        if port.secret and values and isinstance(values[0], str):
            values = [values[0] if len(values[0]) > 1 else "secret"]
        if not isinstance(port.default, msgspec.UnsetType):
            found[name] = port.default
        elif values and (port.required or values[0] is not None):
            found[name] = values[0]
    return found


def _wanted(port: Port) -> bool:
    return port.required and port.default is msgspec.UNSET


def _is_whole(signature: Signature, shown: Shown) -> bool:
    """Whether all inputs are shown that must be given; secret ones can't be."""
    ports = signature.inputs.items()
    return all(name in shown.inputs or port.secret for name, port in ports if _wanted(port))


def _fits(signature: Signature, case: Case) -> bool:
    ports = signature.inputs
    return all(n in ports and not misfit(data, ports[n]) for n, data in case.inputs.items())

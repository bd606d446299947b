"""What there is to know about an error: what it means, and what raises it."""

from collections.abc import Iterator

from flow_core.analysis.raises import BUILT_IN, NEVER_RETRIED
from flow_core.components.signature import Signature
from flow_core.markdown import code, paragraphs, sentence
from flow_core.model.pipeline import Uses
from flow_core.module import Module
from flow_core.places import Path


def describe_error(module: Module, name: str, within: Path = ()) -> str:
    """An error that a call below a path of a module may raise; "" for one that nothing raises."""
    if name in BUILT_IN:
        note = "`retry` without `errors` leaves it alone." if name in NEVER_RETRIED else ""
        return paragraphs(f"**{code(name)}**: a built-in error", sentence(BUILT_IN[name]), note)
    raised = dict(_raised(module, name, within))
    lines = [
        f"* raised by {code(target)}" + (f": {meaning}" if meaning else "")
        for target, meaning in raised.items()
    ]
    return paragraphs(f"**{code(name)}**: an error", "\n".join(lines)) if lines else ""


def _raised(module: Module, name: str, within: Path) -> Iterator[tuple[str, str]]:
    """The components that declare an error, as the calls below a path name them."""
    for path, info in module.calls.items():
        if path[: len(within)] == within and isinstance(info.call, Uses):
            signature = module.called(path)
            if signature is not None and name in signature.errors:
                yield info.call.target, signature.errors[name]


def describe_own_error(signature: Signature, name: str) -> str:
    """An error that a component declares."""
    return paragraphs(
        f"**{code(name)}**: an error of {code(signature.name)}", signature.errors.get(name, "")
    )

"""Valid pipelines with one defect each that no check of the text can see."""

import re
from collections.abc import Callable, Iterator

from mutant import Mutant, Original, findings

from flow_core.durations import parse_duration
from flow_core.model.pipeline import Uses
from flow_core.model.walk import walk_calls
from flow_core.places import Path
from flow_core.syntax import Mapping, Scalar, Sequence, data

Defect = Callable[[Original], Iterator[Mutant]]


def _errors_of(original: Original, path: Path) -> list[str]:
    """The errors that the step at the beginning of a path can raise."""
    found: dict[str, None] = {}
    for info in walk_calls(original.module.pipeline):
        if isinstance(info.call, Uses) and info.path[: len(path)] == path and info.role != "catch":
            resolved = original.module.resolved(info.path).signature
            found.update(dict.fromkeys(resolved.errors if resolved else ()))
    return [*found, "timeout", "unexpected"]


def _step(path: Path) -> Path:
    """The innermost step around a path."""
    last = max(i for i, part in enumerate(path) if part in ("steps", "finally"))
    return path[: last + 2]


def _other_errors(original: Original, around: str) -> Iterator[Mutant]:
    for path, value in original.keyed("errors"):
        if around not in path or not isinstance(value, Sequence):
            continue
        names = [item.text for item in value.items if isinstance(item, Scalar)]
        for index, name in enumerate(names):
            for other in _errors_of(original, _step(path)):
                if other != name and other not in names:
                    yield original.replaced((*path, index), other)


def catch_of_another_error(original: Original) -> Iterator[Mutant]:
    yield from _other_errors(original, "catch")


def retry_of_another_error(original: Original) -> Iterator[Mutant]:
    yield from _other_errors(original, "retry")


def _removed(original: Original, key: str) -> Iterator[Mutant]:
    for path, _ in original.keyed(key):
        if path[0] in ("steps", "finally"):
            yield original.without(path)


def catch_removed(original: Original) -> Iterator[Mutant]:
    yield from _removed(original, "catch")


def retry_removed(original: Original) -> Iterator[Mutant]:
    yield from _removed(original, "retry")


def compensation_dropped(original: Original) -> Iterator[Mutant]:
    yield from _removed(original, "compensate")


def dependency_dropped(original: Original) -> Iterator[Mutant]:
    for path, value in original.keyed("depends_on"):
        yield original.without(path)
        if isinstance(value, Sequence) and len(value.items) > 1:
            for index in range(len(value.items)):
                yield original.without((*path, index))
        elif isinstance(value, Mapping) and len(value.fields) > 1:
            for name in value.fields:
                yield original.without((*path, name))


def _arguments(original: Original) -> Iterator[tuple[Path, str]]:
    """Arguments that are one expression: their paths and texts."""
    for path, value in original.entries:
        if path[-2:-1] == ("with",) and isinstance(value, Scalar) and value.text.startswith("${{"):
            yield path, value.text


def compensation_with_another_argument(original: Original) -> Iterator[Mutant]:
    others = {text for path, text in _arguments(original) if "compensate" not in path}
    for path, text in _arguments(original):
        if "compensate" in path:
            for other in sorted(others - {text}):
                yield original.replaced(path, other)


def output_of_another_step(original: Original) -> Iterator[Mutant]:
    """A whole argument of another one, and another step's name in an expression."""
    names = [path[-1] for path, _ in original.entries if path[-2:-1] == ("steps",)]
    for path, text in _arguments(original):
        if "compensate" in path:
            continue
        for match in re.finditer(r"steps\.(\w+)\.outputs", text):
            for name in names:
                if name != match[1]:
                    yield original.replaced(
                        path, text[: match.start(1)] + str(name) + text[match.end(1) :]
                    )
            for other in sorted(
                {t for p, t in _arguments(original) if "steps." in t and t != text}
            ):
                yield original.replaced(path, other)
            break


def condition_negated(original: Original) -> Iterator[Mutant]:
    for path, value in original.keyed("when", "until"):
        if isinstance(value, Scalar) and value.text.startswith("${{"):
            inner = value.text.removeprefix("${{").removesuffix("}}").strip()
            yield original.replaced(path, f"${{{{ !({inner}) }}}}")


def one_attempt_more_or_less(original: Original) -> Iterator[Mutant]:
    for path, value in original.keyed("max_attempts"):
        number = data(value)
        if isinstance(number, int):
            yield original.replaced(path, number + 1)
            if number > 1:
                yield original.replaced(path, number - 1)


def unit_of_a_delay(original: Original) -> Iterator[Mutant]:
    for path, value in original.keyed("delay"):
        if not isinstance(value, Scalar):
            continue
        match = re.fullmatch(r"(\d+)(ms|s|m|h|d)", value.text)
        for unit in ("ms", "s", "m", "h") if match else ():
            if match and unit != match[2]:
                yield original.replaced(path, match[1] + unit)


def timeout_too_short(original: Original) -> Iterator[Mutant]:
    """A thousandth, and what a call usually takes or little more."""
    for path, value in original.keyed("timeout"):
        if not isinstance(value, Scalar) or (duration := parse_duration(value.text)) is None:
            continue
        yield original.replaced(path, f"{duration // 1000}us")
        for info in walk_calls(original.module.pipeline):
            if info.path == path[:-1] and (found := original.module.resolved(info.path).signature):
                p50 = found.estimate.p50 if found.estimate else None
                if p50 and p50 * 5 // 4 < duration:
                    yield original.replaced(path, f"{p50 * 5 // 4}us")


DEFECTS: tuple[Defect, ...] = (
    catch_of_another_error,
    catch_removed,
    retry_of_another_error,
    retry_removed,
    compensation_dropped,
    compensation_with_another_argument,
    timeout_too_short,
    condition_negated,
    dependency_dropped,
    output_of_another_step,
    one_attempt_more_or_less,
    unit_of_a_delay,
)


def unseen(original: Original, defect: Defect) -> Iterator[Mutant]:
    """The pipelines with a defect of one kind that `flow validate` takes for valid."""
    seen = {original.text}
    for mutant in defect(original):
        if mutant.text not in seen and not findings(original, mutant):
            seen.add(mutant.text)
            yield mutant

"""Mistakes inside expressions, and around them."""

from collections.abc import Callable, Iterator

from mutant import Mutant, Mutation, Original


def typo(word: str) -> str:
    """A word with two of its middle letters swapped, or with one more.

    >>> typo("timeout"), typo("id"), typo("uses")
    ('tiemout', 'idd', 'uess')
    """
    middle = len(word) // 2
    swapped = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return word + word[-1] if len(word) < 4 or swapped == word else swapped


def in_holes(old: str, new: str) -> Mutation:
    """Each expression that holds a text, with another in its first place."""

    def mutate(original: Original) -> Iterator[Mutant]:
        for start, end in original.holes:
            at = original.text.find(old, start, end)
            if at >= 0:
                yield original.edited(at, at + len(old), new)

    mutate.__name__ = f"{old.strip()} to {new.strip() or 'nothing'}"
    return mutate


def _rewritten(change: Callable[[str], str]) -> Mutation:
    """Each expression, changed as a whole; what is changed stands between the braces."""

    def mutate(original: Original) -> Iterator[Mutant]:
        for start, end in original.holes:
            inner = original.text[start + 3 : end - 2].strip()
            yield original.edited(start, end, "${{ " + change(inner) + " }}")

    mutate.__name__ = change("…") or "nothing"
    return mutate


def _misspelt(position: int, *shape: str) -> Mutation:
    """Each reference of a shape (`*`: any word) with a typo in one of its parts."""

    def mutate(original: Original) -> Iterator[Mutant]:
        for mention in original.module.mentions:
            path = mention.path
            fits = len(path) > position and all(
                want in ("*", part) for want, part in zip(shape, path, strict=False)
            )
            if not fits:
                continue
            span = original.document.locate(mention.place)
            dotted = ".".join(path)
            if original.text[span.start : span.end].startswith(dotted):
                start = span.start + len(".".join(path[:position])) + (1 if position else 0)
                yield original.edited(start, start + len(path[position]), typo(path[position]))

    mutate.__name__ = "typo in " + ".".join([*shape[:position], "HERE"])
    return mutate


MUTATIONS: tuple[Mutation, ...] = (
    in_holes(" }}", ""),
    in_holes(" }}", " }"),
    in_holes("${{", "{{"),
    in_holes("${{", "${"),
    in_holes("${{", "$ {{"),
    in_holes("${{ ", ""),
    in_holes("==", "="),
    in_holes("==", "==="),
    in_holes("!=", "<>"),
    in_holes("&&", "and"),
    in_holes("||", "or"),
    in_holes("&&", "&"),
    in_holes("||", "|"),
    in_holes("!", "not "),
    in_holes("'", '"'),
    in_holes("'", ""),
    in_holes("(", ""),
    in_holes(")", ""),
    in_holes("inputs.", "input."),
    in_holes("inputs.", "$inputs."),
    in_holes("inputs.", "inputs->"),
    in_holes("inputs.", "inputs/"),
    in_holes("inputs.", ""),
    in_holes("steps.", "step."),
    in_holes("steps.", "tasks."),
    in_holes("steps.", ""),
    in_holes(".outputs", ".output"),
    in_holes(".outputs", ".result"),
    in_holes(".outputs", ""),
    in_holes("secrets.", "secret."),
    in_holes("secrets.", "env."),
    in_holes("state.", "states."),
    in_holes("run.", "runs."),
    in_holes("item", "items"),
    in_holes("previous", "last"),
    in_holes("null", "None"),
    in_holes(".", ".."),
    in_holes("size(", "len("),
    in_holes("size(", "length("),
    _misspelt(0, "inputs"),
    _misspelt(0, "steps"),
    _misspelt(0, "*"),
    _misspelt(1, "inputs"),
    _misspelt(1, "steps"),
    _misspelt(1, "secrets"),
    _misspelt(1, "state"),
    _misspelt(1, "outputs"),
    _misspelt(1, "run"),
    _misspelt(2, "steps", "*", "outputs"),
    _misspelt(2, "inputs", "*", "*"),
    _misspelt(3, "steps", "*", "outputs", "*"),
    _misspelt(4, "steps", "*", "outputs", "*", "*"),
    _rewritten(lambda inner: f"&& {inner}"),
    _rewritten(lambda inner: inner + " +"),
    _rewritten(lambda inner: f"frobnicate({inner})"),
    _rewritten(lambda inner: f"({inner}"),
    _rewritten(lambda inner: f"{inner})"),
    _rewritten(lambda inner: f"{inner} if true else null"),
    _rewritten(lambda inner: f"{inner} ?? 1"),
    _rewritten(lambda inner: f"{inner} | default(1)"),
    _rewritten(lambda _: ""),
)

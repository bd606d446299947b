"""Text looks like an expression, but its braces are not `${{ … }}`.

## Why it matters

Only `${{ … }}` marks an expression. What other tools write as `{{ … }}` or `${ … }` is plain text
here, and reaches the component as it stands.

## Fails

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    uses: std.log
    with: {message: "hello {{ inputs.name }}"}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.name }}"}
```

## How to fix

Write `${{` and `}}`. Text that is meant for another tool can stay, with a suppression.
"""

from collections.abc import Iterator

from flow_core.analysis.unmarked import Unmarked
from flow_core.diagnostics import Edit, Finding, Mend, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL124", "unmarked-expression", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Braces of other tools around a name of this file."""
    refused = {problem.place.path for problem in module.shape}
    for found in module.usage.unmarked:
        path = found.place.path
        if path not in refused and not module.is_faulty(path):
            message = f"`{found.written}` is only text: an expression stands in `${{{{ … }}}}`"
            mended = f"${{{{ {found.source} }}}}"
            mend = _mend(module, found, mended)
            yield Finding(found.place, message, f"write `{mended}`", mend=mend)


def _mend(module: Module, found: Unmarked, mended: str) -> Mend | None:
    """Write the braces of Flow, where the text stands in the file as it is read."""
    span = module.document.locate(found.place)
    if module.document.text[span.start : span.end] != found.written:
        return None
    return Mend(f"Write `{mended}`", safety="unsafe", edits=(Edit(module.file, span, mended),))

"""A key stands twice in one mapping.

## Why it matters

Only one of the two values can count, and readers see the other. A step that is defined a second
time further down silently loses its first definition in most tools.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
  hello:
    uses: std.log
    with: {message: goodbye}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
  goodbye:
    uses: std.log
    with: {message: goodbye}
```

## How to fix

Rename one of the two, or delete it. Where both say the same, the second can be deleted safely.
"""

from collections.abc import Iterator

import msgspec

from flow_core.diagnostics import Edit, Finding, Mend, Related, Severity
from flow_core.module import Module
from flow_core.places import Place, Span
from flow_core.rules.rule import Rule, from_syntax
from flow_core.syntax import Document, Mapping

RULE = Rule("FL002", "duplicate-key", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Keys that stand a second time."""
    for finding in from_syntax(module, "duplicate-key"):
        start = finding.place.start
        first = Place(module.document.at(start)[0], "key")
        notes = (Related(first, "it stands here first"),)
        yield msgspec.structs.replace(finding, notes=notes, mend=_mend(module.document, start))


def _mend(document: Document, start: int) -> Mend | None:
    """Delete the entry whose key is at an offset if it only repeats the first of its name."""
    path, _ = document.at(start)
    first = document.locate(Place(path, "entry"))
    value = document.get(path[:-1])
    if not isinstance(value, Mapping) or value.flow:
        return None
    text = document.text
    end = start + first.end - first.start
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end) + 1 or len(text)
    if text[start:end] != text[first.start : first.end] or text[line:start].strip():
        return None
    if text[end:stop].strip():
        return None
    return Mend("Delete the repetition", edits=(Edit("", Span(line, stop), ""),))

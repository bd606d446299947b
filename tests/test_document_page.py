"""The page of a pipeline: one golden page with hostile names, and all examples."""

import re
from pathlib import Path

import pytest

from flow_core.document_page import page
from flow_core.project import Project
from flow_core.settings import Settings, load

ROOT = Path(__file__).parents[1]
FILES = sorted(
    file
    for folder in ("docs/examples", "core/flow_core/templates")
    for file in (ROOT / folder).rglob("*.flow.*")
    if "broken" not in file.parts
)
TEXT = """\
flow: 1
name: a | b
version: 1.2.0
description: "Say <b>hi</b> | bye."
tags: [greetings]
inputs: {x: {type: string?, description: "a | b\\nc"}}
secrets: [KEY]
state: {seen: {type: "list<string>", reduce: append}}
budget: {duration: 1h30m, cost: 2.5}
schedule:
  - {cron: "0 6 * * 1", timezone: Europe/Berlin}
components:
  loud:
    description: Shout | out.
    inputs: {text: string}
    outputs: {text: string}
    errors: {TooLoud: "too | loud"}
    run: {shell: [echo]}
steps:
  end:
    description: "pipes | and `ticks`"
    uses: loud
    with: {text: "${{ coalesce(inputs.x, '|') }}"}
    timeout: 90s
    retry: {max_attempts: 3, delay: 1s, backoff: exponential}
  "we\\"ird & <n>":
    when: ${{ true || false }}
    uses: std.log
    with: {message: "${{ steps.end.outputs.text }}"}
outputs: {said: "${{ steps.end.outputs.text }}"}
"""
GOLDEN = """\
# a | b

Say <b>hi</b> | bye.

Version 1.2.0 · tags `greetings` · at most 1h30m · at most 2.5 in cost

## Inputs

| name | type | default | meaning |
| --- | --- | --- | --- |
| `x` | `string?` | null | a \\| b c |

## Outputs

| name | type | meaning |
| --- | --- | --- |
| `said` | `string` |  |

## Secrets

* `KEY`

## State

| name | type | reducer | meaning |
| --- | --- | --- | --- |
| `seen` | `list<string>` | append |  |

## Graph

```mermaid
flowchart TD
  s_end["end"]
  s_we_ird____n_["we&quot;ird &amp; &lt;n>"]
  s_end --> s_we_ird____n_
```

## Steps

| step | calls | runs | resilience | meaning |
| --- | --- | --- | --- | --- |
| `end` | `loud` |  | timeout 1m30s; 3 attempts, exponential from 1s | pipes \\| and `ticks` |
| `we"ird & <n>` | `std.log` | after `end`; when `true \\|\\| false` |  | LOG |

## Errors

| error | raised by |
| --- | --- |
| `TooLoud` | `end` |

## Schedule

* `0 6 * * 1` (Europe/Berlin, overlap: skip)

## Components

| component | inputs | outputs | meaning |
| --- | --- | --- | --- |
| `loud` | `text: string` | `text: string` | Shout \\| out. |
"""
CELL = re.compile(r"(?<!\\)\|")


def page_of(text: str, file: str = "/project/a.flow.yaml") -> str:
    return page(Project(Settings("/project")).add(file, text))


def test_a_page_with_hostile_names() -> None:
    log = "Write a message to the run's log."
    assert page_of(TEXT) == GOLDEN.replace("LOG", log)


def test_the_same_file_gives_the_same_page() -> None:
    assert page_of(TEXT) == page_of(TEXT)


def test_a_file_without_a_name_is_called_by_its_file() -> None:
    assert page_of("flow: 1\nsteps: {}\n") == "# a.flow.yaml\n"


@pytest.mark.parametrize("text", ["", "- a\n", "flow: 1\nsteps: 3\nschedule: x\n", "a: {b\n"])
def test_a_broken_file_has_a_page_all_the_same(text: str) -> None:
    assert page_of(text).startswith("# ")


@pytest.mark.parametrize("file", FILES, ids=[file.relative_to(ROOT).as_posix() for file in FILES])
def test_examples_have_pages(file: Path) -> None:
    module = Project(load(file.parent)).module(str(file))
    assert module is not None
    text = page(module)
    assert text.startswith(f"# {module.pipeline.name or file.name}\n")
    for name in module.steps:
        assert f"| `{name}` | " in text
        assert f"s_{name}[" in text or f"s_{name}{{" in text
    widths: list[int] = []
    for line in text.splitlines():
        widths = [*widths, len(CELL.split(line))] if line.startswith("|") else []
        assert len(set(widths)) <= 1, line

"""Text for a shell is built from values, or a variable in it is not quoted.

## Why it matters

A shell reads its text as a program. A value that is pasted into it can end the command and begin
another one: a file called `a; rm -rf ~` is enough. A variable without quotes is split at blanks,
and its `*` are expanded.

## Fails

```yaml
flow: 1
name: convert
inputs:
  path: string
steps:
  run:
    uses: std.shell
    with:
      command: "convert ${{ inputs.path }} out.png"
```

## Passes

```yaml
flow: 1
name: convert
inputs:
  path: string
steps:
  run:
    uses: std.shell
    with:
      command: 'convert "$IMAGE" out.png'
      env:
        IMAGE: ${{ inputs.path }}
```

## How to fix

Hand values over in `env` (`secret_env` for secrets) and write `"$NAME"`, in double quotes; or give
`command` as a list of a program and its arguments, which no shell reads. A component with
`run: {shell: …}` has its inputs in the environment already. Numbers, booleans and words of an
`enum` can do no harm.
"""

from collections.abc import Iterator

from flow_core.analysis.check_value import expressions
from flow_core.analysis.shell_text import is_dangerous, shell_text, unquoted
from flow_core.components.signature import Port
from flow_core.diagnostics import Finding, Severity
from flow_core.expr.checker import check as check_expression
from flow_core.expr.scope import Scope
from flow_core.model.pipeline import (
    Constant,
    Expression,
    Interpolation,
    ListValue,
    MapValue,
    Uses,
    Value,
)
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule
from flow_core.syntax.nodes import data

RULE = Rule("FL506", "shell-injection", Severity.WARNING)
_PASTED = 'hand it over in `env` and write `"$NAME"`, or give `command` as a list'


def check(module: Module) -> Iterator[Finding]:
    """The calls of `std.shell`, and the file's own components that a shell runs."""
    for path, info in module.calls.items():
        signature = module.called(path)
        shell = signature is not None and (signature.kind, signature.name) == ("std", "shell")
        if shell and isinstance(info.call, Uses) and "command" in info.call.arguments:
            yield from _call(module, path, info.call.arguments)
    for name, component in module.library.components.items():
        if component.kind == "shell":
            yield from _component(module, name, component.inputs)


def _call(module: Module, path: Path, arguments: dict[str, Value]) -> Iterator[Finding]:
    for text, where in _texts(arguments["command"], (*path, "with", "command")):
        if isinstance(text, Constant):
            if isinstance(text.data, str):
                yield from _unquoted(text.data, where, _variables(module, path, arguments))
        else:
            yield from _pasted(module, (*path, "with", "command"), text, where)


def _texts(command: Value, path: Path) -> Iterator[tuple[Value, Path]]:
    """What of a `command` a shell reads, with its path."""
    items = _items(command)
    if items is None:
        yield command, path
    elif (index := shell_text(items)) is not None:
        yield items[index], (*path, index)


def _items(command: Value) -> tuple[Value, ...] | None:
    match command:
        case ListValue(items=items):
            return items
        case Constant(data=list(items)):
            return tuple(map(Constant, items))
        case _:
            return None


def _pasted(module: Module, site: Path, text: Value, where: Path) -> Iterator[Finding]:
    """The expressions in a text that could bring a command of their own."""
    checked = module.typing.checked(site)
    if checked.result.secret:
        return  # that a secret is given to `command` is a finding of its own
    scope = module.typing.scope(checked.site)
    for path, part in expressions(text, where):
        if is_dangerous(check_expression(part.tree, scope).type):
            source = part.source.strip()
            start = part.start + part.source.index(source)
            place = Place(path, start=start, end=start + len(source))
            message = f"`{source}` becomes part of a shell's text, where it could run any command"
            yield Finding(place, message, _PASTED)


def _variables(module: Module, path: Path, arguments: dict[str, Value]) -> set[str]:
    """The variables of the environment that a call fills with texts that it does not know."""
    found: set[str] = set()
    for port in ("env", "secret_env"):
        value = arguments.get(port)
        if isinstance(value, MapValue):
            scope = module.typing.scope(module.sites[*path, "with", port])
            found |= {name for name, entry in value.entries.items() if _is_open(entry, scope)}
    return found


def _is_open(value: Value, scope: Scope) -> bool:
    if isinstance(value, Expression):
        return is_dangerous(check_expression(value.tree, scope).type)
    return isinstance(value, Interpolation)


def _component(module: Module, name: str, inputs: dict[str, Port]) -> Iterator[Finding]:
    """A shell in `run.shell`, which finds the inputs in its environment."""
    path: Path = ("components", name, "run", "shell")
    arguments = data(module.document.get(path))
    command = tuple(map(Constant, arguments)) if isinstance(arguments, list) else ()
    index = shell_text(command)
    text = None if index is None else command[index].data
    if isinstance(text, str):
        names = {port.name for port in inputs.values() if is_dangerous(port.type)}
        yield from _unquoted(text, (*path, index or 0), names)


def _unquoted(text: str, path: Path, names: set[str]) -> Iterator[Finding]:
    for name, span in unquoted(text):
        if name in names:
            message = f"`${name}` is not quoted: its text is split at blanks, and `*` is expanded"
            place = Place(path, start=span.start, end=span.end)
            yield Finding(place, message, f'write `"${name}"`, in double quotes')

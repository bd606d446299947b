"""Declare what an expression or a key names and nothing declares: inputs, state, types, steps."""

from collections.abc import Iterator

from flow_core.analysis.taint import declaration
from flow_core.check import fix_of
from flow_core.diagnostics import Diagnostic, Edit, Json, Patch
from flow_core.expr.references import NamePath
from flow_core.fields import fields, named, text
from flow_core.ide.actions.action import Action
from flow_core.ide.actions.request import Request, patched, sentence, step_at
from flow_core.ide.actions.spelling import spell
from flow_core.ide.actions.type_names import Naming
from flow_core.ide.actions.uses_of import type_of_use
from flow_core.module import Module
from flow_core.rules import (
    unknown_channel,
    unknown_name,
    unknown_secret,
    unknown_step,
    unknown_type,
)
from flow_core.types import Type
from flow_core.types.by_value import widened
from flow_core.types.example import example
from flow_core.types.kinds import ANY, ListType

ID = "create_name"
_WHAT = {
    unknown_name.RULE.code: "input",
    unknown_channel.RULE.code: "channel",
    unknown_step.RULE.code: "step",
    unknown_type.RULE.code: "type",
}


def actions(request: Request) -> Iterator[Action]:
    """One for each name here that nothing declares."""
    module = request.module
    for found in request.here:
        what, name = _WHAT.get(found.code), _name(module, found)
        if found.code == unknown_secret.RULE.code:
            yield from _secret(module, name, found)
        if what is None or not name.isidentifier() or not _is_asked(module, found, what):
            continue
        title = f"Create the {what} `{name}`"
        level = _level(module, found)
        yield Action(title, "quickfix", mends=(found,), id=ID, data=[what, name, *level])


def _secret(module: Module, name: str, found: Diagnostic) -> Iterator[Action]:
    """The declaration of a secret, unless it is the fix already."""
    fix = fix_of(module, declaration(module, name))
    if fix is not None and (found.fix is None or found.fix.title != fix.title):
        yield Action(fix.title, "quickfix", fix.edits, mends=(found,))


def _name(module: Module, found: Diagnostic) -> str:
    """The name that a finding is about: the last one of what it marks."""
    marked = module.document.text[found.span.start : found.span.end].strip("'\"")
    return marked.rpartition(".")[2].strip(" []'\"")


def _is_asked(module: Module, found: Diagnostic, what: str) -> bool:
    """Whether it is this that is lacking: not a variable, nor a type of another file."""
    before = module.document.text[: found.span.start].rstrip()
    marked = module.document.text[found.span.start : found.span.end]
    if what == "input":
        return marked.startswith("inputs") or before.endswith(("inputs.", "inputs['", 'inputs["'))
    return what != "type" or "." not in marked


def _level(module: Module, found: Diagnostic) -> list[Json]:
    """Where a step would stand: beside the one that names it."""
    path, _ = module.document.at(found.span.start)
    info = step_at(module, path)
    return list(info.step.path[:-1]) if info else ["steps"]


def changes(module: Module, data: Json) -> Iterator[Edit]:
    """The declaration, with what its uses tell of it."""
    what, name, *level = data if isinstance(data, list) else ["", ""]
    naming = Naming(module)
    value = _value(module, str(what), str(name), naming)
    path = tuple(part for part in level if isinstance(part, str | int))
    homes: dict[str, tuple[str | int, ...]] = {
        "input": ("inputs", str(name)),
        "channel": ("state", str(name)),
        "step": (*path, str(name)),
        "type": ("types", str(name)),
    }
    imports = (Patch("insert", ("imports", k), target) for k, target in naming.imports.items())
    yield from patched(module, Patch("insert", homes[str(what)], value), *imports)


def _value(module: Module, what: str, name: str, naming: Naming) -> Json:
    match what:
        case "input":
            return spell(_read(module, ("inputs", name)), naming)
        case "channel":
            return _channel(module, name, naming)
        case "step":
            return _step(module, name)
        case _:
            return _type(module, name, naming)


def _read(module: Module, path: NamePath) -> Type:
    """The type that all who read something want."""
    found = [type_of_use(module, mention) for mention in module.mentions if mention.path == path]
    known = [type_ for type_ in found if type_ != ANY]
    return ANY if not known or any(type_ != known[0] for type_ in known) else known[0]


def _type(module: Module, name: str, naming: Naming) -> Json:
    """An object with the fields that are read of inputs of the type; `any` where none are."""
    ports = named(fields(module.document.root).get("inputs"))
    own = {p for p, node in ports.items() if name in (text(node), text(fields(node).get("type")))}
    read: dict[str, Json] = {}
    for mention in module.mentions:
        if mention.path[0] == "inputs" and mention.path[2:] and mention.path[1] in own:
            found = "any" if mention.path[3:] else spell(type_of_use(module, mention), naming)
            read[mention.path[2]] = found if found != "any" else read.get(mention.path[2], "any")
    return {"fields": read} if read else "any"


def _channel(module: Module, name: str, naming: Naming) -> Json:
    """A channel of the type that is written; one that is read has a value from the start."""
    sites = (site for site in module.sites.values() if site.role == "set")
    written = [module.typing.checked(s.path).result.type for s in sites if s.path[-1] == name]
    found = widened(written[0]) if written else _read(module, ("state", name))
    channel: dict[str, Json] = {"type": spell(found, naming)}
    if isinstance(found, ListType):
        channel["reduce"] = "append"
    elif any(mention.path[:2] == ("state", name) for mention in module.mentions):
        channel["default"] = example(found)
    return channel


def _step(module: Module, name: str) -> Json:
    """A step that does nothing, but gives examples of the outputs that are read of it."""
    own: NamePath = ("steps", name, "outputs")
    ports = {m.path[3] for m in module.mentions if m.path[:3] == own and m.path[3:]}
    if not ports:
        return {"uses": "std.log", "with": {"message": sentence(name)}}
    outputs: Json = {port: example(_read(module, (*own, port))) for port in sorted(ports)}
    return {"description": sentence(name), "switch": [{"value": outputs}]}

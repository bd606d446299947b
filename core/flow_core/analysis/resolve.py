"""What imports and calls mean: libraries and signatures, or why there is none."""

import re
from typing import TYPE_CHECKING

import msgspec

from flow_core.components.library import Library
from flow_core.components.refine import refine
from flow_core.components.signature import Signature
from flow_core.components.std import std_names, std_signature
from flow_core.model.pipeline import Constant, Uses
from flow_core.model.walk import CallInfo
from flow_core.places import Place
from flow_core.problems import Problem
from flow_core.suggest import closest

if TYPE_CHECKING:
    from flow_core.diagnostics import Json
    from flow_core.module import Module

PATHS = ("./", "../", "/")
"""How a target begins that is a path."""

SUFFIXES = (".flow.yaml", ".flow.yml", ".flow.json")
"""How the names of Flow files end."""


class Resolution(msgspec.Struct, frozen=True):
    """What a name stands for: a library or a signature, or the problem that it stands for nothing.

    Of an import ``module`` is the Flow file behind it, of a call the pipeline that it runs.
    """

    library: Library | None = None
    signature: Signature | None = None
    module: "Module | None" = None
    problem: Problem | None = None

    @property
    def components(self) -> dict[str, Signature] | None:
        """The components of an import, None where it stands for nothing."""
        library = self.module.library if self.module else self.library
        return library.components if library else None


def resolve_import(module: "Module", alias: str) -> Resolution:
    """What an alias stands for; without an import of that name a plug-in may offer it."""
    target = module.imports.get(alias)
    if target is None:
        return Resolution(library=module.project.plugin(alias))
    place = Place(("imports", alias))
    if not target:  # the shape checker says so
        return Resolution(problem=Problem("misshapen", place, "this is no import"))
    if target.startswith("python:"):
        return _python(module, target.removeprefix("python:"), place)
    return _file(module, target, place)


def _python(module: "Module", name: str, place: Place) -> Resolution:
    library = module.project.python(name)
    if library is not None:
        return Resolution(library=library)
    paths = ", ".join(f"`{path}`" for path in module.project.settings.python_paths)
    message = f"there is no Python module `{name}` below {paths}"
    hint = "paths are looked up from the project's root; set `python_paths` in `flow.toml`"
    return Resolution(problem=Problem("unknown-import", place, message, hint))


def _file(module: "Module", target: str, place: Place) -> Resolution:
    """The Flow file that a path leads to."""
    project = module.project
    file = project.resolve(module.file, target)
    if project.is_outside(file):
        message = f"`{target}` leads out of the project's root"
        hint = "move the file into the project, or set `allow_outside_root` in `flow.toml`"
        return Resolution(problem=Problem("outside-root", place, message, hint))
    found = project.module(file)
    if found is not None:
        return Resolution(module=found)
    message = f"there is no file `{target}`"
    return Resolution(problem=Problem("unknown-import", place, message, _near_file(file, target)))


def _near_file(file: str, target: str) -> str:
    """A word on a file whose name is close."""
    from pathlib import Path

    folder = Path(file).parent
    names = [p.name for p in folder.iterdir() if p.is_file()] if folder.is_dir() else []
    meant = closest(Path(file).name, names)
    if meant is None:
        return "paths are relative to the file they stand in"
    return f"did you mean `{target[: len(target) - len(Path(target).name)]}{meant}`?"


def resolve_call(module: "Module", info: CallInfo) -> Resolution:
    """What a call calls; calls without `uses` resolve to nothing, without a problem."""
    call = info.call
    if not isinstance(call, Uses) or not call.target:
        return Resolution()
    place = Place((*info.path, "uses"), start=0, end=len(call.target))
    if call.target.startswith(PATHS):
        return resolve_pipeline(module, call.target, place)
    found = _named(module, call.target, place)
    if found.signature is None:
        return found
    arguments: dict[str, Json] = {
        name: value.data for name, value in call.arguments.items() if isinstance(value, Constant)
    }
    computed = call.arguments.keys() - arguments.keys()
    refined = refine(found.signature, arguments, computed, module.type_names.find)
    return msgspec.structs.replace(found, signature=refined)


def resolve_pipeline(module: "Module", target: str, place: Place) -> Resolution:
    """The pipeline in a file."""
    found = _file(module, target, place)
    inner = found.module
    if inner is None:
        return found
    if inner.is_pipeline:
        return msgspec.structs.replace(found, signature=inner.signature)
    if not inner.is_whole:
        return found  # its steps may be there, but can't be read
    message = f"`{target}` has no `steps`, so there is nothing to call"
    hint = "import a library (`imports`), and call one of its components by its name"
    return Resolution(module=inner, problem=Problem("not-a-pipeline", place, message, hint))


def _named(module: "Module", target: str, place: Place) -> Resolution:
    """A component by name: the file's own, `std`'s, or an import's."""
    local = module.library.components.get(target)
    if local is not None:
        return _through_pipeline(module, local)
    alias, dot, name = target.rpartition(".")
    if target.endswith(SUFFIXES):
        return _bare_path(target, place)
    if not dot:
        return _unknown(target, place, _candidates(module))
    if alias == "std":
        found = std_signature(name)
        names = tuple(f"std.{known}" for known in std_names())
        return Resolution(signature=found) if found else _unknown(target, place, names)
    return _of_import(module, alias, name, place)


def _of_import(module: "Module", alias: str, name: str, place: Place) -> Resolution:
    imported = module.imported(alias)
    if imported.problem is not None:
        return Resolution()  # the import itself is reported
    components = imported.components
    if components is None:
        return _unknown_alias(module, alias, place)
    found = components.get(name)
    if found is not None:
        return _through_pipeline(imported.module or module, found)
    names = tuple(f"{alias}.{known}" for known in components)
    if is_unreadable(imported) and not closest(f"{alias}.{name}", names):
        return Resolution()
    if imported.library is not None and _is_function(module, imported.library, name):
        message = f"the function `{name}` is no component"
        hint = "put `@component` (of `flow_core`) before its `def`"
        return Resolution(problem=Problem("unknown-component", place, message, hint))
    return _unknown(f"{alias}.{name}", place, names)


def _is_function(module: "Module", library: Library, name: str) -> bool:
    """Whether the Python module behind a library defines a function that is not decorated."""
    text = module.project.text(library.file) if library.file.endswith(".py") else None
    return text is not None and bool(re.search(rf"(?m)^(async )?def {re.escape(name)}\b", text))


def is_unreadable(imported: Resolution) -> bool:
    """Whether a file is so broken that a component may be missing for that reason alone."""
    if imported.module is not None:
        return not imported.module.is_whole
    problems = imported.library.problems if imported.library else ()
    return any(problem.kind == "python-syntax" for problem in problems)


def _through_pipeline(module: "Module", signature: Signature) -> Resolution:
    """A component that a pipeline runs is called like that pipeline; what it declares wins."""
    if signature.kind != "pipeline" or not signature.target:
        return Resolution(signature=signature)
    inner = resolve_pipeline(module, signature.target, signature.place)
    known = inner.signature
    if known is None:  # the component itself is reported
        return Resolution(signature=signature if signature.inputs or signature.outputs else None)
    joined = msgspec.structs.replace(
        signature,
        inputs=signature.inputs or known.inputs,
        outputs=signature.outputs or known.outputs,
        errors={**known.errors, **signature.errors},
        secrets=known.secrets,
    )
    return Resolution(signature=joined, module=inner.module)


def _candidates(module: "Module") -> tuple[str, ...]:
    imported = tuple(
        f"{alias}.{name}"
        for alias in module.imports
        for name in module.imported(alias).components or ()
    )
    return (*module.library.components, *imported, *(f"std.{name}" for name in std_names()))


def _bare_path(target: str, place: Place) -> Resolution:
    """A path that would be taken for a name."""
    meant = f"./{target}"
    message = f"`{target}` is a path, and a path begins with `./` or `../`"
    return Resolution(
        problem=Problem("unknown-component", place, message, f"write `{meant}`", meant)
    )


def _unknown(target: str, place: Place, candidates: tuple[str, ...]) -> Resolution:
    meant = closest(target, candidates) or _same_name(target, candidates)
    hint = f"did you mean `{meant}`?" if meant else _listing(candidates)
    message = f"there is no component `{target}`"
    return Resolution(problem=Problem("unknown-component", place, message, hint, meant))


def _same_name(target: str, candidates: tuple[str, ...]) -> str | None:
    """The one candidate with the same last name."""
    name = target.rpartition(".")[2]
    same = [known for known in candidates if known.rpartition(".")[2] == name]
    return same[0] if len(same) == 1 else None


def _listing(candidates: tuple[str, ...], most: int = 8) -> str:
    shown = ", ".join(f"`{name}`" for name in candidates[:most])
    return f"known here: {shown}{', …' if len(candidates) > most else ''}" if shown else ""


def _unknown_alias(module: "Module", alias: str, place: Place) -> Resolution:
    known = (*module.imports, "std")
    meant = closest(alias, known)
    hint = f"did you mean `{meant}`?" if meant else f"import it: `imports: {{{alias}: ./…}}`"
    message = f"nothing is imported as `{alias}`"
    place = msgspec.structs.replace(place, end=len(alias))
    return Resolution(problem=Problem("unknown-alias", place, message, hint, meant))

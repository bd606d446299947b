"""Where the top level of a Python source binds a name; nothing is run."""

import ast

from flow_core.components.python.reader import read_function
from flow_core.components.python.source import Source, parse_source, top_level
from flow_core.components.signature import Signature
from flow_core.module import Module
from flow_core.places import Place


def python_name(module: Module, file: str, name: str) -> Place:
    """Where a Python source of the project defines a name; its start where that can't be told."""
    text = module.project.text(file)
    found = None if text is None else _binding(parse_source("", file, text), name)
    return found or Place(file=file, start=0, end=0)


def _binding(source: Source, name: str) -> Place | None:
    """The range of the name where it is bound last, as Python has it."""
    found: Place | None = None
    for node in top_level(source.tree.body):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef() if node.name == name:
                found = source.name_place(node)
            case ast.Assign(targets=[ast.Name(id=bound) as target]) if bound == name:
                found = source.place(target)
            case ast.AnnAssign(target=ast.Name(id=bound) as target) if bound == name:
                found = source.place(target)
            case _:
                continue
    return found


def python_field(module: Module, class_: Place, name: str) -> Place | None:
    """Where a class of the project, by the place of its name, declares a field itself."""
    text = module.project.text(class_.file)
    source = parse_source("", class_.file, text or "")
    for node in source.tree.body:
        if isinstance(node, ast.ClassDef) and source.name_place(node) == class_:
            for each in node.body:
                match each:
                    case ast.AnnAssign(target=ast.Name(id=bound) as target) if bound == name:
                        return source.place(target)
                    case _:
                        continue
    return None


def python_functions(module: Module, name: str) -> list[str]:
    """The functions at the top level of a module of the project, but for private ones."""
    found = module.project.python_source(name)
    if found is None:
        return []
    return [
        node.name
        for node in top_level(parse_source(name, *found).tree.body)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[:1] != "_"
    ]


def python_function(module: Module, target: str) -> Signature | None:
    """The function that ``module:function`` names, as a component; None where it is not found."""
    name, _, function = target.partition(":")
    return read_function(name, function, module.project.python_source)

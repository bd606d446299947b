"""What holds of the names in every text: they are what they say, and looking anywhere is safe."""

from pathlib import Path

import pytest
from example_texts import EXAMPLES, HARD
from marked import module
from test_everywhere import CUT, FILES, project_of

from flow_core.ide.cursor import Cursor
from flow_core.ide.definition import definition
from flow_core.ide.highlight import highlight
from flow_core.ide.implementation import implementation
from flow_core.ide.occurrences import names_in
from flow_core.ide.references import references
from flow_core.ide.type_definition import type_definition
from flow_core.module import Module


def check_names(found: Module) -> None:
    """Names are apart and in order, and each has the name of what it stands for."""
    text, behind = found.document.text, 0
    for name in names_in(found):
        assert behind <= name.span.start < name.span.end <= len(text)
        behind = name.span.end
        for symbol in (*name.symbols, *name.linked):
            assert symbol.kind == "file" or symbol.name == text[name.span.start : name.span.end]


def check_everywhere(found: Module) -> None:
    """At every offset all functions answer; what they find holds the offset."""
    for offset in range(len(found.document.text) + 1):
        cursor = Cursor(found, offset)
        targets = definition(cursor)
        assert targets is None or targets.origin.start <= offset <= targets.origin.end
        implementation(cursor)
        type_definition(cursor)
        here = highlight(cursor)
        assert not here or any(h.span.start <= offset <= h.span.end for h in here)
        assert len(references(cursor, lambda _: ())) >= len(here)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(EXAMPLES).as_posix())
def test_in_the_examples(file: Path) -> None:
    found = project_of(file).module(str(file))
    assert found is not None
    check_names(found)
    check_everywhere(found)


@pytest.mark.parametrize("name", HARD)
def test_in_what_is_unusual(name: str) -> None:
    found = module(HARD[name], name=name)
    check_names(found)
    check_everywhere(found)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(EXAMPLES).as_posix())
def test_in_half_a_text(file: Path) -> None:
    text, project = file.read_text("utf-8"), project_of(file)
    for end in range(0, len(text), CUT):
        check_names(project.add(str(file), text[:end]))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(EXAMPLES).as_posix())
def test_nearly_all_names_in_the_examples_are_declared(file: Path) -> None:
    """In the twins with mistakes some are not."""
    found = project_of(file).module(str(file))
    assert found is not None
    lost = [
        name
        for name in names_in(found)
        if definition(Cursor(found, name.span.start)) is None and name.role == "read"
    ]
    assert len(lost) <= (6 if "broken" in file.parts else 0)


MANY = 1500


def chain(step: str, last: str, numbers: range) -> str:
    """Steps each of which passes on what the one before it gives."""
    names = "".join(step.format(n=n, before=n - 1) for n in numbers if n)
    return f"steps:\n  g0: {{steps: {{}}, outputs: {{o: 1}}}}\n{names}outputs: {{x: '{last}'}}\n"


GROUP = "  g{n}: {{steps: {{}}, outputs: {{o: '${{{{ steps.g{before}.outputs.o }}}}'}}}}\n"
VALUE = "  g{n}: {{switch: [{{value: '${{{{ steps.g{before}.outputs }}}}'}}]}}\n"
BOTH = (
    "  g{n}: {{switch: [{{value: '${{{{ steps.g{before}.outputs }}}}'}}, "
    "{{value: '${{{{ steps.g{before}.outputs }}}}'}}]}}\n"
)
LAST = f"${{{{ steps.g{MANY - 1}.outputs.o.p }}}}"
HUGE = {
    "groups that pass a value on": chain(GROUP, LAST, range(MANY)),
    "the same from the end": chain(GROUP, LAST, range(MANY - 1, -1, -1)),
    "values that pass all on": chain(VALUE, LAST, range(MANY)),
    "the same from the end, too": chain(VALUE, LAST, range(MANY - 1, -1, -1)),
    "twice as many ways at each step": chain(BOTH, LAST, range(MANY - 1, -1, -1)),
    "brackets": f"outputs: {{x: '${{{{ {'(' * 60}inputs.a{')' * 60} }}}}'}}\n",
    "operators": f"outputs: {{x: '${{{{ {'!' * 120}inputs.a }}}}'}}\n",
    "dots": f"outputs: {{x: '${{{{ inputs{'.a' * 120} }}}}'}}\n",
    "macros": f"outputs: {{x: '${{{{ {'[1].map(x, ' * 60}x{')' * 60} }}}}'}}\n",
    "a type that is itself": "types: {T: T, U: 'list<U>'}\ninputs: {a: T, b: U}\n"
    "outputs: {x: '${{ inputs.a.b.c }}', y: '${{ inputs.b[0][0][0] }}'}\n",
    "a pipeline that calls itself": "steps: {s: {uses: ./a.flow.yaml}}\n"
    "outputs: {o: '${{ steps.s.outputs.o.p }}'}\n",
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_in_what_is_huge(text: str) -> None:
    check_names(module(text))

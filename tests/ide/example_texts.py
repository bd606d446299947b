"""All texts that the features of an editor are tried on: the examples, broken ones, and as JSON."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from flow_core.convert import to_json
from flow_core.language.keys import FileKind
from flow_core.syntax import Document, parse

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"

HARD = {
    "anchors.flow.yaml": (
        "base: &base\n  uses: std.log\nsteps:\n  a: &a\n    <<: *base\n    with: {message: x}\n"
        "  b: *a\n"
    ),
    "blocks.flow.yaml": (
        "flow: 1\r\ndescription: |- # why\r\n  two\r\n\r\n    lines\r\nsteps:\r\n  a:\r\n"
        "    when: >-\r\n      ${{ inputs.a\r\n      && 'x' in inputs.b }}\r\n    uses: std.log\r\n"
    ),
    "quotes.flow.yaml": (
        "steps:\n  'a': {\"uses\": 'std.log', with: {t: \"a\\n${{ inputs['it''s'] }} \\u00e9\"}}\n"
        "  b: {uses: std.log, with: {text: 'it''s ${{ steps.a.outputs[''x''] }}'}}\n"
    ),
    "signs.flow.yaml": (
        "# 😀\nsteps:\n  😀: {uses: 'é', with: {'🎈': \"😀 ${{ inputs.x + '😀' }} 😀\"}}\n"
    ),
    "regions.flow.yaml": (
        "# region one\nflow: 1\n# a\n# b\nsteps:\n  # region two\n  a: {uses: std.log}\n"
        "# endregion\n  b:\n    uses: std.log\n    # endregion\n# c\n# d\n"
    ),
    "half.flow.yaml": (
        "flow: 1\nsteps:\n  a:\n    uses: std.log\n  b\n    with: [\noutputs:\n  x: ${{ st"
    ),
    "half.flow.json": '{"flow": 1, "steps": {"a": {"uses": "std.log", "with": {"m": "${{ a"}',
    "nameless.flow.yaml": 'steps:\n  "": {uses: std.log}\n  a: {steps: {"": {uses: std.log}}}\n',
    "empty.flow.yaml": "",
    "empty.flow.json": "",
    "scalar.flow.yaml": "flow",
    "return.flow.yaml": "flow: 1\rsteps:\r  a:\r    uses: std.log\r",
}
"""What is unusual, by the name of the file."""


class Text(msgspec.Struct, frozen=True):
    """A text by the name of its file."""

    name: str
    text: str

    @property
    def document(self) -> Document:
        """It as a document."""
        return parse(self.text, "json" if self.name.endswith(".json") else "yaml")

    @property
    def kind(self) -> FileKind:
        """Which language it is written in."""
        return "scenario" if ".flowtest." in self.name else "pipeline"


def texts() -> list[Text]:
    """All of them."""
    return list(_texts())


def _texts() -> Iterator[Text]:
    for path in sorted(EXAMPLES.rglob("*.flow*.*")):
        text = path.read_text("utf-8")
        found = Text(path.relative_to(EXAMPLES).as_posix(), text)
        yield found
        if path.suffix == ".yaml" and not found.document.problems:
            yield Text(found.name.replace(".yaml", ".json"), to_json(text))
    for name, text in HARD.items():
        yield Text(name, text)


def name_of(text: Text) -> str:
    """What a test about a text is called."""
    return text.name

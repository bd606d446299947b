"""Literate tests: Markdown whose code blocks are files, with the findings marked where they are.

* ```` ```yaml ```` or ```` ```json ````: a file to check; a scenario if it says ``flow_test``. A
  line with a finding ends in ``# error: [FL203]``, or in ``# error: [FL203] "words of its
  message"``, as often as there are findings. The markers are not part of the file. With
  ``select=FL202,FL203`` further rules run.
* ```` ```yaml file=lib.flow.yaml ````, ```` ```python file=shop.py ````: another file beside it.
* ```` ```yaml fixed ````: the text once its fixes, the unsafe ones too, are applied.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from flow_core.check import Selection, check
from flow_core.diagnostics import Diagnostic
from flow_core.fixing import fix_all
from flow_core.project import Project
from flow_core.settings import Settings

ROOT = Path(__file__).parents[2]
_FOLDER = "/project"
_FENCE = re.compile(r"^```(?P<info>[^\n`]+)\n(?P<text>.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
_MARKER = re.compile(r'[ \t]*# error: \[(?P<code>FL\d{3})\](?: "(?P<words>[^"\n]*)")?')
_HEADING = re.compile(r"^## (?P<title>.+)$", re.MULTILINE)


class Expected(msgspec.Struct, frozen=True):
    """A finding that a marker asks for; ``line`` counts from 1 in the page."""

    line: int
    code: str
    words: str


class Case(msgspec.Struct):
    """A file to check and the files beside it. ``line`` is that of the text's start in ``page``."""

    page: Path
    line: int
    file: str
    text: str
    also: tuple[str, ...]
    expected: list[Expected]
    files: dict[str, str]
    fixed: str | None = None

    @property
    def where(self) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"

    def findings(self, only: tuple[str, ...] = ()) -> tuple[Diagnostic, ...]:
        """What these rules find; those that are on by default, if none are named."""
        return self._findings({self.file: self.text}, only)

    def mended(self, only: tuple[str, ...]) -> str:
        """The text once all fixes of these rules are applied."""
        texts = {self.file: self.text}
        fix_all(texts, lambda changed: self._findings(changed, only), ("safe", "unsafe"))
        return texts[self.file]

    def faults(self, only: tuple[str, ...]) -> list[str]:
        """Where the findings of these rules differ from the markers."""
        wanted = list(self.expected)
        faults: list[str] = []
        for found in self.findings(only):
            line = self.line + self.text.count("\n", 0, found.span.start)
            match = next((e for e in wanted if _is_meant(e, line, found)), None)
            if match:
                wanted.remove(match)
            else:
                faults.append(f"{self._at(line)}: unexpected [{found.code}] {found.message}")
        faults += (f"{self._at(e.line)}: missing [{e.code}] {e.words}" for e in wanted)
        return faults

    def _findings(self, texts: dict[str, str], only: tuple[str, ...]) -> tuple[Diagnostic, ...]:
        module = Project(Settings(_FOLDER), {**self.files, **texts}.get).module(self.file)
        assert module is not None
        return check(module, Selection(only and (*only, *self.also)))

    def _at(self, line: int) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{line}"


def _is_meant(expected: Expected, line: int, found: Diagnostic) -> bool:
    same_place = (expected.line, expected.code) == (line, found.code)
    return same_place and expected.words in found.message


def cases(page: Path, section: str = "") -> list[Case]:
    """The cases of a page, or of one of its sections."""
    source = page.read_text("utf-8")
    found: list[Case] = []
    for block in _FENCE.finditer(source, *_range(source, section)):
        language, *words = block["info"].split()
        line = source.count("\n", 0, block.start("text")) + 1
        options = dict(word.partition("=")[::2] for word in words)
        where = f"{page}:{line}: "
        assert options.keys() <= {"file", "fixed", "select"}, f"{where}what is `{block['info']}`?"
        if "file" in options:
            found[-1].files[f"{_FOLDER}/{options['file']}"] = block["text"]
        elif "fixed" in options:
            assert found[-1].fixed is None, f"{where}fixed twice"
            found[-1].fixed = block["text"]
        else:
            assert language in ("yaml", "json"), f"{where}say `file=` for {language}"
            also = tuple(filter(None, options.get("select", "").split(",")))
            found.append(_case(page, line, language, block["text"], also))
    return found


def _range(source: str, section: str) -> tuple[int, int]:
    """Where a section starts and ends; the whole text without one."""
    if not section:
        return 0, len(source)
    starts = [(heading["title"], heading.end()) for heading in _HEADING.finditer(source)]
    for (title, start), (_, end) in zip(starts, [*starts[1:], ("", len(source))], strict=True):
        if title == section:
            return start, end
    return 0, 0


def _case(page: Path, line: int, language: str, text: str, also: tuple[str, ...]) -> Case:
    lines = text.splitlines(keepends=True)
    expected = list(_expected(lines, line))
    suffix = "flowtest" if "flow_test" in text else "flow"
    plain = "".join(_MARKER.sub("", each) for each in lines)
    return Case(page, line, f"{_FOLDER}/main.{suffix}.{language}", plain, also, expected, {})


def _expected(lines: list[str], first: int) -> Iterator[Expected]:
    for number, text in enumerate(lines, first):
        for marker in _MARKER.finditer(text):
            yield Expected(number, marker["code"], marker["words"] or "")

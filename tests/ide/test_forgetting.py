"""What was edited away is given back: nothing keeps the modules of former texts alive."""

import gc
import weakref
from pathlib import Path

import pytest
from example_texts import EXAMPLES

from flow_core.check import check
from flow_core.components.modules import read_text
from flow_core.ide.live import LiveProject
from flow_core.settings import Settings

FILES = sorted(EXAMPLES.rglob("*.flow*.*"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(EXAMPLES).as_posix())
def test_the_module_of_a_former_text_is_forgotten(file: Path) -> None:
    project = LiveProject(Settings(str(EXAMPLES)), read_text)
    text = read_text(str(file))
    assert text is not None
    project.open(str(file), text)
    module = project.module(str(file))
    assert module is not None
    check(module)
    former = weakref.ref(module)
    del module
    project.open(str(file), text + "\n")
    gc.collect()
    assert former() is None

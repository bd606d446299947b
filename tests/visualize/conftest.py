import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from viewer import Viewer

FLAGS = ["--no-sandbox", "--disable-gpu"]


def _missing(reason: str) -> None:
    """A missing browser is a reason to skip on a desk, and a failure where all has to be tried."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    found = shutil.which("chromium")
    if found is None:
        _missing("the page is tested in chromium, which is not installed")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("the page is tested with playwright: pip install -e '.[browser]'")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def view(browser: Any, tmp_path: Path) -> Iterator[Viewer]:
    """Opens pages; in the end nothing went wrong in any of them, and nothing was asked for."""
    viewer = Viewer(browser, tmp_path)
    yield viewer
    viewer.close()
    assert viewer.complaints == []
    assert viewer.requests == []

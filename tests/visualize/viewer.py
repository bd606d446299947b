"""A browser that shows the page of a picture, and remembers what went wrong in it."""

from pathlib import Path
from typing import Any

from flow_visualize.page import page

READY = "document.documentElement.dataset.ready === 'yes'"


class Viewer:
    def __init__(self, browser: Any, folder: Path) -> None:
        self.browser = browser
        self.folder = folder
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self._contexts: list[Any] = []

    def open(self, picture: Any, address: str = "", **settings: Any) -> Any:
        """The page, once it stands; motion is reduced, so that nothing has to be waited for."""
        file = self.folder / "page.html"
        file.write_text(page(picture, title="sample"), encoding="utf-8")
        settings = {
            "reduced_motion": "reduce",
            "viewport": {"width": 1200, "height": 800},
        } | settings
        context = self.browser.new_context(**settings)
        self._contexts.append(context)
        context.set_default_timeout(5000)
        tab = context.new_page()
        tab.on("console", lambda message: self.complaints.append(message.text))
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        tab.on("request", lambda request: self._requested(request.url, file))
        tab.goto(file.as_uri() + address)
        until(tab, READY)
        return tab

    def _requested(self, url: str, file: Path) -> None:
        if not url.startswith((file.as_uri(), "data:", "blob:")):
            self.requests.append(url)

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def box(step: str) -> str:
    """The selector of a step's box."""
    return f'[data-id="{step}"]'


def at_rest(tab: Any) -> Any:
    """Waits until the picture stands still and the boxes in view have their text."""
    until(tab, "!document.querySelector('#drawing.moving')")
    return tab


def until(tab: Any, condition: str) -> None:
    """Waits in the page, frame by frame: its policy forbids `eval`, which is Playwright's way."""
    tab.evaluate(
        f"""async () => {{
          const end = performance.now() + 10000;
          const frame = () => new Promise(requestAnimationFrame);
          await frame();
          await frame();
          while (!({condition})) {{
            if (performance.now() > end) throw new Error({condition!r});
            await frame();
          }}
        }}"""
    )

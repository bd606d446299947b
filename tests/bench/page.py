"""How soon the interactive page shows something, and how smoothly it moves.

    python tests/bench/page.py [--size 2000]

Needs chromium and playwright, as the tests of the page do. The browser paints without a graphics
card, so that the figures are those of a slow machine.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "visualize"))

from sample_pictures import picture

from flow_visualize.page import page

FRAMES = """async ([x, y, turns]) => {
  const stage = document.getElementById('stage');
  const send = (type, x, y) => stage.dispatchEvent(new PointerEvent(
    type, {clientX: x, clientY: y, pointerId: 1, bubbles: true, buttons: 1}));
  const frame = () => new Promise(requestAnimationFrame);
  const times = [];
  stage.setPointerCapture = () => {};
  send('pointerdown', 600, 500);
  let last = await frame();
  for (let turn = 0; turn < turns; turn++) {
    const at = Math.sin((turn / turns) * 2 * Math.PI);
    send('pointermove', 600 + x * at, 500 + y * at);
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  send('pointerup', 600, 500);
  return times;
}"""

WHEEL = """async (turns) => {
  const stage = document.getElementById('stage');
  const frame = () => new Promise(requestAnimationFrame);
  const times = [];
  let last = await frame();
  for (let turn = 0; turn < turns; turn++) {
    const deltaY = turn < turns / 2 ? -40 : 40;
    const place = {clientX: 600, clientY: 400};
    stage.dispatchEvent(new WheelEvent('wheel', {deltaY, ...place, cancelable: true}));
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  return times;
}"""

READY = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  while (document.documentElement.dataset.ready !== 'yes') await frame();
  await frame();
  await frame();
  const paints = performance.getEntriesByType('paint');
  return [performance.now(), ...paints.map((one) => one.startTime)];
}"""


def told(name: str, times: list[float]) -> None:
    """The frames of one movement."""
    cuts = statistics.quantiles(times, n=20)
    late = sum(time > 34 for time in times)
    print(
        f"  {name:32} median {statistics.median(times):5.1f} ms   p95 {cuts[-1]:5.1f} ms"
        f"   worst {max(times):6.1f} ms   later than two frames: {late} of {len(times)}"
    )


def measured(browser: Any, size: int, folder: Path, *, grouped: bool) -> None:
    """One page: written, opened, and moved near and far."""
    start = time.perf_counter()
    text = page(picture(size, grouped=grouped), title="bench")
    written = time.perf_counter() - start
    file = folder / "page.html"
    file.write_text(text, encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1400, "height": 860})
    tab.goto(file.as_uri())
    ready, *paints = tab.evaluate(READY)
    words = f"{size} steps, {'in groups' if grouped else 'in one box'}"
    first = min(paints, default=float("nan"))
    print(
        f"{words}: {len(text) / 1e6:.2f} MB, written in {written * 1000:.0f} ms; first paint after"
        f" {first:.0f} ms, whole picture after {ready:.0f} ms"
    )
    tab.keyboard.press("E")
    tab.wait_for_timeout(1500)
    tab.keyboard.press("0")
    tab.wait_for_timeout(1000)
    told("pan, all in view", tab.evaluate(FRAMES, [300, 100, 120]))
    told("zoom by wheel", tab.evaluate(WHEEL, 120))
    for _ in range(14):
        tab.keyboard.press("+")
        tab.wait_for_timeout(250)
    tab.wait_for_timeout(1000)
    told(f"pan at {tab.inner_text('#zoom')}", tab.evaluate(FRAMES, [500, 200, 120]))
    tab.close()


def main() -> None:
    """Each size of page in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, nargs="*", default=[10, 200, 2000])
    sizes = parser.parse_args().size
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for size in sizes:
            measured(browser, size, Path(folder), grouped=True)
        measured(browser, max(sizes), Path(folder), grouped=False)
        browser.close()


if __name__ == "__main__":
    main()

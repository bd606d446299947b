"""The page in a real browser: every control by mouse and by key, and who may run what."""

import json
import re
from typing import Any

import pytest
from sample_pictures import HOSTILE, hostile, picture
from viewer import READY, Viewer, at_rest, box, until

SMALL = {
    "name": "small",
    "nodes": [
        {"id": "a", "tags": ["first"], "kind": "shell", "description": "The first."},
        {"id": "g", "kind": "group"},
        {"id": "g/b", "name": "b", "parent": "g", "kind": "python", "retry": "3 attempts"},
        {"id": "g/c", "name": "c", "parent": "g", "kind": "python"},
        {"id": "d", "kind": "http", "file": "small.flow.yaml", "line": 7, "source": "d: {}"},
        {"id": "e", "kind": "python"},
    ],
    "edges": [
        {"source": "a", "target": "g", "kind": "data"},
        {"source": "g/b", "target": "g/c", "kind": "condition", "label": "failed"},
        {"source": "g", "target": "d", "kind": "order"},
        {"source": "a", "target": "e", "kind": "data"},
    ],
    "run": {
        "elapsed": 9_000_000,
        "critical": ["a", "g", "g/b", "d"],
        "frames": [
            {"at": 0, "states": {"a": "running"}},
            {"at": 2_000_000, "states": {"a": "succeeded", "g/b": "running", "e": "running"}},
            {"at": 5_000_000, "states": {"g/b": "failed", "g/c": "running", "e": "skipped"}},
            {"at": 9_000_000, "states": {"g/c": "succeeded"}},
        ],
    },
}


def seen(tab: Any) -> list[str]:
    return sorted(tab.eval_on_selector_all("[data-id]", "all => all.map(one => one.dataset.id)"))


def bright(tab: Any) -> list[str]:
    script = "all => all.map(one => one.dataset.id)"
    return sorted(tab.eval_on_selector_all("[data-id]:not(.dim)", script))


def zoom(tab: Any) -> int:
    return int(at_rest(tab).inner_text("#zoom").split()[0])


def place(tab: Any) -> str:
    return at_rest(tab).evaluate("document.getElementById('drawing').style.transform")


def focused(tab: Any) -> str:
    return tab.evaluate("document.activeElement.dataset.id ?? document.activeElement.id")


def chosen(tab: Any) -> str:
    return tab.inner_text(".path") if tab.is_visible("#panel") else ""


def clock(tab: Any) -> str:
    return tab.inner_text("#clock")


ALL = ["a", "d", "e", "g", "g/b", "g/c"]

# What is done, by mouse ("click …") or by key, in turn; what is looked at; what is seen then.
CONTROLS = [
    pytest.param(["click [data-id=a]"], chosen, "a", id="choose by mouse"),
    pytest.param(["Home", "Enter"], chosen, "a", id="choose by key"),
    pytest.param(["Home", "Enter", "Enter"], focused, "panel-title", id="go to the panel"),
    pytest.param(["Home", "Enter", "Escape"], chosen, "", id="close the panel by key"),
    pytest.param(["click [data-id=a]", "click #close-panel"], chosen, "", id="close it by mouse"),
    pytest.param(["Home", "ArrowRight"], focused, "g", id="along an edge"),
    pytest.param(["Home", "ArrowRight", "ArrowLeft"], focused, "a", id="and back"),
    pytest.param(["End"], focused, "e", id="last step"),
    pytest.param(["click #collapse-all"], seen, ["a", "d", "e", "g"], id="collapse all"),
    pytest.param(["C"], seen, ["a", "d", "e", "g"], id="collapse all by key"),
    pytest.param(["C", "click #expand-all"], seen, ALL, id="expand all"),
    pytest.param(["C", "E"], seen, ALL, id="expand all by key"),
    pytest.param(["Home", "ArrowRight", "x"], seen, ["a", "d", "e", "g"], id="collapse one by key"),
    pytest.param(["C", "double [data-id=g]"], seen, ALL, id="expand one by mouse"),
    pytest.param(
        ["C", "click [data-id=g]", "click #panel >> text=Expand"], seen, ALL, id="in the panel"
    ),
    pytest.param(["Home", "Enter", "d"], bright, ALL, id="downstream of the first"),
    pytest.param(["End", "Enter", "u"], bright, ["a", "e"], id="upstream of the last"),
    pytest.param(
        ["click [data-id=d]", "click text=Upstream"],
        bright,
        ["a", "d", "g", "g/b", "g/c"],
        id="upstream by mouse",
    ),
    pytest.param(
        ["click [data-id=e]", "click text=Downstream"], bright, ["e"], id="downstream by mouse"
    ),
    pytest.param(["End", "Enter", "u", "o"], seen, ["a", "e"], id="only what is lit"),
    pytest.param(["End", "Enter", "u", "click #only"], seen, ["a", "e"], id="only, by mouse"),
    pytest.param(["End", "Enter", "u", "Escape"], bright, ALL, id="light all again"),
    pytest.param(["c"], bright, ["a", "d", "g", "g/b"], id="critical path by key"),
    pytest.param(["click #critical"], bright, ["a", "d", "g", "g/b"], id="critical path by mouse"),
    pytest.param(["/", "type tag:first"], bright, ["a"], id="filter by tag"),
    pytest.param(["click #query", "type kind:http"], bright, ["d"], id="filter by kind"),
    pytest.param(["/", "type status:failed"], bright, ["g", "g/b"], id="filter by status"),
    pytest.param(["/", "type status:failed", "Escape"], bright, ALL, id="clear by key"),
    pytest.param(["/", "type c", "click #clear-query"], bright, ALL, id="clear by mouse"),
    pytest.param(["/", "type g/c", "Enter"], chosen, "g/c", id="go to what is found"),
    pytest.param(["C", "/", "type g/c", "ArrowDown", "Enter"], focused, "g/c", id="pick and focus"),
    pytest.param(["/", "type g/c", "click #found li"], chosen, "g/c", id="pick by mouse"),
    pytest.param(
        ["/", "ArrowDown", "Enter"],
        lambda tab: tab.input_value("#query"),
        "kind:python ",
        id="pick a filter",
    ),
    pytest.param(
        ["/", "type kind:python", "Enter", "Tab", "Home", "n"], chosen, "g/c", id="next match"
    ),
    pytest.param(["?"], lambda tab: tab.is_visible("#help"), True, id="help by key"),
    pytest.param(["?", "Escape"], lambda tab: tab.is_visible("#help"), False, id="help away"),
    pytest.param(
        ["click #show-help"], lambda tab: tab.is_visible("#help"), True, id="help by mouse"
    ),
    pytest.param(["click #first"], clock, "0s, event 0 of 4", id="before the first event"),
    pytest.param(["click #first", "click #next"], clock, "0s, event 1 of 4", id="next event"),
    pytest.param(["click #previous"], clock, "5s, event 3 of 4", id="previous event"),
    pytest.param(["click #first", "click #last"], clock, "9s, event 4 of 4", id="last event"),
    pytest.param([",", ","], clock, "2s, event 2 of 4", id="events by key"),
    pytest.param([",", "."], clock, "9s, event 4 of 4", id="and forth"),
    pytest.param(
        ["focus #time", "Home", "ArrowRight"], clock, "0s, event 1 of 4", id="slider by key"
    ),
    pytest.param(
        ["click #theme"],
        lambda tab: tab.get_attribute("html", "data-theme"),
        "dark",
        id="theme by mouse",
    ),
    pytest.param(
        ["t", "t"], lambda tab: tab.get_attribute("html", "data-theme"), "light", id="theme by key"
    ),
]


def done(tab: Any, actions: list[str]) -> None:
    tab.focus("[tabindex='0']")
    for action in actions:
        word, _, rest = action.partition(" ")
        if word == "click":
            tab.click(rest)
        elif word == "double":
            tab.dblclick(rest)
        elif word == "type":
            tab.keyboard.type(rest)
        elif word == "focus":
            tab.focus(rest)
        else:
            tab.keyboard.press(action)
        at_rest(tab)


@pytest.mark.parametrize(("actions", "look", "expected"), CONTROLS)
def test_control(view: Viewer, actions: list[str], look: Any, expected: object) -> None:
    tab = view.open(SMALL)
    done(tab, actions)
    assert look(tab) == expected


@pytest.mark.parametrize(
    ("action", "way"),
    [
        ("click #zoom-in", "larger"),
        ("click #zoom-out", "smaller"),
        ("+", "larger"),
        ("-", "smaller"),
    ],
)
def test_zoom(view: Viewer, action: str, way: str) -> None:
    tab = view.open(SMALL)
    before, fitting = zoom(tab), place(tab)
    done(tab, [action])
    assert (zoom(tab) > before) is (way == "larger")
    done(tab, ["0"])
    assert place(tab) == fitting
    done(tab, [action, "click #fit"])
    assert place(tab) == fitting


def test_wheel_zooms_where_it_is(view: Viewer) -> None:
    tab = view.open(SMALL)
    spot = at_rest(tab).locator(box("a")).bounding_box()
    tab.mouse.move(spot["x"], spot["y"])
    tab.mouse.wheel(0, -240)
    until(tab, "document.querySelector('#drawing.moving')")
    after = at_rest(tab).locator(box("a")).bounding_box()
    assert after["width"] > spot["width"]
    assert abs(after["x"] - spot["x"]) < 3


def test_pan_by_mouse_and_by_key(view: Viewer) -> None:
    tab = view.open(SMALL)
    start = place(tab)
    tab.mouse.move(400, 700)
    tab.mouse.down()
    tab.mouse.move(460, 660, steps=4)
    tab.mouse.up()
    dragged = place(tab)
    assert dragged != start
    assert chosen(tab) == ""
    done(tab, ["Shift+ArrowRight"])
    assert place(tab) != dragged


def test_pinch(view: Viewer) -> None:
    tab = view.open(SMALL, has_touch=True)
    before = zoom(tab)
    fingers = tab.context.new_cdp_session(tab)
    for kind, apart in (("touchStart", 40), ("touchMove", 80), ("touchMove", 140)):
        points = [{"x": 500 - apart, "y": 600, "id": 1}, {"x": 500 + apart, "y": 600, "id": 2}]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    until(tab, f"parseInt(document.getElementById('zoom').textContent) > {before}")


def test_playing_ends_and_shows_each_state(view: Viewer) -> None:
    tab = view.open(SMALL)
    tab.evaluate(
        """() => {
          const clock = document.getElementById('clock');
          window.shown = [];
          const told = () => window.shown.push(clock.textContent);
          new MutationObserver(told).observe(clock, {childList: true});
        }"""
    )
    tab.select_option("#speed", "16")
    done(tab, ["p"])
    until(tab, "document.getElementById('play').textContent === 'Play'")
    events = [text.split(" event ")[1][0] for text in tab.evaluate("window.shown")]
    assert list(dict.fromkeys(events)) == list("01234")
    assert "is-failed" in tab.get_attribute(box("g/b"), "class")
    tab.select_option("#speed", "0.25")
    done(tab, ["click #play", "click #play"])
    assert "event 4" not in clock(tab)


def test_states_at_an_event(view: Viewer) -> None:
    tab = view.open(SMALL, "#event=2")
    assert "is-running" in tab.get_attribute(box("g/b"), "class")
    assert "is-running" in tab.get_attribute(box("g"), "class")
    assert tab.get_attribute(box("a"), "aria-label") == "a, shell, succeeded"


def test_address_says_what_is_shown(view: Viewer) -> None:
    tab = view.open(SMALL)
    done(tab, ["click [data-id=d]", "u", ",", "C", "t"])
    address = tab.evaluate("location.hash")
    again = view.open(SMALL, address)
    for look in (chosen, bright, seen, clock):
        assert look(again) == look(tab)
    assert again.get_attribute("html", "data-theme") == "dark"


def test_address_opens_what_is_around_the_step(view: Viewer) -> None:
    inner = next(node["id"] for node in picture(500)["nodes"] if node.get("parent") == "stock_1")
    tab = view.open(picture(500), f"#step={inner}")
    assert chosen(tab) == inner
    assert tab.is_visible(box(inner))
    assert tab.get_attribute(box("orders_0"), "aria-expanded") == "false"


@pytest.mark.parametrize(
    "address", ["#step=nobody", "#event=x&closed=a&trace=up", "#%E0%A4%A", "#step"]
)
def test_address_that_names_nothing(view: Viewer, address: str) -> None:
    assert seen(view.open(SMALL, address)) == ALL


def test_messages_in_and_out(view: Viewer) -> None:
    tab = view.open(SMALL)
    tab.evaluate("window.postMessage({type: 'flow.select', id: 'g/c'}, '*')")
    tab.wait_for_selector("#panel-title")
    assert chosen(tab) == "g/c"
    for nonsense in (None, 3, {"type": "flow.select"}, {"type": "flow.select", "id": "nobody"}):
        tab.evaluate("data => window.postMessage(data, '*')", nonsense)
    assert chosen(tab) == "g/c"


def told(tab: Any, picture: Any) -> None:
    """Gives the page another picture, as an editor does after a change of the text."""
    tab.evaluate("picture => window.postMessage({type: 'flow.graph', picture}, '*')", picture)
    tab.evaluate("() => new Promise(requestAnimationFrame)")


def test_another_picture_keeps_what_is_chosen_and_closed(view: Viewer) -> None:
    tab = view.open(SMALL, "#step=a&closed=g")
    more = [*SMALL["nodes"], {"id": "f", "name": "<b>f", "kind": "python"}]
    told(tab, SMALL | {"nodes": more, "name": "bigger", "run": {}})
    assert seen(tab) == ["a", "d", "e", "f", "g"]
    assert chosen(tab) == "a"
    assert tab.inner_text("#name") == "bigger"
    assert "<b>f" in (at_rest(tab).text_content(box("f")) or "")
    tab.click(box("d"))
    assert chosen(tab) == "d"


def test_another_picture_keeps_where_one_looks(view: Viewer) -> None:
    tab = view.open(SMALL, "#query=kind:python")
    tab.keyboard.press("+")
    before, bright_before = place(tab), bright(tab)
    told(tab, SMALL | {"name": "again"})
    assert tab.inner_text("#name") == "again"
    assert (place(tab), bright(tab)) == (before, bright_before)


def test_another_picture_without_the_chosen_step_closes_its_panel(view: Viewer) -> None:
    tab = view.open(SMALL, "#step=d&trace=up")
    told(tab, SMALL | {"nodes": [node for node in SMALL["nodes"] if node["id"] != "d"]})
    assert seen(tab) == ["a", "e", "g", "g/b", "g/c"]
    assert chosen(tab) == ""
    assert bright(tab) == seen(tab)


def test_nonsense_in_place_of_another_picture_is_passed_over(view: Viewer) -> None:
    tab = view.open(SMALL)
    for nonsense in (None, 3, "", False):
        told(tab, nonsense)
    assert seen(tab) == ALL
    told(tab, {})
    assert seen(tab) == []


def test_messages_to_an_editor(view: Viewer) -> None:
    tab = view.open(SMALL)
    tab.context.add_init_script(
        """window.sent = [];
        window.acquireVsCodeApi = () => ({postMessage: (data) => sent.push(data)});"""
    )
    tab.reload()
    until(tab, READY)
    done(tab, ["click [data-id=d]", "click text=small.flow.yaml:7"])
    assert tab.evaluate("window.sent") == [
        {"type": "flow.select", "id": "d"},
        {"type": "flow.open", "id": "d", "file": "small.flow.yaml", "line": 7},
    ]


OTHER_WINDOW = """() => {
  const source = document.body.appendChild(document.createElement("iframe")).contentWindow;
  const data = {type: "flow.select", id: "g/c"};
  window.dispatchEvent(new MessageEvent("message", {data, source}));
}"""


def test_another_window_is_not_listened_to(view: Viewer) -> None:
    tab = view.open(SMALL)
    tab.evaluate(OTHER_WINDOW)
    assert chosen(tab) == ""


def test_an_editor_speaks_from_another_window(view: Viewer) -> None:
    tab = view.open(SMALL)
    tab.context.add_init_script("window.acquireVsCodeApi = () => ({postMessage() {}});")
    tab.reload()
    until(tab, READY)
    tab.evaluate(OTHER_WINDOW)
    assert chosen(tab) == "g/c"


def test_panel_tells_all(view: Viewer) -> None:
    tab = view.open(picture(40))
    node = next(node for node in picture(40)["nodes"] if node.get("retry"))
    tab.evaluate("id => window.postMessage({type: 'flow.select', id}, '*')", node["id"])
    tab.wait_for_selector("#panel-title")
    text = tab.inner_text("#panel")
    for part in (
        "list<{id: string, total: number}>",
        "max attempts 3, delay 2s",
        "30s",
        node["description"],
    ):
        assert part in text
    line = node["source"]["line"]
    assert tab.get_attribute("#panel section a", "href") == f"flows/sample.flow.yaml#L{line}"


@pytest.mark.parametrize("type_", ["svg", "png"])
@pytest.mark.parametrize("part", ["whole", "view"])
def test_export(view: Viewer, type_: str, part: str) -> None:
    tab = view.open(SMALL)
    tab.click("#export summary")
    with tab.expect_download() as download:
        tab.click(f"#export [data-type={type_}][data-part={part}]")
    content = download.value.path().read_bytes()
    assert download.value.suggested_filename == f"small.{type_}"
    if type_ == "png":
        assert content.startswith(b"\x89PNG")
    else:
        text = content.decode()
        assert text.count("<text") > 6
        assert not re.search(r" class=| style=|var\(|color-mix", text)


def test_save_by_key(view: Viewer) -> None:
    tab = view.open(SMALL)
    with tab.expect_download() as download:
        done(tab, ["s"])
    assert download.value.suggested_filename == "small.svg"


def test_hostile_names_are_only_shown(view: Viewer) -> None:
    tab = view.open(hostile())
    tab.locator("[data-id]").first.click()
    done(tab, ["u", "/", "type kind:"])
    assert tab.evaluate("window.bad") is None
    assert tab.evaluate("document.querySelectorAll('img').length") == 0
    assert "</script><script>window.bad=1" in tab.inner_text("h2#panel-title")
    assert r"\u{202E}" in tab.inner_text("h2#panel-title")
    assert tab.locator("a[href^='javascript']").count() == 0
    tab.click("#export summary")
    with tab.expect_download() as download:
        tab.click("#export [data-type=svg][data-part=whole]")
    assert HOSTILE[:20] not in download.value.path().read_text(encoding="utf-8")


def test_policy_stops_other_scripts(view: Viewer) -> None:
    tab = view.open(SMALL)
    tab.evaluate(
        """() => {
          for (const [tag, text] of [['script', 'window.bad = 1'], ['style', 'body{color:red}']]) {
            const element = document.createElement(tag);
            element.textContent = text;
            document.body.append(element);
          }
        }"""
    )
    assert tab.evaluate("window.bad") is None
    assert len(view.complaints) == 2
    assert all("Content Security Policy" in text for text in view.complaints)
    view.complaints.clear()


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"nodes": [], "edges": []},
        {"nodes": [{"id": "a", "parent": "a"}, {"id": "b", "parent": "nobody"}]},
        {"nodes": [{"id": "a"}, {"id": "a"}], "edges": [{"source": "a", "target": "a"}]},
        {
            "nodes": [{"id": x} for x in "abc"],
            "edges": [{"source": x, "target": y} for x in "abc" for y in "abc"],
        },
        {"nodes": [{"id": "a", "parent": "b"}, {"id": "b", "parent": "a"}]},
        {
            "nodes": [{"id": "g"}, {"id": "g/a", "parent": "g"}],
            "edges": [{"source": "g", "target": "g/a"}],
        },
        {"nodes": [{"id": "a"}], "run": {"frames": [{"at": 0, "states": {"nobody": "running"}}]}},
        {"nodes": [{"id": "a", "x": 0, "y": 0, "width": 90, "height": 40}, {"id": "b", "x": "?"}]},
    ],
    ids=json.dumps,
)
def test_anything_is_drawn(view: Viewer, broken: dict[str, Any]) -> None:
    tab = view.open(broken)
    assert len(seen(tab)) == len({node["id"] for node in broken.get("nodes", [])})


def test_places_of_the_picture_are_kept_until_something_closes(view: Viewer) -> None:
    nodes = [
        {"id": "g", "x": 0, "y": 0, "width": 400, "height": 300},
        {"id": "g/a", "parent": "g", "x": 50, "y": 200, "width": 120, "height": 50},
        {"id": "b", "x": 500, "y": 0, "width": 120, "height": 50},
    ]
    edges = [{"source": "g", "target": "b", "points": [[400, 150], [450, 20], [500, 25]]}]
    tab = view.open({"nodes": nodes, "edges": edges})
    assert tab.get_attribute(box("g/a"), "transform") == "translate(50.0 200.0)"
    done(tab, ["C"])
    assert tab.get_attribute(box("b"), "transform") != "translate(500.0 0.0)"


def test_the_form_of_the_other_formats_is_read(view: Viewer) -> None:
    at = {"x": 20, "y": 40, "width": 120, "height": 60}
    lines = [
        {"text": "told", "style": "title", "y": 18},
        {"text": "succeeded in 2s", "style": "status", "y": 34},
    ]
    leaf = {
        "id": "g/a",
        "name": "a",
        "role": "step",
        "kind": "shell",
        "parent": "g",
        "lines": lines,
    }
    outer = {"id": "g", "name": "g", "role": "step", "kind": "group", "cluster": True, "parent": ""}
    tab = view.open(
        {
            "name": "other",
            "direction": "TB",
            "size": {"width": 400, "height": 300},
            "elapsed": 2_000_000,
            "clusters": [outer | {"box": {"x": 0, "y": 0, "width": 200, "height": 120}}],
            "nodes": [leaf | {"box": at, "painted": {"status": "succeeded", "critical": True}}],
            "frames": [
                {"at": 0, "statuses": {"g/a": "running"}},
                {"at": 2_000_000, "statuses": {"g/a": "succeeded"}},
            ],
        }
    )
    assert tab.get_attribute(box("g/a"), "transform") == "translate(20.0 40.0)"
    assert tab.text_content(".node.shut .name") == "told"
    assert tab.is_visible("text=succeeded in 2s")
    done(tab, [","])
    assert not tab.is_visible("text=succeeded in 2s")
    assert "is-running" in tab.get_attribute(box("g/a"), "class")
    assert tab.is_visible("#critical")


OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('.node.shut')].map(
    (one) => [one.dataset.id, one.querySelector('.box').getBoundingClientRect()]);
  const within = (one, other, low, high) =>
    one[low] < other[high] - 0.5 && other[low] < one[high] - 0.5;
  const touch = (one, other) =>
    within(one, other, 'left', 'right') && within(one, other, 'top', 'bottom');
  return boxes.flatMap(([a, one]) =>
    boxes.filter(([b, other]) => a < b && touch(one, other)).map(([b]) => [a, b]));
}"""


@pytest.mark.parametrize("direction", ["right", "down"])
@pytest.mark.parametrize("size", [10, 200])
def test_no_box_lies_on_another(view: Viewer, size: int, direction: str) -> None:
    tab = view.open(picture(size) | {"direction": direction})
    assert tab.evaluate(OVERLAPS) == []
    done(tab, ["C"])
    assert tab.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("actions", [[], ["Home", "Enter", "d"], ["?"], ["/", "type a"]], ids=str)
def test_accessible(view: Viewer, scheme: str, actions: list[str]) -> None:
    axe = pytest.importorskip("axe_playwright_python.base")
    tab = view.open(SMALL, color_scheme=scheme)
    assert tab.get_attribute("html", "data-theme") == scheme
    done(tab, actions)
    tab.evaluate(axe.AXE_SCRIPT)
    found = tab.evaluate("axe.run()")["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_print_shows_the_picture_alone(view: Viewer) -> None:
    tab = view.open(SMALL)
    tab.emulate_media(media="print")
    assert not tab.is_visible("#player")
    assert not tab.is_visible("#tools")
    assert tab.is_visible("#drawing")


def test_print_is_light_and_has_all_text(view: Viewer) -> None:
    tab = view.open(picture(200), color_scheme="dark")
    assert tab.locator(".node .name").count() == 0
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert tab.get_attribute("html", "data-theme") == "light"
    assert tab.locator(".node .name").count() == 200
    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert tab.get_attribute("html", "data-theme") == "dark"


def test_two_thousand_steps(view: Viewer) -> None:
    tab = view.open(picture(2000))
    assert len(seen(tab)) < 300
    done(tab, ["E"])
    assert len(seen(tab)) == 2000

import base64
import hashlib
import json
import re
from importlib.resources import files

import pytest
from sample_pictures import HOSTILE, hostile, picture

from flow_visualize.page import MODULES, page, scripts, style_sheet


def test_page_is_reproducible() -> None:
    assert page(picture(30), title="a") == page(picture(30), title="a")


def test_page_names_nothing_outside_of_itself() -> None:
    text = page(picture(30), title="a").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|//[\w-]+\.\w|@import|url\(", text)


@pytest.mark.parametrize("tag", ["style", 'script type="module"'])
def test_policy_names_what_is_there(tag: str) -> None:
    text = page(hostile(), title=HOSTILE)
    content = re.search(rf"<{tag}>(.*?)</{tag.split(maxsplit=1)[0]}>", text, re.DOTALL)
    assert content
    digest = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert f"'sha256-{digest}'" in policy[1]
    assert policy[1].startswith("default-src 'none';")
    assert "unsafe" not in policy[1]


def test_data_stays_data() -> None:
    text = page(hostile(), title=HOSTILE)
    assert text.count("<script") == 2
    assert HOSTILE[:20] not in text.partition("<title>")[2]
    data = re.search(r'id="picture">(.*?)</script>', text, re.DOTALL)
    assert data
    assert json.loads(data[1]) == hostile()


def test_title_shows_no_tricks() -> None:
    assert "<title>a\N{REPLACEMENT CHARACTER}b</title>" in page({}, title="a\u202eb")


def test_half_of_a_character_is_written() -> None:
    assert page({"name": "\ud800"}, title="\ud800").encode()


def test_every_module_is_on_the_page() -> None:
    folder = files("flow_visualize.page")
    assert sorted(MODULES) == sorted(
        file.name.removesuffix(".js") for file in folder.iterdir() if file.name.endswith(".js")
    )


def test_modules_import_what_others_before_them_export() -> None:
    known: dict[str, str] = {}
    for module in MODULES:
        text = files("flow_visualize.page").joinpath(f"{module}.js").read_text(encoding="utf-8")
        for names, source in re.findall(
            r'^import \{([^}]*)\} from "\./(\w+)\.js";$', text, re.MULTILINE
        ):
            for name in names.split(","):
                assert known.get(name.strip()) == source, f"{module}: {name}"
        for name in re.findall(r"^export (?:async )?(?:function|const) (\w+)", text, re.MULTILINE):
            assert name not in known, f"{module} exports {name} again"
            known[name] = module


def test_nothing_is_left_of_imports() -> None:
    assert not re.search(r"^(import|export)\b", scripts(), re.MULTILINE)


def test_nothing_ends_its_element() -> None:
    assert "</script" not in scripts()
    assert "</style" not in style_sheet()

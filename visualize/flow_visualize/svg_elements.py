"""SVG as text: elements, numbers and escapes. Nothing here knows what is drawn."""

import re
from collections.abc import Iterable

from flow_visualize.text_size import clean

FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_FOREIGN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str) -> str:
    """A text for content and attributes; what XML can't hold becomes a question mark.

    >>> escaped("<a & 'b'>"), escaped(chr(1))
    ('&lt;a &amp; &#39;b&#39;&gt;', '?')
    """
    return _FOREIGN.sub("?", text).translate(_ESCAPES)


def number(value: float) -> str:
    """A coordinate, with one decimal at most.

    >>> number(3.0), number(2.25), number(-0.01)
    ('3', '2.2', '0')
    """
    told = f"{value:.1f}".removesuffix(".0")
    return "0" if told == "-0" else told


def element(name: str, inner: str = "", **attributes: float | str | None) -> str:
    """One element. Underscores of attributes become hyphens; those that are None are left out."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{inner}</{name}>" if inner else f"<{name}{told}/>"


def _value(value: float | str) -> str:
    return escaped(value) if isinstance(value, str) else number(value)


def text(  # noqa: PLR0913 - all by name
    content: str,
    x: float,
    y: float,
    size: float,
    fill: str,
    *,
    bold: bool = False,
    italic: bool = False,
    anchor: str | None = None,
) -> str:
    """A line of text."""
    return element(
        "text",
        escaped(clean(content)),
        x=x,
        y=y,
        font_size=size,
        font_weight="bold" if bold else None,
        font_style="italic" if italic else None,
        fill=fill,
        text_anchor=anchor,
    )


def document(
    parts: Iterable[str], size: tuple[float, float], title: str, description: str, paper: str
) -> str:
    """A whole file of a width and a height."""
    width, height = size
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width)}" '
        f'height="{number(height)}" viewBox="0 0 {number(width)} {number(height)}" '
        f'font-family="{escaped(FONT)}" role="img">'
    )
    named = [element("title", escaped(clean(title)))]
    if description:
        named.append(element("desc", escaped(clean(description))))
    ground = element("rect", width=width, height=height, fill=paper)
    return "\n".join([head, *named, ground, *parts, "</svg>"]) + "\n"

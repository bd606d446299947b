"""The colours of pictures."""

from typing import Literal, TypeAlias

import msgspec

ThemeName: TypeAlias = Literal["light", "dark", "print", "colour-blind"]


class Theme(msgspec.Struct, frozen=True):
    """Colours by what they are for. ``levels`` are the grounds of boxes inside one another."""

    paper: str
    ink: str
    soft: str
    box: str
    line: str
    arrow: str
    levels: tuple[str, ...]
    border: str
    kinds: dict[str, str]
    statuses: dict[str, tuple[str, str]]
    error: str
    warning: str
    undo: str
    critical: str


_LIGHT = Theme(
    paper="#ffffff",
    ink="#1b2533",
    soft="#5a6779",
    box="#ffffff",
    line="#8794a5",
    arrow="#526073",
    levels=("#f3f6fa", "#e9eef5", "#dfe6ef"),
    border="#b6c1cf",
    kinds={
        "python": "#3572b0",
        "shell": "#8a6d1f",
        "http": "#0f8276",
        "std": "#6b7787",
        "pipeline": "#7a4fb5",
        "group": "#6b7787",
        "switch": "#a04a83",
        "value": "#4d8a3d",
        "skip": "#98a2af",
        "steps": "#6b7787",
        "unknown": "#c62f2f",
    },
    statuses={
        "succeeded": ("#e3f4e6", "#2b7a3d"),
        "failed": ("#fde4e2", "#b3261e"),
        "cancelled": ("#ececec", "#5c5c5c"),
        "skipped": ("#f4f4f4", "#6f7680"),
        "running": ("#fff4d6", "#8a6100"),
        "added": ("#e3f4e6", "#2b7a3d"),
        "removed": ("#fde4e2", "#b3261e"),
        "changed": ("#fff1d0", "#8a6100"),
        "covered": ("#e3f4e6", "#2b7a3d"),
        "partly": ("#fff1d0", "#8a6100"),
        "missed": ("#fde4e2", "#b3261e"),
    },
    error="#c62f2f",
    warning="#8a6100",
    undo="#9a6a10",
    critical="#d2481b",
)

_DARK = Theme(
    paper="#161b22",
    ink="#e8edf3",
    soft="#a3afbd",
    box="#222a35",
    line="#66758a",
    arrow="#93a1b3",
    levels=("#1c232d", "#202935", "#26303e"),
    border="#46536a",
    kinds={
        "python": "#6ba6e3",
        "shell": "#d3b354",
        "http": "#46c2b3",
        "std": "#97a4b4",
        "pipeline": "#b18ae6",
        "group": "#97a4b4",
        "switch": "#dd83bd",
        "value": "#86c972",
        "skip": "#7b8797",
        "steps": "#97a4b4",
        "unknown": "#ff7b72",
    },
    statuses={
        "succeeded": ("#17361f", "#7ddc8d"),
        "failed": ("#45191a", "#ff9d96"),
        "cancelled": ("#2d3138", "#c2c8d0"),
        "skipped": ("#242a33", "#a3afbd"),
        "running": ("#40330f", "#f0c75e"),
        "added": ("#17361f", "#7ddc8d"),
        "removed": ("#45191a", "#ff9d96"),
        "changed": ("#40330f", "#f0c75e"),
        "covered": ("#17361f", "#7ddc8d"),
        "partly": ("#40330f", "#f0c75e"),
        "missed": ("#45191a", "#ff9d96"),
    },
    error="#ff7b72",
    warning="#f0c75e",
    undo="#e0b45c",
    critical="#ff8f5e",
)

_PRINT = Theme(
    paper="#ffffff",
    ink="#000000",
    soft="#333333",
    box="#ffffff",
    line="#000000",
    arrow="#000000",
    levels=("#ffffff", "#f4f4f4", "#ebebeb"),
    border="#555555",
    kinds={},
    statuses={
        "succeeded": ("#ffffff", "#000000"),
        "failed": ("#d0d0d0", "#000000"),
        "cancelled": ("#e4e4e4", "#000000"),
        "skipped": ("#f4f4f4", "#444444"),
        "running": ("#ffffff", "#000000"),
        "added": ("#ffffff", "#000000"),
        "removed": ("#d0d0d0", "#000000"),
        "changed": ("#ececec", "#000000"),
        "covered": ("#ffffff", "#000000"),
        "partly": ("#ececec", "#000000"),
        "missed": ("#d0d0d0", "#000000"),
    },
    error="#000000",
    warning="#000000",
    undo="#333333",
    critical="#000000",
)

# The palette of Okabe and Ito, darkened where it has to carry text.
_COLOUR_BLIND = msgspec.structs.replace(
    _LIGHT,
    kinds={
        "python": "#0072b2",
        "shell": "#b8860b",
        "http": "#009e73",
        "std": "#6b7787",
        "pipeline": "#7d4a6e",
        "group": "#6b7787",
        "switch": "#cc79a7",
        "value": "#56b4e9",
        "skip": "#98a2af",
        "steps": "#6b7787",
        "unknown": "#d55e00",
    },
    statuses={
        "succeeded": ("#dcecf7", "#00548a"),
        "failed": ("#fde5d3", "#a34600"),
        "cancelled": ("#e6e6e6", "#4d4d4d"),
        "skipped": ("#f4f4f4", "#6b6b6b"),
        "running": ("#fbf6cf", "#6e6300"),
        "added": ("#dcecf7", "#00548a"),
        "removed": ("#fde5d3", "#a34600"),
        "changed": ("#fbf6cf", "#6e6300"),
        "covered": ("#dcecf7", "#00548a"),
        "partly": ("#fbf6cf", "#6e6300"),
        "missed": ("#fde5d3", "#a34600"),
    },
    error="#b34d00",
    warning="#6e6300",
    undo="#7d4a6e",
    critical="#d55e00",
)

THEMES: dict[ThemeName, Theme] = {
    "light": _LIGHT,
    "dark": _DARK,
    "print": _PRINT,
    "colour-blind": _COLOUR_BLIND,
}

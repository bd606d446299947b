"""The keys of project settings: `flow.toml`, or `[tool.flow]` in `pyproject.toml`."""

from flow_core.language.shapes import Boolean, Key, ListOf, MapOf, Record, Text, Words

SEVERITIES = ("error", "warning", "info", "hint", "off")
_CODES = ListOf(Text())

TEST = Record(
    "test_settings",
    "settings of tests",
    "What tests may do for real.",
    (
        Key(
            "real",
            ListOf(Text()),
            "Patterns of the components that `flow test --contracts` may import and call.",
            default=[],
            example='real = ["shop.steps.*"]',
        ),
    ),
)

SETTINGS = Record(
    "project_settings",
    "project settings",
    "The root of `flow.toml`, and `[tool.flow]` in `pyproject.toml`. The folder of that file is "
    "the project's root; paths are relative to it.",
    (
        Key(
            "include",
            ListOf(Text()),
            "Globs of the Flow files of the project.",
            default=[
                "**/*.flow.yaml",
                "**/*.flow.yml",
                "**/*.flow.json",
                "**/*.flowtest.yaml",
                "**/*.flowtest.yml",
                "**/*.flowtest.json",
            ],
        ),
        Key("exclude", ListOf(Text()), "Globs of files to leave alone.", default=[]),
        Key(
            "select",
            _CODES,
            "Rules to run beside those that are on by default: codes (`FL601`), names or "
            "prefixes (`FL6`).",
            default=[],
            example='select = ["FL6"]',
        ),
        Key(
            "ignore",
            _CODES,
            "Rules not to run: codes, names or prefixes.",
            default=[],
            example='ignore = ["FL604"]',
        ),
        Key(
            "severity",
            MapOf(Words(SEVERITIES)),
            "The severity of single rules, by code or name.",
            default={},
            example='severity = {FL411 = "error"}',
        ),
        Key(
            "python_paths",
            ListOf(Text("path")),
            "Folders in which `python:` modules are looked for.",
            default=["."],
        ),
        Key(
            "rules",
            ListOf(Text()),
            "Entry points of the group `flow.rules` that may run. No other plug-in does.",
            default=[],
        ),
        Key(
            "allow_outside_root",
            Boolean(),
            "Whether imports may lead out of the project's root.",
            default=False,
        ),
        Key(
            "cost_unit",
            Text(),
            "The name of the unit of all costs.",
            default="",
            example='cost_unit = "EUR"',
        ),
        Key(
            "test",
            TEST,
            "What tests may do for real; without it they have no effect.",
            default={"real": []},
        ),
    ),
)

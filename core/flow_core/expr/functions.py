"""The functions that an expression can call: signatures and documentation, as data.

A signature reads ``(string, integer) -> boolean``; ``string.(string) -> boolean`` is a member
function of strings. ``T?`` says that an argument may be null, ``T*`` that it may be repeated. A
result of ``$name`` depends on the arguments and is worked out in `results`.
"""

from functools import cache

import msgspec

from flow_core.types.kinds import (
    ANY,
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    BytesType,
    DatetimeType,
    DurationType,
    ListType,
    Type,
)

_TABLE = """
# Conversions
bool (boolean|string) -> boolean | true or false, also from "true" and "false"
bytes (bytes|string) -> bytes | the UTF-8 bytes of a string
double (number|integer|string) -> number | a double, also from text
dyn (any?) -> any | the same value, with nothing known of its type
int (integer|number|string|datetime) -> integer | an integer: a double is cut off, a time gives its seconds
string (string|boolean|integer|number|bytes|datetime|duration) -> string | as text
timestamp (string|integer|datetime) -> datetime | a time from RFC 3339 text or from seconds
duration (string|duration) -> duration | a duration such as `1h30m`
type (any?) -> any | the type of a value
json (any?) -> string | compact JSON

# Sizes and text
size (string|bytes|list|map) -> integer | code points, bytes, items or entries
size string|bytes|list|map.() -> integer |
matches (string, string) -> boolean | whether a regular expression (RE2) occurs in a text
matches string.(string) -> boolean |
contains string.(string) -> boolean | whether a text occurs in another
startsWith string.(string) -> boolean | whether a text begins with another
endsWith string.(string) -> boolean | whether a text ends with another
charAt string.(integer) -> string | the character at an index; empty at the end
indexOf string.(string) -> integer | where a text first occurs, or -1; the second argument says where to begin
indexOf string.(string, integer) -> integer |
lastIndexOf string.(string) -> integer | where a text last occurs, or -1; the second argument says where to begin
lastIndexOf string.(string, integer) -> integer |
join list.() -> $join | the texts of a list in one, with a separator
join list.(string) -> $join |
lowerAscii string.() -> string | with A to Z in lower case
upperAscii string.() -> string | with a to z in upper case
replace string.(string, string) -> string | with a text replaced, at most so many times
replace string.(string, string, integer) -> string |
split string.(string) -> list<string> | the parts between separators, at most so many
split string.(string, integer) -> list<string> |
substring string.(integer) -> string | from an index, up to another
substring string.(integer, integer) -> string |
trim string.() -> string | without blanks at its ends
format string.(list) -> string | with `%s`, `%d`, `%f`, `%e`, `%b`, `%x`, `%X`, `%o` filled in from a list
strings.quote (string) -> string | in double quotes, with escapes

# Lists and maps
reverse string|list.() -> $same | backwards
distinct list.() -> $same | without repetitions
slice list.(integer, integer) -> $same | the items from an index up to another
sort list.() -> $sort | in ascending order
flatten list.() -> $flatten | with the items of its lists in their place, one level or so many
flatten list.(integer) -> $flatten |
flatten (list) -> $flatten |
lists.range (integer) -> list<integer> | 0, 1, … up to but without a number
range (integer) -> list<integer> | the integers from 0, or from the first number, up to but without the last
range (integer, integer) -> list<integer> |
chunk (list, integer) -> $chunk | in lists of so many items
sum (list) -> $sum | the sum of numbers
merge (map*) -> $merge | the entries of all maps; the later wins
get (map, string, any?) -> $get | the value of a key, or a default
coalesce (any?*) -> $coalesce | the first value that is not null

# Times and durations
getFullYear datetime.() -> integer | the year
getFullYear datetime.(string) -> integer |
getMonth datetime.() -> integer | the month, 0 to 11
getMonth datetime.(string) -> integer |
getDate datetime.() -> integer | the day of the month, 1 to 31
getDate datetime.(string) -> integer |
getDayOfMonth datetime.() -> integer | the day of the month, 0 to 30
getDayOfMonth datetime.(string) -> integer |
getDayOfWeek datetime.() -> integer | the day of the week, 0 (Sunday) to 6
getDayOfWeek datetime.(string) -> integer |
getDayOfYear datetime.() -> integer | the day of the year, 0 to 365
getDayOfYear datetime.(string) -> integer |
getHours datetime.() -> integer | the hour of a time, or all the hours of a duration
getHours datetime.(string) -> integer |
getHours duration.() -> integer |
getMinutes datetime.() -> integer | the minute of a time, or all the minutes of a duration
getMinutes datetime.(string) -> integer |
getMinutes duration.() -> integer |
getSeconds datetime.() -> integer | the second of a time, or all the seconds of a duration
getSeconds datetime.(string) -> integer |
getSeconds duration.() -> integer |
getMilliseconds datetime.() -> integer | the milliseconds within a second
getMilliseconds datetime.(string) -> integer |
getMilliseconds duration.() -> integer |
"""  # noqa: E501 - a table reads best with one row a line

MACROS = {
    "all": ("list.all(x, condition)", "whether a condition holds for all items"),
    "exists": ("list.exists(x, condition)", "whether a condition holds for some item"),
    "exists_one": ("list.exists_one(x, condition)", "whether a condition holds for just one item"),
    "existsOne": ("list.existsOne(i, x, condition)", "whether a condition holds for just one item"),
    "filter": ("list.filter(x, condition)", "the items for which a condition holds"),
    "map": ("list.map(x, value)", "a value for each item; with a condition between, for some"),
    "sortBy": ("list.sortBy(x, key)", "the items in the order of a key"),
    "transformList": ("list.transformList(i, x, value)", "a list of a value for each entry"),
    "transformMap": ("map.transformMap(k, v, value)", "a map with another value for each key"),
    "transformMapEntry": ("map.transformMapEntry(k, v, {key: value})", "a map of other entries"),
    "has": ("has(value.property)", "whether a property is present and not null"),
}
"""Macros: how they are written, and what they give."""

_TYPES: dict[str, Type] = {
    "any": ANY,
    "boolean": BOOLEAN,
    "integer": INTEGER,
    "number": NUMBER,
    "string": STRING,
    "bytes": BytesType(),
    "duration": DurationType(),
    "datetime": DatetimeType(),
    "list<integer>": ListType(INTEGER),
    "list<string>": ListType(STRING),
}
TYPE_NAMES = frozenset(
    {
        "bool", "bytes", "double", "int", "list", "map", "null_type", "string", "type",
        "google.protobuf.Timestamp", "google.protobuf.Duration",
    }
)  # fmt: skip
"""Names that stand for a type, as `type(x)` gives it."""


class Parameter(msgspec.Struct, frozen=True):
    """What an argument may be: kinds, of which ``any`` is each."""

    kinds: frozenset[str]
    null: bool = False
    repeated: bool = False


class Overload(msgspec.Struct, frozen=True):
    """One way to call a function. ``target`` is what it is a member of, or None."""

    text: str
    target: Parameter | None
    parameters: tuple[Parameter, ...]
    result: Type | str

    def takes(self, count: int) -> bool:
        """Whether it can be called with so many arguments."""
        if any(parameter.repeated for parameter in self.parameters):
            return count >= 1
        return count == len(self.parameters)

    def parameter(self, index: int) -> Parameter:
        """What the argument at an index may be."""
        return self.parameters[min(index, len(self.parameters) - 1)]


class Function(msgspec.Struct, frozen=True):
    """A function by its ways of being called; what it does, in a few words."""

    name: str
    doc: str
    overloads: tuple[Overload, ...]


@cache
def functions() -> dict[str, Function]:
    """All functions by name."""
    found: dict[str, Function] = {}
    for line in _TABLE.splitlines():
        if not line or line.startswith("#"):
            continue
        head, _, doc = line.rpartition(" |")
        name, _, text = head.partition(" ")
        overload = _overload(name, text.strip())
        known = found.get(name)
        overloads = (overload,) if known is None else (*known.overloads, overload)
        found[name] = Function(name, known.doc if known else doc.strip(), overloads)
    return found


def _overload(name: str, text: str) -> Overload:
    head, _, result = text.partition(" -> ")
    target, _, parameters = head.rstrip(")").partition("(")
    of = target.rstrip(".")
    shown = f"{of}.{name}({parameters})" if of else f"{name}({parameters})"
    return Overload(
        text=f"{shown} -> {result}" if result[0] != "$" else shown,
        target=_parameter(of) if of else None,
        parameters=tuple(_parameter(part) for part in parameters.split(", ") if part),
        result=_TYPES.get(result, result),
    )


def _parameter(text: str) -> Parameter:
    kinds = frozenset(text.rstrip("*?").split("|"))
    return Parameter(kinds, null="?" in text, repeated="*" in text)

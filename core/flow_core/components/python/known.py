"""The names of Python's library and of a few others that hints are made of, and what they mean."""

from flow_core.types.kinds import (
    ANY,
    BOOLEAN,
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    BytesType,
    DatetimeType,
    DurationType,
    ListType,
    MapType,
    NumberType,
    StringType,
    Type,
)

KNOWN_ROOTS = frozenset(
    {
        "abc",
        "annotated_doc",
        "annotated_types",
        "attr",
        "attrs",
        "builtins",
        "collections",
        "dataclasses",
        "datetime",
        "decimal",
        "enum",
        "flow_core",
        "msgspec",
        "numbers",
        "os",
        "pathlib",
        "pydantic",
        "pydantic_settings",
        "types",
        "typing",
        "typing_extensions",
        "uuid",
    }
)
"""Top packages that are never looked for in the project."""

_TYPES: dict[str, Type] = {
    "builtins.str": STRING,
    "builtins.int": INTEGER,
    "builtins.float": NUMBER,
    "builtins.bool": BOOLEAN,
    "builtins.bytes": BytesType(),
    "builtins.bytearray": BytesType(),
    "typing.LiteralString": STRING,
    "typing.Text": STRING,
    "types.NoneType": NULL,
    "datetime.datetime": DatetimeType(),
    "datetime.date": StringType(format="date"),
    "datetime.time": StringType(format="time"),
    "datetime.timedelta": DurationType(),
    "decimal.Decimal": NUMBER,
    "uuid.UUID": StringType(format="uuid"),
    "pathlib.Path": STRING,
    "pathlib.PurePath": STRING,
    "pathlib.PosixPath": STRING,
    "numbers.Number": NUMBER,
    "numbers.Real": NUMBER,
    "numbers.Integral": INTEGER,
    "pydantic.EmailStr": StringType(format="email"),
    "pydantic.AnyUrl": StringType(format="uri"),
    "pydantic.HttpUrl": StringType(format="uri"),
    "pydantic.AnyHttpUrl": StringType(format="uri"),
    "pydantic.FilePath": STRING,
    "pydantic.DirectoryPath": STRING,
    "pydantic.AwareDatetime": DatetimeType(),
    "pydantic.SecretStr": STRING,
    "pydantic.SecretBytes": BytesType(),
    "pydantic.StrictStr": STRING,
    "pydantic.StrictInt": INTEGER,
    "pydantic.StrictFloat": NUMBER,
    "pydantic.StrictBool": BOOLEAN,
    "pydantic.PositiveInt": NumberType(integer=True, exclusive_minimum=0),
    "pydantic.NonNegativeInt": NumberType(integer=True, minimum=0),
    "pydantic.NegativeInt": NumberType(integer=True, exclusive_maximum=0),
    "pydantic.NonPositiveInt": NumberType(integer=True, maximum=0),
    "pydantic.PositiveFloat": NumberType(exclusive_minimum=0),
    "pydantic.NonNegativeFloat": NumberType(minimum=0),
    "pydantic.NegativeFloat": NumberType(exclusive_maximum=0),
    "pydantic.NonPositiveFloat": NumberType(maximum=0),
}
SECRETS = frozenset({"flow_core.Secret", "pydantic.SecretStr", "pydantic.SecretBytes"})

_LISTS = (
    "builtins.list typing.List typing.Sequence typing.MutableSequence typing.Iterable"
    " typing.Iterator typing.Collection typing.Generator typing.AsyncIterable"
    " typing.AsyncIterator typing.AsyncGenerator typing.Deque collections.deque"
)
_SETS = "builtins.set builtins.frozenset typing.Set typing.FrozenSet typing.AbstractSet"
_MAPS = (
    "builtins.dict typing.Dict typing.Mapping typing.MutableMapping typing.DefaultDict"
    " typing.OrderedDict collections.OrderedDict collections.defaultdict"
)
_FORMS = (
    "Optional Union Literal Annotated Required NotRequired ReadOnly Final ClassVar Awaitable"
    " Coroutine Unpack"
)
FORMS: dict[str, str] = {
    **dict.fromkeys(_LISTS.split(), "list"),
    **dict.fromkeys(_SETS.split(), "set"),
    **dict.fromkeys(_MAPS.split(), "map"),
    **{f"typing.{name}": name for name in _FORMS.split()},
    "builtins.tuple": "tuple",
    "typing.Tuple": "tuple",
    "dataclasses.InitVar": "InitVar",
    "flow_core.Secret": "Secret",
}
"""What takes its meaning from what stands in its brackets."""

_BARE: dict[str, Type] = {
    "list": ListType(ANY),
    "set": ListType(ANY, unique=True),
    "tuple": ListType(ANY),
    "map": MapType(ANY),
}


_MAKERS = frozenset(
    {
        "dataclasses.dataclass",
        "dataclasses.field",
        "enum.Enum",
        "enum.IntEnum",
        "enum.StrEnum",
        "enum.auto",
        "flow_core.component",
        "pydantic.BaseModel",
        "pydantic.Field",
        "pydantic.RootModel",
        "typing.Any",
        "typing.Generic",
        "typing.NamedTuple",
        "typing.Never",
        "typing.NewType",
        "typing.NoReturn",
        "typing.Protocol",
        "typing.TypedDict",
    }
)
"""What classes and fields are made with; here only so that ``import *`` is known to bring it."""


def canonical(name: str) -> str:
    """One spelling for what several modules export."""
    for alias in ("typing_extensions.", "collections.abc."):
        if name.startswith(alias):
            rest = name.removeprefix(alias)
            return f"typing.{'AbstractSet' if rest in ('Set', 'MutableSet') else rest}"
    return name.replace("flow_core.components.decorator.", "flow_core.")


def known_type(name: str) -> Type | None:
    """The type of a name without brackets, None for a name that is not known."""
    name = canonical(name)
    return _TYPES.get(name) or _BARE.get(FORMS.get(name, ""))


def is_known(name: str) -> bool:
    """Whether a qualified name has a meaning here."""
    name = canonical(name)
    return name in _TYPES or name in FORMS or name in _MAKERS

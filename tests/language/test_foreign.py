"""The table of other formats' words fits the definition, and the conversions are right."""

import pytest
from msgspec import UNSET

from flow_core.language.foreign import Carried, Foreign, condition, foreign, names, tolerate
from flow_core.language.foreign_words import WORDS
from flow_core.language.keys import FILES, records
from flow_core.syntax import Mapping, parse

ROWS = [
    (record, word, meaning) for record, words in WORDS.items() for word, meaning in words.items()
]


RECORDS = {record.name: record for kind in FILES for record, _ in records(kind)}


@pytest.mark.parametrize(("record", "word", "meaning"), ROWS, ids=[f"{r}-{w}" for r, w, _ in ROWS])
def test_a_word_means_a_key_that_exists(record: str, word: str, meaning: Foreign) -> None:
    known = RECORDS[record].index
    assert word not in known
    assert meaning.key in known or not meaning.key
    assert meaning.help or meaning.key
    assert meaning.carry is None or meaning.key


@pytest.mark.parametrize("word", ["dependsOn", "depends-on", "DependsOn", "DEPENDS_ON"])
def test_case_and_separators_do_not_count(word: str) -> None:
    meaning = foreign("step", word)
    assert meaning is not None
    assert meaning.key == "depends_on"


def test_max_attempts_of_step_functions_leaves_out_the_first() -> None:
    meaning = foreign("retry", "MaxAttempts")
    assert meaning is not None
    assert "includes the first" in meaning.help
    assert foreign("retry", "maxAttempts") is None


def test_an_unknown_word_means_nothing() -> None:
    assert foreign("step", "bogus") is None
    assert foreign("no such record", "needs") is None


@pytest.mark.parametrize(
    ("carry", "source", "carried"),
    [
        (names, "a", ["a"]),
        (names, "[a, b]", UNSET),
        (names, "[{job: a}]", None),
        (names, "a && b", None),
        (condition, "inputs.ok", "${{ inputs.ok }}"),
        (condition, '"{{ inputs.ok }}"', "${{ inputs.ok }}"),
        (condition, "${{ inputs.ok }}", UNSET),
        (condition, "true", UNSET),
        (condition, "[a]", None),
        (tolerate, "true", [{"skip": True}]),
        (tolerate, "false", None),
    ],
)
def test_values_are_carried_over(carry: object, source: str, carried: Carried) -> None:
    root = parse(f"x: {source}\n", "yaml").root
    assert isinstance(root, Mapping)
    assert callable(carry)
    assert carry(root.fields["x"]) == carried

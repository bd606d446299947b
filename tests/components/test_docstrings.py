"""The three ways to write docstrings say the same."""

import pytest

from flow_core.components.python.docstrings import Docstring, read_docstring, summary

EXPECTED = Docstring(
    "Charge a card.\n\nOnce.",
    {"amount": "In euros, and more.", "key": "The key: a secret."},
    {"": "The receipt."},
    {"Declined": "the bank said no"},
)
GOOGLE = """Charge a card.

    Once.

    Args:
        amount (float): In euros,
            and more.
        key: The key: a secret.

    Returns:
        The receipt.

    Raises:
        Declined: the bank said no

    Example:
        >>> charge(1)
    """
NUMPY = """Charge a card.

    Once.

    Parameters
    ----------
    amount : float
        In euros,
        and more.
    key : str, optional
        The key: a secret.

    Raises
    ------
    Declined
        the bank said no

    Notes
    -----
    None.
    """
SPHINX = """Charge a card.

    Once.

    :param float amount: In euros,
        and more.
    :type amount: float
    :param key: The key: a secret.
    :returns: The receipt.
    :rtype: str
    :raises Declined: the bank said no
    """


@pytest.mark.parametrize("text", [GOOGLE, SPHINX], ids=["google", "sphinx"])
def test_styles(text: str) -> None:
    assert read_docstring(text) == EXPECTED


def test_numpy() -> None:
    found = read_docstring(NUMPY)
    assert found == Docstring(EXPECTED.description, EXPECTED.parameters, {}, EXPECTED.raises)


def test_several_names_share_a_text() -> None:
    text = "X.\n\nParameters\n----------\na, b : int\n    Both."
    assert read_docstring(text).parameters == {"a": "Both.", "b": "Both."}


def test_a_plain_docstring_is_all_description() -> None:
    text = "One line.\n\nMore: of it.\n\n    code\n"
    assert read_docstring(text) == Docstring("One line.\n\nMore: of it.\n\n    code")


def test_summary_is_the_first_paragraph() -> None:
    assert summary("One\ntwo.\n\nThree.") == "One two."

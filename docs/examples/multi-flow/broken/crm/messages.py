"""The words that customers read."""

from typing import TypedDict

from flow_core import component


class Text(TypedDict):
    """One message for a telephone's screen, one for a letter's."""

    short: str
    long: str


@component
def write(name: str, total: float, skus: list[str]) -> Text:
    """Write the confirmation of a first order."""
    things = ", ".join(sorted(skus))
    return {
        "short": f"Welcome, {name}! {things}: paid {total:.2f}.",
        "long": f"Welcome, {name}!\n\nYou ordered {things}, and paid {total:.2f}.\n",
    }

"""Members: put your own database here."""

import hashlib
from typing import TypedDict

from flow_core import component


class Member(TypedDict):
    """Somebody who signed up."""

    id: str
    email: str


@component
def add(email: str) -> Member:
    """Add a member; the same address always gets the same number."""
    return {"id": hashlib.sha256(email.lower().encode()).hexdigest()[:8], "email": email}


@component
def remove(id: str) -> None:  # noqa: A002 - the port's name
    """Remove a member."""
    if not id:
        raise ValueError("a member has a number")

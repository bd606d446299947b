"""What was renamed from the old version to the new one."""

from typing import Literal, TypeAlias

import msgspec

Root: TypeAlias = Literal[
    "steps", "inputs", "outputs", "state", "secrets", "types", "components", "imports"
]


class Names(msgspec.Struct, frozen=True):
    """Old names and their new ones, by what they name. The new version renames nothing."""

    renamed: dict[str, dict[str, str]] = {}

    def new(self, root: str, name: str) -> str:
        """The new name of something."""
        return self.renamed.get(root, {}).get(name, name)

    def target(self, target: str) -> str:
        """The new name of what a call calls."""
        alias, dot, name = target.rpartition(".")
        if not dot:
            return self.new("components", target)
        known = self.renamed.get("imports", {})
        return f"{known[alias]}.{name}" if alias in known else target

    def having(self, root: Root, found: dict[str, str]) -> "Names":
        """These, and more of one kind."""
        return Names({**self.renamed, root: {**self.renamed.get(root, {}), **found}})

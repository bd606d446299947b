"""The lines of a text in the making."""

from flow_core.syntax.format.gaps import Gap


class Lines:
    """Lines, the last of which can still grow."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._commented = False
        self._fresh = True

    @property
    def width(self) -> int:
        """How long the last line is."""
        return len(self._lines[-1]) if self._lines else 0

    @property
    def at_start(self) -> bool:
        """Whether nothing but indentation is on the last line."""
        return self._fresh and not (self._lines and self._lines[-1].strip(" "))

    def start(self, indent: str, *, blank: bool = False) -> None:
        """Start a line, with a blank one before it if wanted; one that holds nothing is reused."""
        if self._lines and self.at_start:
            self._lines.pop()
        elif blank and self._lines:
            self._lines.append("")
        self._lines.append(indent)
        self._commented = False
        self._fresh = True

    def put(self, text: str) -> None:
        """Write on the last line."""
        if not self._lines:
            self._lines.append("")
        self._lines[-1] += text

    def add(self, lines: list[str]) -> None:
        """Write whole lines."""
        self._lines += lines
        self._fresh = False

    def comment(self, text: str) -> None:
        """Write a comment behind the last line, or below it if it has one already."""
        if self.at_start:
            self.put(text)
        elif self._commented:
            line = self._lines[-1]
            self._lines.append(line[: len(line) - len(line.lstrip(" "))] + text)
        else:
            self._lines[-1] += f"  {text}"
        self._commented = True

    def comments(self, gap: Gap, indent: str) -> None:
        """Write the comments of a gap: behind the last line, and on lines of their own."""
        for text in gap.trailing:
            self.comment(text)
        for comment in gap.own:
            self.own_line(comment.text, indent, blank=comment.blank)

    def own_line(self, text: str, indent: str, *, blank: bool) -> None:
        """Write a comment on a line of its own."""
        self.start(indent + text, blank=blank)
        self._commented = True

    def text(self) -> str:
        """All lines, each with its end."""
        return "".join(f"{line}\n" for line in self._lines)

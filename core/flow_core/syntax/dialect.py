"""Where libyaml reads an older YAML: the same text, at the same offsets, in words it understands.

Characters that libyaml would take for something else are hidden: it sees a private one instead,
and `shown` puts the right one back into what it has read.
"""

import re

_HIDDEN = {ord(character): 0xF0000 + ord(character) for character in "\t:?\x85\u2028\u2029"}
_SHOWN = {hidden: shown for shown, hidden in _HIDDEN.items()}
_HIDING = re.compile(f"[{''.join(map(chr, _SHOWN))}]")

# Line breaks of YAML 1.1 are like any other character in 1.2, and `?` needs a space behind it.
_BREAKS = re.compile("[\x85\u2028\u2029]")
_QUESTION = re.compile(r"(?<=[\[{,:])([ \t\r\n]*)\?(?=[^\s,\[\]{}])")
# In brackets a text may start with a colon, and in braces the colon may stand below its key.
_COLON = re.compile(r"(?<=[\[{,:])([ \t]*):(?=[^\s,\[\]{}])")
_COLON_BELOW = re.compile(
    r"""([{,]\s*(?:"[^"\n]*"|'[^'\n]*'|[^\s"'\[\]{},:#]+))"""
    r"((?:[ \t]+#[^\n]*|[ \t]*)\r?\n[ \t]*)(?=:)"
)
_BLOCK = re.compile(r"( *(?:- +)*)[^\n]*\|[-+0-9]*[ \t]*(?:#[^\n]*)?\n")
_NO_BLOCK = re.compile(r"(?![-?:](?:\s|\Z))(?!.*:(?:\s|\Z))")


def hide(text: str) -> str:
    """What libyaml should see of any text."""
    if not text.isascii() and _BREAKS.search(text):
        text = _BREAKS.sub(_private, text)
    if "?" in text:
        text = _QUESTION.sub(lambda found: found[1] + chr(_HIDDEN[ord("?")]), text)
    return text


def rewrite(text: str) -> str:
    """A text that libyaml has refused, written such that it might not."""
    text = _COLON.sub(lambda found: found[1] + chr(_HIDDEN[ord(":")]), text)
    return _COLON_BELOW.sub(lambda found: found[1] + " " * len(found[2]), text)


def hidden_tab(text: str, start: int, end: int) -> str | None:
    """What libyaml should see in place of tabs that it refused; None where YAML does as well.

    They may stand in lines without content, behind a dash, and in a block of text.
    """
    line = text.rfind("\n", 0, start) + 1
    header = _BLOCK.match(text, text.rfind("\n", 0, max(line - 1, 0)) + 1, line)
    if header is not None:
        in_block = len(header[1]) < start - line
        return text[start:end].translate(_HIDDEN) if in_block else None
    stop = text.find("\n", end)
    rest = text[end : len(text) if stop < 0 else stop]
    behind_dash = text[line:start].strip(" ") and _NO_BLOCK.match(rest)
    return " " * (end - start) if behind_dash or not rest.strip() else None


def shown(text: str) -> str:
    """A text that libyaml has read, with the characters that were hidden from it."""
    return text.translate(_SHOWN)


def hides(text: str) -> bool:
    """Whether a text holds characters that stand for others."""
    return not text.isascii() and _HIDING.search(text) is not None


def _private(found: re.Match[str]) -> str:
    return chr(_HIDDEN[ord(found[0])])

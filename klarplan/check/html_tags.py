"""The tags of a rendered page, cut as browsers cut them.

Raw-text elements (``script``, ``style``, ``textarea``, …) are not allowed in pages, so that the
tokenizer of the HTML standard (section 13.2.5) stays in its data state and this cut is exact.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_SPACE = r"[ \t\n\f\r]"
_TAG = re.compile(r"<(/?)([A-Za-z][^ \t\n\f\r/>]*)")
_ATTRIBUTE = re.compile(
    rf"(?:{_SPACE}|/)*(?P<name>[^ \t\n\f\r/>][^ \t\n\f\r/>=]*)"
    rf"(?:{_SPACE}*={_SPACE}*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'"
    r"|(?P<bare>[^\"' \t\n\f\r>][^ \t\n\f\r>]*)|(?P<open>[\"'])|(?=>)))?"
)
_END = re.compile(rf"(?:{_SPACE}|/)*>")
_COMMENT = re.compile(r"<!--(?!>|->)(?:(?!-->|--!>|<!--).)*-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag; attribute names are in lower case, character references resolved."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    closing: bool = False
    complete: bool = True

    def get(self, name: str) -> str | None:
        """The value of an attribute; the first counts, as in browsers."""
        return next((value for key, value in self.attributes if key == name), None)


def tags(text: str) -> Iterator[Tag | str]:
    """Tags and the text between them; what is neither is an incomplete tag named ``!``."""
    position = 0
    while position < len(text):
        start = text.find("<", position)
        if start < 0:
            yield html.unescape(text[position:])
            return
        if start > position:
            yield html.unescape(text[position:start])
        comment = _COMMENT.match(text, start)
        if comment:
            position = comment.end()
            continue
        match = _TAG.match(text, start)
        if match:
            tag, position = _tag(text, match)
            yield tag
        elif text[start + 1 : start + 2] in ("!", "?", "/"):
            yield Tag("!", (("", text[start : start + 20]),), complete=False)
            position = start + 2
        else:
            yield "<"
            position = start + 1


def _tag(text: str, match: re.Match[str]) -> tuple[Tag, int]:
    attributes: list[tuple[str, str]] = []
    position = match.end()
    while attribute := _ATTRIBUTE.match(text, position):
        if attribute["open"]:
            return Tag(match[2].lower(), tuple(attributes), complete=False), len(text)
        value = next((attribute[g] for g in ("double", "single", "bare") if attribute[g]), "")
        attributes.append((attribute["name"].lower(), html.unescape(value)))
        position = attribute.end()
    end = _END.match(text, position)
    tag = Tag(match[2].lower(), tuple(attributes), bool(match[1]), complete=end is not None)
    return tag, end.end() if end else len(text)

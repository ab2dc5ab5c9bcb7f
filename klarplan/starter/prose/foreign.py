"""What other site generators would run in a Markdown text: found, told, and taken out.

Nothing of it is run. Lines stay where they are as far as possible, and each knows its number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from klarplan.messages import Text
from klarplan.pages.calls import outside_code
from klarplan.starter.prose.remarks import AS_TEXT, LEFT_OUT, Remarks

_SHORTCODE = Text("Kurzbefehl (Shortcode)", "shortcode")
_TEMPLATE = Text("Befehl einer Vorlagensprache", "template command")
_INCLUDE = Text("Verweis auf eine andere Datei", "include of another file")
_SETTING = Text("Angabe für einen anderen Generator", "setting for another generator")
_WIKI = Text("Wiki-Link", "wiki link")
_CODE = Text("Programmtext", "program code")
_TABS = Text("Reiter", "tabs")

_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_ATTRIBUTE = re.compile(r"""([\w-]{1,30})\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
_PICTURE = re.compile(r"\{\{[<%]\s*(?:figure|img|image)\b([^{}]{0,1000}?)/?\s*[%>]\}\}")
_REFERENCE = re.compile(
    r"\{\{[<%]\s*(?:rel)?ref\s+[\"']?([^\"'\s{}]{1,300})[\"']?\s*[%>]\}\}"
    r"|\{%-?\s*link\s+([^\s{}]{1,300})\s*-?%\}"
)
"""Where a link leads to, as Hugo and Jekyll write it."""
_MARKS: Sequence[tuple[re.Pattern[str], Text]] = (
    (re.compile(r"\{\{[<%][^{}]{0,2000}[%>]\}\}"), _SHORTCODE),
    (re.compile(r"\{%[^{}]{0,1000}%\}|\{#\s[^{}]{0,2000}#\}"), _TEMPLATE),
    (re.compile(r"\{\{[^{}]{0,1000}\}\}"), _TEMPLATE),
    (re.compile(r"^[ \t]*;?-+8<-+[^\n]*$|\{![^\n]{0,300}?!\}", re.MULTILINE), _INCLUDE),
    (re.compile(r"^[ \t]*!?\[\[?_?toc_?\]\]?[ \t]*$", re.MULTILINE | re.IGNORECASE), _SETTING),
    (re.compile(r"\{:[^{}\n]{0,300}\}"), _SETTING),
    (
        re.compile(
            r"^import [^\n]{0,300}?['\"][^\n]*$|^export (?:const|default|function|let) [^\n]*$",
            re.MULTILINE,
        ),
        _CODE,
    ),
    (re.compile(r"!\[\[[^\[\]\n]{1,300}\]\]"), _INCLUDE),
)
_WIKI_LINK = re.compile(r"\[\[([^\[\]\n|]{1,200})(?:\|([^\[\]\n]{1,200}))?\]\]")

_ADMONITION = re.compile(
    r"""([ \t]*)(?:!!!|\?\?\?\+?) ?([\w-]+)(?: [\w -]*)?(?:[ ]+["'](.*)["'])?[ \t]*"""
)
_TAB = re.compile(r"""([ \t]*)===[!+]? +["'](.*)["'][ \t]*""")
_DIV = re.compile(
    r"([ \t]*)(:{3,})[ \t]*([A-Za-z][\w-]*)(?:\[(.*)\]|[ \t]+([^{}]*?))?[ \t]*:*[ \t]*"
)
_LONGEST = 300
"""So many characters the line may have that opens a box."""
DEEPEST = 8
"""So many boxes may lie within one another."""


@dataclass(frozen=True, slots=True)
class Tamed:
    """A text that holds nothing but Markdown, and the number of each of its lines in the file."""

    text: str
    numbers: tuple[int, ...]


def tamed(text: str, first_line: int, remarks: Remarks) -> Tamed:
    """The text of a file, which begins on ``first_line``, without what others would run."""

    def line(place: int) -> int:
        return first_line + text.count("\n", 0, place)

    def picture(found: re.Match[str], place: int) -> str:
        told = {name: a or b or c for name, a, b, c in _ATTRIBUTE.findall(found[1])}
        source = told.get("src") or told.get("link") or ""
        if not source:
            remarks.piece(line(place), _SHORTCODE, found[0])
            return _blank(found[0])
        caption = told.get("caption") or told.get("title") or ""
        alt = _literal(told.get("alt", ""))
        shown = f"![{alt}](<{_address(source)}>)"
        return f"{shown} {_literal(caption)}".rstrip() + _blank(found[0])

    def wiki(found: re.Match[str], place: int) -> str:
        remarks.piece(line(place), _WIKI, found[0], AS_TEXT)
        return _literal(found[2] or found[1])

    text = _replaced(text, _PICTURE, picture)
    text = _replaced(text, _REFERENCE, lambda found, _: _address(found[1] or f"/{found[2]}"))
    for pattern, what in _MARKS:

        def gone(found: re.Match[str], place: int, what: Text = what) -> str:
            remarks.piece(line(place), what, found[0], LEFT_OUT)
            return _blank(found[0])

        text = _replaced(text, pattern, gone)
    text = _replaced(text, _WIKI_LINK, wiki)
    numbered = [*enumerate(text.split("\n"), start=first_line)]
    lines = [*_boxes(numbered, remarks, 0)]
    return Tamed("\n".join(said for _, said in lines), tuple(number for number, _ in lines))


def _replaced(
    text: str, pattern: re.Pattern[str], replacement: Callable[[re.Match[str], int], str]
) -> str:
    """A text with what a pattern finds outside of code replaced."""
    if pattern.search(text) is None:
        return text
    made: list[str] = []
    kept = 0
    for begin, end in outside_code(text):
        for found in pattern.finditer(text, begin, end):
            if found.start() >= kept:
                made += [text[kept : found.start()], replacement(found, found.start())]
                kept = found.end()
    return "".join([*made, text[kept:]])


def _blank(text: str) -> str:
    """The line ends of a text that is left out."""
    return "\n" * text.count("\n")


def _literal(text: str) -> str:
    """A text that Markdown takes as it stands."""
    return re.sub(r"([\\`*_\[\]<>&{}!#|])", r"\\\1", " ".join(text.split()))


def _address(text: str) -> str:
    return re.sub(r"[<>\s\\]", "", text)


def _boxes(
    lines: Sequence[tuple[int, str]], remarks: Remarks, depth: int
) -> Iterator[tuple[int, str]]:
    """Lines in which boxes and tabs of other generators are fenced, as pandoc reads them."""
    at, fence = 0, ""
    while at < len(lines):
        number, said = lines[at]
        at += 1
        mark = _FENCE.match(said)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
            yield number, said
            continue
        if mark:
            fence = mark[1]
            yield number, said
            continue
        short = len(said) <= _LONGEST
        box = _ADMONITION.fullmatch(said) if short else None
        found = box or (_TAB.fullmatch(said) if short else None)
        if found is None or depth >= DEEPEST:
            yield number, _fenced(said)
            continue
        indent = len(found[1].expandtabs(4))
        end = at
        while end < len(lines) and _within(lines[end][1], indent):
            end += 1
        while end > at and not lines[end - 1][1].strip():
            end -= 1
        inner = [(line, _dedented(text, indent)) for line, text in lines[at:end]]
        at = end
        margin = " " * indent
        if box:
            yield number, margin + _opening(box[2], box[3] or "")
        else:
            remarks.piece(number, _TABS, said, AS_TEXT)
            yield number, f"{margin}**{_literal(found[2])}**"
            yield number, ""
        yield from _boxes(inner, remarks, depth + 1)
        if box:
            yield (inner[-1][0] if inner else number), f"{margin}:::"
        yield number, ""


def _within(line: str, indent: int) -> bool:
    wide = line.expandtabs(4)
    return not line.strip() or len(wide) - len(wide.lstrip()) >= indent + 4


def _dedented(line: str, indent: int) -> str:
    """A line of a box that begins ``indent`` blanks from the margin, without its own four."""
    wide = line.expandtabs(4) if line[: indent + 4].strip(" ") else line
    return wide[:indent] + wide[indent + 4 :]


def _fenced(said: str) -> str:
    """A fenced box as pandoc reads it, whoever it was written for."""
    found = _DIV.fullmatch(said) if len(said) <= _LONGEST else None
    if found is None:
        return said
    return found[1] + _opening(found[3], found[4] or found[5] or "", found[2])


def _opening(kind: str, title: str, colons: str = ":::") -> str:
    words = re.sub(r'[\\"{}]', "", title).strip()
    return f'{colons} {{.{kind} title="{words}"}}'

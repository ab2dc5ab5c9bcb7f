"""Rules on footnotes: a note and its mark belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.check.texts import Page
from klarplan.messages import Finding, Text

_MARK = re.compile(r"\[\^([^\]\n]+)\](?!:)")
_NOTE = re.compile(r" {0,3}\[\^([^\]\n]+)\]:")
_CODE = ("code", "pre", "kbd", "samp")


def _notes(page: Page) -> Iterator[str]:
    """The names of the notes that no mark leads to."""
    marked = {a.attributes.get("href") or "" for a in page.elements("a.footnote-ref")}
    for item in page.elements("div.footnote li[id]"):
        name = item.attributes.get("id") or ""
        if name.startswith("fn:") and f"#{name}" not in marked:
            yield name.removeprefix("fn:")


@rule(
    "KP716",
    title=Text("Fußnote ohne Verweis", "Footnote without a mark"),
    de="Auf jede Fußnote verweist der Text mit [^1].",
    pages=True,
)
def unused_note(subject: Subject) -> Iterator[Finding]:
    """Each footnote has a mark such as [^1] in the text."""
    for page in subject.pages:
        for name in _notes(page):
            mark = shown(f"[^{name}]")
            yield Finding(
                rule="",
                file=page.file,
                line=page.find(f"[^{name}]:"),
                value=f"{mark}:",
                problem=Text(
                    f"Auf die Fußnote „{mark}“ verweist nichts.",
                    f"Nothing refers to the footnote “{mark}”.",
                ),
                cure=Text(
                    f"Schreiben Sie {mark} an die Stelle im Text, zu der sie gehört, oder löschen "
                    "Sie sie.",
                    f"Write {mark} at its place in the text, or delete it.",
                ),
            )


@rule(
    "KP717",
    title=Text("Verweis ohne Fußnote", "Mark without a footnote"),
    de="Zu jedem Verweis wie [^1] gibt es auf derselben Seite eine Fußnote.",
    pages=True,
)
def missing_note(subject: Subject) -> Iterator[Finding]:
    """Each mark such as [^1] has a footnote on the same page."""
    for page in subject.pages:
        if "[^" not in page.text:
            continue
        for name in dict.fromkeys(_marks_left(page)):
            written = re.compile(rf"(?<!\\)\[\^{re.escape(name)}\](?!:)")
            line = next((n for n, text in page.numbered_lines if written.search(text)), None)
            if line is None:
                continue  # "\[^1]" is meant as it stands
            mark = shown(f"[^{name}]")
            yield Finding(
                rule="",
                file=page.file,
                line=line,
                value=mark,
                problem=Text(
                    f"Zum Verweis „{mark}“ gibt es auf dieser Seite keine Fußnote; er bliebe so "
                    "stehen.",
                    f"The mark “{mark}” has no footnote on this page; it would stay as it is.",
                ),
                cure=Text(
                    f"Schreiben Sie in eine Zeile für sich, nach einer leeren: {mark}: Anmerkung",
                    f"Write on a line of its own, behind an empty one: {mark}: Note",
                ),
            )


@rule(
    "KP718",
    title=Text("Zwei Fußnoten mit einem Verweis", "Two footnotes with one mark"),
    de="Jede Fußnote einer Seite hat ihren eigenen Verweis; von zweien erschiene nur eine.",
    pages=True,
)
def note_twice(subject: Subject) -> Iterator[Finding]:
    """Each footnote of a page has a mark of its own; of two only one would appear."""
    for page in subject.pages:
        first: dict[str, int] = {}
        for number, text in page.numbered_lines if "[^" in page.text else ():
            found = _NOTE.match(text)
            if found is None or (before := first.setdefault(found[1], number)) == number:
                continue
            mark = shown(f"[^{found[1]}]")
            yield Finding(
                rule="",
                file=page.file,
                line=number,
                value=f"{mark}:",
                problem=Text(
                    f"Die Fußnote „{mark}“ gibt es schon in Zeile {before}; erscheinen würde nur "
                    "eine von beiden.",
                    f"There is a footnote “{mark}” in line {before} already; only one of them "
                    "would appear.",
                ),
                cure=Text(
                    "Geben Sie ihr eine andere Nummer, hier und an ihrer Stelle im Text, oder "
                    "löschen Sie die Zeile.",
                    "Give it another number, here and at its place in the text, or delete the "
                    "line.",
                ),
            )


def _marks_left(page: Page) -> Iterator[str]:
    """The names of marks that stand in the rendered text, code aside."""
    for node in page.elements(":not(code):not(pre)"):
        if node.tag in _CODE or any(_is_code(above) for above in _above(node)):
            continue
        yield from _MARK.findall(node.text(deep=False))


def _above(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _is_code(node: LexborNode) -> bool:
    return node.tag in _CODE

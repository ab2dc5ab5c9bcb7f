"""Rules on text that programs broke on its way: letters, and the error values of spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import NamedTuple

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.messages import NOTHING, Finding, Fix, Text
from klarplan.strategy.settings import SETTINGS, UNREAD

_SIGNS = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸŽ"
_TWICE = re.compile(f"Ã[{_SIGNS}]|Â[\xa0-\xbf]|â[\x80€][{_SIGNS}]")
"""UTF-8 that was read as Windows-1252: Ã¼ for ü, â€“ for –. No word has such pairs."""
_LOST = "\ufffd"
_ASKED = re.compile(r"(?<![\w/:.?=&])[A-Za-zÄÖÜäöüß]*[A-Za-z]\?[a-zäöüß]{2,}[\w-]*|\b\?[a-z]{3,}\b")
"""A question mark amid a word; addresses aside."""
_VALUES = re.compile(
    r"#(?:NAME\?|REF!|BEZUG!|WERT!|VALUE!|DIV/0!|ZAHL!|NUM!|NULL!|N/A|NV\b|"
    r"ÜBERLAUF!|SPILL!|CALC!|BLOCKED!|FIELD!)|\bErr:5\d\d\b"
)
_LIKELY = re.compile(r"[?#]|Err:")


class _Place(NamedTuple):
    """A text of the town and where it stands."""

    text: str
    place: Callable[[], Finding]
    """Makes the finding on it, still without words."""
    code: bool = False
    """Whether it is code of a page, where question marks and error values may be meant."""


def _places(subject: Subject) -> Iterator[_Place]:
    """All texts in which something may be broken."""
    for table, line, column, text in subject.text_cells:
        if not text.isascii() or _LIKELY.search(text):
            yield _Place(text, partial(subject.cell, table, line, column, NOTHING))
    pages = {page.file: page for page in subject.pages}
    unread = any(f.file == SETTINGS and f.rule in UNREAD for f in subject.loaded.findings)
    for file, lines in subject.texts.items():
        if unread and file == SETTINGS:
            continue  # why it can't be read is told
        page = pages.get(file)
        body = {number for number, _ in page.numbered_lines} if page else set()
        for number, text in enumerate(lines, 1):
            if not text.isascii() or _LIKELY.search(text):
                code = page is not None and number >= page.first_line and number not in body
                place = partial(Finding, rule="", file=file, line=number, problem=NOTHING)
                yield _Place(text, place, code)


def _told(place: _Place, what: str, problem: Text, cure: Text, fix: Fix | None = None) -> Finding:
    return replace(place.place(), value=shown(what), problem=problem, cure=cure, fix=fix)


def _mended(text: str) -> str | None:
    """A text with its letters, or ``None`` where they can't be told."""

    def letter(found: re.Match[str]) -> str:
        raw = b"".join(
            bytes([ord(c)]) if 0x80 <= ord(c) < 0xA0 else c.encode("cp1252") for c in found[0]
        )
        return raw.decode("utf-8")

    try:
        return _TWICE.sub(letter, text)
    except UnicodeError:
        return None


@rule(
    "KP611",
    title=Text("Zerstörte Buchstaben", "Broken letters"),
    de="Texte enthalten keine Reste falsch gelesener Buchstaben: Ã¼ statt ü, das "
    "Ersatzzeichen \ufffd. Ein Fragezeichen mitten im Wort ist eine Warnung.",
)
def broken_letters(subject: Subject) -> Iterator[Finding]:
    """No text has rests of letters read wrongly; a question mark amid a word is a warning."""
    misread: dict[str, list[Finding]] = {}
    for place in _places(subject):
        text = place.text
        if not text.isascii() and (found := _TWICE.search(text)):
            mended = _mended(text)
            finding = _told(
                place,
                _word(text, found.start()),
                Text(
                    "Die Umlaute sind zerstört: Der Text wurde einmal in der falschen Kodierung "
                    "gelesen.",
                    "The letters are broken: the text was once read in the wrong encoding.",
                ),
                Text(
                    f"Schreiben Sie {_word(mended, found.start())}.",
                    f"Write {_word(mended, found.start())}.",
                )
                if mended
                else Text("Schreiben Sie den Text neu.", "Write the text anew."),
                Fix(text, mended) if mended else None,
            )
            misread.setdefault(finding.file, []).append(finding)
        elif _LOST in text:
            yield _told(
                place,
                _word(text, text.index(_LOST)),
                Text(
                    "Ein Buchstabe ist verloren; an seiner Stelle steht das Ersatzzeichen \ufffd.",
                    "A letter is lost; the replacement character \ufffd stands for it.",
                ),
                Text(
                    "Schreiben Sie das Wort neu. Sind es viele, holen Sie die Datei noch einmal "
                    "und speichern Sie sie als UTF-8.",
                    "Write the word anew. If there are many, take the file again and save it as "
                    "UTF-8.",
                ),
            )
        elif (
            "?" in text
            and not place.code
            and (found := _ASKED.search(text))
            and not _is_address(text, found)
        ):
            yield replace(
                _told(
                    place,
                    found[0],
                    Text(
                        f"In „{found[0]}“ steht ein Fragezeichen mitten im Wort; wahrscheinlich "
                        "ging ein Umlaut verloren.",
                        f"“{found[0]}” has a question mark amid the word; a letter was probably "
                        "lost.",
                    ),
                    Text("Schreiben Sie das Wort neu.", "Write the word anew."),
                ),
                severity="warning",
            )

    for file, found_there in misread.items():
        yield from found_there if len(found_there) < SEVERAL else _all_at_once(file, found_there)


SEVERAL = 2
"""So many broken texts of a file were broken at once, by one wrong way to save it."""


def _all_at_once(file: str, found: list[Finding]) -> Iterator[Finding]:
    """Broken letters in many places of a file, which have one cause and one cure."""
    table = PurePosixPath(file)
    call = f"klarplan repair {table.stem if table.parent.name == 'data' else ''}".strip()
    cure = Text(
        f"„{call}“ zeigt alle {len(found)} Stellen, wie sie heißen müssen, und "
        "berichtigt sie mit --write.",
        f"“{call}” shows how all {len(found)} places must read, and mends them with --write.",
    )
    for finding in found:
        yield replace(finding, cure=cure, cause=("letters", file))


def _word(text: str, at: int) -> str:
    """The word at a place."""
    begin = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
    return re.split(r"\s", text[begin:], maxsplit=1)[0]


def _is_address(text: str, found: re.Match[str]) -> bool:
    word = _word(text, found.start())
    return any(sign in word for sign in ("/", "=", "&", "`", "](")) or "." in word[:-1]


@rule(
    "KP612",
    title=Text("Fehlerwert einer Tabellenkalkulation", "Error value of a spreadsheet"),
    de="Texte enthalten keine Fehlerwerte wie #NAME? oder #BEZUG!.",
)
def error_values(subject: Subject) -> Iterator[Finding]:
    """No text has error values of spreadsheets such as #NAME? or #REF!."""
    for place in _places(subject):
        found = _VALUES.search(place.text) if "#" in place.text or "Err" in place.text else None
        if found and not place.code and f"`{found[0]}`" not in place.text:
            yield _told(
                place,
                found[0],
                Text(
                    f"„{found[0]}“ ist eine Fehlermeldung der Tabellenkalkulation, kein Text.",
                    f"“{found[0]}” is an error message of the spreadsheet, no text.",
                ),
                Text(
                    "Die Formel fand ihre Zelle nicht: Schreiben Sie den Text selbst hinein.",
                    "The formula did not find its cell: write the text itself.",
                ),
            )

"""Whatever else of a rendered text still looks like markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from klarplan.check.literal.view import GAP, Slip, View
from klarplan.messages import Fix, Severity, Text

_NAMES = "nbsp|[aouAOU]uml|szlig|shy|[nm]dash|euro|amp|quot|[lgr]t|bdquo|[lr]dquo|hellip|sect"


class _Mark(NamedTuple):
    """Something that looks like markup, and what to say of it."""

    pattern: re.Pattern[str]
    problem: Text
    cure: Text
    call: bool = False
    """Whether it begins with the name of a macro."""
    once: bool = False
    """Whether one message stands for all on the page."""
    mend: str | None = None
    """What to replace it by, where that is certain."""
    severity: Severity = "warning"


def _seen(what: str, en: str) -> Text:
    return Text(f"{what} erscheint so im Text, wie es dasteht.", f"{en} appears as it stands.")


_MARKS = (
    _Mark(
        re.compile(r"\{[:#. ]{1,3}[\w.#=\" -]{1,200}\}|\{:[^{}\n]{0,200}\}"),
        _seen("Die Angabe in geschweiften Klammern", "What stands in braces"),
        Text(
            "Setzen Sie sie ohne Leerzeichen hinter den Link oder ans Ende der Überschrift, zu der "
            "sie gehört, oder löschen Sie sie.",
            "Put it right behind the link or the end of the heading that it belongs to, or delete "
            "it.",
        ),
    ),
    _Mark(
        re.compile(r"\b[a-z_]{1,60}\([^()\n]{0,80}\)(?:\s{0,9}\}\}?)?"),
        Text(
            "Der Aufruf eines Bausteins erscheint wörtlich im Text.",
            "The call of a macro appears in the text.",
        ),
        Text(
            'Um ihn stehen je zwei geschweifte Klammern: {{ status_badge("M-001") }}',
            'Two braces stand on each side of it: {{ status_badge("M-001") }}',
        ),
        severity="error",
        call=True,
    ),
    _Mark(
        re.compile(r"\{[^{}\n]{0,80}\}|\{\{|\}\}"),
        _seen("Was in geschweiften Klammern steht,", "What stands in braces"),
        Text(
            "Löschen Sie die Klammern. Sind sie gemeint, setzen Sie die Stelle in "
            "`Gravis-Zeichen`.",
            "Delete the braces. If they are meant, put the place into `backticks`.",
        ),
    ),
    _Mark(
        re.compile(r"<!--[^\n]*"),
        Text(
            "Die Anmerkung endet nicht und erscheint im Text.",
            "The note does not end and appears in the text.",
        ),
        Text("Schreiben Sie --> an ihr Ende.", "Write --> at its end."),
        severity="error",
    ),
    _Mark(
        re.compile(r"<(?=https?://|mailto:|[\w.+-]{1,60}@)[^\s<>]{1,200}"),
        _seen("Die spitze Klammer", "The angle bracket"),
        Text("Ergänzen Sie hinter der Adresse >.", "Add > behind the address."),
    ),
    _Mark(
        re.compile(r"(?<=[^\W\d_])`(?=[^\W\d_])"),
        _seen("Das Gravis-Zeichen", "The backtick"),
        Text(
            "Schreiben Sie einen Apostroph: ’ oder '.",
            "Write an apostrophe: ’ or '.",
        ),
        mend="’",
    ),
    _Mark(
        re.compile(r"(?<!`)`(?!`)[^\n`]{0,40}"),
        _seen("Das Gravis-Zeichen", "The backtick"),
        Text(
            "Ergänzen Sie das zweite am Ende der wörtlichen Stelle, oder löschen Sie es.",
            "Add the second at the end of the literal place, or delete it.",
        ),
    ),
    _Mark(
        re.compile(r"^#{1,6} +\S[^\n]*", re.MULTILINE),
        _seen("Das Zeichen # am Anfang der Zeile", "The sign # at the beginning of the line"),
        Text(
            "Eine Überschrift beginnt ganz links, mit einer leeren Zeile davor.",
            "A heading begins at the very left, with an empty line before it.",
        ),
    ),
    _Mark(
        re.compile(r"^(?:!{2,3}|\?{3}\+?|===) ?[\"\w][^\n]*", re.MULTILINE),
        _seen("Der Anfang des Kastens", "The beginning of the box"),
        Text(
            'Ein Kasten beginnt ganz links mit !!! note "Titel", sein Text steht darunter, vier '
            "Leerzeichen weiter innen.",
            'A box begins at the very left with !!! note "Title", its text stands below, indented '
            "by four blanks.",
        ),
    ),
    _Mark(
        re.compile(r"^\*\[[^\[\]\n]{1,60}\][^\n]*", re.MULTILINE),
        _seen("Die Erklärung der Abkürzung", "The explanation of the abbreviation"),
        Text(
            "Hinter der Klammer steht ein Doppelpunkt: *[OZG]: Onlinezugangsgesetz",
            "A colon stands behind the bracket: *[OZG]: Onlinezugangsgesetz",
        ),
    ),
    _Mark(
        re.compile(r"\A\[[ xX]\] [^\n]*"),
        _seen("Das Kästchen", "The box"),
        Text(
            "Kästchen zum Abhaken gibt es nicht; schreiben Sie „erledigt“ oder „offen“.",
            "There are no boxes to tick; write “done” or “open”.",
        ),
        once=True,
    ),
    _Mark(
        re.compile(r"^\|[^\n]*\|$", re.MULTILINE),
        _seen("Die Zeile mit |", "The line with |"),
        Text(
            "Eine Tabelle hat mindestens drei Zeilen: Namen der Spalten, |---|---|, Werte.",
            "A table has at least three lines: names of columns, |---|---|, values.",
        ),
    ),
    _Mark(
        re.compile(r"\\(?=[„“”‚‘’\"'/%&$§€@~^=:;,?–—])"),
        _seen("Der Schrägstrich \\", "The backslash"),
        Text("Löschen Sie ihn.", "Delete it."),
        mend="",
    ),
    _Mark(
        re.compile(r"(?<![:\\])\b\w{1,60}[.,:;!?]?\\$", re.MULTILINE),
        _seen("Der Schrägstrich \\ am Ende der Zeile", "The backslash at the end of the line"),
        Text(
            "Soll dort eine neue Zeile beginnen, schreiben Sie <br>; sonst löschen Sie ihn.",
            "If a new line is to begin there, write <br>; else delete it.",
        ),
    ),
    _Mark(
        re.compile(rf"(?<![A-Za-zÄÖÜäöü])&(?:{_NAMES})(?![\w;])"),
        _seen("Das Kürzel für ein Zeichen", "The short form of a sign"),
        Text("Dahinter fehlt ein Semikolon: &nbsp;", "A semicolon is missing behind it: &nbsp;"),
        mend=r"\g<0>;",
    ),
    _Mark(
        re.compile(r"&#?\w{2,10};"),
        _seen("Das Kürzel für ein Zeichen", "The short form of a sign"),
        Text(
            "Schreiben Sie das Zeichen selbst, zum Beispiel ä oder –.",
            "Write the sign itself, for example ä or –.",
        ),
    ),
)
_SHORT_FORM = re.compile(r"(\*\[[^\[\]]+\])[ ;.,–-]*(\w.*)")
"""An abbreviation with its explanation, in which a colon is missing."""
_LIKELY = re.compile(r"[{}#!?=\[|\\&`<]|[a-z]\(")


def rest_slips(view: View) -> Iterator[Slip]:
    """Braces, hashes, boxes, rows, backslashes and short forms of signs that readers see."""
    done: list[_Mark] = []
    for shown in view.shown:
        if not _LIKELY.search(shown.text):
            continue
        for mark in _MARKS:
            for found in mark.pattern.finditer(shown.text):
                if mark not in done and (slip := _slip(view, mark, found)):
                    done += [mark] * mark.once
                    yield slip


def _is_macro(root: Path, name: str) -> bool:
    from macros.local_macros import macros_of  # noqa: PLC0415

    return "_" in name and name in macros_of(root)


def _slip(view: View, mark: _Mark, found: re.Match[str]) -> Slip | None:
    what = found[0]
    if mark.call and not _is_macro(view.page.root, what.partition("(")[0]):
        return None
    if GAP in what and not what.split(GAP)[0].strip("{| "):
        return None
    around = found.string[max(0, found.start() - 4) : found.end() + 4].split("\n")
    near = next((part for part in around if what in part), what)
    line = view.find(near) or (
        (view.find(what.split(GAP)[0]) or view.find(what.lstrip("&"))) if len(what) > 2 else None
    )
    if line is None:
        return None
    mended = None
    if mark.mend is not None and line.written.count("`") == what.count("`"):
        mended = mark.pattern.sub(mark.mend, line.written)
    shown = html.unescape(what) if what.startswith("&") else what
    cure = mark.cure
    if what.startswith("&") and mark.mend:
        cure = Text(f"Schreiben Sie {what};", f"Write {what};")
    elif what.startswith("&") and shown != what:
        cure = Text(f"Schreiben Sie „{shown}“.", f"Write “{shown}”.")
    elif short := _SHORT_FORM.match(what):
        mended = line.written.replace(what, right := f"{short[1]}: {short[2]}", 1)
        cure = Text(f"Schreiben Sie {right}", f"Write {right}")
    return view.slip(
        "rest",
        line,
        mark.problem,
        cure,
        Fix(line.written, mended) if mended is not None else None,
        severity=mark.severity,
        value=(near.strip() if len(what) < 3 else what).replace(GAP, "…"),
    )

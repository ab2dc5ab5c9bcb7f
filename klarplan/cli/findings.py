"""Findings as text for people, as JSON for programs, as annotations for GitHub."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from klarplan.check.run import counts
from klarplan.messages import Finding, Lang, Place, Severity, Text

if TYPE_CHECKING:
    from rich.console import Console

    from klarplan.check.acknowledged import Answered

LABELS: dict[Severity, Text] = {
    "error": Text("Fehler", "Error"),
    "warning": Text("Warnung", "Warning"),
    "notice": Text("Hinweis", "Notice"),
}
_PLURALS: dict[Severity, Text] = {
    "error": Text("Fehler", "errors"),
    "warning": Text("Warnungen", "warnings"),
    "notice": Text("Hinweise", "notices"),
}
MOST_PLACES = 5
"""So many other places of one cause are named."""
_STYLES: dict[Severity, str] = {"error": "bold red", "warning": "yellow", "notice": "cyan"}


def summary(findings: Sequence[Finding], lang: Lang) -> str:
    """One line that counts: "3 Fehler, 12 Warnungen, 1 Hinweis"."""
    number = counts(findings)
    parts = []
    for severity, plural in _PLURALS.items():
        one = number[severity] == 1
        word = LABELS[severity].in_(lang) if one else plural.in_(lang)
        parts.append(f"{number[severity]} {word.lower() if lang == 'en' else word}")
    return ", ".join(parts)


def count_answered(answered: Sequence[Answered], lang: Lang) -> str:
    """How many warnings are answered: "3 Hinweise sind beantwortet."; nothing where none is."""
    number = len(answered)
    if not number:
        return ""
    if lang == "en":
        return f"{number} {'finding is' if number == 1 else 'findings are'} answered."
    return f"{number} {'Hinweis ist' if number == 1 else 'Hinweise sind'} beantwortet."


def print_text(
    findings: Sequence[Finding], out: Console, lang: Lang, answered: Sequence[Answered] = ()
) -> None:
    """Findings grouped by file, each with place, value, problem, cure, rule and other places.

    Of those that are answered only the number is told.
    """
    from rich.text import Text as Rich  # noqa: PLC0415

    for (file, _), members in groupby(findings, key=lambda f: (f.file, f.severity)):
        out.print(Rich(safe(file), style="bold"))
        for finding in members:
            place = f"{safe(file)}:{finding.line}: " if finding.line else f"{safe(file)}: "
            label = LABELS[finding.severity].in_(lang)
            line = Rich("  ").append(place, "dim").append(label, _STYLES[finding.severity])
            line.append(f" {finding.rule} ", "dim")
            if column := _column(finding, lang):
                line.append(f"[{safe(column)}] ", "bold")
            line.append(safe(finding.problem.in_(lang)))
            value = safe(finding.value or "")
            if value and value not in finding.problem.in_(lang):
                line.append(f" ({'value' if lang == 'en' else 'Wert'}: {value})")
            out.print(line)
            if cure := finding.cure.in_(lang):
                out.print(Rich(f"      → {safe(cure)}"))
            if also := _also(finding, lang):
                out.print(Rich(f"      {safe(also)}"))
        out.print()
    if told := count_answered(answered, lang):
        out.print(Rich(told))
    out.print(Rich(summary(findings, lang), style="bold"))


def _column(finding: Finding, lang: Lang) -> str:
    """A cell as an editor finds it: "H2 · planned_end (Geplantes Ende)"."""
    name = finding.column or ""
    title = finding.title.in_(lang) if finding.title else name
    if title != name:
        name += f" ({title})"
    return " · ".join(filter(None, (finding.cell, name)))


def _also(finding: Finding, lang: Lang) -> str:
    """Where the same was found besides, with values that differ: "Ebenso: H5 (31.12.), H9"."""
    told: list[str] = []
    for file, places in groupby(finding.also[:MOST_PLACES], key=lambda place: place.file):
        spots = [_spot(place, finding.value, lang) for place in places]
        name = "" if file == finding.file else f"{file} "
        told.append(f"{name}{', '.join(filter(None, spots))}".strip())
    if not told:
        return ""
    rest = len(finding.also) - MOST_PLACES
    more = Text(f" und {rest} weitere", f" and {rest} more").in_(lang) if rest > 0 else ""
    word = Text("Ebenso", "Likewise") if finding.line else Text("Betroffen", "Concerned")
    return f"{word.in_(lang)}: {'; '.join(told)}{more}"


def _spot(place: Place, value: str | None, lang: Lang) -> str:
    """A place within its file, with the value where that is another one."""
    where = place.cell or ""
    if not where and place.line:
        where = Text(f"Zeile {place.line}", f"line {place.line}").in_(lang)
    return f"{where} ({place.value})" if place.value and place.value != value else where


def line_of(finding: Finding, lang: Lang, *, place: bool = True) -> str:
    """A finding on one line, with its place unless that is told beside it, and with its cure."""
    file = f"{finding.file}:{finding.line}" if finding.line else finding.file
    where = ", ".join(filter(None, (file if place else "", _column(finding, lang))))
    told = (finding.problem.in_(lang), finding.cure.in_(lang), _also(finding, lang))
    return safe(" ".join(filter(None, (f"{where}:" if where else "", *told))))


def as_json(findings: Sequence[Finding], answered: Sequence[Answered] = ()) -> str:
    """A list of objects with all fields; problem and cure in both languages.

    ``places`` are all places of one cause, the finding's own first.
    Those that are answered come last and have one field more, ``acknowledged``: the reason.
    """
    rows = [
        *map(_fields, findings),
        *({**_fields(a.finding), "acknowledged": a.reason} for a in answered),
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _fields(f: Finding) -> dict[str, object]:
    return {
        "rule": f.rule,
        "severity": f.severity,
        "file": f.file,
        "line": f.line,
        "column": f.column,
        "title": f.title and f.title._asdict(),
        "cell": f.cell,
        "value": f.value,
        "problem": f.problem._asdict(),
        "cure": f.cure._asdict(),
        "fix": f.fix and {"old": f.fix.old, "new": f.fix.new},
        "places": [place._asdict() for place in (f.place, *f.also)],
    }


def as_github(findings: Sequence[Finding], lang: Lang, answered: Sequence[Answered] = ()) -> str:
    """Workflow commands, one a line, that GitHub shows at the line of a pull request.

    Escaping as in GitHub's toolkit: ``%``, CR and LF in messages, also ``:`` and ``,`` in
    properties.
    """
    lines = []
    for f in findings:
        title = " · ".join(p for p in (f.rule, _column(f, lang)) if p)
        place = f"file={_property(f.file)}"
        if f.line:
            place += f",line={f.line}"
        told = (f.problem.in_(lang), f.cure.in_(lang), _also(f, lang))
        message = " ".join(filter(None, told))
        lines.append(f"::{f.severity} {place},title={_property(title)}::{_message(message)}")
    if counted := count_answered(answered, lang):
        lines.append(f"::notice::{_message(counted)}")
    return "\n".join(lines)


def safe(text: str) -> str:
    """Text on one line and without control characters, which could deceive a terminal."""
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    return "".join(c if c.isprintable() else "␊" if c == "\n" else "�" for c in text)


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")

"""The text of a proposed mapping: YAML with a comment for every column."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_PLAIN = re.compile(r"[^\W\d_][\w ./()%&+§€-]*")
_HEAD = """\
# Zuordnung für „klarplan import“: welche Spalte Ihrer Tabelle wohin gehört.
# Dies ist ein Vorschlag nach Überschriften und Werten. Bitte prüfen Sie ihn,
# vor allem die Bedeutung der Wörter unter „values“, und sehen Sie dann mit --dry-run nach,
# was der Import tun würde. Das Handbuch erklärt jede Angabe.
"""
OWN = "    own: true  # eine Tabelle von Klarplan; Werte bleiben, wie sie sind\n"


@dataclass(slots=True)
class Proposal:
    """One source of a mapping as it is to be written, comments included."""

    name: str
    table: str
    header: int
    columns: list[tuple[str, str | Mapping[str, object], str]] = field(default_factory=list)
    ignore: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """Comments below the columns: what the list does not tell, and the line to write for it."""
    own: bool = False
    """Whether the list is a table of Klarplan."""
    also: list[str] = field(default_factory=list)
    """Further sheets that are read alike."""
    match: tuple[str, ...] = ()
    """Columns by which a row is recognised, and why, where the usual ones do not do."""
    why: str = ""
    reasons: dict[str, str] = field(default_factory=dict)
    """Why a word or colour is thought to mean what it does."""


def scalar(text: str) -> str:
    """A text as a YAML scalar, quoted where it needs to be."""
    if (
        _PLAIN.fullmatch(text)
        and text.strip() == text
        and text.lower() not in ("null", "ja", "nein")
    ):
        return text
    return json.dumps(text, ensure_ascii=False)


def _names(source: Proposal) -> str:
    if not source.also:
        return scalar(source.name)
    return f"[{', '.join(json.dumps(n, ensure_ascii=False) for n in (source.name, *source.also))}]"


def _source_lines(source: Proposal) -> list[str]:
    lines = [
        f"  - from: {_names(source)}\n",
        f"    table: {source.table}\n",
        f"    header: {source.header}\n",
        *([OWN] * source.own),
        *([f"    match: [{', '.join(source.match)}]  # {source.why}\n"] if source.match else []),
        "    columns:\n",
    ]
    for target, options, title in source.columns:
        if isinstance(options, str):
            lines.append(f"      {target}: {scalar(options)}  # {title}\n")
            continue
        lines.append(f"      {target}:  # {title}\n")
        for name, value in options.items():
            if isinstance(value, Mapping):
                lines.append(f"        {name}:\n")
                for word, meaning in value.items():
                    why = [source.reasons[word]] if word in source.reasons else []
                    why += ["bitte prüfen"] if meaning == "unknown" else []
                    doubt = f"  # {', '.join(why)}" if why else ""
                    lines.append(f"          {scalar(word)}: {scalar(str(meaning))}{doubt}\n")
            elif isinstance(value, list):
                listed = ", ".join(scalar(str(item)) for item in value)
                lines.append(f"        {name}: [{listed}]\n")
            else:
                shown = str(value).lower() if isinstance(value, int) else scalar(str(value))
                lines.append(f"        {name}: {shown}\n")
    lines.extend(f"      # {asked}\n" for asked in source.asked)
    if source.ignore:
        lines.append("    ignore:  # steht schon an anderer Stelle\n")
        lines.extend(f"      - {scalar(title)}\n" for _, title in source.ignore)
    lines.extend(f"    # {' '.join(note.split())}\n" for note in source.notes)
    return lines


def mapping_text(
    sources: Sequence[Proposal], statuses: Sequence[Mapping[str, str]], notes: Sequence[str]
) -> str:
    """A mapping file with the proposed sources, statuses to be added, and notes at its end."""
    lines = [_HEAD]
    if statuses:
        lines.append("\n# Status, den Ihre Liste hat und die Strategie noch nicht:\nstatuses:\n")
    for status in statuses:
        for number, (name, value) in enumerate(status.items()):
            lines.append(f"  {' ' if number else '-'} {name}: {scalar(value)}\n")
    lines.append("\nsources:\n" if sources else "\nsources: []  # Es wurde keine Liste erkannt.\n")
    for source in sources:
        lines.extend(_source_lines(source))
    lines.extend(f"\n# {note}\n" for note in notes)
    return "".join(lines)

"""Findings as people see them in a form: fields instead of cells, no line, no id yet to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from klarplan.editing.workbook.as_seen import AsSeen
from klarplan.messages import Finding, Lang
from klarplan.strategy.schema import TableSchema

_LINE = re.compile(
    r" \((?:Zeile|line) \d+\)|\b(?P<before>in |on |mit )?(?:Zeile|line) (?P<n>\d+)\b"
)
_FIELDS: Mapping[Lang, tuple[tuple[str, str], ...]] = {
    "de": (
        (r"\b([Ii])n der Spalte\b", r"\1m Feld"),
        (r"\b([Dd])(?:ie|er) Spalte\b", r"\1as Feld"),
        (r"\bin eine andere Spalte\b", "in ein anderes Feld"),
        (r"\b([Ii])n der Zelle\b", r"\1m Feld"),
        (r"\b(des |der )Zelle\b", "des Feldes"),
        (r"\b([Dd])ie Zelle\b", r"\1as Feld"),
        (r"\b([Dd]ies)e Zelle\b", r"\1es Feld"),
        (r"\b([Ee])iner Zelle\b", r"\1inem Feld"),
        (r"\b([Ee])ine Zelle\b", r"\1in Feld"),
        (r"\bSpalten\b|\bZellen\b", "Felder"),
    ),
    "en": (
        (r"\bcell's\b", "field's"),
        (r"\b(?:column|cell)(s?)\b", r"field\1"),
        (r"\b(C)(?:olumn|ell)(s?)\b", r"Field\2"),
    ),
}
"""What is a cell or a column of a spreadsheet is a field."""


_DELETE: Mapping[Lang, tuple[tuple[str, str, str], ...]] = {
    "de": (
        (
            r"\bbehalten Sie nur eine der beiden Zeilen\b|"
            r"\blöschen Sie eine der (?:beiden|Zeilen)\b",
            "lassen Sie diesen Eintrag weg",
            "nehmen Sie eine der beiden Zeilen in der Datei heraus",
        ),
        (
            r"\blöschen Sie die Zeile\b",
            "lassen Sie diesen Eintrag weg",
            "nehmen Sie die Zeile in der Datei heraus",
        ),
    ),
    "en": (
        (
            r"\b(?:keep one of the two rows only|delete one of (?:them|the rows))\b",
            "leave this entry out",
            "take one of the two rows out in the file",
        ),
        (r"\bdelete the (?:row|line)\b", "leave this entry out", "take the row out in the file"),
    ),
}
"""No form deletes a row: what is done with one that is not written yet, and with others."""
_QUOTED = re.compile("([„“][^„“”]*[“”])")


def _ours(text: str, said: Callable[[str], str]) -> str:
    """A sentence told otherwise; what stands in quotation marks is not ours and stays."""
    parts = _QUOTED.split(text)
    return "".join(part if at % 2 else said(part) for at, part in enumerate(parts))


def _begun_as(words: str, match: re.Match[str]) -> str:
    """Other words, that begin with a capital where the former ones did."""
    return words[0].upper() + words[1:] if match[0][0].isupper() else words


@dataclass(frozen=True, kw_only=True)
class AsTold(AsSeen):
    """Tells findings on the tables that a form would make, as they are seen in it."""

    given: Mapping[str, str]
    """What new rows are called, by the ids that they would get."""
    here: Mapping[Lang, Mapping[str, str]] = field(default_factory=dict)
    """Fields of the form for columns of other tables: as these are called, and as they are here."""

    def told(self, finding: Finding) -> Finding:
        """The finding in the form's words, also where it is about another row or table."""
        seen, schema = super().told(finding), self._schema(finding.file)
        if seen is not finding or schema is None:
            return seen
        return replace(
            finding,
            problem=self._texts(finding.problem, finding, schema),
            cure=self._texts(finding.cure, finding, schema),
        )

    def _line(self, match: re.Match[str], finding: Finding, lang: Lang) -> str:
        if match["n"] is None:
            return ""
        own = self._row(finding.file, int(match["n"])) is not None
        before = match["before"] or ""
        if lang == "en":
            return f"{'in ' if before else ''}{'this' if own else 'another'} row"
        if before:
            return f"{before}{'dieser' if own else 'einer anderen'} Zeile"
        return f"{'diese' if own else 'eine andere'} Zeile"

    def _text(self, text: str, lang: Lang, finding: Finding, schema: TableSchema) -> str:
        table = self.back.tables.get(schema.name)
        new = table is None or finding.line not in table.lines

        def lines(ours: str) -> str:
            return _LINE.sub(lambda match: self._line(match, finding, lang), ours)

        def fields(ours: str) -> str:
            for word, named in _FIELDS[lang]:
                ours = re.sub(word, named, ours)
            for words, without, in_file in _DELETE[lang]:
                ours = re.sub(
                    words, partial(_begun_as, without if new else in_file), ours, flags=re.I
                )
            return ours

        told = _ours(super()._text(_ours(text, lines), lang, finding, schema), fields)
        for there, name in self.here.get(lang, {}).items():
            told = told.replace(there, name)
        return told

    def _called(self) -> Mapping[str, str]:
        return {**super()._called(), **self.given}

"""By which words rows of a list are recognised that are no entries: totals, notes, sections."""

from __future__ import annotations

import re

from klarplan.importer.grid import plain

_TOTAL = (
    r"(?:[σς∑]|(?:zwischen|gesamt|teil|end|haupt|gruppen)?summen?|gesamt(?:kosten|betrag|ergebnis"
    r"|budget|volumen|ausgaben)?|insgesamt|(?:sub|sous-|grand )?totale?|sum|subtotal|übertrag)"
)
_UNIT = r"(?:\(?(?:in )?(?:t?€|k€|t?eur|euro|t?chf|%|tsd\.?(?: ?€)?|mio\.?(?: ?€)?)\)?)?"
_COUNT = r"(?:anzahl|durchschnitt|mittelwert|maximum|minimum|ø|average|mean|count|number)"
_EXACT = re.compile(rf"(?:{_TOTAL}|{_COUNT})\s*[:=]?\s*{_UNIT}\s*[:=]?")
_BEGINS = re.compile(rf"{_TOTAL}[\s:]+\S.*")
_ENDS = re.compile(r".*\S[\s:,–-]+(?:gesamt|(?:zwischen|gesamt)?summe|total|insgesamt)\s*:?")
_SUM = re.compile(r"(?:[σς∑]|(?:zwischen|gesamt|teil|end)?summen?\b)")
_NOTE = re.compile(
    r"[*†‡¹²³⁴⁵]|\d\)\s|(?:quellen?|stand|hinweise?|anmerkung(?:en)?|legende|erläuterung(?:en)?"
    r"|abkürzung(?:en)?|zeichenerklärung|fußnoten?|bearbeit\w*|erstellt|druckdatum|datum"
    r"|notes?|sources?|as of|status)\s*(?::|$)|stand\s+(?:vom\s+)?\d|stand vom|seite \d|page \d"
    r"|(?:erstellt|bearbeitet|gedruckt) (?:am|von|durch)\b|letzte änderung"
)
_LABEL = re.compile(
    r"(?:handlungs|themen|aktions)(?:feld|felder|bereich|schwerpunkt)\b.*|leitlinie\b.*"
    r"|(?:handlungs)?(?:schwerpunkt|cluster|kapitel|abschnitt|säule|sektor|block|bereich|teil|ziel)"
    r"\s*(?:\d|[ivx]+\b|[a-z]\b|:).*"
    r"|(?:hf|tf|af|sp)[ .-]?\d+\b.*|[ivx]{1,5}[.)]\s.*|[a-z][.)]\s.*"
)
_AMOUNT = re.compile(
    r"(?:ca\.?|rd\.?|rund|über|bis)?\s*(?:t?€|k€|t?eur|t?chf|fr\.|\$|£)?\s*[-+−–]?[\d.,'’\s]*\d[\d.,'’\s]*"
    r"(?:,[-–]+)?\s*(?:tsd\.?|mio\.?|mrd\.?|t|k)?\s*(?:€|eur|euro|chf|fr\.|\$|£|%|prozent)?"
)
_NUMBERED = re.compile(
    r"\s*((?:[A-Za-z]{1,3}[ .-]?)?\d+(?:[.\-]\d+)*|[IVX]{1,5}|[A-Z])[.):]?(?:\s+|$)"
)
DASHES = frozenset({"", "-", "–", "—", "/", "...", "…", "./.", "n. n.", "n.n.", "tbd", "xxx"})

_PLACEHOLDER = re.compile(
    r"[(\[]?(?:entfällt|entfallen|weggefallen|gestrichen|nicht (?:belegt|vergeben|besetzt)|unbelegt"
    r"|platzhalter|(?:siehe|s\.) (?:nr|nummer|maßnahme|m)\.? ?[\w.]+|wie (?:vor|oben)"
    r"|not used|deleted|withdrawn|placeholder)\.?[)\]]?"
)


def is_placeholder(text: str) -> bool:
    """Whether a text stands in the place of a title that an entry hasn't got: “(entfällt)”."""
    return _PLACEHOLDER.fullmatch(plain(text)) is not None


def is_amount(text: str) -> bool:
    """Whether a text is nothing but a number with or without a unit."""
    word = plain(text)
    return word in DASHES or _AMOUNT.fullmatch(word) is not None


def is_total(text: str) -> bool:
    """Whether a text is a word for a total and nothing else."""
    return _EXACT.fullmatch(plain(text)) is not None


def tells_total(text: str) -> bool:
    """Whether a text reads like the total of something: “Summe Handlungsfeld 1”."""
    word = plain(text)
    return bool(_BEGINS.fullmatch(word) or _ENDS.fullmatch(word))


def is_sum(text: str) -> bool:
    """Whether a text begins with a word that names nothing but a sum."""
    return _SUM.match(plain(text)) is not None


def is_note(text: str) -> bool:
    """Whether a text begins like a footnote, a source or a date of the list."""
    return _NOTE.match(plain(text)) is not None


def is_label(text: str) -> bool:
    """Whether a text names a part of the list by itself: “Handlungsfeld 2: Energie”."""
    return _LABEL.fullmatch(plain(text)) is not None


def depth(text: str) -> int:
    """How deep the number is that a text begins with: 2 for “1.1 Radwege”; 0 without a number."""
    match = _NUMBERED.match(text)
    return len(re.split(r"[.\-]", match[1].strip(".- "))) if match else 0

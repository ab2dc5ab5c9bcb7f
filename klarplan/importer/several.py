"""Several entries in one cell: what separates them, and which of them leads."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from klarplan.importer.grid import plain
from klarplan.importer.values import line

Role = Literal["lead", "partner"]

ALWAYS = (";", "\n", "/", ",", "&", "+", "|")
"""What separates entries wherever it stands between two of them."""
OFTEN = (" u. ", " und ", " sowie ")
"""What also stands within a name, such as “Amt für Jugend und Familie”."""
MOST_WITHIN = 8
"""No name has more separators within."""
_LEAD = (
    r"FF|federführ\w*|federfuehr\w*|Federf\.|Lead|leitend|Leitung|hauptverantwortlich\w*"
    r"|Hauptverantwortung|hauptzuständig|chef de file"
)
_PARTNER = (
    r"beteiligt\w*|beteiligung|mitwirk\w*|mitarbeit|partner|unterstütz\w*|mitzeichnung"
    r"|kooperation|beratend|in Zusammenarbeit mit|i\. ?Z\. ?m\."
)


def _mark(words: str) -> re.Pattern[str]:
    return re.compile(
        rf"^[(\[]\s*(?:{words})\s*[)\]]\s*|^(?:{words})\s*:\s*"
        rf"|\s*[(\[]\s*(?:{words})\s*[)\]]\s*$|(?:\s*[–:-]|\s)\s*(?:{words})$",
        re.IGNORECASE,
    )


_MARKS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("lead", _mark(_LEAD)),
    ("lead", re.compile(r"^(?:FF|Federführung|federführend)\s+(?=\S)")),
    ("partner", _mark(_PARTNER)),
)
_NO_MORE = re.compile(
    r"FF|federführ\w*|federfuehr\w*|Federf\.|lead|hauptverantwortlich\w*|hauptverantwortung"
    r"|hauptzuständig|chef de file|beteiligt\w*|beteiligung|mitwirk\w*|partner",
    re.IGNORECASE,
)
"""Marks that say no more than the role does."""
_LED_BY = re.compile(
    rf"[(\[]\s*(?:{_LEAD})\s*(?P<by>:|\s|hat|durch)\s*(?P<who>[^()\[\]]+)[)\]]", re.IGNORECASE
)
_OFFICE = re.compile(
    r"(?:amt|fb|fd|fg|sg|gb|dez|ref|abt|team|fachbereich|fachdienst|fachamt|stabs|stadt|büro|eigen"
    r"|land|kreis|bund|verein|gmbh)\b.*|(?:stabs|stadt|fach|eigen|landes|kreis|bundes)\w+.*"
    r"|\w+(?:amt|werke|betriebe?|referat|dezernat|stelle)|[ivx\d.]{1,5}",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-ZÄÖÜ][A-ZÄÖÜ\d/-]{1,5}")


def _pattern(separator: str) -> str:
    """A separator as a pattern; one of letters needs white space around it."""
    bare = separator.strip(" ")
    if not bare:
        return re.escape(separator)
    if re.search(r"\w", bare):
        return rf"(?<!\S){re.escape(bare)}(?!\S)"
    return re.escape(bare)


def parts_of(
    text: str, separators: Iterable[str], whole: Collection[str] = frozenset()
) -> list[str]:
    """The entries of a cell; blank ones are left out.

    Names in ``whole`` (``plain``) stay together, whatever separators they have within.
    """
    pattern = "|".join(_pattern(separator) for separator in separators)
    tokens = re.split(f"({pattern})", text, flags=re.IGNORECASE)
    parts: list[str] = []
    start = 0
    while start < len(tokens):
        longest = min(len(tokens), start + MOST_WITHIN * 2 + 1) if whole else start
        ends = range(longest, start + 1, -2)
        fits = (end for end in ends if plain("".join(tokens[start:end])) in whole)
        end = next(fits, start + 1)
        parts.append("".join(tokens[start:end]).strip())
        start = end + 1
    return [part for part in parts if part]


def without_mark(text: str) -> tuple[str, Role | None]:
    """An entry without “(FF)”, “Beteiligt:” and the like, and the role that these mean."""
    for role, pattern in _MARKS:
        if match := pattern.search(line(text)):
            bare = line(text)
            rest = (bare[: match.start()] + bare[match.end() :]).strip(" ,;:-–")
            if rest:
                return rest, role
    return text, None


def words_lost(text: str) -> str:
    """What a mark such as “(beratend)” says of an entry beyond the role that it is read as."""
    name, role = without_mark(text)
    if role is None:
        return ""
    begin, _, end = line(text).partition(name)
    mark = " ".join(f"{begin} {end}".split()).strip(" ()[]:,;–-")
    return "" if _NO_MORE.fullmatch(mark) else mark


def without_leads(text: str, separators: Iterable[str]) -> tuple[str, list[str]]:
    """A cell without “(Federführung: Amt 61)”, and the entries that lead by it."""
    match = _LED_BY.search(text)
    if match is None:
        return text, []
    leads = parts_of(match["who"], separators or ALWAYS)
    if not match["by"].strip() and not all(map(is_office, leads)):
        return text, []  # “(FF bis 2026)” names nobody
    return text[: match.start()] + text[match.end() :], leads


def with_roles(parts: Sequence[str], leads: Sequence[str] = ()) -> list[tuple[str, Role | None]]:
    """Entries of one cell with their roles: beside one that leads, the others are partners.

    ``leads`` are those that lead as told elsewhere in the cell.
    """
    named = {plain(name) for name in leads}
    marked = [without_mark(part) for part in parts if plain(part) not in named]
    marked += [(name, "lead") for name in leads]
    if any(role == "lead" for _, role in marked):
        return [(name, role or "partner") for name, role in marked]
    return marked


def is_office(text: str) -> bool:
    """Whether a text looks like the name or number of an office."""
    name, _ = without_mark(text)
    return (_OFFICE.fullmatch(plain(name)) or _ACRONYM.fullmatch(line(name))) is not None


def likely_separators(text: str) -> list[str]:
    """What probably separates several entries in a text."""
    bare = re.sub(r"\([^()]*\)", "", text.strip())
    found = [mark for mark in ALWAYS if len(parts_of(bare, [mark])) > 1]
    for mark in OFTEN:
        parts = parts_of(bare, [*found, mark])
        if len(parts) > len(parts_of(bare, found) if found else [bare]) and all(
            is_office(part) for part in parts
        ):
            found.append(mark)
    return found


def proposed_separators(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Separators to be proposed for a column, and others that may be part of a name."""
    cells = {plain(without_mark(text)[0]) for text in texts}
    sure: list[str] = []
    doubtful: list[str] = []
    for mark in (*ALWAYS, *OFTEN):
        parts = [
            part
            for text in texts
            if mark in likely_separators(text)
            for part in parts_of(text, [mark])
        ]
        if not parts:
            continue
        known = sum(is_office(part) or plain(without_mark(part)[0]) in cells for part in parts)
        bare = [part.isdigit() for part in parts]
        if any(bare) and not all(bare):
            known = 0  # “Amt 67/68” is two offices, but “68” is the name of none
        safe = mark in (";", "\n", "|") or known >= 0.8 * len(parts)
        (sure if safe else doubtful).append(mark)
    return sure, doubtful

"""Columns of a list of measures that name offices: their role, and what separates several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from klarplan.importer.confidential import is_confidential
from klarplan.importer.grid import plain
from klarplan.importer.guess import Guess, fit_of, key_of
from klarplan.importer.qualifiers import is_former
from klarplan.importer.several import parts_of, proposed_separators, without_mark
from klarplan.importer.values import line
from klarplan.importer.vocabulary import ROLES

_NOBODY = re.compile(
    r"[(\[]?(?:noch )?(?:offen|unklar|ungeklärt|nicht (?:festgelegt|benannt|bekannt|geklärt)"
    r"|zu (?:klären|benennen|bestimmen)|n\. ?n\.?|nn|t\.?b\.?[adc]\.?|unbekannt|\?+|niemand"
    r"|keine?r?|vakant|unbesetzt|to be (?:confirmed|decided|announced)|unknown|none)[)\]]?"
)


def names_nobody(text: str) -> bool:
    """Whether a cell says that nobody is named yet: “N.N.”, “noch offen”."""
    return _NOBODY.fullmatch(plain(text)) is not None


def role_of(title: str) -> str | None:
    """The role of the organisations below a header; ``None`` where it names none."""
    if is_confidential(title) or is_former(plain(title)):
        return None
    key = key_of(re.sub(r"[(\[](?!n\)).*?[)\]]", " ", title))
    fits = {role: fit_of(key, map(key_of, words)) for role, words in ROLES.items()}
    best = max(fits, key=lambda role: fits[role])
    return best if fits[best] > 1 else None


_SHORT = ("kürzel", "abkürzung", "kurzform", "kurzbezeichnung", "kurzname", "kurz", "abk", "code")
"""Headers of columns that tell how offices are called for short."""


def short_names(lists: Iterable[Guess]) -> dict[str, str]:
    """The names of offices by what they are called for short (``plain``), where a list tells it."""
    found: dict[str, str] = {}
    for one in lists:
        name = one.positions.get("name")
        titles = enumerate(one.header.titles)
        short = next((p for p, title in titles if key_of(title) in _SHORT), None)
        if one.table != "organisations" or name is None or short in (None, name):
            continue
        for row in one.header.body:
            if row.at(short or 0).strip() and row.at(name).strip():
                found.setdefault(plain(row.at(short or 0)), line(row.at(name)))
    return found


def _by_short_name(
    texts: Sequence[str], separators: Sequence[str], known: Mapping[str, str]
) -> dict[str, object]:
    """What the short names in a column stand for."""
    names = [without_mark(part)[0] for text in texts for part in parts_of(text, separators)]
    called = {line(name): known.get(plain(name), "") for name in names}
    return {short: name for short, name in called.items() if name and name != short}


def offices(
    title: str, texts: Sequence[str], role: str, known: Mapping[str, str]
) -> tuple[list[tuple[str, str | Mapping[str, object], str]], list[str]]:
    """The columns of a source for the organisations in a column, and what is doubtful.

    ``known`` are the names of offices by what they are called for short.
    """
    options: dict[str, object] = {"column": title, "create": True}
    sure, doubtful = proposed_separators(texts)
    if sure:
        options["split"] = sure
    nobody = list(dict.fromkeys(line(text) for text in texts if names_nobody(text)))
    if nobody:
        options["empty"] = nobody
    if called := _by_short_name(texts, sure or [";"], known):
        options["values"] = called
    columns: list[tuple[str, str | Mapping[str, object], str]] = [
        ("organisation", options, "Organisation" + ("; geraten: Kürzel laut Liste" * bool(called))),
        ("role", {"value": role}, "Rolle; geraten: nach der Überschrift"),
    ]
    notes = [f"Keine Stelle nennt in „{title}“: {', '.join(nobody)}"] if nobody else []
    notes += [
        f"„{mark.strip()}“ in „{title}“ kann zu einem Namen gehören oder mehrere trennen; "
        "trennt es, ergänzen Sie es unter split."
        for mark in doubtful
    ]
    return columns, notes

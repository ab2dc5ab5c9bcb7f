"""Units of amounts: thousands and millions, currencies and percent, wherever they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SCALES = (
    (r"[tk](?=\s?(?:€|£|\$|eur|chf|usd|gbp|fr\b))", 1_000),
    (r"tsd\.?|tausend|thousands?|1\.?000|10³|10\^3", 1_000),
    (r"mio\.?|mill\.?|millionen|million|millions|1\.?000\.?000|m(?=[€£$])", 1_000_000),
    (r"mrd\.?|milliarden?|billions?|bn", 1_000_000_000),
)
_CURRENCIES = (
    (r"€|eur(?:o)?s?", "EUR"),
    (r"chf|s?fr\.|s?fr\b|franken", "CHF"),
    (r"us[-$ ]?\$|\$|usd|dollar", "USD"),
    (r"£|gbp|pfund", "GBP"),
    (r"dkk|dän\. kronen", "DKK"),
    (r"pln|zł|zloty", "PLN"),
    (r"czk|kč", "CZK"),
)
_SIGN_FIRST = re.compile(r"^([€£$])\s?([km])$", re.IGNORECASE)
"""Thousands as the English write them: “£k”."""
_PERCENT = r"%|prozent|v\.\s?h\.|percent"
_SHARE = r"anteil|share"
_SCALE = "|".join(f"(?P<s{n}>{words})" for n, (words, _) in enumerate(_SCALES))
_CURRENCY = "|".join(f"(?P<c{n}>{words})" for n, (words, _) in enumerate(_CURRENCIES))
_UNIT = re.compile(
    rf"(?:(?:{_SCALE})?\s*(?:{_CURRENCY})?|(?P<percent>{_PERCENT})|(?P<share>{_SHARE}))",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_AFTER_IN = re.compile(r"\bin\s+(.+)$", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:brutto|netto|gesamt|insgesamt|geplant|ca\.|rund|p\.\s?a\.|(?:pro|je|im) jahr|jährlich|"
    r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?)(?=\s|$)",
    re.IGNORECASE,
)
_ALL_IN = re.compile(
    r"\b(?:angaben|beträge|betrag|werte|zahlen|kosten|summen|mittel|ansätze|amounts|figures)\b"
    r"[^.;:]{0,40}?(?::|\bin\b)\s*((?:in\s+)?[^,;]+)",
    re.IGNORECASE,
)
_SCALING = re.compile(r"\d[\d.]*|hundert|zehn\w*|[a-z]", re.IGNORECASE)
_HINT = re.compile(
    r"€|\$|£|%|‰|\b(?:t?eur|t?chf|usd|gbp|tsd|mio|mrd|tausend\w*|million\w*|milliard\w*|prozent|euro"
    r"|cent|hundert|zehntausend|1\.?000)\b|\d{3,}\s*(?:€|eur)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d(?:[\d.,'’\s]*\d)?(?:,[-–—]+)?")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number is counted in."""

    factor: int = 1
    currency: str = ""
    percent: bool = False
    share: bool = False
    """Whether a number is a share of one, to be shown in percent."""
    name: str = ""
    """As it was written."""

    @property
    def is_money(self) -> bool:
        """Whether a currency is named."""
        return bool(self.currency)


def read_unit(text: str) -> Unit | None:
    """The unit that a text is, and nothing else: “T€”, “Mio. CHF”, “%”; ``None`` if it is none."""
    bare = " ".join(text.replace("\u00a0", " ").split()).strip()
    bare = _SIGN_FIRST.sub(r"\2\1", bare)
    match = _UNIT.fullmatch(bare)
    if not bare or match is None:
        # the currency may come first: “EUR Mio.”
        parts = bare.split(" ", 1)
        if len(parts) == 2 and (swapped := _UNIT.fullmatch(f"{parts[1]} {parts[0]}")) is not None:
            match = swapped
        else:
            return None
    factor = next((f for n, (_, f) in enumerate(_SCALES) if match[f"s{n}"]), 1)
    currency = next((c for n, (_, c) in enumerate(_CURRENCIES) if match[f"c{n}"]), "")
    return Unit(
        factor=factor,
        currency=currency,
        percent=bool(match["percent"]),
        share=bool(match["share"]),
        name=bare,
    )


class UnclearUnitError(Exception):
    """A heading that seems to name a unit that is not understood."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


_NOTES = re.compile("(?<!10)[⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾]+")


def without_notes(title: str) -> str:
    """A heading without raised numbers of footnotes; powers of ten stay."""
    return _NOTES.sub("", title)


def unit_of_heading(title: str) -> Unit | None:
    """The unit that a heading names: “Kosten (T€)”, “Kosten in Mio. €”, “Budget TEUR”.

    Raises ``UnclearUnitError`` where it seems to name one that can't be understood, or two.
    """
    title = without_notes(title)
    found: list[Unit] = []
    unclear = ""
    for part in _BRACKETED.findall(title):
        pieces = [_ASIDE.sub(" ", piece) for piece in re.split(r"[,;/]|\bin\b", part)]
        units = [unit for piece in pieces if (unit := _named(piece))]
        found += units
        if not units and _HINT.search(part):
            unclear = part
    bare = " ".join(_ASIDE.sub(" ", _BRACKETED.sub(" ", title)).split()).strip(" ,:;")
    if not found:
        unit = _around(bare)
        if unit:
            found.append(unit)
        elif _HINT.search(bare):
            unclear = unclear or bare
    if len({(u.factor, u.currency, u.percent) for u in found}) > 1:
        raise UnclearUnitError(" / ".join(unit.name for unit in found))
    if not found and unclear:
        raise UnclearUnitError(unclear)
    return found[0] if found else None


def _named(text: str) -> Unit | None:
    unit = read_unit(text)
    return None if unit is None or unit.share else unit


def _around(title: str) -> Unit | None:
    """The unit after “in”, else at the end of a heading, else at its beginning."""
    if tail := _AFTER_IN.search(title):
        return _named(tail[1])
    words = title.split()
    for count in range(min(3, len(words)), 0, -1):
        if unit := _named(" ".join(words[-count:])):
            before = words[-count - 1] if len(words) > count else ""
            return None if _SCALING.fullmatch(before) or unit.name[0].isdigit() else unit
    return next((u for n in (2, 1) if len(words) > n and (u := _named(" ".join(words[:n])))), None)


def unit_of_list(texts: Iterable[str]) -> Unit | None:
    """The unit that a line beside a list names for all its amounts: “Alle Angaben in T€”.

    Raises ``UnclearUnitError`` where lines name different ones, or one that is not understood.
    """
    found: list[Unit] = []
    for text in texts:
        match = _ALL_IN.search(" ".join(text.split()))
        if match is None:
            continue
        unit = _named(_ASIDE.sub(" ", match[1]).strip(" .)"))
        if unit is None and _HINT.search(match[1]):
            raise UnclearUnitError(text)
        found += [unit] if unit and not unit.percent else []
    if len({(u.factor, u.currency) for u in found}) > 1:
        raise UnclearUnitError(" / ".join(unit.name for unit in found))
    return found[0] if found else None


_NO_CENTS = re.compile(r"(?<=\d)[.,][-–—]{1,2}(?=\D|$)")
"""A dash in the place of the cents: “300.–”."""


def split_amount(text: str) -> tuple[str, Unit | None]:
    """A text as a number and the unit before or after it: “250”, T€ for “T€ 250”.

    The text comes back as it is where it is not one number with at most one unit.
    """
    bare = _NO_CENTS.sub("", " ".join(re.sub(r"[\u00a0\u202f]", " ", text).split()))
    match = _NUMBER.search(bare)
    if match is None:
        return text, None
    before, after = bare[: match.start()].strip(), bare[match.end() :].strip()
    sign = before[-1:] if before[-1:] in ("-", "+", "−") else ""
    before = before.removesuffix(sign).strip()
    if not sign and before[:1] in ("-", "+", "−"):
        sign, before = before[0], before[1:].strip()
    units = [(part, read_unit(part)) for part in (before, after) if part]
    if any(unit is None for _, unit in units):
        return text, None
    read = [unit for _, unit in units if unit]
    if not read:
        return f"{sign}{match[0]}", None
    if len(read) == 1:
        return f"{sign}{match[0]}", read[0]
    joined = read_unit(f"{units[1][0]} {units[0][0]}") or read_unit(f"{units[0][0]} {units[1][0]}")
    return (f"{sign}{match[0]}", joined) if joined else (text, None)

"""What a setting may be: for each a function that reads it, and what is needed instead.

A function gets the value as it is written (a text, or a list of texts), and returns nothing where
it does not fit; it may raise ``ValueError``.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from klarplan.messages import Text
from klarplan.strategy.addresses import is_host
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.code_hosts import HOSTS
from klarplan.strategy.official_keys import COUNTRIES
from klarplan.strategy.proposals import read_proposals
from klarplan.strategy.settings import (
    CONFORMITY,
    DOCS,
    EMAIL,
    KEY,
    LICENCES,
    SHEETS,
    TOPICS,
    MenuItem,
)
from klarplan.words.catalogue import LANGUAGES
from klarplan.words.kinds import KINDS, Kind, own_kind
from klarplan.words.municipality import ARTICLES


def as_text(value: Any) -> str | None:
    """A text of one or more lines, without control characters."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    return text if all(_is_plain(letter) or letter == "\n" for letter in text) else None


def as_line(value: Any) -> str | None:
    """A text of one line."""
    text = as_text(value)
    return None if text is None or "\n" in text else text


def _is_plain(letter: str) -> bool:
    no_text = letter in "\ufffe\uffff"  # XML takes neither (XML 1.0, 2.2)
    return not no_text and unicodedata.category(letter) not in ("Cc", "Cs", "Zl", "Zp")


def _whole(least: int, most: int) -> Callable[[Any], int | None]:
    def convert(value: Any) -> int | None:
        written = isinstance(value, str) and re.fullmatch(r"[0-9]{1,4}", value)
        return int(value) if written and least <= int(value) <= most else None

    return convert


_year, _months, _days = _whole(1990, 2100), _whole(1, 120), _whole(0, 3650)


def _day(value: Any) -> dt.date | None:
    written = isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value)
    return dt.date.fromisoformat(value) if written else None


_TRUTHS = {
    **dict.fromkeys(("true", "ja", "yes", "on"), True),
    **dict.fromkeys(("false", "nein", "no", "off"), False),
}


def _truth(value: Any) -> bool | None:
    return _TRUTHS.get(value.lower()) if isinstance(value, str) else None


def _texts(value: Any) -> tuple[str, ...] | None:
    items = [as_text(item) for item in (value if isinstance(value, list) else [value])]
    return None if None in items else tuple(item for item in items if item)


def _chapters(value: Any) -> tuple[str, ...] | None:
    if isinstance(value, list) and value and all(v in tuple(CHAPTERS) for v in value):
        return tuple(dict.fromkeys(value))
    return None


def _menu(value: Any) -> tuple[MenuItem, ...] | None:
    """Pages and groups of pages; ``Titel: Datei``, a file alone, or ``Gruppe:`` with a list."""
    items = [_item(entry) for entry in _listed(value)]
    return None if None in items else tuple(item for item in items if item is not None)


def _listed(value: Any) -> list[Any]:
    """The entries of a list, each name of a mapping as one of its own."""
    entries = value if isinstance(value, list) else [value]
    found: list[Any] = []
    for entry in entries:
        pairs = entry.items() if isinstance(entry, dict) else ()
        found += [{name: part} for name, part in pairs] or [entry]
    return found


def _item(entry: Any) -> MenuItem | None:
    if isinstance(entry, str):
        file = _page(entry)
        return MenuItem(file=file) if file else None
    if not isinstance(entry, dict):
        return None
    ((name, value),) = entry.items()
    title = as_line(name)
    if not title:
        return None
    if isinstance(value, str):
        file = _page(value)
        return MenuItem(title=title, file=file) if file else None
    pages = [_item(part) for part in _listed(value)]
    if not pages or any(page is None or page.items for page in pages):
        return None  # a group holds pages, and no group
    return MenuItem(title=title, items=tuple(page for page in pages if page))


def _page(written: str) -> str | None:
    path = written.strip().removeprefix("./").removeprefix("/")
    fits = re.fullmatch(f"{_PATH}+", path)
    return (path if path.startswith(DOCS) else DOCS + path) if fits else None


_KIND_NAMES = ("word", "article", "genitive", "dative", "english")


def _kind(value: Any) -> Kind | None:
    """A kind by its name, or a word of one's own with its article and, if need be, its cases."""
    if isinstance(value, str):
        return KINDS.get(value)
    if not isinstance(value, dict) or not {"word", "article"} <= set(value) <= set(_KIND_NAMES):
        return None
    told = {name: as_line(value.get(name) or "") for name in _KIND_NAMES}
    articles = [cases[""] for cases in ARTICLES.values()]
    if None in told.values() or not told["word"] or told["article"] not in articles:
        return None
    return own_kind(*(told[name] or "" for name in _KIND_NAMES))


def _pattern(pattern: str) -> Callable[[Any], str | None]:
    def convert(value: Any) -> str | None:
        text = as_line(value)
        return text if text is not None and re.fullmatch(pattern, text) else None

    return convert


_HOST = re.compile(r"(?!-)[\w-]{1,63}(\.(?!-)[\w-]{1,63})*(:\d{1,5})?")
_UNFIT = re.compile(r"[\s\"'<>`{}|\\^\x00-\x20\x7f]")
_LONGEST_ADDRESS = 500


def _address(value: Any) -> str | None:
    """A web address (RFC 3986) without user or password, or nothing."""
    text = as_line(value)
    if not text:
        return text
    parts = urlsplit(text)
    web = parts.scheme in ("https", "http") and _HOST.fullmatch(parts.netloc)
    known = web and is_host(parts.netloc.partition(":")[0])
    fits = known and len(text) <= _LONGEST_ADDRESS and not _UNFIT.search(text)
    return text if fits else None


def _base(value: Any) -> str | None:
    """A web address that more can be written behind."""
    text = _address(value)
    return None if text is None or set("?#") & set(text) else text


def _contributor(value: Any) -> str | None:
    """A name of DCAT-AP.de's list, or the address of one of another list."""
    text = as_line(value)
    known = text is not None and re.fullmatch(r"[A-Za-z0-9_-]{0,60}", text)
    return text if known else _address(value)


_PATH = r"(?!.*\.\.)(?!/)[\w()._ /-]"
"""A letter of a path below a folder; ``*`` or ``+`` follows."""

_VAT_ID = (
    r"|DE ?[0-9]{3} ?[0-9]{3} ?[0-9]{3}|ATU ?[0-9]{8}"
    r"|CHE-?[0-9]{3}\.?[0-9]{3}\.?[0-9]{3}(?: (?:MWST|TVA|IVA))?"
)
"""Numbers for VAT in Germany (§ 27a UStG), Austria and Switzerland, or none."""

LONG = (
    "summary",
    "resolution",
    "hosting",
    "represented_by",
    "supervisory_authority",
    "privacy_contact",
    "accessibility_method",
    "enforcement_body",
)
"""Settings whose text may have several lines."""

WRITTEN = (
    "key",
    "contributor_id",
    "postcode",
    "contact_email",
    "contact_phone",
    "vat_id",
    "privacy_contact",
    "logo",
    "font",
    "branch",
    "site_url",
    "repository",
)
"""Settings that are texts, though not any text will do."""

LINE_NEEDED = Text("Nötig ist ein Text in einer Zeile.", "Needed is a text on one line.")
TEXT_NEEDED = Text("Nötig ist ein Text.", "Needed is a text.")
_TRUTH = Text("Möglich sind true (ja) und false (nein).", "Possible: true and false.")
CHAPTERS_NEEDED = Text(
    "Nötig ist eine Liste aus: " + ", ".join(CHAPTERS) + ".",
    "Needed is a list of: " + ", ".join(CHAPTERS) + ".",
)

SPECIAL: Mapping[str, tuple[Callable[[Any], Any], Text]] = {
    "key": (
        _pattern(KEY),
        Text(
            "Nötig sind Ziffern in Anführungszeichen, bei einer Gemeinde 8 oder 12, zum Beispiel "
            '"05515000".',
            "Needed are digits in quotation marks, of a municipality 8 or 12, for example "
            '"05515000".',
        ),
    ),
    "country": (
        lambda value: str(value).upper() if str(value).upper() in tuple(COUNTRIES) else None,
        Text(
            "Möglich sind: " + ", ".join(f"{c} ({COUNTRIES[c].name.de})" for c in COUNTRIES) + ".",
            "Possible: " + ", ".join(f"{c} ({COUNTRIES[c].name.en})" for c in COUNTRIES) + ".",
        ),
    ),
    "contributor_id": (
        _contributor,
        Text(
            "Nötig ist eine Kennung aus der Liste von DCAT-AP.de, zum Beispiel openNRW.",
            "Needed is an id of DCAT-AP.de's list, for example openNRW.",
        ),
    ),
    "kind": (
        _kind,
        Text(
            "Möglich sind: " + ", ".join(KINDS) + "; ein eigenes Wort braucht darunter word und "
            "article.",
            "Possible: " + ", ".join(KINDS) + "; a word of your own needs word and article below.",
        ),
    ),
    "topic": (
        lambda value: value if value in tuple(TOPICS) else None,
        Text("Möglich sind: " + ", ".join(TOPICS) + ".", "Possible: " + ", ".join(TOPICS) + "."),
    ),
    "lang": (
        lambda value: value if value in tuple(LANGUAGES) else None,
        Text(
            "Möglich sind: " + ", ".join(LANGUAGES) + ".", "Possible: " + ", ".join(LANGUAGES) + "."
        ),
    ),
    "postcode": (
        _pattern(r"([0-9]{4,5})?"),
        Text(
            'Nötig sind 5 Ziffern in Anführungszeichen, zum Beispiel "01067".',
            'Needed are 5 digits in quotation marks, for example "01067".',
        ),
    ),
    "period_start": (_year, Text("Nötig ist eine Jahreszahl.", "Needed is a year.")),
    "period_end": (_year, Text("Nötig ist eine Jahreszahl.", "Needed is a year.")),
    "review_months": (
        _months,
        Text("Nötig ist eine Zahl von Monaten (1 bis 120).", "Needed are months (1 to 120)."),
    ),
    "server_log_days": (
        _days,
        Text("Nötig ist eine Zahl von Tagen (0 bis 3650).", "Needed are days (0 to 3650)."),
    ),
    "published": (_truth, _TRUTH),
    "measure_pdfs": (_truth, _TRUTH),
    "book_chapters": (lambda value: () if value == [] else _chapters(value), CHAPTERS_NEEDED),
    "measure_sheet": (
        lambda value: value if value in tuple(SHEETS) else None,
        Text("Möglich sind: " + ", ".join(SHEETS) + ".", "Possible: " + ", ".join(SHEETS) + "."),
    ),
    "accessibility_state": (
        lambda value: value if value in ("", *CONFORMITY) else None,
        Text(
            "Möglich sind: " + ", ".join(CONFORMITY) + " oder nichts.",
            "Possible: " + ", ".join(CONFORMITY) + " or nothing.",
        ),
    ),
    "accessibility_exceptions": (
        _texts,
        Text("Nötig ist ein Text oder eine Liste von Texten.", "Needed is a text or a list."),
    ),
    "accessibility_tested": (
        _day,
        Text("Nötig ist ein Datum wie 2026-10-12.", "Needed is a date like 2026-10-12."),
    ),
    "participation_url": (
        _address,
        Text("Nötig ist eine vollständige Adresse mit https://.", "Needed is a full https:// URL."),
    ),
    "sign_language_url": (
        _address,
        Text("Nötig ist eine vollständige Adresse mit https://.", "Needed is a full https:// URL."),
    ),
    "chapters": (_chapters, CHAPTERS_NEEDED),
    "menu": (
        _menu,
        Text(
            "Nötig ist eine Liste von Seiten unter docs/; jede Zeile ist „- docs/seite.md“ oder "
            "„- Titel: docs/seite.md“, und eine Gruppe „- Name:“ mit einer eingerückten Liste.",
            "Needed is a list of pages below docs/; each line is “- docs/page.md” or “- Title: "
            "docs/page.md”, and a group “- Name:” with an indented list.",
        ),
    ),
    "proposals": (
        lambda value: read_proposals(value, as_line),
        Text(
            "Nötig ist je Zeitraum eine Zeile wie „2026-H1:“, darunter eingerückt die Angaben.",
            "Needed is a line like “2026-H1:” for each period, with the facts indented below.",
        ),
    ),
    "licence": (
        lambda value: value if value in tuple(LICENCES) else None,
        Text(
            "Möglich sind: " + ", ".join(LICENCES) + ".", "Possible: " + ", ".join(LICENCES) + "."
        ),
    ),
    "primary_colour": (
        _pattern("#[0-9a-fA-F]{6}"),
        Text('Nötig ist eine Farbe wie "#1f4e79".', 'Needed is a colour like "#1f4e79".'),
    ),
    "accent_colour": (
        _pattern("#[0-9a-fA-F]{6}"),
        Text('Nötig ist eine Farbe wie "#9a3b00".', 'Needed is a colour like "#9a3b00".'),
    ),
    "site_url": (
        _base,
        Text("Nötig ist eine vollständige Adresse mit https://.", "Needed is a full https:// URL."),
    ),
    "repository": (
        _base,
        Text("Nötig ist eine vollständige Adresse mit https://.", "Needed is a full https:// URL."),
    ),
    "repository_host": (
        lambda value: value if value in ("", *HOSTS) else None,
        Text(
            "Möglich sind: " + ", ".join(HOSTS) + " oder nichts.",
            "Possible: " + ", ".join(HOSTS) + " or nothing.",
        ),
    ),
    "logo": (
        _pattern(f"{_PATH}*"),
        Text("Nötig ist ein Pfad unterhalb von docs/.", "Needed is a path below docs/."),
    ),
    "font": (
        _pattern(f"{_PATH}+"),
        Text(
            "Nötig ist fira-sans, source-sans-3 oder ein Ordner unterhalb von docs/.",
            "Needed is fira-sans, source-sans-3 or a folder below docs/.",
        ),
    ),
    "contact_email": (
        _pattern(EMAIL),
        Text(
            "Nötig ist eine E-Mail-Adresse wie strategie@stadt.example.",
            "Needed is an e-mail address like strategy@town.example.",
        ),
    ),
    "contact_phone": (
        _pattern(r"(?!(?i:tel|mailto):).*[0-9].*[0-9].*|"),
        Text(
            "Nötig ist eine Nummer wie +49 9999 123-450.",
            "Needed is a number like +49 9999 123-450.",
        ),
    ),
    "vat_id": (
        _pattern(_VAT_ID),
        Text(
            'Nötig ist die Nummer mit dem Kürzel des Staates, zum Beispiel "DE123456789"; haben '
            'Sie keine, schreiben Sie "".',
            'Needed is the number with the code of the country, for example "DE123456789"; if '
            'there is none, write "".',
        ),
    ),
    "privacy_contact": (
        lambda value: None if re.match(r"(?i)\s*(tel|mailto):", str(value)) else as_text(value),
        TEXT_NEEDED,
    ),
    "branch": (
        _pattern(r"(?!.*\.\.)\w[\w./-]*"),
        Text("Nötig ist der Name eines Zweigs, meist main.", "Needed is a branch, mostly main."),
    ),
}

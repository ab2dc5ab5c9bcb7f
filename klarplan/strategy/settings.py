"""The settings of a strategy as a whole: ``strategy/strategy.yml``."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from klarplan.messages import NOTHING, Finding, Text, did_you_mean
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.yaml_reader import YamlFaultError, read_yaml

SETTINGS = "strategy/strategy.yml"

KEY = r"([0-9]{8}|[0-9]{12})?"
"""An official municipality key (8 digits) or regional key (12 digits), or nothing."""

LICENCES: Mapping[str, tuple[str, str]] = {
    "cc-by/4.0": (
        "Creative Commons Namensnennung 4.0 International",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "cc-zero": (
        "Creative Commons Zero 1.0 Universell",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
    "dl-by-de/2.0": (
        "Datenlizenz Deutschland Namensnennung 2.0",
        "https://www.govdata.de/dl-de/by-2-0",
    ),
    "dl-zero-de/2.0": (
        "Datenlizenz Deutschland Zero 2.0",
        "https://www.govdata.de/dl-de/zero-2-0",
    ),
}
"""Licences of open data that DCAT-AP.de knows, with name and address."""

CONFORMITY: Mapping[str, str] = {
    "full": "vollständig vereinbar",
    "partial": "teilweise vereinbar",
    "none": "nicht vereinbar",
}
"""How far a website meets the requirements (Implementing Decision (EU) 2018/1523)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds for the whole strategy; every key has a default, so that a fork can start."""

    published: bool = False
    """Whether the public may read it; else site and papers say that they are a draft."""
    title: str = "Unsere Strategie"
    subtitle: str = ""
    summary: str = ""
    """What the strategy is for, in two sentences."""
    municipality: str = "Unsere Gemeinde"
    key: str = ""
    """Amtlicher Gemeindeschlüssel (8 digits) or Regionalschlüssel (12 digits)."""
    version: str = ""
    resolution: str = ""
    """How and when the strategy was adopted, in words."""
    period_start: int | None = None
    period_end: int | None = None
    """First and last year of the strategy."""
    review_months: int = 12
    """A running measure without a report for longer than this counts as stale."""
    site_url: str = ""
    repository: str = ""
    branch: str = "main"
    licence: str = "cc-by/4.0"
    measure_pdfs: bool = False
    """Whether every measure has a PDF of its own beside its page."""
    primary_colour: str = "#1f4e79"
    accent_colour: str = "#9a3b00"
    logo: str = ""
    """Path of the logo below ``docs/``."""
    font: str = "fira-sans"
    """A typeface that comes along, or a folder below ``docs/`` with one's own."""
    chapters: tuple[str, ...] = tuple(CHAPTERS)
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    represented_by: str = ""
    """The role that represents the municipality, for the imprint."""
    supervisory_authority: str = ""
    vat_id: str = ""
    privacy_contact: str = ""
    """Functional address of the data protection officer."""
    hosting: str = ""
    """Who runs the web server, for the privacy page."""
    server_log_days: int | None = None
    """After so many days the web server's logs are deleted."""
    accessibility_state: str = ""
    """How far the site meets the law: full, partial or none; empty while nobody has tested it."""
    accessibility_exceptions: tuple[str, ...] = ()
    """What is not accessible, and why."""
    accessibility_tested: dt.date | None = None
    accessibility_method: str = ""
    """How the site was tested, and by whom."""
    enforcement_body: str = ""
    """Enforcement body for accessibility (Durchsetzungsstelle), with its address."""
    sign_language_url: str = ""
    """A page or video in German sign language."""

    @property
    def place(self) -> str:
        """Postcode and town in one line."""
        return f"{self.postcode} {self.town}".strip()

    @property
    def licence_name(self) -> str:
        """The licence in words."""
        return LICENCES[self.licence][0]

    @property
    def licence_url(self) -> str:
        """The address of the licence."""
        return LICENCES[self.licence][1]


def _text(value: Any) -> str | None:
    """A text of one or more lines, without control characters."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | dt.date):
        return None
    text = str(value).strip()
    return text if all(_is_plain(letter) or letter == "\n" for letter in text) else None


def _string(value: Any) -> str | None:
    """A text of one line."""
    text = _text(value)
    return None if text is None or "\n" in text else text


def _is_plain(letter: str) -> bool:
    no_text = letter in "\ufffe\uffff"  # XML takes neither (XML 1.0, 2.2)
    return not no_text and unicodedata.category(letter) not in ("Cc", "Cs", "Zl", "Zp")


def _year(value: Any) -> int | None:
    return value if type(value) is int and 1990 <= value <= 2100 else None


def _months(value: Any) -> int | None:
    return value if type(value) is int and 1 <= value <= 120 else None


def _days(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value <= 3650 else None


def _day(value: Any) -> dt.date | None:
    return value if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else None


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _texts(value: Any) -> tuple[str, ...] | None:
    items = [_text(item) for item in (value if isinstance(value, list) else [value])]
    return None if None in items else tuple(item for item in items if item)


def _chapters(value: Any) -> tuple[str, ...] | None:
    if isinstance(value, list) and value and all(v in tuple(CHAPTERS) for v in value):
        return tuple(dict.fromkeys(value))
    return None


def _pattern(pattern: str) -> Callable[[Any], str | None]:
    def convert(value: Any) -> str | None:
        text = _string(value)
        return text if text is not None and re.fullmatch(pattern, text) else None

    return convert


_HOST = re.compile(r"(?!-)[\w-]{1,63}(\.(?!-)[\w-]{1,63})*(:\d{1,5})?")
_UNFIT = re.compile(r"[\s\"'<>`{}|\\^\x00-\x20\x7f]")
_LONGEST_ADDRESS = 500
_LONGEST_SHOWN = 200


def _address(value: Any) -> str | None:
    """A web address (RFC 3986) without user or password, or nothing."""
    text = _string(value)
    if not text:
        return text
    parts = urlsplit(text)
    known = parts.scheme in ("https", "http") and _HOST.fullmatch(parts.netloc)
    fits = known and len(text) <= _LONGEST_ADDRESS and not _UNFIT.search(text)
    return text if fits else None


def _base(value: Any) -> str | None:
    """A web address that more can be written behind."""
    text = _address(value)
    return None if text is None or set("?#") & set(text) else text


EMAIL = r"([A-Za-z0-9_](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_])?@[\w-]{1,63}(?:\.[\w-]{1,63})+)?"
"""An e-mail address as offices have them, or nothing."""
_PATH = r"(?!.*\.\.)(?!/)[\w()._ /-]"
"""A letter of a path below a folder; ``*`` or ``+`` follows."""

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

_LINE = Text("Nötig ist ein Text in einer Zeile.", "Needed is a text on one line.")
_LINES = Text("Nötig ist ein Text.", "Needed is a text.")
_TRUTH = Text("Möglich sind true (ja) und false (nein).", "Possible: true and false.")

_SPECIAL: Mapping[str, tuple[Callable[[Any], Any], Text]] = {
    "key": (
        _pattern(KEY),
        Text(
            'Nötig sind 8 oder 12 Ziffern in Anführungszeichen, zum Beispiel "05515000".',
            'Needed are 8 or 12 digits in quotation marks, for example "05515000".',
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
    "sign_language_url": (
        _address,
        Text("Nötig ist eine vollständige Adresse mit https://.", "Needed is a full https:// URL."),
    ),
    "chapters": (
        _chapters,
        Text(
            "Nötig ist eine Liste aus: " + ", ".join(CHAPTERS) + ".",
            "Needed is a list of: " + ", ".join(CHAPTERS) + ".",
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
    "branch": (
        _pattern(r"(?!.*\.\.)\w[\w./-]*"),
        Text("Nötig ist der Name eines Zweigs, meist main.", "Needed is a branch, mostly main."),
    ),
}


def read_settings(root: Path) -> tuple[Settings, list[Finding]]:
    """The settings of a root; defaults where the file or a key is missing or wrong."""
    path = root / SETTINGS
    if not path.is_file():
        return Settings(), []
    try:
        read = read_yaml(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        broken = error.object.count(b"\n", 0, error.start) + 1
        problem = Text(
            "Die Datei ist nicht in UTF-8 gespeichert.", "The file is not saved in UTF-8."
        )
        cure = Text(
            "Speichern Sie sie als „UTF-8“; Umlaute prüfen.",
            "Save it as “UTF-8”; check the umlauts.",
        )
        return Settings(), [_finding("KP010", broken, problem, cure)]
    except YamlFaultError as fault:
        return Settings(), [_finding("KP010", fault.line, fault.problem, fault.cure)]
    known = {f.name for f in fields(Settings)}
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    for name, value in read.values.items():
        line = read.lines.get(name)
        if name not in known:
            findings.append(_unknown(name, line, known))
            continue
        if value is None:
            continue
        usual = (_text, _LINES) if name in LONG else (_string, _LINE)
        convert, cure = _SPECIAL.get(name, usual)
        try:
            converted = convert(value)
        except (ValueError, TypeError, OverflowError):
            converted = None
        if converted is None:
            problem = Text(
                f"Die Einstellung „{name}“ hat einen Wert, der nicht passt.",
                f"The setting “{name}” has a value that does not fit.",
            )
            findings.append(_finding("KP012", line, problem, cure, _shown(value)))
            continue
        values[name] = converted
    return Settings(**values), findings


def _unknown(name: str, line: int | None, known: set[str]) -> Finding:
    guess = did_you_mean(name, known)
    problem = Text(f"Die Einstellung „{name}“ gibt es nicht.", f"There is no setting “{name}”.")
    return _finding("KP011", line, problem, Text(guess.de, guess.en), name)


def _finding(
    rule: str, line: int | None, problem: Text, cure: Text = NOTHING, value: str | None = None
) -> Finding:
    return Finding(rule=rule, file=SETTINGS, line=line, value=value, problem=problem, cure=cure)


def _shown(value: Any) -> str:
    """A value as a message shows it."""
    try:
        text = str(value)
    except ValueError:  # a number of thousands of digits
        return ""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"

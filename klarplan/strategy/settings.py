"""The settings of a strategy as a whole: ``strategy/strategy.yml``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.official_keys import GERMANY
from klarplan.strategy.proposals import Proposal
from klarplan.words.kinds import Kind
from klarplan.words.municipality import kind_of

SETTINGS = "strategy/strategy.yml"

KEY = r"([0-9]{1,5}|[0-9]{8,9}|[0-9]{12})?"
"""An official key of any country, or none; ``official_keys`` knows those of each."""

EMAIL = r"([A-Za-z0-9_](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_])?@[\w-]{1,63}(?:\.[\w-]{1,63})+)?"
"""An e-mail address as offices have them, or nothing."""

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

LICENCES_EN: Mapping[str, str] = {
    "cc-by/4.0": "Creative Commons Attribution 4.0 International",
    "cc-zero": "Creative Commons Zero 1.0 Universal",
    "dl-by-de/2.0": "Data licence Germany – attribution – version 2.0",
    "dl-zero-de/2.0": "Data licence Germany – Zero – version 2.0",
}
"""What the same are called in English."""

CONFORMITY: Mapping[str, str] = {
    "full": "vollständig vereinbar",
    "partial": "teilweise vereinbar",
    "none": "nicht vereinbar",
}
"""How far a website meets the requirements (Implementing Decision (EU) 2018/1523)."""


SHEETS: Mapping[str, str] = {
    "half": "eine halbe Seite, der Text gekürzt",
    "page": "eine Seite, lange Texte gekürzt",
    "whole": "so lang wie der ganze Text",
}
"""How much room a measure has in the PDF of the strategy; the annex has all of a cut text."""

TOPICS: Mapping[str, str] = {
    "digital": "Digitalstrategie",
    "climate": "Klimaschutz und Klimaanpassung",
    "mobility": "Mobilität und Verkehr",
    "inclusion": "Inklusion und Teilhabe",
    "general": "alles andere",
}
"""What a strategy may be about: usual fields of action, glossary and examples follow."""

UNREAD = ("KP009", "KP010", "KP707")
"""Rules whose findings on this file tell that no setting could be read."""


DOCS = "docs/"


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """A page of one's own in the menu, or a group of them."""

    title: str = ""
    """Empty where the page's own title holds."""
    file: str = ""
    """From the root, below ``docs/``; empty for a group."""
    items: tuple[MenuItem, ...] = ()


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
    kind: Kind | None = None
    """What it is; without it, what its name or its key says (``words.municipality``)."""
    country: str = GERMANY
    """Where it is (ISO 3166-1): which keys and postcodes there are follows."""
    key: str = ""
    """Amtlicher Gemeindeschlüssel (8 digits) or Regionalschlüssel (12 digits); 9 digits for a
    Gemeindeverband, 5 for a Kreis, 3 for a Bezirk, 2 for a Land. In Austria the
    Gemeindekennziffer, in Switzerland the BFS number."""
    topic: str = "general"
    """What the strategy is about, of ``TOPICS``."""
    lang: str = "de"
    """The language that site and papers speak."""
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
    repository_host: str = ""
    """The kind of its host, of ``HOSTS``; without it, what the address tells (``code_hosts``)."""
    branch: str = "main"
    licence: str = "cc-by/4.0"
    contributor_id: str = ""
    """Who provides the data to portals (DCAT-AP.de, ``contributorID``), as a name or an address."""
    measure_pdfs: bool = False
    """Whether every measure has a PDF of its own beside its page."""
    book_chapters: tuple[str, ...] = ()
    """The chapters of the PDF of the strategy, in its order; without any all of ``chapters``."""
    measure_sheet: str = "page"
    """How much room a measure has there, of ``SHEETS``."""
    primary_colour: str = "#1f4e79"
    accent_colour: str = "#9a3b00"
    logo: str = ""
    """Path of the logo below ``docs/``."""
    font: str = "fira-sans"
    """A typeface that comes along, or a folder below ``docs/`` with one's own."""
    chapters: tuple[str, ...] = tuple(CHAPTERS)
    menu: tuple[MenuItem, ...] = ()
    """Pages of one's own in the menu, in order."""
    proposals: tuple[Proposal, ...] = ()
    """What a report says of itself where it is voted on, at most one for each period."""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    participation_url: str = ""
    """The platform on which people take part."""
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
    def source_named(self) -> bool:
        """Whether the licence asks to name the source of what is used."""
        return "by" in self.licence.split("/")[0].split("-")

    @property
    def german_key(self) -> str:
        """The official key where it is a German one; others look alike and mean something else."""
        return self.key if self.country == GERMANY else ""

    @property
    def sort(self) -> Kind:
        """What sort of body it is, by its setting, else by its name or its key."""
        return self.kind or kind_of(self.municipality, self.german_key)

    @property
    def place(self) -> str:
        """Postcode and town in one line."""
        return f"{self.postcode} {self.town}".strip()

    @property
    def licence_name(self) -> str:
        """The licence in words, in the language of the strategy."""
        return LICENCES_EN[self.licence] if self.lang == "en" else LICENCES[self.licence][0]

    @property
    def licence_url(self) -> str:
        """The address of the licence."""
        return LICENCES[self.licence][1]

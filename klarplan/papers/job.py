"""What a paper is made from, and what comes of it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from klarplan.articles.article import Articles
from klarplan.articles.selection import Kind
from klarplan.look.typeface import FIRA, TYPEFACES, Typeface
from klarplan.messages import Finding
from klarplan.moves import removed_if_possible
from klarplan.strategy.numbers import begins_with
from klarplan.words.catalogue import GERMAN, Words

LARGE = 1.6
"""How many times larger large print is: its smallest text has 16 pt instead of 10.

Charts are drawn anew for the narrower page; a picture as wide as a page keeps its size.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One heading of the print order, with or without a page of the site.

    ``level`` is 1 for a chapter, 2 for a section such as a field of action, 3 for a measure.
    ``page`` is the page's path in the site folder (``massnahmen/m-001/``).
    """

    level: int
    title: str
    page: str | None = None
    fresh: bool = False
    """Whether it begins on a new page, as chapters do."""
    number: str = ""
    """What it is cited by, which stands before its title."""
    counted: bool = False
    """Whether its title begins with a number of its own, so that none stands before it."""
    kind: Kind = "book"
    """The kind of paper that says what of the page stands in it."""
    undivided: bool = False
    """Whether no break of the page parts it, unless it is longer than one."""
    colour: str = ""
    """That of its field of action, ``#rrggbb``, in which its heading is marked."""
    most: int | None = None
    """So many characters of an author's text stand on it; the annex has all of a longer one."""

    def with_number(self, title: str) -> str:
        """A title behind the number."""
        if self.counted or not self.number or begins_with(title, self.number):
            return title
        return f"{self.number} {title}"

    @property
    def cited(self) -> str:
        """The title behind the number."""
        return self.with_number(self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperJob:
    """Everything a PDF depends on; the same job gives the same bytes."""

    site: Path
    """The built HTML site."""
    articles: Articles
    """Its articles, shared with other papers."""
    target: Path
    """The PDF to write."""
    work: Path
    """A scratch folder; whatever is in it is removed."""
    template: Path
    """The folder ``overrides/print``."""
    own_templates: tuple[Path, ...] = ()
    """Templates of the town, which take the place of those of the same name there."""
    entries: tuple[Entry, ...]
    beside: Mapping[str, str] = field(default_factory=dict)
    """Pages of the site in another volume: path to what tells a reader where."""
    attachments: tuple[Path, ...] = ()
    """Files to embed as data (AFRelationship Data)."""
    words: Words = GERMAN
    """What the paper says in, as the site does."""
    title: str
    strategy: str = ""
    """The title of the strategy, where that of the paper adds a word to it."""
    subtitle: str = ""
    publisher: str
    version: str = ""
    as_of: dt.date
    draft: bool = False
    """Whether the strategy is not public yet, which the paper tells on every page."""
    commit: str = ""
    address: str = ""
    """The address of the site on the web, or nothing where it has none."""
    licence_name: str = ""
    licence_url: str = ""
    primary_colour: str = "#1f4e79"
    accent_colour: str = "#9a3b00"
    typeface: Typeface = TYPEFACES[FIRA]
    keywords: tuple[str, ...] = ()
    description: str = ""
    resolution: str = ""
    logo: Path | None = None
    contact: tuple[str, ...] = ()
    """Who answers questions, line by line: office, street, town, mailbox."""
    imprint: bool = False
    """Whether a page behind the cover and a last chapter tell who made it, and how."""
    zoom: float = 1.0
    """How many times larger than usual everything on a page is."""
    style: str = "book"
    """``book``: cover and contents; ``brochure``: cover; ``report``: a sober page with both."""

    def dated(self, day: str) -> str:
        """The as-of date in words, with what a draft has to tell beside it."""
        return self.words("print.dated_draft", day=day) if self.draft else day

    @property
    def rights(self) -> str:
        """The licence as metadata state it: its name and address."""
        return " ".join(filter(None, (self.licence_name, self.licence_url)))

    def clear_work(self) -> None:
        """Empties the scratch folder and puts the files of the template there."""
        removed_if_possible(self.work)
        self.work.mkdir(parents=True)
        for file in (*sorted(self.template.glob("*.typ")), *self.own_templates):
            shutil.copyfile(file, self.work / file.name)


@dataclass(frozen=True, slots=True)
class PdfResult:
    """What was written: the number of pages, and what print could not show."""

    pages: int
    warnings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site in the print."""

    entry: Entry
    path: str
    """Its folder in the site, with a slash at the end, or nothing for the start page."""
    slug: str
    """What its labels begin with."""

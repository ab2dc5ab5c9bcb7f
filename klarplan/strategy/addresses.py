"""Where the pages are: one place for all addresses of the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from klarplan.letters import plain_letters
from klarplan.strategy.chapters import CHAPTERS, ROW_CHAPTERS
from klarplan.strategy.model import Strategy

if TYPE_CHECKING:
    from klarplan.strategy.periods import Period

ROW_FOLDERS = frozenset(chapter.folder for chapter in ROW_CHAPTERS.values())
"""The folders with the texts of rows, in the repository."""

HANDBOOK = "handbuch/"
"""What is for editors, below the site: neither in the menu nor in the search."""
DATA = "daten/"
"""Where the open data is, below the site."""
PACKAGE = DATA + "datapackage.json"
PACKAGE_ZIP = DATA + "strategie-daten.zip"
WORKBOOK = DATA + "strategie-daten.xlsx"

MEASURES = DATA + "stand/massnahmen.csv"
"""All measures as they stand, for a spreadsheet."""

STRATML = DATA + "strategie.stratml.xml"
DICTIONARY: Mapping[str, str] = {
    "de": f"{DATA}beschreibung/spalten.csv",
    "en": f"{DATA}beschreibung/columns.csv",
}
"""Every column and what it means, in each language."""
SCHEMA_CHANGES: Mapping[str, str] = {
    "de": f"{DATA}beschreibung/aenderungen.csv",
    "en": f"{DATA}beschreibung/changes.csv",
}
"""How the tables have changed, in each language."""
API = "api/v1/"
"""Where programs find every row as JSON."""
OPENAPI = f"{API}openapi.json"
API_INDEX = f"{API}index.json"
BADGE = "badges/{}.svg"
"""A picture of how a measure stands; the braces hold the slug of its id."""
CATALOGUE = "catalog.rdf"
"""What open-data portals harvest."""
CATALOGUES = (CATALOGUE, "catalog.ttl", "catalog.jsonld")
"""The same in all its forms."""

NEWS = "neues/strategie.atom"
FIELD_NEWS = "neues/feld-{}.atom"
MEASURE_NEWS = "neues/massnahme-{}.atom"
CALENDAR = "termine/strategie.ics"
FIELD_CALENDAR = "termine/feld-{}.ics"
MEASURE_CALENDAR = "termine/massnahme-{}.ics"
"""What can be subscribed to; the braces hold the slug of the id."""

EMBEDDED = "einbetten/"
"""The overview that other sites may show in a frame, as the only page."""

PICTURES = "bilder/"
"""Where pictures of ``strategy/`` end up, below ``build/pages``."""


def split(address: str) -> SplitResult | None:
    """The parts of an address as people write it, or nothing where it has none: ``http://[::1``."""
    try:
        parts = urlsplit(address)
        _ = parts.port, parts.hostname
    except ValueError:
        return None
    return parts


def host_of(address: str) -> str:
    """The host of an address in lower case; empty where it has none."""
    parts = split(address)
    return (parts.hostname or "").lower() if parts else ""


_ENDING = re.compile(r"(?i)[a-z]{2,}|xn--[a-z0-9-]+")
_FILES = frozenset(
    (
        *("css", "csv", "doc", "docx", "gif", "htm", "html", "jpeg", "jpg", "js", "json"),
        *("ods", "odt", "pdf", "php", "png", "svg", "txt", "webp", "xlsx"),
    )
)
"""Ends of names of files that are not the ends of hosts."""


def is_host(name: str) -> bool:
    """Whether somebody can be reached by a name: a domain, a number, or the own computer.

    ``assets`` and ``film.mp4`` are the beginnings of paths.
    """
    host = name.strip("[]")
    if host == "localhost" or ":" in host or re.fullmatch(r"(?:\d{1,3}\.){3}\d{1,3}", host):
        return True
    before, _, ending = host.rstrip(".").rpartition(".")
    return bool(before and _ENDING.fullmatch(ending)) and ending.lower() not in _FILES


def is_web(address: str) -> bool:
    """Whether an address has https or http and a host."""
    parts = split(address) if ":" in address else None
    web = parts is not None and parts.scheme.lower() in ("https", "http")
    return web and is_host(parts.hostname or "") if parts else False


def slug(identifier: str) -> str:
    """An id as it stands in an address."""
    return identifier.lower()


def anchor(heading: str, separator: str = "-") -> str:
    """What a heading is called behind ``#`` in an address: ``Maß & Größe`` is ``mass-groesse``."""
    kept = re.sub(r"[^\w\s-]", "", plain_letters(heading)).strip()
    return re.sub(rf"[{separator}\s]+", separator, kept)


def table_name(path: str) -> str:
    """What the table in a file of ``data/`` is called in addresses: as its file, without ending.

    A table that is called as a file of our own beside it gets an addition, and so does one that
    is called like that: no two tables have one name.
    """
    name = path.rpartition(".")[0]
    ours = re.fullmatch(r"(index|openapi)(-table)*", name.lower())
    return f"{name}-table" if ours else name


def parquet_file(path: str) -> str:
    """The table in a file of ``data/`` as Parquet, beside its CSV file."""
    return f"{DATA}{path.rpartition('.')[0]}.parquet"


def table_page(path: str) -> str:
    """The address of the page about the table in a file of ``data/``."""
    return f"{DATA}{table_name(path)}/"


def page_of(table: str, identifier: str) -> str:
    """The address of a row's page, relative to the site: ``massnahmen/m-001/``."""
    return f"{ROW_CHAPTERS[table].address}{slug(identifier)}/"


def contribution_anchor(identifier: str) -> str:
    """What a contribution is called behind ``#`` on the page about taking part."""
    return f"beitrag-{slug(identifier)}"


def contribution(identifier: str) -> str:
    """The address of a contribution, relative to the site: ``beteiligung/#beitrag-fb-01``."""
    return f"{CHAPTERS['participation'].address}#{contribution_anchor(identifier)}"


def on_web(site_url: str, page: str) -> str:
    """The full address of a page, or nothing where the site has no address yet."""
    return f"{site_url.rstrip('/')}/{page}" if site_url else ""


def relative(here: str, there: str) -> str:
    """A link from one page to another, both relative to the site; works below any path."""
    folders = [part for part in here.split("/") if part not in ("", ".")]
    *above, name = there.split("/")
    same = 0
    while same < min(len(folders), len(above)) and folders[same] == above[same]:
        same += 1
    return "/".join([*[".."] * (len(folders) - same), *above[same:], name]) or "./"


def prose_file(table: str, identifier: str) -> str:
    """The file that holds a row's prose."""
    return f"{ROW_CHAPTERS[table].folder}/{identifier}.md"


def page_url(path: str) -> str:
    """The address of the page that a Markdown file becomes, relative to the site."""
    if posixpath.basename(path) == "index.md":
        return path.removesuffix("index.md")
    return path.removesuffix(".md") + "/"


def page_file(url: str) -> str:
    """The Markdown file that becomes the page with an address: always the index of a folder.

    Generators differ in what a link in HTML is relative to, file or address; thus both are one.
    """
    return f"{url}index.md"


def page_files(
    strategy: Strategy, chapters: tuple[str, ...], reported: Iterable[Period] = ()
) -> dict[str, str]:
    """Where source files end up: path in the repository to path below ``build/pages``."""
    places = {CHAPTERS[name].prose: CHAPTERS[name].file for name in chapters}
    for table in ROW_CHAPTERS:
        for row in strategy.entries(table) if strategy.has(table) else ():
            places[prose_file(table, row.id)] = page_file(page_of(table, row.id))
    places |= {period.prose: f"{period.page}index.md" for period in reported}
    return places

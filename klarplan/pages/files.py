"""The files of ``docs/`` and ``strategy/`` beside the pages: which are published, and which can't.

Check and build ask the same function. What is not known here is an error, never left out quietly.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from klarplan.look.drawing import cleaned
from klarplan.look.photos import SHRINKABLE
from klarplan.look.photos import published as published_picture
from klarplan.look.row_pictures import PICTURE_FOLDER
from klarplan.messages import NOTHING, Text
from klarplan.own_files import upstream
from klarplan.pages.adopted import ADOPTED
from klarplan.pages.file_kinds import FONTS, HANDBOOK, KINDS, LICENCES, Check, ContentError
from klarplan.pages.file_names import LEFTOVERS, PAGE, is_fit, page_name, why_unfit
from klarplan.strategy.addresses import DATA, PICTURES, page_url
from klarplan.strategy.redirects import REDIRECTS
from klarplan.strategy.settings import SETTINGS

STRATEGY = "strategy/"
ANSWERS = "strategy/acknowledged.csv"
"""What editors answered to warnings of the check."""
ENGINE = (SETTINGS, ANSWERS, ADOPTED, REDIRECTS)
"""Files below ``strategy/`` that Klarplan reads and does not publish, beside its pages."""

OURS = (
    "assets/bilder/",
    "assets/javascripts/",
    "assets/schrift/",
    "assets/stylesheets/",
    "api/",
    "badges/",
    "catalog.jsonld",
    "catalog.rdf",
    "catalog.ttl",
    DATA,
    "llms.txt",
    "neues/",
    "termine/",
    PICTURES,
    "pagefind/",
    "robots.txt",
)
"""Where a site's own files are; nothing of ``docs/`` may lie there."""

EMPTIED = ("form/", "macros/", "pages/", "print/")
"""Folders of a site that generators fill with templates and that are taken away again."""

COMMANDS = (
    *("staticwebapp.config.json", "routes.json", "vercel.json", "now.json", "firebase.json"),
)
"""Names by which hosts of static sites take a file for their settings: redirects, headers."""

_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file can't be published; ``line`` counts from 1 where there is one."""

    problem: Text
    cure: Text = NOTHING
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """A file beside the pages: where it is, its name in the repository, its place on the site."""

    path: Path
    file: str
    place: str = ""
    """Empty for pages and what is not published."""
    fault: Fault | None = None

    @property
    def is_drawing(self) -> bool:
        """Whether it is an SVG, which is published as it is written anew."""
        return self.path.suffix.lower() == ".svg"

    def content(self) -> bytes:
        """What is published of a file without fault."""
        content = self.path.read_bytes()
        if self.is_drawing:
            return cleaned(content)
        return published_picture(content) if self.path.suffix.lower() in SHRINKABLE else content


def beside_pages(root: Path, font: str) -> Iterator[Beside]:
    """Every file that is published beside pages, and each file and folder with a fault.

    ``font`` is the setting: the folder below ``docs/`` with a typeface of one's own, if it is one.
    Symbolic links are passed over; the check refuses them.
    """
    for base, name, prefix in (
        (upstream(root, "docs"), "docs", ""),
        (root / "strategy", "strategy", PICTURES),
    ):
        for path, inner in _walk(base):
            found = _judged(path, f"{name}/{inner}", inner, prefix, font)
            if found.fault or found.place:
                yield found


def published(root: Path, font: str) -> Iterator[Beside]:
    """Those that may be published."""
    return (found for found in beside_pages(root, font) if found.fault is None)


def told(texts: Iterable[str]) -> str:
    """Texts as names of files are looked for in them (``names``)."""
    return unquote(html.unescape("\0".join(texts)).replace("\\", "")).casefold()


def names(told_texts: str, file: str) -> bool:
    """Whether one of the texts names a file; a file of ``docs/`` needs no text to name it.

    What lies below ``strategy/`` belongs to a text there. Where no public text names it, it may
    belong to one that is internal, and is not published. A picture of the table ``pictures`` may
    belong to an internal row: a text names it together with its folder.
    """
    of_row = file.startswith(f"{PICTURE_FOLDER}/")
    name = file.removeprefix(STRATEGY) if of_row else file.rpartition("/")[2]
    return not file.startswith(STRATEGY) or name.casefold() in told_texts


def _walk(base: Path) -> Iterator[tuple[Path, str]]:
    """Files and folders below a folder with their names in it, in order, without links."""
    for folder, folders, files in os.walk(base):
        folders.sort()
        for name in sorted((*folders, *files)):
            path = Path(folder) / name
            if not path.is_symlink():
                yield path, path.relative_to(base).as_posix()


def _judged(path: Path, file: str, inner: str, prefix: str, font: str) -> Beside:
    if LEFTOVERS.fullmatch(path.name) or file in ENGINE:
        return Beside(path, file)
    fault = name_fault(path.name)
    page = path.suffix == PAGE
    if not prefix and not fault:
        fault = _page_fault(path, inner)
    if path.is_dir():
        return Beside(path, file, fault=_FOLDER if page and not fault else fault)
    if not fault and (meant := page_name(path.name)):
        fault = _called_otherwise(path, meant)
    if fault or page:
        return Beside(path, file, fault=fault)
    if path.name.lower() in COMMANDS:
        return Beside(path, file, fault=_COMMAND)
    if not prefix and f"{inner.lower()}/".startswith(tuple(f"{p.rstrip('/')}/" for p in OURS)):
        return Beside(path, file, fault=_OURS)
    fault = _content_fault(path, file, font)
    return Beside(path, file, "" if fault else prefix + inner, fault)


def _page_fault(path: Path, inner: str) -> Fault | None:
    """Why a page or folder of ``docs`` can't be a folder of the site: a file may be there."""
    page = path.suffix == PAGE
    if not page and not path.is_dir():
        return None
    url = page_url(inner) if page else f"{inner}/"
    if url.lower().startswith(EMPTIED):
        return _OURS
    name = path.stem if page and path.is_file() else path.name
    like_a_file = _ENDING.fullmatch(Path(name).suffix) and Path(name).suffix != PAGE
    return _LIKE_A_FILE if like_a_file else None


def _content_fault(path: Path, file: str, font: str) -> Fault | None:
    check = _check(path, file, font) if path.is_file() else None
    if check is None:
        return _kind_fault(path, file, font)
    try:
        check(path)
    except ContentError as error:
        return Fault(error.problem, error.cure, error.line)
    return None


def _check(path: Path, file: str, font: str) -> Check | None:
    """The function that looks at such a file; nothing where it is not published."""
    ending = path.suffix.lower()
    if ending in KINDS:
        return KINDS[ending]
    if font and file.startswith(f"docs/{font.strip('/')}/"):
        return FONTS.get(ending) or LICENCES.get(path.name.upper())
    return HANDBOOK.get(ending) if file.startswith("docs/handbuch/") else None


def name_fault(name: str) -> Fault | None:
    """Why a file or folder may not be called so; nothing where it may."""
    return None if is_fit(name) else Fault(*why_unfit(name))


def _called_otherwise(path: Path, meant: str) -> Fault:
    """What is told of a text that is not read, because its name has another ending."""
    cure = Text(f"Benennen Sie sie um in {meant}.", f"Rename it to {meant}.")
    if (path.parent / meant).is_file() and not (path.parent / meant).samefile(path):
        cure = Text(
            f"Daneben liegt {meant}; übernehmen Sie, was dort fehlt, und löschen Sie diese Datei.",
            f"{meant} is beside it; take over what is missing there, and delete this file.",
        )
    return Fault(
        Text(
            f"Der Text wird nicht gelesen, denn Seiten enden auf „{PAGE}“, klein geschrieben.",
            f"The text is not read, as pages end in “{PAGE}”, in small letters.",
        ),
        cure,
    )


_SAVED_AS: Mapping[str, Text] = {
    **dict.fromkeys(
        (".heic", ".heif", ".tif", ".tiff", ".bmp", ".jfif", ".jpe", ".psd", ".dng", ".cr2"),
        Text(
            "Speichern Sie das Bild als JPG (Fotos) oder PNG (Grafiken).",
            "Save the picture as JPG (photos) or PNG (graphics).",
        ),
    ),
    **dict.fromkeys(
        (".eps", ".ai", ".wmf", ".emf", ".cdr"),
        Text("Speichern Sie die Grafik als SVG oder PNG.", "Save the graphic as SVG or PNG."),
    ),
    **dict.fromkeys(
        (".doc", ".rtf", ".pages", ".docm", ".dotx"),
        Text(
            "Einen Text der Website schreiben Sie in eine Datei mit der Endung .md; ein Dokument "
            "zum Herunterladen speichern Sie als PDF, DOCX oder ODT.",
            "Write a text of the website into a file that ends in .md; save a document to "
            "download as PDF, DOCX or ODT.",
        ),
    ),
    **dict.fromkeys(
        (".xls", ".xlsm", ".numbers", ".xlsb"),
        Text("Speichern Sie die Tabelle als XLSX oder CSV.", "Save the table as XLSX or CSV."),
    ),
    **dict.fromkeys(
        (".ppt", ".pptm", ".key"),
        Text("Speichern Sie die Folien als PDF oder PPTX.", "Save the slides as PDF or PPTX."),
    ),
    **dict.fromkeys(
        (".mov", ".avi", ".wmv", ".mkv"),
        Text("Speichern Sie den Film als MP4.", "Save the film as MP4."),
    ),
}
"""What files of kinds that no browser shows are best saved as."""


def _kind_fault(path: Path, file: str, font: str) -> Fault:
    kinds = [*KINDS, *(FONTS if font and file.startswith(f"docs/{font}/") else ())]
    allowed = " ".join([PAGE, *kinds])
    what = path.suffix or path.name
    return Fault(
        Text(
            f"Dateien der Art „{what}“ werden nicht veröffentlicht.",
            f"Files of kind “{what}” are not published.",
        ),
        _SAVED_AS.get(path.suffix.lower())
        or Text(
            f"Löschen Sie die Datei, oder speichern Sie sie in einer dieser Arten: {allowed}",
            f"Delete the file, or save it as one of these kinds: {allowed}",
        ),
    )


_FOLDER = Fault(
    Text("Der Ordner heißt wie eine Seite.", "The folder is called like a page."),
    Text(f"Benennen Sie ihn um, ohne „{PAGE}“.", f"Rename it, without “{PAGE}”."),
)
_LIKE_A_FILE = Fault(
    Text(
        "Die Seite oder der Ordner heißt wie eine Datei anderer Art.",
        "The page or folder is called like a file of another kind.",
    ),
    Text("Nehmen Sie einen Namen ohne diese Endung.", "Choose a name without that ending."),
)
_COMMAND = Fault(
    Text(
        "Webserver mancher Anbieter lesen eine Datei dieses Namens als ihre Einstellungen.",
        "Web servers of some hosts read a file of this name as their settings.",
    ),
    Text("Wählen Sie einen anderen Namen.", "Choose another name."),
)
_OURS = Fault(
    Text(
        "An dieser Stelle der Website liegen Dateien von Klarplan.",
        "Klarplan's own files are at this place of the site.",
    ),
    Text("Wählen Sie einen anderen Ordner oder Namen.", "Choose another folder or name."),
)

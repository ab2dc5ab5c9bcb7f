"""Rules on the addresses of pages: there is a start page, and each address has one page."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.pages.destinations import destinations, doc_files
from klarplan.pages.file_names import same_but_for_case
from klarplan.strategy.addresses import EMBEDDED, table_page
from klarplan.strategy.paper_list import (
    BRIEF_PAGE,
    FIGURES_PAGE,
    ORGANISATIONS_PAGE,
    PLACES_PAGE,
)
from klarplan.strategy.place_names import has_places

START = "docs/index.md"
OWN = (BRIEF_PAGE, FIGURES_PAGE, EMBEDDED)
"""Pages that no file of the repository becomes."""


@rule(
    "KP751",
    title=Text("Startseite fehlt", "No start page"),
    de=f"Die Startseite steht in {START}.",
    pages=True,
)
def no_start_page(subject: Subject) -> Iterator[Finding]:
    """The start page is in docs/index.md."""
    names = {f"docs/{name}" for _, name in doc_files(subject.loaded.root)}
    if START not in names:
        same = same_but_for_case(START, names)
        yield Finding(
            rule="",
            file=START,
            problem=Text(
                "Die Startseite fehlt; ohne sie gibt es keine Website.",
                "The start page is missing; there is no website without it.",
            ),
            cure=Text(f"Benennen Sie {same} um in index.md.", f"Rename {same} to index.md.")
            if same
            else Text(
                f"Legen Sie die Datei {START} an, zum Beispiel mit der Zeile: # Willkommen",
                f"Make the file {START}, for example with the line: # Welcome",
            ),
        )


@rule(
    "KP752",
    title=Text("Zwei Seiten mit einer Adresse", "Two pages with one address"),
    de="Jede Seite hat eine eigene Adresse; groß und klein geschrieben ist dieselbe.",
    pages=True,
)
def same_address(subject: Subject) -> Iterator[Finding]:
    """Each page has an address of its own; upper and lower case are the same."""
    others = {f"{page}index.md".casefold(): page for page in OWN}
    for name in subject.strategy.tables:
        page = table_page(subject.loaded.descriptor.tables[name].path)
        others[f"{page}index.md".casefold()] = page
    if subject.strategy.organisations:
        others[f"{ORGANISATIONS_PAGE}index.md".casefold()] = ORGANISATIONS_PAGE
    if has_places(subject.strategy):
        others[f"{PLACES_PAGE}index.md".casefold()] = PLACES_PAGE
    known = sorted(destinations(subject.loaded, subject.as_of).items(), reverse=True)
    for file, place in known:  # texts of strategy/ have their addresses from the data
        address = place.casefold()
        if (other := others.setdefault(address, file)) != file and file.startswith("docs/"):
            address = address.removesuffix("index.md") or "/"
            yield Finding(
                rule="",
                file=file,
                problem=Text(
                    f"Die Seite hätte dieselbe Adresse „{address}“ wie „{other}“.",
                    f"The page would have the same address “{address}” as “{other}”.",
                ),
                cure=Text(
                    "Benennen Sie eine der beiden Dateien um.", "Rename one of the two files."
                ),
            )

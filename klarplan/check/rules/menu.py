"""Rules on the menu: what it names exists, and no page of one's own is out of reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from klarplan.check.rules.links import linked_files
from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.messages import NOTHING, Finding, Text, did_you_mean, near
from klarplan.pages.destinations import doc_files
from klarplan.pages.files import name_fault
from klarplan.pages.menu import menu_files, place, reached
from klarplan.strategy.settings import DOCS, SETTINGS, MenuItem

_START = f"{DOCS}index.md"
HANDBOOK = f"{DOCS}handbuch/"
"""The pages that come along, which their own start page lists."""


@rule(
    "KP754",
    title=Text("Menü nennt keine Seite", "Menu names no page"),
    de="menu in strategy/strategy.yml nennt Seiten, die es unter docs/ gibt, jede einmal.",
    pages=True,
)
def menu_without_page(subject: Subject) -> Iterator[Finding]:
    """menu in strategy/strategy.yml names pages that there are below docs/, each once."""
    known = [f"{DOCS}{name}" for _, name in doc_files(subject.loaded.root)]
    told: set[str] = set()
    for file in menu_files(subject.strategy.settings.menu):
        own = [_bare(k) for k in known if not k.startswith((HANDBOOK, _START))]
        meant = [f"{DOCS}{name}.md" for name in near(_bare(file), own)]
        problem, cure = _MISSING, did_you_mean(file, meant)
        if file == _START:
            problem, cure = _FIRST, _DELETE
        elif file in told:
            problem, cure = _TWICE, _DELETE
        elif file in known:
            told.add(file)
            continue
        elif f"{file}.md" in known:
            problem, right = _NO_ENDING, f"- {file}.md"
            cure = Text(f"Schreiben Sie: {right}", f"Write: {right}")
        elif (subject.loaded.root / file).is_dir():
            problem, cure = _FOLDER, _FOLDER_CURE
        elif title := _turned(subject.strategy.settings.menu, file):
            problem = _TURNED
            right = f"- {file.removeprefix(DOCS)}: {title}"
            cure = Text(f"Schreiben Sie: {right}", f"Write: {right}")
        elif cure == NOTHING:
            page = file if file.endswith(".md") else f"{file}.md"
            named = "" if page == file else f", und schreiben Sie im Menü: - {page}"
            named_en = "" if page == file else f", and write in the menu: - {page}"
            cure = Text(
                f"Legen Sie {page} an{named}; oder löschen Sie die Zeile.",
                f"Make {page}{named_en}; or delete the line.",
            )
        finding = subject.setting("menu", problem, cure)
        line = _line(subject, file, finding.line or 1, last=problem is _TWICE)
        yield replace(finding, line=line, value=shown(file))


def _bare(file: str) -> str:
    """The name of a page without what all of them share."""
    return file.removeprefix(DOCS).removesuffix(".md")


def _turned(menu: Iterable[MenuItem], file: str) -> str | None:
    """The file that stands in the place of the title of what was taken for a file."""
    for item in menu:
        if item.file == file and item.title.endswith(".md"):
            return item.title
        if found := _turned(item.items, file):
            return found
    return None


def _line(subject: Subject, file: str, first: int, *, last: bool) -> int:
    """The line of the settings that names a file of the menu."""
    lines = subject.texts.get(SETTINGS, [])
    name = file.removeprefix(DOCS)
    rest = list(enumerate(lines, 1))[first - 1 :]
    found = [number for number, line in rest if name in line.partition("#")[0]]
    return found[-1 if last else 0] if found else first


@rule(
    "KP753",
    title=Text("Seite in keinem Menü", "Page in no menu"),
    de="Zu jeder Seite unter docs/ führt das Menü oder ein Link einer anderen Seite.",
    severity="warning",
    pages=True,
)
def out_of_reach(subject: Subject) -> Iterator[Finding]:
    """To each page below docs/ leads the menu or a link of another page."""
    if "menu" in subject.told_settings:
        return  # nobody knows what it was to name
    named = set(menu_files(subject.strategy.settings.menu))
    linked = {
        target for page in subject.pages for target in linked_files(page) if target != page.file
    }
    for page in subject.pages:
        own = page.is_docs and not page.file.startswith(HANDBOOK)
        if page.file.casefold() == _START or name_fault(page.path.name):
            continue  # another rule asks for its right name
        if not own or page.file in named or page.file in linked or reached(place(page.file)):
            continue
        yield Finding(
            rule="",
            file=page.file,
            line=1,
            problem=Text(
                "Zu dieser Seite führen weder das Menü noch ein Link; niemand wird sie finden.",
                "Neither the menu nor a link leads to this page; nobody will find it.",
            ),
            cure=Text(
                f"Nehmen Sie sie in {SETTINGS} unter menu auf (- {page.file}), oder verlinken Sie "
                "sie auf einer anderen Seite.",
                f"Add it to menu in {SETTINGS} (- {page.file}), or link to it on another page.",
            ),
        )


_MISSING = Text("Das Menü nennt eine Seite, die es nicht gibt.", "The menu names no page.")
_TWICE = Text("Das Menü nennt diese Seite zweimal.", "The menu names this page twice.")
_FIRST = Text("Die Startseite steht immer vorn im Menü.", "The start page is always first.")
_TURNED = Text(
    "Titel und Datei stehen im Menü in falscher Reihenfolge.",
    "Title and file stand in the menu in the wrong order.",
)
_NO_ENDING = Text(
    "Dem Namen der Seite fehlt im Menü die Endung .md.",
    "The name of the page lacks its ending .md in the menu.",
)
_FOLDER = Text(
    "Das Menü nennt einen Ordner; es nimmt nur Seiten auf.",
    "The menu names a folder; it takes pages only.",
)
_FOLDER_CURE = Text(
    "Zählen Sie die Seiten einzeln auf, zum Beispiel: - docs/mitmachen.md",
    "List the pages one by one, for example: - docs/mitmachen.md",
)
_DELETE = Text("Löschen Sie diese Zeile.", "Delete this line.")

"""Rules on links and pictures in pages: whether what they name will be on the site."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from klarplan.check.link_cures import (
    EMPTY,
    EMPTY_CURE,
    NO_PICTURE,
    NO_PICTURE_CURE,
    slip_of_address,
)
from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.check.texts import Page, Written
from klarplan.check.whole_pages import Goals
from klarplan.messages import NOTHING, Finding, Text, did_you_mean, near
from klarplan.pages.destinations import CONDITIONAL
from klarplan.pages.file_kinds import SHOWN
from klarplan.pages.gate import cleaned, scheme
from klarplan.strategy.addresses import ROW_FOLDERS
from klarplan.strategy.chapters import CHAPTERS


@dataclass(frozen=True, slots=True)
class Target:
    """A relative address in a page: as written, and the file in the repository that it names."""

    written: str
    file: str
    anchor: str


def _target(page: Page, address: str) -> Target | None:
    """What a relative address names; ``None`` for addresses elsewhere and within the page."""
    if scheme(address) is not None:
        return None
    path, _, anchor = cleaned(address).partition("#")
    path = unquote(path.partition("?")[0])
    if not path:
        return None
    file = posixpath.normpath(posixpath.join(posixpath.dirname(page.file), path))
    return Target(address, file, unquote(anchor))


def _targets(page: Page, found: Iterable[Written]) -> Iterator[Target]:
    for written in found:
        if target := _target(page, written.address):
            yield target


def _links(page: Page) -> Iterator[Target]:
    return _targets(page, page.links)


def linked_files(page: Page) -> Iterator[str]:
    """The files of the repository that the links of a page name."""
    return (target.file for target in _links(page))


def _pictures(page: Page) -> Iterator[Target]:
    return _targets(page, page.pictures)


def _asset(subject: Subject, file: str) -> str | None:
    """Why a file that is no page won't be on the site; ``None`` where it will."""
    path = subject.loaded.root / file
    if ":" in file or not file.startswith(("docs/", "strategy/")) or "/../" in f"/{file}/":
        return "outside"
    if path.is_symlink() or not path.resolve().is_relative_to(subject.loaded.root.resolve()):
        return "symlink"
    return None if path.is_file() else "missing"


def _is_turned(target: Target) -> bool:
    """Whether a backslash divides folders: browsers read it as a slash, the build does not."""
    return "\\" in unquote(target.written)


def _no_picture(target: Target) -> str | None:
    """Why a file that is there can't be shown in a page; ``None`` where it can."""
    return None if posixpath.splitext(target.file)[1].lower() in SHOWN else "no picture"


_REASONS = {
    "outside": Text(
        "liegt nicht unter docs/ oder strategy/ und kommt nicht auf die Website",
        "is not below docs/ or strategy/ and is not put on the site",
    ),
    "symlink": Text("ist ein symbolischer Link", "is a symbolic link"),
    "missing": Text("gibt es nicht", "does not exist"),
    "no chapter": Text("hat auf dieser Website keine Seite", "has no page on this site"),
    "no picture": Text("ist weder ein Bild noch ein Film", "is neither a picture nor a film"),
}


_OF_CHAPTERS = {*(c.prose for c in CHAPTERS.values()), *(f"docs/{name}" for name in CONDITIONAL)}
"""Files whose pages stand only where there is something for them to tell."""
_ROOTED = Text(
    "beginnt mit einem Schrägstrich und führt deshalb nicht zu einer Seite der Strategie",
    "begins with a slash, and so leads to no page of the strategy",
)


def _broken(page: Page, target: Target, reason: str, known: list[str]) -> Finding:
    why = _REASONS[reason]
    if slip := slip_of_address(unquote(target.written)):
        return Finding(
            rule="",
            file=page.file,
            line=page.find(f"]({target.written}", target.written),
            value=shown(target.written),
            problem=slip[0],
            cure=slip[1],
        )
    here = posixpath.dirname(page.file)
    cure = NOTHING
    row = row_of(target.file) if reason == "missing" else None
    cause = ("id", row) if row else None
    if reason == "no picture":
        cause = ("file", target.file)
        cure = Text(
            "Nennen Sie eine Bilddatei, oder verlinken Sie die Datei: [Text](Adresse).",
            "Name a picture, or link to the file: [text](address).",
        )
    elif reason == "no chapter":
        cure = Text(
            "Nehmen Sie den Link heraus. Ein Kapitel hat eine Seite, wenn es einen Text oder "
            "öffentliche Zeilen hat und „chapters“ in strategy/strategy.yml es nicht auslässt.",
            "Take out the link. A chapter has a page where it has a text or public rows, and "
            "“chapters” in strategy/strategy.yml does not leave it out.",
        )
    elif meant := _near(target.file, known) if reason == "missing" else []:
        cause = cause or ("file", meant[0])
        path = posixpath.relpath(meant[0], here)
        cure = Text(f"Meinten Sie „{path}“?", f"Did you mean “{path}”?")
    elif target.written.startswith("/"):
        why = _ROOTED
        meant = _near(target.written.lstrip("/").partition("#")[0], known) or ["docs/index.md"]
        path = posixpath.relpath(meant[0], here)
        cure = Text(
            f"Schreiben Sie den Pfad von dieser Datei aus: {path}",
            f"Write the path from this file: {path}",
        )
    else:
        cure = Text(
            "Prüfen Sie den Pfad; er gilt von dieser Datei aus.",
            "Check the path; it counts from this file.",
        )
    return Finding(
        rule="",
        file=page.file,
        line=page.find(f"]({target.written}", target.written),
        value=shown(target.written),
        problem=Text(f"„{shown(target.file)}“ {why.de}.", f"“{shown(target.file)}” {why.en}."),
        cure=cure,
        cause=cause,
    )


def _near(file: str, known: list[str]) -> list[str]:
    """The known file that is nearest in its name and, among those, in its folder."""
    name = posixpath.basename(file)
    named = [k for k in known if near(name, [posixpath.basename(k)])]
    return near(file, named)


def _empty(page: Page, found: Iterable[Written], problem: Text, cure: Text) -> Iterator[Finding]:
    """What is told where the address of a link or picture in Markdown was left out."""
    for written in found:
        if written.address.strip().rstrip("#"):
            continue
        sign = f"]({written.address})"
        if any(sign in text for _, text in page.numbered_lines):
            yield Finding(rule="", file=page.file, line=page.find(sign), problem=problem, cure=cure)


def _decomposed(subject: Subject, file: str) -> bool:
    """Whether there is such a file whose umlauts are composed of two letters, as macOS has them."""
    folder = (subject.loaded.root / file).parent
    name = posixpath.basename(file)
    if not folder.is_dir():
        return False
    return any(unicodedata.normalize("NFC", other.name) == name for other in folder.iterdir())


@rule(
    "KP711",
    title=Text("Link ins Leere", "Broken link"),
    de="Links auf andere Seiten und Dateien führen zu etwas, das es auf der Website gibt.",
    pages=True,
)
def broken_link(subject: Subject) -> Iterator[Finding]:
    """Links to other pages and files lead to something that the site has."""
    pages = subject.places
    known = [*pages, *(p.file for p in subject.pages if p.is_docs)]
    for page in subject.pages:
        yield from _empty(page, page.links, EMPTY, EMPTY_CURE)
        for target in _links(page):
            absolute = target.written.startswith("/")
            turned = _is_turned(target)
            # A link to an internal row is told by a rule of its own.
            there = target.file in pages or row_of(target.file) in subject.internal
            if there and not absolute and not turned:
                continue
            is_missing = turned or target.file.endswith(".md")
            reason = "missing" if is_missing else _asset(subject, target.file)
            if absolute:
                reason = "outside"
            if reason == "missing" and not turned and target.file in _OF_CHAPTERS:
                reason = "no chapter"
            if reason == "missing" and not turned and _decomposed(subject, target.file):
                continue  # the name of the file is the cause, which is told there
            if reason:
                yield _broken(page, target, reason, known)


@rule(
    "KP712",
    title=Text("Bild fehlt", "Missing image"),
    de="Bilder und Filme liegen unter docs/ oder strategy/, und ihr Pfad stimmt.",
    pages=True,
)
def broken_image(subject: Subject) -> Iterator[Finding]:
    """Pictures and films are below docs/ or strategy/, and their path is right."""
    for page in subject.pages:
        folder = page.path.parent
        yield from _empty(page, page.pictures, NO_PICTURE, NO_PICTURE_CURE)
        for target in _pictures(page):
            reason = "outside" if target.written.startswith("/") else _asset(subject, target.file)
            reason = reason or ("missing" if _is_turned(target) else _no_picture(target))
            if reason:
                beside = [
                    posixpath.join(posixpath.dirname(page.file), other.name)
                    for other in folder.iterdir()
                    if posixpath.splitext(other.name)[1].lower() in SHOWN and other.is_file()
                ]
                yield _broken(page, target, reason, sorted(beside))


@rule(
    "KP713",
    title=Text("Link auf einen internen Eintrag", "Link to an internal row"),
    de="Öffentliche Seiten verlinken keine internen Einträge.",
    pages=True,
)
def internal_link(subject: Subject) -> Iterator[Finding]:
    """Public pages do not link to internal rows."""
    for page in subject.pages:
        if row_of(page.file) in subject.internal:
            continue
        for target in _links(page):
            if row_of(target.file) in subject.internal:
                yield Finding(
                    rule="",
                    file=page.file,
                    line=page.find(f"]({target.written}", target.written),
                    value=shown(target.written),
                    problem=Text(
                        f"„{row_of(target.file)}“ ist intern; der Link führte auf der Website ins "
                        "Leere und verriete die Kennung.",
                        f"“{row_of(target.file)}” is internal; on the site the link would be dead "
                        "and give the id away.",
                    ),
                    cure=Text("Löschen Sie den Link.", "Delete the link."),
                )


def row_of(file: str) -> str | None:
    """The id of the row that a prose file belongs to."""
    folder, _, name = file.rpartition("/")
    return name.removesuffix(".md") if folder in ROW_FOLDERS else None


@rule(
    "KP714",
    title=Text("Verweis als HTML", "Reference as HTML"),
    de="Relative Links und Bilder sind in Markdown geschrieben, denn nur dort werden ihre Pfade "
    "für die Website angepasst.",
    pages=True,
)
def html_reference(subject: Subject) -> Iterator[Finding]:
    """Relative links and images are Markdown, as only there paths are fitted to the site."""
    for page in subject.pages:
        written = [link for link in (*page.links, *page.pictures) if not link.markdown]
        for target in _targets(page, written):
            is_picture = any(p.address == target.written for p in page.pictures)
            right = f"[{'Beschreibung' if is_picture else 'Text'}]({shown(target.written)})"
            right_en = f"[{'description' if is_picture else 'text'}]({shown(target.written)})"
            mark = "!" * is_picture
            yield Finding(
                rule="",
                file=page.file,
                line=page.find(f'="{target.written}', target.written),
                value=shown(target.written),
                problem=Text(
                    "Dieser Pfad steht in HTML und wird auf der Website nicht stimmen.",
                    "This path is in HTML and won't be right on the site.",
                ),
                cure=Text(f"Schreiben Sie {mark}{right}.", f"Write {mark}{right_en}."),
            )


@rule(
    "KP715",
    title=Text("Sprungziel fehlt", "Missing anchor"),
    de="Links mit # führen zu einer Überschrift oder Stelle, die es auf der Seite gibt.",
    pages=True,
)
def missing_anchor(subject: Subject) -> Iterator[Finding]:
    """Links with # lead to a heading or place that the page has."""
    written = {page.file: page for page in subject.pages}
    for page in subject.pages:
        if row_of(page.file) in subject.internal:
            continue
        within = [
            Target(link.address, page.file, unquote(link.address[1:]))
            for link in page.links
            if link.address.startswith("#")
        ]
        for target in (*within, *_links(page)):
            there = written.get(target.file)
            if not target.anchor or (there is not None and target.anchor in there.ids):
                continue
            refused = (
                (subject.loaded.root / target.file).is_file()
                if there is None
                else there.seen is None
            )
            if refused or target.file not in subject.places:
                continue  # a text that was refused is not made into a page either
            goals = subject.whole.goals(target.file)
            if goals is not None and target.anchor not in goals.ids:
                yield _missing_anchor(page, target, goals)


def _missing_anchor(page: Page, target: Target, goals: Goals) -> Finding:
    address, anchor = target.written.partition("#")[0], shown(target.anchor)
    cure = did_you_mean(target.anchor, goals.ids)
    if now := goals.renamed.get(target.anchor):
        cure = Text(
            f"Die Überschrift heißt dort jetzt so: {address}#{now}.",
            f"The heading is called like this now: {address}#{now}.",
        )
    elif cure == NOTHING:
        cure = Text(
            "Hinter # steht die Überschrift in Kleinbuchstaben, mit Bindestrichen statt "
            "Leerzeichen; ihr Zeichen ¶ auf der Website hat die richtige Adresse.",
            "Behind # stands the heading in lower case, with hyphens for spaces; its sign ¶ on "
            "the website has the right address.",
        )
    return Finding(
        rule="",
        file=page.file,
        line=page.find(f"]({target.written}", target.written),
        value=shown(target.written),
        problem=Text(
            f"In „{target.file}“ gibt es kein Sprungziel „{anchor}“.",
            f"There is no anchor “{anchor}” in “{target.file}”.",
        ),
        cure=cure,
    )

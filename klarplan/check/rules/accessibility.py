"""Rules that keep pages readable for all (WCAG 2.2, EN 301 549)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.messages import Finding, Text
from klarplan.pages.gate import scheme
from klarplan.strategy.addresses import prose_file
from klarplan.strategy.chapters import CHAPTERS, ROW_CHAPTERS, chapters_present
from klarplan.strategy.periods import periods


@rule(
    "KP721",
    title=Text("Bild ohne Alternativtext", "Image without alternative text"),
    de="Jedes Bild hat einen Alternativtext (WCAG 1.1.1).",
    pages=True,
)
def missing_alt(subject: Subject) -> Iterator[Finding]:
    """Each image has an alternative text (WCAG 1.1.1)."""
    for page in subject.pages:
        last = 0
        for picture in page.pictures:
            if picture.alternative is None or picture.alternative.strip():
                continue
            source = picture.address
            if not picture.markdown and scheme(source) is None:
                continue  # a path in HTML is wrong itself, and told with how to write the picture
            last = page.find(f"![]({source}", source, "<img", after=last) or last
            yield Finding(
                rule="",
                file=page.file,
                line=last or None,
                value=shown(source) or None,
                problem=Text(
                    "Das Bild hat keinen Alternativtext.", "The image has no alternative text."
                ),
                cure=Text(
                    "Schreiben Sie in die eckigen Klammern, was zu sehen ist: "
                    f"![Beschreibung]({shown(source)}).",
                    "Write into the square brackets what is to be seen: "
                    f"![description]({shown(source)}).",
                ),
            )


@rule(
    "KP722",
    title=Text("Überschriftenebene übersprungen", "Heading level skipped"),
    de="Auf eine Überschrift folgt höchstens die nächsttiefere Ebene (WCAG 1.3.1).",
    pages=True,
)
def skipped_level(subject: Subject) -> Iterator[Finding]:
    """A heading is followed by the next lower level at most (WCAG 1.3.1)."""
    for page in subject.pages:
        before = 1
        for level, text, line in page.headings:
            if text.startswith("#"):
                continue  # too many signs, which another rule tells of
            if level > before + 1:
                yield Finding(
                    rule="",
                    file=page.file,
                    line=line,
                    value=shown(text) or None,
                    problem=Text(
                        f"Auf Ebene {before} folgt Ebene {level}.",
                        f"Level {before} is followed by level {level}.",
                    ),
                    cure=Text(
                        f"Schreiben Sie {'#' * (before + 1)} {shown(text)}.",
                        f"Write {'#' * (before + 1)} {shown(text)}.",
                    ),
                )
            before = level


@rule(
    "KP723",
    title=Text("Überschrift erster Ebene", "Heading of the first level"),
    de="Texte unter strategy/ haben keine Überschrift erster Ebene, denn der Titel kommt aus den "
    "Daten; Seiten unter docs/ haben höchstens eine.",
    pages=True,
)
def first_level(subject: Subject) -> Iterator[Finding]:
    """Texts below strategy/ have no heading of level one, pages below docs/ have one at most.

    One that says the title again is left out.
    """
    titles = _titles(subject)
    for page in subject.pages:
        seen = 0
        for level, text, line in page.headings:
            seen += level == 1
            if level == 1 and not (page.is_docs and seen == 1) and text != titles.get(page.file):
                yield Finding(
                    rule="",
                    file=page.file,
                    line=line,
                    value=shown(text) or None,
                    problem=Text(
                        "Die Seite hat schon eine Überschrift erster Ebene."
                        if page.is_docs
                        else "Der Titel dieser Seite kommt aus den Daten.",
                        "The page already has a heading of level one."
                        if page.is_docs
                        else "The title of this page comes from the data.",
                    ),
                    cure=Text(f"Schreiben Sie ## {shown(text)}.", f"Write ## {shown(text)}."),
                )


def _titles(subject: Subject) -> dict[str, str]:
    """What the pages of texts below strategy/ are called, by file."""
    strategy = subject.strategy
    chapters = chapters_present(strategy, subject.loaded.root)
    found = {CHAPTERS[name].prose: strategy.words(f"chapter.{name}.title") for name in chapters}
    for table in ROW_CHAPTERS:
        for row in strategy.entries(table) if strategy.has(table) else ():
            found[prose_file(table, row.id)] = row.title or row.id
    found |= {
        period.prose: period.title(strategy.words) for period in periods(strategy, subject.as_of)
    }
    for page in subject.pages:
        if own := page.source.meta.get("title"):
            found[page.file] = str(own)
    return {file: " ".join(title.split()) for file, title in found.items()}


@rule(
    "KP724",
    title=Text("Link ohne Text", "Link without text"),
    de="Jeder Link hat einen Text oder ein Bild mit Alternativtext (WCAG 2.4.4).",
    pages=True,
)
def empty_link(subject: Subject) -> Iterator[Finding]:
    """Each link has a text or an image with an alternative text (WCAG 2.4.4)."""
    for page in subject.pages:
        for link in page.links:
            if link.words.strip():
                continue
            yield Finding(
                rule="",
                file=page.file,
                line=page.find(f"[]({link.address}", link.address),
                value=shown(link.address),
                problem=Text("Der Link hat keinen Text.", "The link has no text."),
                cure=Text(
                    "Schreiben Sie in die eckigen Klammern, wohin er führt.",
                    "Write into the square brackets where it leads.",
                ),
            )


@rule(
    "KP728",
    title=Text("Bild nur verlinkt", "Picture only linked"),
    de="Ein Link, der allein in einem Absatz steht und zu einem Bild führt, sagt das; sonst fehlt "
    "wohl das Ausrufezeichen davor, mit dem das Bild erscheint.",
    severity="warning",
    pages=True,
)
def linked_picture(subject: Subject) -> Iterator[Finding]:
    """A link to a picture that is a whole paragraph says so; else an exclamation mark is missing.

    The picture appears only with that mark.
    """
    for page in subject.pages:
        shown_here = {picture.address for picture in page.pictures}
        for node in page.elements("p > a[href]"):
            address, text = node.attributes.get("href") or "", node.text(deep=True).strip()
            alone = node.parent is not None and node.parent.text(deep=True).strip() == text
            picture = _PICTURE.fullmatch(address) and address not in shown_here
            if not alone or not picture or not text or _OPENS.search(text):
                continue
            yield Finding(
                rule="",
                file=page.file,
                line=page.find(f"]({address}", address),
                value=shown(address),
                problem=Text(
                    "Das Bild erscheint nicht, hier steht nur ein Link darauf.",
                    "The picture does not appear, here is only a link to it.",
                ),
                cure=Text(
                    f"Schreiben Sie ein Ausrufezeichen davor: ![{text}]({address}). Soll es ein "
                    f"Link bleiben, sagt sein Text das: [Bild öffnen: {text}]({address})",
                    f"Put an exclamation mark before it: ![{text}]({address}). If it is to stay a "
                    f"link, its text says so: [Open picture: {text}]({address})",
                ),
            )


_PICTURE = re.compile(r"(?!\w+:|//)[^?#]+\.(?:png|jpe?g|gif|svg|webp|avif)", re.IGNORECASE)
"""The address of a picture of the site itself."""
_OPENS = re.compile(
    r"(?i)laden|download|öffn|anse|anzeig|anschau|größer|groß|\bbild|foto|datei|open|view|enlarge|"
    r"picture|image|\b(?:png|jpe?g|gif|svg|webp)\b"
)
"""Words of a link that leads to a picture on purpose."""


@rule(
    "KP725",
    title=Text("Überschrift ohne Text", "Heading without text"),
    de="Jede Überschrift hat Text: Er steht im Inhaltsverzeichnis und im Sprungziel (WCAG 2.4.6).",
    pages=True,
)
def empty_heading(subject: Subject) -> Iterator[Finding]:
    """Each heading has text: contents and anchor are made of it (WCAG 2.4.6)."""
    for page in subject.pages:
        line = 0
        for node in page.elements("h1, h2, h3, h4, h5, h6"):
            level = int((node.tag or "h6")[1])
            if node.text(deep=True).strip(" ¶\n\t"):
                continue
            picture = node.css_first("img")
            source = (picture.attributes.get("src") or "") if picture else ""
            mark = "#" * level
            bare = (n for n, text in page.numbered_lines if text.strip(" #") == "" and mark in text)
            line = (
                page.find(source, after=line)
                if source
                else next((n for n in bare if n > line), None)
                or page.find(f"{mark} ", mark, f"<h{level}", after=line)
            ) or line
            yield Finding(
                rule="",
                file=page.file,
                line=line or None,
                value=shown(source) or None,
                problem=Text("Die Überschrift hat keinen Text.", "The heading has no text."),
                cure=Text(
                    f"Schreiben Sie {mark} und dahinter Text; ein Bild steht besser darunter.",
                    f"Write {mark} and text behind it; a picture better stands below.",
                )
                if source
                else Text(
                    f"Schreiben Sie hinter {mark}, wovon der Abschnitt handelt, oder löschen Sie "
                    "die Zeile.",
                    f"Write behind {mark} what the section is about, or delete the line.",
                ),
            )

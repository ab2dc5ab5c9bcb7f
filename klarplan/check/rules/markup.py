"""Rules against foreign code in pages: a pull request from a stranger is built, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from klarplan.check.html_tags import Tag
from klarplan.check.jinja import HOLE
from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.check.texts import Page
from klarplan.messages import Finding, Text


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _words(
    """
    a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup
    data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i
    img input ins kbd label li mark ol p picture pre q rp rt ruby s samp section small source
    span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr
    """
)
"""Elements that a page may have. ``input`` and ``label`` come from content tabs."""

ATTRIBUTES = _words(
    """
    abbr align alt checked cite class colspan controls datetime decoding default dir disabled
    download for headers height href hreflang id kind label lang loading media name open poster
    rel reversed role rowspan scope sizes span src srclang srcset start tabindex target title
    translate type value width
    """
)
_PLAIN_STYLE = re.compile(
    r"\s*(?:(?:text-align|vertical-align|width)\s*:\s*[a-z0-9.%]+\s*;?\s*)*", re.IGNORECASE
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
LINK_SCHEMES = ("https", "http", "mailto", "tel")
EMBEDDING = ("src", "srcset", "poster")
_BLOCKS = _words(
    """
    a article aside audio b blockquote details div dl em figure footer header i ol pre section
    span strong table ul video
    """
)
"""Elements whose end must be written."""


def cleaned(address: str) -> str:
    """An address as browsers read it (URL standard): without tabs, line breaks, outer blanks."""
    inner = re.sub(r"[\t\n\r]", "", address)
    return re.sub(r"^[\x00-\x20]+|[\x00-\x20]+$", "", inner).replace("\\", "/")


def scheme(address: str) -> str | None:
    """The scheme of an address in lower case; ``//host`` has that of the page, given as ``//``."""
    address = cleaned(address)
    found = _SCHEME.match(address)
    if found:
        return found[1].lower()
    return "//" if address.startswith("//") else None


def addresses(tag: Tag) -> Iterator[tuple[str, str]]:
    """What a tag embeds, as (attribute, address)."""
    for name, value in tag.attributes:
        if name == "srcset":
            for candidate in value.split(","):
                if candidate.split():
                    yield name, candidate.split()[0]
        elif name in EMBEDDING:
            yield name, value


@cache
def _allowed(name: str) -> bool:
    data = name.startswith("data-") and not name.startswith("data-md")
    return name in ATTRIBUTES or name.startswith("aria-") or data


def _start_tags(page: Page) -> Iterator[Tag]:
    for tag in page.tags:
        if isinstance(tag, Tag) and not tag.closing:
            yield tag


@rule(
    "KP731",
    title=Text("HTML-Element nicht erlaubt", "HTML element not allowed"),
    de="Seiten enthalten nur HTML-Elemente für Text, Listen, Tabellen und Bilder: kein Skript, "
    "kein Formular, keine eingebettete Seite, keine Stilvorlage.",
    pages=True,
)
def element(subject: Subject) -> Iterator[Finding]:
    """Pages have elements for text, lists, tables and pictures only: no script, form, frame."""
    for page in subject.pages:
        last = 0
        for tag in page.tags:
            if isinstance(tag, str) or tag.name in ELEMENTS or (tag.closing and tag.complete):
                continue
            written = tag.attributes[0][1] if tag.name == "!" else f"<{tag.name}"
            last = page.find(written.split("\n")[0], after=last) or last
            what = shown(written.replace(HOLE, "…"))
            yield Finding(
                rule="",
                file=page.file,
                line=last or None,
                value=what,
                problem=Text(
                    f"„{what}“ ist in einer Seite nicht erlaubt.", f"“{what}” is not allowed."
                ),
                cure=Text(
                    "Schreiben Sie den Inhalt in Markdown. Soll das Zeichen < selbst erscheinen, "
                    "setzen Sie den Text in `Gravis-Zeichen`.",
                    "Write the content in Markdown. To show the sign < itself, put the text into "
                    "`backticks`.",
                ),
            )


def _made_from_text(name: str, value: str, tag: Tag) -> bool:
    """Whether macros may stand in a value: it is text, or the anchor that a heading gets."""
    anchor = name == "id" and re.fullmatch("h[1-6]", tag.name) is not None
    return name in ("alt", "title") or anchor or (name == "href" and value.startswith("#"))


@rule(
    "KP732",
    title=Text("HTML-Attribut nicht erlaubt", "HTML attribute not allowed"),
    de="HTML-Elemente in Seiten haben keine Ereignisse wie onclick und keine eigenen Stile.",
    pages=True,
)
def attribute(subject: Subject) -> Iterator[Finding]:
    """Elements in pages have no event handlers such as onclick and no styles of their own."""
    for page in subject.pages:
        for tag in _start_tags(page):
            for name, value in tag.attributes if tag.name != "!" else ():
                plain = name == "style" and len(value) < 99 and _PLAIN_STYLE.fullmatch(value)
                hole = HOLE in name or (HOLE in value and not _made_from_text(name, value, tag))
                if (_allowed(name) or plain) and not hole:
                    continue
                what = shown(name.replace(HOLE, "…"))
                yield Finding(
                    rule="",
                    file=page.file,
                    line=page.find(
                        f"{name}=", *(("]({{", "{{") if hole else (name, f"<{tag.name}"))
                    ),
                    value=what,
                    problem=Text(
                        "Ein Makro darf nicht in einer Adresse oder einem Attribut stehen."
                        if hole
                        else f"Das Attribut „{what}“ ist in einer Seite nicht erlaubt.",
                        "A macro must not stand in an address or attribute."
                        if hole
                        else f"The attribute “{what}” is not allowed in a page.",
                    ),
                    cure=Text("Löschen Sie es.", "Delete it."),
                )


@rule(
    "KP733",
    title=Text("Unsichere Adresse", "Unsafe address"),
    de="Links beginnen mit https:, http:, mailto: oder tel: oder sind Pfade; "
    "javascript:, data: und vbscript: sind verboten.",
    pages=True,
)
def unsafe_link(subject: Subject) -> Iterator[Finding]:
    """Links begin with https:, http:, mailto: or tel:, or are paths; never with javascript:."""
    for page in subject.pages:
        for tag in _start_tags(page):
            for name in ("href", "cite"):
                address = tag.get(name)
                kind = scheme(address) if address else None
                if address is None or kind in (None, "//", *LINK_SCHEMES):
                    continue
                yield Finding(
                    rule="",
                    file=page.file,
                    line=page.find(address, f"{kind}:"),
                    value=shown(address),
                    problem=Text(
                        f"Links mit „{kind}:“ sind nicht erlaubt.",
                        f"Links with “{kind}:” are not allowed.",
                    ),
                    cure=Text(
                        "Verlinken Sie eine Seite mit https:// oder eine Datei.",
                        "Link to a page with https:// or to a file.",
                    ),
                )


@rule(
    "KP734",
    title=Text("Fremder Inhalt eingebettet", "Foreign content embedded"),
    de="Bilder und Filme kommen aus dem eigenen Verzeichnis, nie von einem anderen Server "
    "(LG München I, 3 O 17493/20).",
    pages=True,
)
def foreign_content(subject: Subject) -> Iterator[Finding]:
    """Pictures and films come from the own folder, never from another server."""
    for page in subject.pages:
        for tag in _start_tags(page):
            for _, address in addresses(tag):
                if scheme(address) is not None:
                    yield Finding(
                        rule="",
                        file=page.file,
                        line=page.find(address, f"<{tag.name}"),
                        value=shown(address),
                        problem=Text(
                            "Der Inhalt würde von einem anderen Server geladen.",
                            "The content would be loaded from another server.",
                        ),
                        cure=Text(
                            "Legen Sie die Datei neben die Seite und geben Sie ihren Pfad an.",
                            "Put the file beside the page and give its path.",
                        ),
                    )


@rule(
    "KP735",
    title=Text("HTML nicht geschlossen", "HTML not closed"),
    de="Jedes HTML-Element, das eine Seite öffnet, schließt sie auch.",
    pages=True,
)
def unclosed(subject: Subject) -> Iterator[Finding]:
    """Each element that a page opens is closed."""
    for page in subject.pages:
        found = _unbalanced(page)
        if found:
            yield Finding(
                rule="",
                file=page.file,
                line=page.find(found),
                value=found,
                problem=Text(f"„{found}“ hat kein Gegenstück.", f"“{found}” has no counterpart."),
                cure=Text("Ergänzen oder löschen Sie es.", "Add or delete it."),
            )


def _unbalanced(page: Page) -> str | None:
    stack: list[str] = []
    for tag in page.tags:
        if isinstance(tag, str):
            continue
        if not tag.complete:
            return f"<{tag.name}" if tag.name != "!" else None
        if tag.name not in _BLOCKS:
            continue
        if not tag.closing:
            stack.append(tag.name)
        elif not stack or stack.pop() != tag.name:
            return f"</{tag.name}"
    return f"<{stack[-1]}" if stack else None

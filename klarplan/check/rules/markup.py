"""Rules against foreign code in pages: a pull request from a stranger is built, too.

What is not allowed is found by the gate, which the site generator asks as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from klarplan.check.link_cures import foreign_cause
from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.check.texts import Page
from klarplan.messages import Finding, Text
from klarplan.pages.calls import Call
from klarplan.pages.gate import ELEMENTS, Fault, cleaned, scheme
from klarplan.pages.open_elements import Alone, unmatched

_CODE = re.compile(r"(`+).+?\1|\\<")
Told = Callable[[Page, Fault], Finding]


def _findings(subject: Subject, kinds: tuple[str, ...], told: Told) -> Iterator[Finding]:
    for page in subject.pages:
        for fault in page.gate_faults:
            if fault.kind in kinds:
                yield told(page, fault)


def _line(page: Page, *needles: str) -> int:
    """Where one of the texts stands, code included; else where the page begins."""
    if found := page.find(*needles):
        return found
    lines = list(enumerate(page.source.body.lower().splitlines(), start=page.first_line))
    places = [n for needle in filter(None, needles) for n, line in lines if needle.lower() in line]
    return places[0] if places else page.first_line


PLAIN = Text(
    "Schreiben Sie den Inhalt in Markdown. Soll das Zeichen < selbst erscheinen, "
    "setzen Sie den Text in `Gravis-Zeichen`.",
    "Write the content in Markdown. To show the sign < itself, put the text into `backticks`.",
)
COMMENT = Text(
    "Stellen Sie den Kommentar zwischen zwei Absätze, nicht in ein HTML-Element; dort entfällt er "
    "beim Bauen. Oder löschen Sie ihn.",
    "Put the comment between two paragraphs, not into an HTML element; there the build leaves it "
    "out. Or delete it.",
)


@rule(
    "KP731",
    title=Text("HTML-Element nicht erlaubt", "HTML element not allowed"),
    de="Seiten enthalten nur HTML-Elemente für Text, Listen, Tabellen und Bilder: kein Skript, "
    "kein Formular, keine eingebettete Seite, keine Stilvorlage.",
    pages=True,
)
def element(subject: Subject) -> Iterator[Finding]:
    """Pages have elements for text, lists, tables and pictures only: no script, form, frame."""

    def told(page: Page, fault: Fault) -> Finding:
        what = shown(f"<{fault.name}")
        cure = COMMENT if fault.name == "!--" else PLAIN
        return Finding(
            rule="",
            file=page.file,
            line=_line(page, f"<{fault.name}", "<"),
            value=what,
            problem=Text(
                f"„{what}“ ist in einer Seite nicht erlaubt.", f"“{what}” is not allowed."
            ),
            cure=cure,
        )

    return _findings(subject, ("element",), told)


@rule(
    "KP732",
    title=Text("HTML-Attribut nicht erlaubt", "HTML attribute not allowed"),
    de="HTML-Elemente in Seiten haben keine Ereignisse wie onclick, keine eigenen Stile und keine "
    "Namen, die Skripte der Website suchen.",
    pages=True,
)
def attribute(subject: Subject) -> Iterator[Finding]:
    """Elements in pages have no event handlers, styles, and names that the site's scripts use."""

    def told(page: Page, fault: Fault) -> Finding:
        what = shown(fault.name)
        problems = {
            "macro": Text(
                "Ein Baustein darf nicht in einer Adresse oder einem Attribut stehen.",
                "A macro must not stand in an address or attribute.",
            ),
            "value": Text(
                f"Das Attribut „{what}“ darf diesen Wert nicht haben.",
                f"The attribute “{what}” must not have this value.",
            ),
            "attribute": Text(
                f"Das Attribut „{what}“ ist in einer Seite nicht erlaubt.",
                f"The attribute “{what}” is not allowed in a page.",
            ),
        }
        needles = ("]({{", "{{") if fault.kind == "macro" else (fault.value, fault.name)
        if fault.kind == "attribute":
            needles = (fault.name, f"<{fault.value}")
        return Finding(
            rule="",
            file=page.file,
            line=_line(page, f"{fault.name}=", *needles),
            value=shown(fault.value) if fault.kind == "value" else what,
            problem=problems[fault.kind],
            cure=Text("Löschen Sie es.", "Delete it."),
        )

    return _findings(subject, ("attribute", "value", "macro"), told)


@rule(
    "KP733",
    title=Text("Unsichere Adresse", "Unsafe address"),
    de="Links beginnen mit https:, http:, mailto: oder tel: oder sind Pfade; "
    "javascript:, data: und vbscript: sind verboten.",
    pages=True,
)
def unsafe_link(subject: Subject) -> Iterator[Finding]:
    """Links begin with https:, http:, mailto: or tel:, or are paths; never with javascript:."""

    def told(page: Page, fault: Fault) -> Finding:
        kind = scheme(fault.value)
        return Finding(
            rule="",
            file=page.file,
            line=_line(page, fault.value, cleaned(fault.value), f"{kind}:"),
            value=shown(fault.value),
            problem=Text(
                f"Links mit „{kind}:“ sind nicht erlaubt.",
                f"Links with “{kind}:” are not allowed.",
            ),
            cure=Text(
                "Verlinken Sie eine Seite mit https:// oder eine Datei.",
                "Link to a page with https:// or to a file.",
            ),
        )

    return _findings(subject, ("scheme",), told)


@rule(
    "KP734",
    title=Text("Fremder Inhalt eingebettet", "Foreign content embedded"),
    de="Bilder und Filme kommen aus dem eigenen Verzeichnis, nie von einem anderen Server "
    "(LG München I, 3 O 17493/20).",
    pages=True,
)
def foreign_content(subject: Subject) -> Iterator[Finding]:
    """Pictures and films come from the own folder, never from another server."""

    def told(page: Page, fault: Fault) -> Finding:
        return Finding(
            rule="",
            file=page.file,
            line=_line(page, fault.value, f"{fault.name}="),
            value=shown(fault.value),
            problem=foreign_cause(unquote(fault.value))
            or Text(
                "Der Inhalt würde von einem anderen Server geladen.",
                "The content would be loaded from another server.",
            ),
            cure=Text(
                "Legen Sie die Datei neben die Seite und geben Sie ihren Pfad an.",
                "Put the file beside the page and give its path.",
            ),
        )

    return _findings(subject, ("foreign",), told)


@rule(
    "KP735",
    title=Text("HTML nicht geschlossen", "HTML not closed"),
    de="Jedes HTML-Element, das eine Seite öffnet, schließt sie auch, und nur diese; sie sind "
    "nicht zu tief verschachtelt.",
    pages=True,
)
def unclosed(subject: Subject) -> Iterator[Finding]:
    """Each element that a page opens is closed, no other is, and nesting is not too deep."""

    def told(page: Page, fault: Fault) -> Finding:
        if fault.kind == "structure":
            alone = unmatched(_own_html(page))
            named = alone is not None and alone.name == fault.name
            line = alone.line if alone and named else _line(page, f"<{fault.name}", "<")
            return _alone(page, Alone(fault.name, line))
        return Finding(
            rule="",
            file=page.file,
            line=_line(page, f"<{fault.name}" if fault.name else "<"),
            value=f"<{fault.name}" if fault.name else None,
            problem=Text("Elemente sind zu tief verschachtelt.", "Elements are nested too deeply."),
            cure=Text("Schreiben Sie weniger ineinander.", "Nest less."),
        )

    yield from _findings(subject, ("structure", "depth"), told)
    for page in subject.pages:
        if page.seen is None or any(f.kind == "structure" for f in page.gate_faults):
            continue
        # What browsers and Markdown close by themselves may take in more than was meant.
        alone = unmatched(_own_html(page), also_unclosed=False)
        if alone and alone.name in ELEMENTS and page.elements(alone.name):
            yield _alone(page, alone)


def _alone(page: Page, alone: Alone) -> Finding:
    """What is told of an element without its counterpart."""
    name = alone.name
    problem, cure = (
        Text(f"„<{name}“ hat kein Gegenstück.", f"“<{name}” has no counterpart."),
        Text(
            f"Ergänzen Sie </{name}>, wo es enden soll, oder löschen Sie <{name}>.",
            f"Add </{name}> where it is to end, or delete <{name}>.",
        ),
    )
    if name.startswith("/"):
        cure = Text(
            f"Ergänzen Sie <{name[1:]}>, wo es beginnen soll, oder löschen Sie <{name}>.",
            f"Add <{name[1:]}> where it is to begin, or delete <{name}>.",
        )
    elif not name:
        problem = Text(
            "Ein Element der Seite wird nicht oder zu oft geschlossen.",
            "An element of the page is not closed, or closed too often.",
        )
        cure = Text("Ergänzen oder löschen Sie es.", "Add or delete it.")
    return Finding(
        rule="",
        file=page.file,
        line=alone.line,
        value=f"<{name}" if name else None,
        problem=problem,
        cure=cure,
    )


def _own_html(page: Page) -> str:
    """The text of a page line by line, with nothing where code and calls of macros stand."""
    plain = "".join("" if isinstance(p, Call) else p for p in page.source.pieces.parts)
    body = plain.split("\n")
    lines = [""] * (page.first_line - 1 + len(body))
    code = True
    for number, _ in page.numbered_lines:
        if number > len(lines):
            break
        line = body[number - page.first_line]
        code = line.startswith(("    ", "\t")) and (code or not lines[number - 2].strip())
        lines[number - 1] = "" if code else _CODE.sub("", line)
    return "\n".join(lines)


@rule(
    "KP806",
    title=Text("Baustein erscheint nicht", "Macro does not appear"),
    de="Ein Baustein steht dort, wo Text steht, und erscheint genau einmal.",
    pages=True,
)
def lost_macro(subject: Subject) -> Iterator[Finding]:
    """A macro stands where text stands, and appears once."""

    def told(page: Page, fault: Fault) -> Finding:
        call = page.source.pieces.calls[int(fault.name)]
        return Finding(
            rule="",
            file=page.file,
            line=page.first_line + call.line - 1,
            value=shown(f"{{{{ {call.name}(…) }}}}"),
            problem=Text(
                "An dieser Stelle kann der Baustein nicht erscheinen.",
                "The macro can't appear at this place.",
            ),
            cure=Text(
                "Setzen Sie ihn in einen Absatz für sich.", "Put it into a paragraph of its own."
            ),
        )

    return _findings(subject, ("lost",), told)

"""Small built sites for tests of the PDF: pages as MkDocs with its Material theme writes them."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import markdown

from klarplan.articles.article import Articles
from klarplan.papers.job import Entry, PaperJob, PdfResult
from klarplan.papers.pdf.make import make_pdf
from tests.support.project import REPOSITORY

TEMPLATE = REPOSITORY / "overrides" / "print"
FIXTURES = REPOSITORY / "tests" / "fixtures" / "print"

SHELL = """<!doctype html>
<html lang="de" class="no-js">
<head><meta charset="utf-8"><title>{title}</title></head>
<body dir="ltr" data-md-color-scheme="default">
<header class="md-header"><nav class="md-header__inner">Kopf der Website</nav></header>
<div class="md-container"><main class="md-main"><div class="md-main__inner md-grid">
<div class="md-sidebar"><nav class="md-nav">Navigation der Website</nav></div>
<div class="md-content" data-md-component="content">
<article class="md-content__inner md-typeset">
<a href="https://example.org/edit" class="md-content__button md-icon">Bearbeiten</a>
{body}
<aside class="md-source-file"><span class="md-source-file__fact">Stand der Seite</span></aside>
</article></div></div></main></div>
<footer class="md-footer">Fuß der Website</footer>
<script>document.write("Skript")</script>
</body></html>
"""

BADGE = """<span class="badge badge--running" data-colour="#1a5fb4">
<span class="badge__symbol" aria-hidden="true">▶</span> in Umsetzung</span>"""

MEASURE = """
<h1 id="titel">Online-Dienst Nummer {number} für alle<a class="headerlink" href="#titel">¶</a></h1>
<p>{badge}</p>
<table class="facts"><caption>Eckdaten</caption><tbody>
<tr><th scope="row">Kennung</th><td>M-{number:03}</td></tr>
<tr><th scope="row">Handlungsfeld</th><td><a href="../../ziele/">Verwaltung digital</a></td></tr>
<tr><th scope="row">Laufzeit</th><td>1. Januar 2024 bis 31. Dezember 2027</td></tr>
<tr><th scope="row">Federführung</th><td>Amt für Digitalisierung und Informationstechnik</td></tr>
</tbody></table>
<p>Wer einen Antrag stellt, soll das von zu Hause aus tun können. Dafür baut die Stadt einen
Online-Dienst, der ohne Medienbruch in das Fachverfahren führt. Er ist barrierefrei.</p>
<h2 id="meilensteine">Meilensteine</h2>
<table><caption>Meilensteine der Maßnahme {number}</caption>
<thead><tr>
<th scope="col">Meilenstein</th><th scope="col">Fällig</th><th scope="col">Stand</th></tr></thead>
<tbody><tr><th scope="row">Ausschreibung</th><td>31.03.2024</td><td>erreicht</td></tr>
<tr><th scope="row">Testbetrieb mit 50 Personen</th><td>30.09.2025</td><td>erreicht</td></tr>
<tr><th scope="row">Regelbetrieb</th><td>31.12.2026</td><td>offen</td></tr></tbody></table>
<h2 id="geld">Finanzierung</h2>
<table class="numbers"><caption>Geplante und ausgegebene Mittel</caption>
<thead><tr><th scope="col">Jahr</th><th scope="col">geplant</th><th scope="col">ausgegeben</th></tr>
</thead><tbody>
<tr><th scope="row">2025</th><td>12.000&nbsp;€</td><td>11.750&nbsp;€</td></tr>
<tr><th scope="row">2026</th><td>14.000&nbsp;€</td><td>–</td></tr></tbody></table>
<h2 id="sachstand">Sachstand</h2>
<h3>1. Halbjahr 2026</h3>
<p>Die Arbeiten laufen. Der Anbieter hat geliefert, die Prüfung durch das Rechenzentrum dauert noch;
danach folgen Schulungen für {number} Beschäftigte.</p>
"""

EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.tabbed",
]
OPTIONS = {"toc": {"permalink": True}, "pymdownx.tabbed": {"alternate_style": True}}


def write_site(folder: Path, pages: Mapping[str, str]) -> Path:
    """A built site with these pages: path such as ``vision/`` to the HTML of its content."""
    for path, body in pages.items():
        file = folder / path / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(SHELL.format(title=path, body=body), encoding="utf-8")
    return folder


def from_markdown(text: str) -> str:
    """The content of a page written in Markdown, with the site's extensions."""
    return markdown.markdown(text, extensions=EXTENSIONS, extension_configs=OPTIONS)


def measure(number: int) -> str:
    """The content of a measure's page as the site has it."""
    return MEASURE.format(number=number, badge=BADGE)


def job(folder: Path, entries: tuple[Entry, ...], **changes: Any) -> PaperJob:
    """A job for the site in ``folder/site``; ``changes`` are fields of the job."""
    given: dict[str, Any] = {
        "site": folder / "site",
        "articles": Articles(folder / "site"),
        "target": folder / "strategie.pdf",
        "work": folder / "work",
        "template": TEMPLATE,
        "entries": entries,
        "title": "Digitale Strategie",
        "subtitle": "Einfach. Offen. Für alle.",
        "publisher": "Stadt Musterstadt",
        "version": "1.2",
        "as_of": dt.date(2026, 11, 21),
        "commit": "65ab66f0123456789",
        "address": "https://strategie.musterstadt.example/",
        "licence_name": "Creative Commons Namensnennung 4.0 International",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "keywords": ("Digitalisierung", "Verwaltung"),
        "description": "Was die Stadt bis 2030 vorhat.",
        "resolution": "Beschlossen vom Rat am 12. März 2026",
    }
    return PaperJob(**{**given, **changes})


def printed(folder: Path, body: str, **changes: Any) -> PdfResult:
    """The PDF of a site with one page, ``vision/``, in ``folder/strategie.pdf``."""
    write_site(folder / "site", {"vision/": body})
    entry = Entry(level=1, title="Vision", page="vision/")
    return make_pdf(job(folder, (entry,), **changes))


def small_strategy(folder: Path, **changes: Any) -> PaperJob:
    """A site of two chapters and three measures, and the job to print it."""
    pages = {
        "vision/": "<h1>Vision</h1><p>Wir machen es einfach.</p>",
        "ziele/": "<h1>Verwaltung digital</h1><p>Ein Feld mit drei Maßnahmen.</p>",
        **{f"massnahmen/m-{n:03}/": measure(n) for n in (1, 2, 3)},
    }
    write_site(folder / "site", pages)
    entries = (
        Entry(level=1, title="Vision", page="vision/"),
        Entry(level=1, title="Maßnahmen"),
        Entry(level=2, title="Verwaltung digital", page="ziele/"),
        *(Entry(level=3, title=f"M {n}", page=f"massnahmen/m-{n:03}/") for n in (1, 2, 3)),
    )
    return job(folder, entries, **changes)


def torture(folder: Path) -> PdfResult:
    """The PDF of the page that holds every construct of Markdown and much raw HTML."""
    text = (FIXTURES / "torture.md").read_text(encoding="utf-8")
    body = from_markdown(text.replace("LANGESWORT", "Wort" * 75))
    pages = {
        "vision/": body,
        "andere/": '<h1>Andere</h1><p id="stelle">Stelle der anderen Seite</p>',
    }
    site = write_site(folder / "site", pages)
    for name in ("punkt.png", "balken.svg"):
        shutil.copy(FIXTURES / name, site / "vision" / name)
    (site / "vision" / "kaputt.png").write_bytes(b"kein PNG")
    entries = (
        Entry(level=1, title="Vision", page="vision/"),
        Entry(level=2, title="Andere", page="andere/"),
    )
    return make_pdf(job(folder, entries))


def made_elsewhere(folder: Path, code: str, name: str) -> list[bytes]:
    """The file ``name`` that Python code makes in the folder it is given, made twice.

    Folder, time zone, language and process differ.
    """
    made = []
    for number, (zone, language) in enumerate([("UTC", "C"), ("Pacific/Auckland", "de_DE.UTF-8")]):
        target = folder / f"ordner-{number}" / ("tief" * number or "x")
        target.mkdir(parents=True)
        settings = {"TZ": zone, "LC_ALL": language, "PYTHONHASHSEED": str(number)}
        environment = {**os.environ, **settings, "PYTHONPATH": str(REPOSITORY)}
        environment.pop("SOURCE_DATE_EPOCH", None)
        command = [sys.executable, "-c", code, str(target)]
        subprocess.run(command, check=True, env=environment, cwd=folder, timeout=120)
        made.append((target / name).read_bytes())
    return made

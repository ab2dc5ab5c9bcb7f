"""Small built sites for tests of the PDF: pages as MkDocs with its Material theme writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from klarplan.pdf import Entry, PdfJob

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "overrides" / "print"

SHELL = """<!doctype html>
<html lang="de" class="no-js">
<head><meta charset="utf-8"><title>{title}</title><link rel="stylesheet" href="/assets/x.css"></head>
<body dir="ltr" data-md-color-scheme="default">
<header class="md-header"><nav class="md-header__inner">Kopf der Website</nav></header>
<div class="md-container"><main class="md-main"><div class="md-main__inner md-grid">
<div class="md-sidebar"><nav class="md-nav">Navigation der Website</nav></div>
<div class="md-content" data-md-component="content">
<article class="md-content__inner md-typeset">
<a href="https://example.org/edit" class="md-content__button md-icon" title="Bearbeiten">Bearbeiten</a>
{body}
<aside class="md-source-file"><span class="md-source-file__fact">Stand der Seite</span></aside>
</article></div></div></main></div>
<footer class="md-footer">Fuß der Website</footer>
<script>document.write("Skript")</script>
</body></html>
"""


def write_site(folder: Path, pages: Mapping[str, str]) -> Path:
    """A built site with these pages: path such as ``vision/`` to the HTML of its content."""
    for path, body in pages.items():
        file = folder / path / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(SHELL.format(title=path, body=body), encoding="utf-8")
    return folder


def job(folder: Path, entries: tuple[Entry, ...], **changes: Any) -> PdfJob:
    """A job for the site in ``folder/site``; ``changes`` are fields of the job."""
    given: dict[str, Any] = {
        "site": folder / "site",
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
    return PdfJob(**{**given, **changes})


def measure(number: int, *, reports: int = 3) -> str:
    """The content of a measure's page as the site has it."""
    told = "".join(
        f"""<h3 id="meldung-{i}">{i}. Halbjahr 2026<a class="headerlink" href="#meldung-{i}">¶</a></h3>
<p><span class="badge badge--active" style="--badge-colour:#1a5fb4"><span aria-hidden="true">▶</span>
in Umsetzung</span></p>
<p>Die Arbeiten an Baustein {i} laufen. Der Anbieter hat geliefert, die Prüfung durch das
Rechenzentrum dauert noch; danach folgen Schulungen für etwa {i * 40} Beschäftigte im Bürgerbüro.</p>"""
        for i in range(1, reports + 1)
    )
    return f"""<h1 id="titel">Online-Dienst Nummer {number} für die Bürgerinnen und Bürger<a class="headerlink"
href="#titel" title="Permanent link">¶</a></h1>
<p><span class="badge badge--active" style="--badge-colour:#1a5fb4"><span aria-hidden="true">▶</span>
in Umsetzung</span></p>
<table class="facts"><tbody>
<tr><th scope="row">Kennung</th><td>M-{number:03}</td></tr>
<tr><th scope="row">Handlungsfeld</th><td><a href="../../handlungsfelder/hf-01/">Verwaltung digital</a></td></tr>
<tr><th scope="row">Laufzeit</th><td>1. Januar 2024 bis 31. Dezember 2027</td></tr>
<tr><th scope="row">Federführung</th><td>Amt für Digitalisierung und Informationstechnik</td></tr>
<tr><th scope="row">Wirkung</th><td>Wege fallen weg, Anträge kommen vollständig an.</td></tr></tbody></table>
<p>Wer einen Antrag stellt, soll das von zu Hause aus tun können. Dafür baut die Stadt
einen Online-Dienst, der ohne Medienbruch in das Fachverfahren führt. Er ist barrierefrei und in
einfacher Sprache beschrieben. Nummer {number} baut auf <a href="../m-{number - 1:03}/">der vorigen Maßnahme</a> auf.</p>
<h2 id="meilensteine">Meilensteine</h2>
<table><caption>Meilensteine der Maßnahme M-{number:03}</caption>
<thead><tr><th scope="col">Meilenstein</th><th scope="col">Fällig</th><th scope="col">Stand</th></tr></thead>
<tbody><tr><th scope="row">Ausschreibung</th><td>31.03.2024</td><td>erreicht</td></tr>
<tr><th scope="row">Testbetrieb mit 50 Personen</th><td>30.09.2025</td><td>erreicht</td></tr>
<tr><th scope="row">Regelbetrieb</th><td>31.12.2026</td><td>offen</td></tr></tbody></table>
<h2 id="geld">Finanzierung</h2>
<table><caption>Geplante und ausgegebene Mittel in Euro</caption>
<thead><tr><th scope="col">Jahr</th><th scope="col" class="number">geplant</th><th scope="col" class="number">bewilligt</th><th scope="col" class="number">ausgegeben</th></tr></thead>
<tbody>{"".join(f'<tr><th scope="row">{y}</th><td class="number">{y * 17}</td><td class="number">{y * 15}</td><td class="number">{y * 11}</td></tr>' for y in range(2024, 2029))}</tbody></table>
<h2 id="sachstand">Sachstand</h2>{told}"""

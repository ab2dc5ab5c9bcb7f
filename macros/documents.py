"""Macros on the papers of the strategy: what can be taken along, and how large it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klarplan.look import qr_code
from klarplan.messages import Text
from klarplan.strategy import addresses
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.paper_list import STRATEGY, measure_file, papers
from klarplan.strategy.periods import periods
from macros.registry import MEASURE, Context, inline_macro, known, macro, one_of, screen_macro

Data = Mapping[str, Any]


@inline_macro
def pdf_link(ctx: Context, text: str = "") -> Data:
    """Verweist im Satz auf das PDF der ganzen Strategie."""
    return {
        "url": ctx.url(STRATEGY) if ctx.papers else "",
        "name": STRATEGY,
        "text": text or ctx.words("paper.link"),
    }


@macro
def documents(ctx: Context) -> Data:
    """Zeigt alle Dokumente zum Herunterladen, jedes mit Format, Seitenzahl und Größe."""
    found = papers(ctx.strategy, ctx.as_of) if ctx.papers else ()
    return {"rows": [{"paper": paper, "url": ctx.url(paper.name)} for paper in found]}


@macro
def reports(ctx: Context) -> Data | None:
    """Zeigt die Umsetzungsberichte aller Zeiträume als Seiten."""
    rows = [
        {"title": period.title(ctx.words), "url": ctx.url(period.page)}
        for period in periods(ctx.strategy, ctx.as_of)
    ]
    return {"rows": rows} if rows else None


@macro
def paper_link(ctx: Context, table: str, id: str) -> Data | None:  # noqa: A002 - as in ``ref``
    """Nennt auf Papier die Adresse der Seite, im PDF mit QR-Code; auf dem Bildschirm steht nichts.

    Die Tabelle ist zum Beispiel `measures` oder `goals`. Ohne Adresse der Website entfällt der
    Hinweis.
    """
    one_of({name: name for name in ROW_CHAPTERS}, table, Text("Die Tabelle", "table"))
    address = addresses.on_web(ctx.strategy.settings.site_url, addresses.page_of(table, id))
    return {"address": address, "short": qr_code.short(address)} if address else None


@screen_macro
def measure_pdf(ctx: Context, measure: str) -> Data | None:
    """Verweist auf das PDF einer Maßnahme, wenn die Einstellung `measure_pdfs` es vorsieht."""
    row = known(ctx.strategy.measure_by_id, measure, MEASURE)
    if not ctx.strategy.settings.measure_pdfs or not ctx.papers:
        return None
    name = measure_file(row.id)
    return {"url": ctx.url(name), "name": name}

"""Makes all papers of a built site and states on its pages how large they are."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from klarplan import german
from klarplan.look.typeface import typeface
from klarplan.messages import Finding
from klarplan.own_files import upstream
from klarplan.papers.card_texts import cards_of
from klarplan.papers.docx import DocxJob, make_docx
from klarplan.papers.pdf import Entry, PdfJob, make_pdf
from klarplan.papers.pdf.cards import make_cards
from klarplan.papers.pdf.single import make_sheets
from klarplan.strategy import addresses
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.contact import contact_lines
from klarplan.strategy.load import Loaded
from klarplan.strategy.paper_list import (
    BRIEF,
    BRIEF_PAGE,
    CARDS,
    FIGURES_PAGE,
    GLOSSARY_PAGE,
    ORGANISATIONS_PAGE,
    STRATEGY,
    measure_file,
    papers,
)
from klarplan.strategy.periods import Period, periods
from macros.registry import Context

TOGETHER = 2
"""So many papers are made at a time."""
SIZE = re.compile(r'<span class="size" data-paper="([^"]+)"></span>')
"""Where a page names the size of a paper."""


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that was made: its bytes, its pages if they are fixed, and what it could not show."""

    size: int
    pages: int
    warnings: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What papers are made from."""

    shown: Loaded
    """The public strategy."""
    chapters: tuple[str, ...]
    site: Path
    """The built website, which the papers go into."""
    work: Path
    """A folder for what is needed on the way."""
    as_of: dt.date
    commit: str = ""

    def job(self, name: str, title: str, entries: Sequence[Entry]) -> PdfJob:
        """A PDF with the look and the imprint of the strategy."""
        settings = self.shown.strategy.settings
        logo = self.shown.root / "docs" / settings.logo
        return PdfJob(
            site=self.site,
            target=self.site / name,
            work=self.work / name.rpartition(".")[0],
            template=upstream(self.shown.root, "overrides/print"),
            entries=tuple(entries),
            title=title,
            subtitle=settings.subtitle,
            publisher=settings.municipality,
            version=settings.version,
            as_of=self.as_of,
            commit=self.commit[:10],
            address=settings.site_url,
            licence_name=settings.licence_name,
            licence_url=settings.licence_url,
            primary_colour=settings.primary_colour,
            accent_colour=settings.accent_colour,
            typeface=typeface(upstream(self.shown.root, "docs"), settings.font),
            keywords=("Strategie", settings.municipality),
            description=settings.summary,
            resolution=settings.resolution,
            contact=contact_lines(settings),
            logo=logo if settings.logo and logo.is_file() else None,
        )


def make_papers(order: Order) -> dict[str, Made]:
    """Make every paper of the strategy into the site; name and size of each.

    Raises ``KlarplanError`` where one can't be made.
    """
    makers: dict[str, Callable[[Order], Made]] = {
        STRATEGY: strategy_pdf,
        BRIEF: brief_pdf,
        CARDS: cards_pdf,
    }
    for period in periods(order.shown.strategy, order.as_of)[:1]:
        makers[period.file("pdf")] = partial(report_pdf, period=period)
        makers[period.file("docx")] = partial(report_docx, period=period)
    names = [paper.name for paper in papers(order.shown.strategy, order.as_of)]
    with ThreadPoolExecutor(TOGETHER) as pool:
        results = pool.map(lambda name: makers[name](order), names)
        made = dict(zip(names, results, strict=True))
    state_sizes(order.site, made | measure_pdfs(order))
    return made


def _pdf(job: PdfJob) -> Made:
    result = make_pdf(job)
    return Made(job.target.stat().st_size, result.pages, result.warnings)


def strategy_pdf(order: Order) -> Made:
    """The whole strategy, with its data embedded."""
    settings = order.shown.strategy.settings
    data = order.site / addresses.DATA
    tables = sorted(path for path in data.iterdir() if path.suffix == ".csv")
    job = order.job(STRATEGY, settings.title, tuple(entries(order)))
    files = (*tables, data / "datapackage.json")
    return _pdf(replace(job, attachments=files, imprint=True))


def brief_pdf(order: Order) -> Made:
    """The strategy in brief."""
    settings = order.shown.strategy.settings
    entry = Entry(level=1, title="Kurzfassung", page=BRIEF_PAGE)
    job = order.job(BRIEF, f"{settings.title}: Kurzfassung", [entry])
    return _pdf(replace(job, style="brochure"))


def report_pdf(order: Order, period: Period) -> Made:
    """The report on a period."""
    return _pdf(_report(order, period, "pdf"))


def report_docx(order: Order, period: Period) -> Made:
    """The same as a Word document; its pages depend on who opens it."""
    date = f"Stand der Meldungen: {german.day(period.as_of)}"
    return Made(make_docx(DocxJob(look=_report(order, period, "docx"), date=date)), pages=0)


def _report(order: Order, period: Period, ending: str) -> PdfJob:
    entry = Entry(level=1, title=period.title, page=period.page)
    job = order.job(period.file(ending), period.title, [entry])
    settings = order.shown.strategy.settings
    return replace(
        job,
        work=order.work / f"report-{ending}",
        style="report",
        subtitle=settings.title,
        as_of=period.as_of,
    )


def cards_pdf(order: Order) -> Made:
    """A card for each measure."""
    shown = order.shown
    settings = shown.strategy.settings
    ctx = Context(strategy=shown.strategy, descriptor=shown.descriptor, as_of=order.as_of)
    job = order.job(CARDS, f"{settings.title}: Maßnahmenkarten", ())
    overview = addresses.on_web(settings.site_url, CHAPTERS["measures"].address)
    result = make_cards(job, settings.title, cards_of(ctx), overview)
    return Made(job.target.stat().st_size, result.pages, result.warnings)


def measure_pdfs(order: Order) -> dict[str, Made]:
    """A PDF of each measure's page, where the strategy wants them."""
    strategy = order.shown.strategy
    if not strategy.settings.measure_pdfs or not strategy.measures:
        return {}
    pages = [
        Entry(level=1, title=measure.title, page=addresses.page_of("measures", measure.id))
        for measure in strategy.measures
    ]
    job = order.job("massnahme.pdf", strategy.settings.title, pages)
    names = [measure_file(measure.id) for measure in strategy.measures]
    results = make_sheets(job, [order.site / name for name in names])
    return {
        name: Made((order.site / name).stat().st_size, result.pages)
        for name, result in zip(names, results, strict=True)
    }


def entries(order: Order) -> Iterator[Entry]:
    """The print order: figures, chapters as the settings say, who does what, glossary.

    Measures are grouped by field of action.
    """
    strategy = order.shown.strategy
    if strategy.measures:
        yield Entry(level=1, title="Die Strategie in Zahlen", page=FIGURES_PAGE)
    for chapter in (CHAPTERS[name] for name in order.chapters):
        yield Entry(level=1, title=chapter.title, page=chapter.address)
        if chapter.rows and chapter.print_rows != "by_field":
            fresh = chapter.print_rows == "fresh"
            for entry in strategy.entries(chapter.rows):
                page = addresses.page_of(chapter.rows, entry.id)
                yield Entry(level=2, title=entry.title, page=page, fresh=fresh)
        elif chapter.rows:
            for row in strategy.fields_of_action:
                members = strategy.measures_of_field.get(row.id, ())
                if members:
                    yield Entry(level=2, title=row.title, page=None, fresh=True)
                for measure in members:
                    page = addresses.page_of("measures", measure.id)
                    yield Entry(level=3, title=measure.title, page=page)
    yield from _back_matter(order)


def _back_matter(order: Order) -> Iterator[Entry]:
    pages = {ORGANISATIONS_PAGE: "Wer macht was?", GLOSSARY_PAGE: "Glossar"}
    for page, title in pages.items():
        if (order.site / page / "index.html").is_file():
            yield Entry(level=1, title=title, page=page)


def state_sizes(site: Path, made: Mapping[str, Made]) -> None:
    """Name pages and bytes of each paper wherever a page of the site refers to it."""
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        if 'data-paper="' in text:
            told = SIZE.sub(lambda found: _size(made.get(found.group(1))) or found.group(), text)
            path.write_text(told, "utf-8", newline="\n")


def _size(paper: Made | None) -> str:
    return f'<span class="size">, {in_words(paper)}</span>' if paper else ""


def in_words(paper: Made) -> str:
    """The size of a paper for readers: ``211 Seiten, 4,1 MB``."""
    pages = german.count(paper.pages, "Seite", "Seiten") + ", " if paper.pages else ""
    if paper.size < 1_000_000:
        return f"{pages}{max(1, round(paper.size / 1000))}\u00a0kB"
    return f"{pages}{german.number(Decimal(paper.size // 100_000) / 10)}\u00a0MB"

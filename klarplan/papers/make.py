"""Makes all papers of a built site and states on its pages how large they are."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, partial
from pathlib import Path

from klarplan.articles.article import Articles, is_bare
from klarplan.articles.selection import Kind, holds, take
from klarplan.look.logo import logo_file
from klarplan.look.typeface import typeface
from klarplan.look.word_template import word_template
from klarplan.messages import Finding
from klarplan.own_files import PRINT, own_overrides, upstream
from klarplan.papers.card_texts import cards_of
from klarplan.papers.docx import DocxJob, make_docx
from klarplan.papers.field_colours import field_colours
from klarplan.papers.job import Entry, PaperJob
from klarplan.papers.pdf.cards import make_cards
from klarplan.papers.pdf.make import make_pdf
from klarplan.papers.pdf.single import make_sheets
from klarplan.papers.pdf.timetable import make_timetable
from klarplan.papers.pptx import make_pptx
from klarplan.papers.slide_texts import slides_of
from klarplan.papers.timetable_texts import timetable_of
from klarplan.strategy import addresses
from klarplan.strategy.chapters import CHAPTERS, FOREWORD, Chapter
from klarplan.strategy.contact import contact_lines
from klarplan.strategy.load import Loaded
from klarplan.strategy.model import Strategy
from klarplan.strategy.numbers import count_themselves
from klarplan.strategy.paper_list import (
    BRIEF_PAGE,
    FIGURES_PAGE,
    GLOSSARY_PAGE,
    ORGANISATIONS_PAGE,
    PLACES_PAGE,
    Content,
    Paper,
    measure_file,
    papers,
)
from klarplan.strategy.place_names import places_title
from klarplan.words.catalogue import Words
from macros.registry import Context

SHORT_TEXT = 250
"""So many characters of its text stand on the sheet of a goal or field: with them it is one page"""
SHEET_TEXT: Mapping[str, int | None] = {"half": 0, "page": 800, "whole": None}
"""So many stand on that of a measure, by how much room it has (``settings.SHEETS``)."""
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


@dataclass(frozen=True, kw_only=True)
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
    zoom: float = 1.0
    """How many times larger than usual everything is printed."""
    articles: Articles = field(init=False)

    def __post_init__(self) -> None:
        strategy = self.shown.strategy
        shared = [p.period.page for p in papers(strategy, self.as_of) if p.period]
        if strategy.settings.measure_pdfs:
            shared += [addresses.page_of("measures", measure.id) for measure in strategy.measures]
        object.__setattr__(self, "articles", Articles(self.site, shared))

    @cached_property
    def book(self) -> tuple[Entry, ...]:
        """What the book prints, in order."""
        return tuple(entries(self))

    @cached_property
    def annex(self) -> tuple[Entry, ...]:
        """What its annex prints, in order."""
        return tuple(annex_entries(self))

    def job(self, name: str, title: str, entries: Sequence[Entry]) -> PaperJob:
        """A PDF with the look and the imprint of the strategy."""
        strategy = self.shown.strategy
        settings, words = strategy.settings, strategy.words
        docs = upstream(self.shown.root, "docs")
        return PaperJob(
            site=self.site,
            articles=self.articles,
            target=self.site / name,
            work=self.work / name.rpartition(".")[0],
            template=upstream(self.shown.root, "overrides/print"),
            own_templates=tuple(sorted(own_overrides(self.shown.root).glob(PRINT))),
            entries=tuple(entries),
            words=words,
            title=title,
            subtitle=settings.subtitle,
            publisher=settings.municipality,
            version=settings.version,
            as_of=self.as_of,
            draft=not settings.published,
            commit=self.commit[:10],
            address=settings.site_url,
            licence_name=settings.licence_name,
            licence_url=settings.licence_url,
            primary_colour=settings.primary_colour,
            accent_colour=settings.accent_colour,
            typeface=typeface(docs, settings.font),
            keywords=(words("print.keyword"), settings.municipality),
            description=settings.summary,
            resolution=settings.resolution,
            contact=contact_lines(words, settings),
            logo=logo_file(docs.parent, settings.logo),
            zoom=self.zoom,
        )


def make_papers(order: Order) -> dict[str, Made]:
    """Make every paper of the strategy into the site; name and size of each.

    Raises ``KlarplanError`` where one can't be made.
    """
    listed = papers(order.shown.strategy, order.as_of)
    with ThreadPoolExecutor(TOGETHER) as pool:
        results = pool.map(partial(make_paper, order), listed)
        made = dict(zip((paper.name for paper in listed), results, strict=True))
    state_sizes(order.shown.strategy.words, order.site, made | measure_pdfs(order))
    return made


def make_paper(order: Order, paper: Paper) -> Made:
    """Make one paper into the site; raises ``KlarplanError`` where it can't be made."""
    return MAKERS[paper.content, paper.ending](order, paper)


def make_part(order: Order, name: str, title: str, entries: Sequence[Entry]) -> Made:
    """Make a paper of some pages of the strategy into the site."""
    job = order.job(name, title, entries)
    return _pdf(replace(job, subtitle=order.shown.strategy.settings.title))


def _pdf(job: PaperJob) -> Made:
    result = make_pdf(job)
    return Made(job.target.stat().st_size, result.pages, result.warnings)


def _strategy_pdf(order: Order, paper: Paper) -> Made:
    """The whole strategy, with its data embedded."""
    settings = order.shown.strategy.settings
    data = order.site / addresses.DATA
    tables = sorted(data.glob("*.csv"))
    job = order.job(paper.name, settings.title, order.book)
    files = (*tables, data / "datapackage.json") if tables else ()
    return _pdf(replace(job, beside=_annexed(order), attachments=files, imprint=True))


def _annexed(order: Order) -> dict[str, str]:
    """What tells where a page is that stands in the annex alone, by its path."""
    words = order.shown.strategy.words
    book = {entry.page for entry in order.book}
    return {
        entry.page: words("print.in_annex", number=entry.number or entry.title)
        for entry in order.annex
        if entry.page and entry.page not in book
    }


def _annex_pdf(order: Order, paper: Paper) -> Made:
    """What the strategy has no room for: all reports, dates, amounts and values."""
    settings = order.shown.strategy.settings
    job = order.job(paper.name, paper.title, order.annex)
    return _pdf(replace(job, subtitle=settings.title, imprint=True))


def _brief_pdf(order: Order, paper: Paper) -> Made:
    """The strategy in brief."""
    settings = order.shown.strategy.settings
    entry = Entry(level=1, title=paper.title, page=BRIEF_PAGE, kind="single")
    job = order.job(paper.name, _titled(order, paper), [entry])
    return _pdf(replace(job, style="brochure", strategy=settings.title))


def _titled(order: Order, paper: Paper) -> str:
    strategy = order.shown.strategy
    return strategy.words("print.titled", strategy=strategy.settings.title, paper=paper.title)


def _report_pdf(order: Order, paper: Paper) -> Made:
    """The report on a period."""
    return _pdf(_report(order, paper))


def _report_docx(order: Order, paper: Paper) -> Made:
    """The same as a Word document; its pages depend on who opens it."""
    job = _report(order, paper)
    date = job.words("print.reports_as_of", day=job.dated(job.words.day(job.as_of)))
    made = DocxJob(look=job, date=date, template=word_template(order.shown.root))
    return Made(make_docx(made), pages=0)


def _report_pptx(order: Order, paper: Paper) -> Made:
    """The same in few words, as slides."""
    period = paper.period
    assert period is not None
    job = _report(order, paper)
    shown = order.shown
    ctx = Context(strategy=shown.strategy, descriptor=shown.descriptor, as_of=order.as_of)
    slides = slides_of(ctx, period, order.articles.read(period.page))
    job.work.mkdir(parents=True, exist_ok=True)
    date = job.words("print.reports_as_of", day=job.dated(job.words.day(job.as_of)))
    return Made(make_pptx(job, date, slides), pages=0)


def _report(order: Order, paper: Paper) -> PaperJob:
    period = paper.period
    assert period is not None
    entry = Entry(level=1, title=paper.title, page=period.page, kind="single")
    job = order.job(paper.name, paper.title, [entry])
    settings = order.shown.strategy.settings
    return replace(
        job,
        work=order.work / f"report-{paper.ending}",
        style="report",
        subtitle=settings.title,
        as_of=period.as_of,
    )


def _cards_pdf(order: Order, paper: Paper) -> Made:
    """A card for each measure."""
    shown = order.shown
    settings = shown.strategy.settings
    ctx = Context(strategy=shown.strategy, descriptor=shown.descriptor, as_of=order.as_of)
    job = order.job(paper.name, _titled(order, paper), ())
    overview = addresses.on_web(settings.site_url, CHAPTERS["measures"].address)
    result = make_cards(job, settings.title, cards_of(ctx), overview)
    return Made(job.target.stat().st_size, result.pages, result.warnings)


def _timetable_pdf(order: Order, paper: Paper) -> Made:
    """All measures with their bars on one sheet."""
    shown = order.shown
    ctx = Context(
        strategy=shown.strategy,
        descriptor=shown.descriptor,
        as_of=order.as_of,
        chapters=order.chapters,
    )
    job = order.job(paper.name, _titled(order, paper), ())
    told = timetable_of(ctx)
    assert told is not None
    result = make_timetable(job, told)
    return Made(job.target.stat().st_size, result.pages, result.warnings)


MAKERS: Mapping[tuple[Content, str], Callable[[Order, Paper], Made]] = {
    ("strategy", "pdf"): _strategy_pdf,
    ("annex", "pdf"): _annex_pdf,
    ("brief", "pdf"): _brief_pdf,
    ("report", "pdf"): _report_pdf,
    ("report", "docx"): _report_docx,
    ("report", "pptx"): _report_pptx,
    ("cards", "pdf"): _cards_pdf,
    ("timetable", "pdf"): _timetable_pdf,
}
"""How a paper of the list is made: by what it tells, and its format."""


def measure_pdfs(order: Order) -> dict[str, Made]:
    """A PDF of each measure's page, where the strategy wants them."""
    strategy = order.shown.strategy
    if not strategy.settings.measure_pdfs or not strategy.measures:
        return {}
    colours = field_colours(strategy)
    pages = [
        Entry(
            colour=colours.get(measure.field, ""),
            level=1,
            title=measure.title,
            page=addresses.page_of("measures", measure.id),
            number=measure.number,
            kind="single",
        )
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
    """The print order of the book: figures, chapters as the settings say, glossary.

    Goals, fields and measures have a sheet each; indicators and decisions are in the annex.
    """
    strategy = order.shown.strategy
    words = strategy.words
    wanted = strategy.settings.book_chapters or order.chapters
    names = [name for name in wanted if name in order.chapters]
    if FOREWORD in names:
        yield _chapter(strategy, CHAPTERS[FOREWORD])
    if strategy.measures:
        yield Entry(level=1, title=words("menu.figures"), page=FIGURES_PAGE)
    for chapter in (CHAPTERS[name] for name in names if name != FOREWORD):
        if _bare(order, chapter):
            continue
        yield _chapter(strategy, chapter)
        if chapter.rows and chapter.print_rows != "annex":
            yield from _rows(order, chapter, "book")
    yield from _back_matter(order, {GLOSSARY_PAGE: words("menu.glossary")})


def _bare(order: Order, chapter: Chapter) -> bool:
    """Whether a chapter has nothing but its title in the book: all else is in the annex."""
    if chapter.rows and chapter.print_rows != "annex":
        return False
    if not (order.site / chapter.file).with_suffix(".html").is_file():
        return False
    article = order.articles.read(chapter.address)
    take(article, "book")
    return is_bare(article)


def _chapter(strategy: Strategy, chapter: Chapter) -> Entry:
    title = strategy.words(f"chapter.{chapter.name}.title")
    return Entry(level=1, title=title, page=chapter.address)


def annex_entries(order: Order) -> Iterator[Entry]:
    """What is looked up, chapter by chapter as in the book, then who does what, and places."""
    strategy = order.shown.strategy
    words = strategy.words
    for chapter in (CHAPTERS[name] for name in order.chapters):
        told = holds(order.articles.read(chapter.address), "annex")
        rows = bool(chapter.rows and strategy.entries(chapter.rows))
        if told or rows:
            title = words(f"chapter.{chapter.name}.title")
            page = chapter.address if told else None
            yield Entry(level=1, title=title, page=page, kind="annex")
        if rows:
            yield from _rows(order, chapter, "annex")
    pages = {ORGANISATIONS_PAGE: words("menu.organisations"), PLACES_PAGE: places_title(strategy)}
    yield from _back_matter(order, pages)


def _rows(order: Order, chapter: Chapter, kind: Kind) -> Iterator[Entry]:
    """The pages of a chapter's rows; those without a sheet in the book stand whole in the annex.

    In the book as many share a page as fit on it whole.
    """
    strategy = order.shown.strategy
    if chapter.print_rows == "by_field":
        yield from _by_field(strategy, kind)
        return
    whole = chapter.print_rows == "annex"
    colours = field_colours(strategy) if chapter.rows == "fields_of_action" else {}
    rows = strategy.entries(chapter.rows)
    counted = count_themselves(row.title for row in rows)
    for row in rows:
        yield Entry(
            level=2,
            title=row.title,
            page=addresses.page_of(chapter.rows, row.id),
            number=row.id,
            counted=counted,
            kind="single" if whole else kind,
            most=None if whole else SHORT_TEXT,
            undivided=kind == "book",
            colour=colours.get(row.id, ""),
        )


def _by_field(strategy: Strategy, kind: Kind) -> Iterator[Entry]:
    """The measures of each field; in the book each begins on a new page, if it has a whole one."""
    sheet = strategy.settings.measure_sheet
    half = kind == "book" and sheet == "half"
    colours = field_colours(strategy)
    first = kind == "book"
    for row in strategy.fields_of_action:
        members = strategy.measures_of_field.get(row.id, ())
        if members:
            yield Entry(level=2, title=row.title, fresh=not first, colour=colours[row.id])
        for number, measure in enumerate(members):
            yield Entry(
                level=3,
                title=measure.title,
                page=addresses.page_of("measures", measure.id),
                number=measure.number,
                fresh=kind == "book" and number > 0 and not half,
                kind="half" if half else kind,
                most=SHEET_TEXT[sheet],
                undivided=half or first,
                colour=colours[row.id],
            )
            first = False


def _back_matter(order: Order, pages: Mapping[str, str]) -> Iterator[Entry]:
    for page, title in pages.items():
        if (order.site / page / "index.html").is_file():
            yield Entry(level=1, title=title, page=page)


def state_sizes(words: Words, site: Path, made: Mapping[str, Made]) -> None:
    """Name pages and bytes of each paper wherever a page of the site refers to it."""
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        if 'data-paper="' in text:
            told = SIZE.sub(
                lambda found: _size(words, made.get(found.group(1))) or found.group(), text
            )
            path.write_text(told, "utf-8", newline="\n")


def _size(words: Words, paper: Made | None) -> str:
    return f'<span class="size">, {in_words(words, paper)}</span>' if paper else ""


def in_words(words: Words, paper: Made) -> str:
    """The size of a paper for readers: ``211 Seiten, 4,1 MB``."""
    if paper.size < 1_000_000:
        size = words("print.kilobytes", number=max(1, round(paper.size / 1000)))
    else:
        size = words("print.megabytes", number=Decimal(paper.size // 100_000) / 10)
    return f"{words('print.pages', n=paper.pages)}, {size}" if paper.pages else size

"""Makes a PDF of the pages of a built site: read, prepare, convert, typeset, tag."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from klarplan.messages import KlarplanError, Text
from klarplan.pdf.convert import to_typst
from klarplan.pdf.cover import colours, contents_depth, cover_values
from klarplan.pdf.glyphs import Glyphs
from klarplan.pdf.headings import Outline
from klarplan.pdf.job import Entry, PdfJob, PdfResult
from klarplan.pdf.links import Links, mended
from klarplan.pdf.pages import Page, page_path, slug_of
from klarplan.pdf.pictures import Pictures
from klarplan.pdf.prepare import Paper, lost_picture, prepare
from klarplan.pdf.tags import tag_tables
from klarplan.pdf.typeset import (
    FONTS,
    RefusedError,
    broken_pictures,
    compile_pdf,
    refused,
    write_main,
)

BATCH = 200_000
"""So many characters of HTML go to pandoc at once: its memory grows with them."""


def make_pdf(job: PdfJob) -> PdfResult:
    """Writes the PDF of a job; raises ``KlarplanError`` with page and cure where it can't."""
    if not job.entries:
        raise KlarplanError(
            Text("Das PDF hätte keinen Inhalt.", "The PDF would have no content."),
            Text(
                "Nennen Sie in strategy/strategy.yml mindestens ein Kapitel unter „chapters“.",
                "Name at least one chapter under “chapters” in strategy/strategy.yml.",
            ),
        )
    shutil.rmtree(job.work, ignore_errors=True)
    job.work.mkdir(parents=True)
    pages = _pages(job.entries)
    slugs = {page.path: page.slug for page in reversed(pages) if page is not None}
    links = Links(job.address, slugs)
    paper = Paper(
        job=job,
        links=links,
        outline=Outline(links.placed),
        pictures=Pictures(job.site, job.work, colours(job)),
        glyphs=Glyphs(FONTS, job.work),
    )
    pieces = _pieces(paper, pages)
    _typeset(paper, pages, pieces)
    written = tag_tables(
        job.work / "set.pdf", job.target, paper.tables, f"{job.licence_name} {job.licence_url}"
    )
    return PdfResult(written, tuple(paper.warnings))


def _pages(entries: Sequence[Entry]) -> list[Page | None]:
    """The page of each entry, with a slug that no other has; nothing for a mere heading."""
    pages: list[Page | None] = []
    taken: set[str] = set()
    for entry in entries:
        if entry.page is None:
            pages.append(None)
            continue
        path = page_path(entry.page)
        slug = base = slug_of(path)
        number = 2
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        taken.add(slug)
        pages.append(Page(entry, path, slug))
    return pages


def _pieces(paper: Paper, pages: Sequence[Page | None]) -> list[str]:
    """The Typst of each entry; pandoc works on batches while the next are prepared."""
    openings: list[str] = []
    batches: list[tuple[list[int], Future[list[str]]]] = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for numbers, texts in _batches(paper, pages, openings):
            batches.append((numbers, pool.submit(to_typst, texts, paper.job.template)))
        pieces = openings
        for numbers, future in batches:
            for number, piece in zip(numbers, future.result(), strict=True):
                pieces[number] += piece
    dead = paper.links.dead()
    return [mended(piece, dead) for piece in pieces]


def _batches(
    paper: Paper, pages: Sequence[Page | None], openings: list[str]
) -> Iterator[tuple[list[int], list[str]]]:
    numbers: list[int] = []
    texts: list[str] = []
    size = 0
    for number, (entry, page) in enumerate(zip(paper.job.entries, pages, strict=True)):
        if page is None:
            title = paper.glyphs.printable(entry.title)
            openings.append(paper.outline.opening(entry.level, title, None))
            continue
        opening, html = prepare(paper, page)
        openings.append(opening)
        numbers.append(number)
        texts.append(html)
        size += len(html)
        if size >= BATCH:
            yield numbers, texts
            numbers, texts, size = [], [], 0
    if texts:
        yield numbers, texts


def _chapters(
    entries: Sequence[Entry], pieces: Sequence[str], glyphs: Glyphs
) -> list[tuple[str, list[str]]]:
    """Pieces by chapter; each entry of level 1 begins one."""
    chapters: list[tuple[str, list[str]]] = []
    for entry, piece in zip(entries, pieces, strict=True):
        if entry.level <= 1 or not chapters:
            chapters.append((glyphs.printable(" ".join(entry.title.split())), []))
        chapters[-1][1].append(piece)
    return chapters


def _typeset(paper: Paper, pages: Sequence[Page | None], pieces: Sequence[str]) -> None:
    """Sets the pieces; a picture that can't be read is left out, and set again without it."""
    job = paper.job
    values = cover_values(job, paper.glyphs, contents_depth(paper.outline.titles))
    chapters = _chapters(job.entries, pieces, paper.glyphs)
    write_main(job.work, job.template, values, chapters)
    paths = [page.path if page else "" for page in pages]
    try:
        compile_pdf(job.work, job.work / "set.pdf", job.as_of)
    except RefusedError as error:
        broken = broken_pictures(job.work, list(paper.pictures.written))
        if not broken:
            raise refused(error, paths) from error
        for name in broken:
            paper.warnings.append(lost_picture(*paper.pictures.written[name]))
        values["broken"] = [f"/{name}" for name in broken]
        (job.work / "job.json").write_text(json.dumps(values), encoding="utf-8")
        try:
            compile_pdf(job.work, job.work / "set.pdf", job.as_of)
        except RefusedError as again:
            raise refused(again, paths) from again

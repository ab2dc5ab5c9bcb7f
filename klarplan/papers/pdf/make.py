"""Makes a PDF of the pages of a built site: prepare, convert, set in volumes, bind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from klarplan.articles.article import page_path, slug_of
from klarplan.look.glyphs import Glyphs
from klarplan.messages import KlarplanError, Text
from klarplan.papers.job import Entry, Page, PaperJob, PdfResult
from klarplan.papers.links import Links
from klarplan.papers.pdf.bind import Binder, Part
from klarplan.papers.pdf.convert import Marked, to_typst
from klarplan.papers.pdf.cover import cover_values
from klarplan.papers.pdf.enlarge import enlarge
from klarplan.papers.pdf.front import (
    Counted,
    count_front,
    in_contents,
    set_front,
    set_margins,
    set_numbers,
)
from klarplan.papers.pdf.headings import Outline, Title
from klarplan.papers.pdf.prepare import Paper, lost_picture, prepare
from klarplan.papers.pdf.tags import Rows
from klarplan.papers.pdf.typeset import PIECES, RefusedError, refused
from klarplan.papers.pdf.volumes import Bound, Inside, Piece, Press, look_inside, write_values
from klarplan.papers.pictures import pictures_of

BATCH = 60_000
"""So many characters of HTML go to pandoc at once: its memory grows with them."""
READY = 400_000
"""So many of ready code beside them are a batch as well: the first volume is begun early."""


def make_pdf(job: PaperJob) -> PdfResult:
    """Writes the PDF of a job; raises ``KlarplanError`` with page and cure where it can't."""
    if not job.entries:
        raise KlarplanError(
            Text("Das PDF hätte keinen Inhalt.", "The PDF would have no content."),
            Text(
                "Nennen Sie in strategy/strategy.yml mindestens ein Kapitel unter „chapters“.",
                "Name at least one chapter under “chapters” in strategy/strategy.yml.",
            ),
        )
    job.clear_work()
    (job.work / PIECES).mkdir()
    pages = _pages(job.entries)
    slugs = {page.path: page.slug for page in reversed(pages) if page is not None}
    links = Links(job.address, slugs, job.beside, home_is_told=job.style == "report")
    paper = Paper(
        job=job,
        links=links,
        outline=Outline(links.placed, job.words.lang),
        pictures=pictures_of(job),
        glyphs=Glyphs(job.work),
    )
    try:
        written = _print(paper, pages)
    except RefusedError as error:
        raise refused(error, [page.path if page else "" for page in pages]) from error
    if job.zoom != 1:
        enlarge(job.target, job.zoom)
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


def _print(paper: Paper, pages: Sequence[Page | None]) -> int:
    """Sets and binds all volumes, then what needs to know their pages; the number of pages."""
    job = paper.job
    values = cover_values(job, paper.glyphs)
    write_values(job.work, values)
    volumes: list[Bound] = []
    with (
        Binder(job.target, job.rights, job.words) as binder,
        Press(job.work, values, paper.pictures, job.as_of) as press,
        ThreadPoolExecutor(1) as beside,
    ):
        counting = _Counting(paper, beside)
        for volume in press.set(counting.followed(_pieces(paper, pages))):
            binder.add(Part(volume.file, volume.inside, [title.level for title in volume.titles]))
            volumes.append(volume)
        for name in press.lost:
            paper.warnings.append(lost_picture(*paper.pictures.written[name]))
        return _bind(paper, binder, volumes, counting, beside)


@dataclass(slots=True)
class _Counting:
    """Counts the pages of the front while the last volumes are set: they follow from its titles."""

    paper: Paper
    beside: ThreadPoolExecutor
    listed: Sequence[Title] = ()
    _counted: Future[Counted] | None = None

    def followed(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """The same pieces; counting begins behind the last."""
        titles: list[Title] = []
        for piece in pieces:
            titles += piece.titles
            yield piece
        self.listed = in_contents(titles, self.paper.job.style)
        self._counted = self.beside.submit(self._count)

    def counted(self) -> Counted:
        """What is known of the front; raises ``RefusedError``."""
        assert self._counted is not None
        try:
            return self._counted.result()
        except RefusedError:
            return self._count()  # what can't be read may be known only since

    def _count(self) -> Counted:
        return count_front(self.paper.job, self.listed, self.paper.glyphs)


def _colophon(paper: Paper) -> Piece:
    """The last chapter of a book: how it came about."""
    paper.outline.titles.clear()
    opening = paper.outline.opening(
        1, paper.glyphs.printable(paper.job.words("print.colophon.title")), "kolophon"
    )
    return Piece(1, f"{opening}#colophon()\n", tuple(paper.outline.titles), ())


def _bind(
    paper: Paper,
    binder: Binder,
    volumes: Sequence[Bound],
    counting: _Counting,
    beside: ThreadPoolExecutor,
) -> int:
    """Adds what needs to know the pages of all volumes; returns the number of pages."""
    job = paper.job
    insides = [volume.inside for volume in volumes]
    titles = [volume.titles for volume in volumes]
    listed, counted = counting.listed, counting.counted()
    before, share = counted.pages, counted.share
    while True:
        numbers, places = _numbers(volumes, before)
        margins = beside.submit(set_margins, job, before, insides, titles)
        pages = [numbers[title.label] for title in listed]
        made, again = set_front(job, listed, pages, paper.glyphs, share)
        if again <= before:
            break
        before, share = again, None  # a longer number has put a title on two lines
    goals = {}
    contents = [title.label for title in listed]
    for label, page in [*paper.links.wanted.items(), *zip(contents, contents, strict=True)]:
        place = label if label in places else page
        goals[label] = (place, places[place])
    cover = job.work / "front.pdf"
    cover.write_bytes(made)
    front = look_inside(cover)
    marks = [mark for mark in front.marks if mark.page < before]
    opening = Inside(front.across[:before], marks, {})
    binder.add(Part(made, opening, [1] * len(marks), front=contents, room=True))
    filled = set_numbers(job, binder.rooms(), goals)
    return binder.finish(margins.result(), goals, filled)


def _numbers(volumes: Sequence[Bound], before: int) -> tuple[dict[str, int], dict[str, int]]:
    """The pages of headings and of places, with so many pages before the first volume."""
    numbers: dict[str, int] = {}
    places: dict[str, int] = {}
    count = before
    for volume in volumes:
        for title, mark in zip(volume.titles, volume.inside.marks, strict=True):
            numbers[title.label or title.place] = count + mark.page + 1
        places |= {name: count + page + 1 for name, page in volume.inside.places.items()}
        count += len(volume.inside.across)
    return numbers, places


@dataclass(slots=True)
class _Ready:
    """An entry that is prepared: what it begins with, and where its HTML went, if it has any."""

    level: int
    opening: str
    titles: Sequence[Title]
    tables: Sequence[Rows] = field(default_factory=tuple)
    has_page: bool = False
    fresh: bool = False
    is_bare: bool = False


def _pieces(paper: Paper, pages: Sequence[Page | None]) -> Iterator[Piece]:
    """The entries as Typst; pandoc works on batches while the next are prepared."""
    # One pandoc keeps up with the pages that are prepared; each takes 170 MB.
    with ThreadPoolExecutor(1) as pool:
        running: list[tuple[list[_Ready], Future[list[str]]]] = []
        for entries, texts in _batches(paper, pages):
            running.append((entries, pool.submit(to_typst, texts, paper.job.template)))
            while running and running[0][1].done():
                yield from _joined(*running.pop(0))
        for entries, future in running:
            yield from _joined(entries, future)
    if paper.job.imprint:
        yield _colophon(paper)


def _joined(entries: Sequence[_Ready], future: Future[list[str]]) -> Iterator[Piece]:
    texts = iter(future.result())
    for entry in entries:
        typst = entry.opening + (next(texts) if entry.has_page else "")
        yield Piece(entry.level, typst, entry.titles, entry.tables, entry.fresh, entry.is_bare)


def _batches(
    paper: Paper, pages: Sequence[Page | None]
) -> Iterator[tuple[list[_Ready], list[Marked]]]:
    """Prepared entries, with the HTML of those that have a page, in shares for pandoc."""
    entries: list[_Ready] = []
    texts: list[Marked] = []
    outline = paper.outline
    html = code = 0
    above: list[Title] = []  # the headings directly before the entry
    for number, (entry, page) in enumerate(zip(paper.job.entries, pages, strict=True)):
        outline.titles.clear()
        if entry.level <= 1:
            above = []
        if page is None:
            title = paper.glyphs.printable(" ".join(entry.title.split())) or "–"
            opening = outline.opening(entry.level, title, f"entry_{number}", colour=entry.colour)
            titles = tuple(outline.titles)
            ready = _Ready(entry.level, opening, titles, fresh=entry.fresh, is_bare=True)
            entries.append(ready)
        else:
            made = prepare(paper, page, above)
            titles = tuple(outline.titles)
            ready = _Ready(
                entry.level, made.opening, titles, made.tables, True, entry.fresh, made.is_bare
            )
            entries.append(ready)
            texts.append(made.html)
            html += len(made.html.html)
            code += sum(map(len, made.html.codes))
        above = [*above, *titles] if ready.is_bare else []
        if html >= BATCH or code >= READY:
            yield entries, texts
            entries, texts = [], []
            html = code = 0
    if entries:
        yield entries, texts

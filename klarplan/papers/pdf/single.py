"""Pages of the site as papers of their own: no cover, no contents, a small head."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from klarplan.articles.article import page_path, slug_of
from klarplan.look.glyphs import Glyphs
from klarplan.papers.job import Entry, Page, PaperJob, PdfResult
from klarplan.papers.links import Links
from klarplan.papers.markup import literal
from klarplan.papers.pdf.bind import state_rights
from klarplan.papers.pdf.convert import to_typst
from klarplan.papers.pdf.cover import cover_values
from klarplan.papers.pdf.headings import Outline
from klarplan.papers.pdf.languages import SPOKEN, lift_languages
from klarplan.papers.pdf.objects import write_whole
from klarplan.papers.pdf.prepare import Paper, Prepared, prepare
from klarplan.papers.pdf.tags import complete_tags
from klarplan.papers.pdf.typeset import (
    IN_FRONT,
    PIECES,
    RefusedError,
    broken_pictures,
    refused,
    set_here,
)
from klarplan.papers.pdf.volumes import write_values
from klarplan.papers.pictures import Pictures, pictures_of

MAIN = "main.typ"
PIECE = f"{PIECES}/00000.typ"
BATCH = 25
"""So many pages go to pandoc at once."""


def make_sheets(job: PaperJob, targets: Sequence[Path]) -> Iterator[PdfResult]:
    """Writes each entry of a job to its target.

    What print can't show is told with the whole strategy, not here. Raises ``KlarplanError``
    with page and cure where one can't be made.
    """
    job.clear_work()
    (job.work / PIECES).mkdir()
    press = _Press(job, Glyphs(job.work), pictures_of(job))
    press.write_values([])
    for at in range(0, len(targets), BATCH):
        share = job.entries[at : at + BATCH]
        pages = [press.prepared(entry) for entry in share]
        texts = to_typst([page.html for page in pages], job.template)
        for entry, page, text, target in zip(share, pages, texts, targets[at:], strict=False):
            yield press.sheet(entry, page, text, target)


@dataclass(frozen=True, slots=True)
class _Press:
    """What all sheets of a job share."""

    job: PaperJob
    glyphs: Glyphs
    pictures: Pictures

    def write_values(self, broken: Sequence[str]) -> None:
        """Tells the template what it has to know, and which pictures to leave out."""
        values = cover_values(self.job, self.glyphs)
        write_values(self.job.work, {**values, "broken": [f"/{name}" for name in broken]})

    def prepared(self, entry: Entry) -> Prepared:
        """A page whose links lead to the web, or within itself."""
        path = page_path(entry.page or "")
        page = Page(entry, path, slug_of(path))
        links = Links(self.job.address, {path: page.slug})
        outline = Outline(links.placed, self.job.words.lang)
        return prepare(Paper(self.job, links, outline, self.pictures, self.glyphs), page)

    def sheet(self, entry: Entry, page: Prepared, text: str, target: Path) -> PdfResult:
        """Writes one paper; a picture that can't be read is left out, and it is set again."""
        job = self.job
        title = self.glyphs.printable(" ".join(entry.cited.split()))
        piece = f'#import "/design.typ": *\n{page.opening}{text}'
        main = f'#import "sheet.typ": *\n#show: it => sheet({literal(title)}, it)\n'
        (job.work / PIECE).write_text(piece, encoding="utf-8", newline="\n")
        (job.work / MAIN).write_text(f'{main}#include "{PIECE}"\n', encoding="utf-8", newline="\n")
        try:
            made = self._set()
        except RefusedError as error:
            raise refused(error, [entry.page or ""]) from error
        complete = complete_tags(made, page.tables, "")
        with pikepdf.open(io.BytesIO(complete)) as pdf, target.open("wb") as out:
            if SPOKEN in text:
                lift_languages(pdf)
            state_rights(pdf, job.rights)
            write_whole(pdf, out)
            return PdfResult(len(pdf.pages), ())

    def _set(self) -> bytes:
        work = self.job.work
        try:
            return set_here(work, MAIN, IN_FRONT, self.job.as_of)
        except RefusedError:
            broken = broken_pictures(work, list(self.pictures.written))
            if not broken:
                raise
            self.write_values(broken)
            return set_here(work, MAIN, IN_FRONT, self.job.as_of)

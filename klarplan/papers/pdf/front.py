"""Front and margins of a paper: cover and contents, and what stands around every page."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf

from klarplan.look.glyphs import Glyphs
from klarplan.papers.job import PaperJob
from klarplan.papers.pdf.bind import Numbers
from klarplan.papers.pdf.headings import Title
from klarplan.papers.pdf.numbers import Room
from klarplan.papers.pdf.typeset import IN_FRONT, Finish, ask_here, set_here, set_volume
from klarplan.papers.pdf.volumes import Inside
from klarplan.papers.text import NO_HYPHEN, breakable
from klarplan.words.hyphens import LONGEST, softened

FRONT = "front.typ"

REPORT_LINES = 20
"""So many sections stand on the first page of a report."""
FEW = 300
"""So many margins at most are set in this process, which keeps in memory what it sets."""


def in_contents(titles: Sequence[Title], style: str) -> list[Title]:
    """The headings that the contents list: all that open a page of the site, or a field.

    A report lists its sections: its one chapter is called like the report.
    """
    if style == "brochure":
        return [title for title in titles if title.label][:1]
    if style == "report":
        sections = [replace(t, label=t.place) for t in titles if t.place and t.level == 2]
        return sections[:REPORT_LINES] or [title for title in titles if title.label][:1]
    return [title for title in titles if title.label]


@dataclass(slots=True)
class Where:
    """Where in a paper one is, page by page."""

    chapter: str = ""
    section: str = ""
    """What numbered entries are grouped by in the chapter."""
    number: str = ""

    def on_page(self, opened: Sequence[Title]) -> tuple[str, str]:
        """What the head of the next page says, with the headings on it: the place, and numbers.

        The chapter; in an entry its section, if there is one, and its number; where entries begin
        on the page, the first and the last of those. Nothing where a chapter begins.
        """
        numbers: list[str] = []
        for title in opened:
            if title.number:
                numbers.append(title.number)
            elif title.label:
                self.section, self.number, numbers = title.text, "", []
                if title.level == 1:
                    self.chapter, self.section = title.text, ""
        first = numbers[0] if numbers else self.number
        self.number = numbers[-1] if numbers else self.number
        if any(title.level == 1 for title in opened):
            return "", ""
        if not first:
            return self.chapter, ""
        told = first if first == self.number else f"{first} – {self.number}"
        return self.section or self.chapter, told


@dataclass(frozen=True, slots=True)
class Counted:
    """How many pages the front has, and which share of the usual gaps its contents have."""

    pages: int
    share: float | None = None
    """Nothing where the contents choose none."""


def count_front(job: PaperJob, listed: Sequence[Title], glyphs: Glyphs) -> Counted:
    """Cover and contents as far as they are known before any page is; raises ``RefusedError``."""
    _write_front(job, listed, [0] * len(listed), glyphs, None)
    found = ask_here(job.work, FRONT, "<counted>")
    return Counted(**{name: value for values in found for name, value in values.items()})


def set_front(
    job: PaperJob,
    listed: Sequence[Title],
    pages: Sequence[int],
    glyphs: Glyphs,
    share: float | None = None,
) -> tuple[bytes, int]:
    """Cover and contents, and how many pages they have; ``pages`` belong to the listed headings.

    Behind them the PDF holds one page for each heading that is listed: the typesetter makes and
    tags contents only from headings. Without a ``share`` of the gaps, one is looked for. Raises
    ``RefusedError``.
    """
    _write_front(job, listed, pages, glyphs, share)
    made = set_here(job.work, FRONT, IN_FRONT, job.as_of)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return made, len(pdf.pages) - len(listed)


def _write_front(
    job: PaperJob,
    listed: Sequence[Title],
    pages: Sequence[int],
    glyphs: Glyphs,
    share: float | None,
) -> None:
    texts = [breakable(glyphs.printable(title.text), job.words.lang) for title in listed]
    lines = [
        {"level": t.level, "text": text.split(NO_HYPHEN), "label": t.label, "page": page}
        for t, text, page in zip(listed, texts, pages, strict=True)
    ]
    _write(job.work / "front.json", {"entries": lines, "share": share})


def set_margins(
    job: PaperJob,
    front: int,
    insides: Sequence[Inside],
    titles: Sequence[Sequence[Title]],
) -> Path:
    """The margins of all pages as pages of their own; raises ``RefusedError``."""
    empty = {"place": "", "numbers": "", "across": False}
    pages: list[dict[str, Any]] = [empty for _ in range(front)]
    where = Where()
    for inside, within in zip(insides, titles, strict=True):
        opened: dict[int, list[Title]] = {}
        for title, mark in zip(within, inside.marks, strict=True):
            opened.setdefault(mark.page, []).append(title)
        for number, across in enumerate(inside.across):
            place, numbers = where.on_page(opened.get(number, ()))
            place = softened(place, job.words.lang, LONGEST)
            pages.append({"place": place, "numbers": numbers, "across": across})
    _write(job.work / "margins.json", pages)
    short = len(pages) <= FEW
    return set_volume(job.work, "margins", job.as_of, Finish(bare=True), short=short)


def set_numbers(
    job: PaperJob, rooms: Sequence[Room], goals: Mapping[str, tuple[str, int]]
) -> Numbers | None:
    """What fills the rooms for numbers of pages, if there are some; raises ``RefusedError``."""
    wanted = [(goals[room.label][1], round(room.width, 1), round(room.size, 1)) for room in rooms]
    places = {key: at for at, key in enumerate(dict.fromkeys(wanted))}
    if not places:
        return None
    lines = [{"number": key[0], "width": key[1], "size": key[2]} for key in places]
    _write(job.work / "numbers.json", lines)
    made = set_here(job.work, "numbers.typ", [], job.as_of, tags=False)
    return Numbers(made, [places[key] for key in wanted])


def _write(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8", newline="\n")

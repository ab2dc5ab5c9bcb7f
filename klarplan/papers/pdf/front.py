"""Front and margins of a paper: cover and contents, and what stands around every page."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf

from klarplan.look.glyphs import Glyphs
from klarplan.papers.job import PaperJob
from klarplan.papers.pdf.headings import Title
from klarplan.papers.pdf.typeset import IN_FRONT, IN_VOLUMES, set_here
from klarplan.papers.pdf.volumes import Inside

REPORT_LINES = 20
"""So many sections stand on the first page of a report."""


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


def set_front(
    job: PaperJob, listed: Sequence[Title], pages: Sequence[int], glyphs: Glyphs
) -> tuple[bytes, int]:
    """Cover and contents, and how many pages they have; ``pages`` belong to the listed headings.

    Behind them the PDF holds one page for each heading that is listed: the typesetter makes and
    tags contents only from headings. Raises ``RefusedError``.
    """
    lines = [
        {"level": t.level, "text": glyphs.printable(t.text), "label": t.label, "page": page}
        for t, page in zip(listed, pages, strict=True)
    ]
    _write(job.work / "front.json", lines)
    made = set_here(job.work, "front.typ", IN_FRONT, job.as_of)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return made, len(pdf.pages) - len(lines)


def set_margins(
    job: PaperJob,
    front: int,
    insides: Sequence[Inside],
    titles: Sequence[Sequence[Title]],
    goals: Mapping[str, tuple[str, int]],
) -> bytes:
    """The margins of all pages as pages of their own, with the numbers of pages that links lead to.

    Raises ``RefusedError``.
    """
    pages: list[dict[str, Any]] = [
        {"chapter": "", "across": False, "stamps": []} for _ in range(front)
    ]
    chapter = ""
    for inside, within in zip(insides, titles, strict=True):
        opened = {
            mark.page: title.text
            for title, mark in zip(within, inside.marks, strict=True)
            if title.level == 1
        }
        for number, across in enumerate(inside.across):
            chapter = opened.get(number, chapter)
            shown = "" if number in opened else chapter
            rooms = inside.rooms[number] if inside.rooms else ()
            stamps = [
                {
                    "number": goals[room.label][1],
                    "left": room.left,
                    "top": room.top,
                    "width": room.width,
                    "height": room.height,
                }
                for room in rooms
            ]
            pages.append({"chapter": shown, "across": across, "stamps": stamps})
    _write(job.work / "margins.json", pages)
    return set_here(job.work, "margins.typ", IN_VOLUMES, job.as_of)


def _write(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

"""The timetable as PDF: all measures with their bars on a sheet of A3; many take several.

Everything that the bars show is said in a table beside them.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import pikepdf

from klarplan.look.glyphs import Glyphs
from klarplan.papers.job import PaperJob, PdfResult
from klarplan.papers.pdf.bind import state_rights
from klarplan.papers.pdf.cover import cover_values
from klarplan.papers.pdf.objects import write_whole
from klarplan.papers.pdf.tags import NO_HEAD, Rows, complete_tags
from klarplan.papers.pdf.typeset import IN_FRONT, RefusedError, refused, set_here
from klarplan.papers.pdf.volumes import write_values

MAIN = "timetable.typ"


def make_timetable(job: PaperJob, told: Mapping[str, Any]) -> PdfResult:
    """Write the timetable; ``told`` is what ``timetable_texts`` says.

    Raises ``KlarplanError`` where it can't be set.
    """
    job.clear_work()
    glyphs = Glyphs(job.work)
    write_values(job.work, cover_values(job, glyphs))
    text = json.dumps(_printable(told, glyphs), ensure_ascii=False)
    (job.work / "timetable.json").write_text(text, encoding="utf-8", newline="\n")
    try:
        made = set_here(job.work, MAIN, IN_FRONT, job.as_of)
    except RefusedError as error:
        raise refused(error, ()) from error
    complete = complete_tags(made, [_places(told)], "")
    with pikepdf.open(io.BytesIO(complete)) as pdf, job.target.open("wb") as out:
        state_rights(pdf, job.rights)
        write_whole(pdf, out)
        return PdfResult(len(pdf.pages), ())


def _printable(value: Any, glyphs: Glyphs) -> Any:
    if isinstance(value, str):
        return glyphs.printable(" ".join(value.split()))
    if isinstance(value, Mapping):
        return {name: _printable(part, glyphs) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part, glyphs) for part in value]
    return value


def _places(told: Mapping[str, Any]) -> Rows:
    """Where the cells of the table stand, and which are heads."""
    rows: list[list[tuple[int, int, int, str]]] = [[(n, 1, 1, "column") for n in range(3)]]
    for group in told["groups"]:
        rows.append([(0, 1, 2, NO_HEAD), (2, 1, 1, NO_HEAD)])
        rows += [[(0, 1, 1, "row"), (1, 1, 1, ""), (2, 1, 1, "")] for _ in group["rows"]]
    return rows

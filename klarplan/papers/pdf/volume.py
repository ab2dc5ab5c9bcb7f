"""A program of its own: sets one volume of a paper as PDF and completes its tags.

The typesetter keeps what it has set in memory until its process ends; so a long paper is set in
volumes, each in a process. Called as ``python -m klarplan.papers.pdf.volume ORDER``; a refusal
is told in ``ORDER`` with the ending ``.refusal``.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pikepdf
import typst

from klarplan.papers.pdf.objects import make_room, write_plainly
from klarplan.papers.pdf.tags import complete_tags


def main(order: Path) -> int:
    """Carries out an order; returns 1 where the typesetter refuses."""
    wanted = json.loads(order.read_text(encoding="utf-8"))
    compiler = typst.Compiler(
        wanted["main"], root=wanted["root"], font_paths=wanted["fonts"], ignore_system_fonts=True
    )
    try:
        made, _ = compiler.compile_with_warnings(
            format="pdf", pdf_standards=wanted["standards"], timestamp=wanted["timestamp"]
        )
    except typst.TypstError as error:
        told = {"message": error.message, "hints": error.hints, "place": str(error.diagnostic)}
        order.with_suffix(".refusal").write_text(json.dumps(told), encoding="utf-8")
        return 1
    assert isinstance(made, bytes)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        complete_tags(pdf, wanted["tables"], wanted["prefix"])
        if wanted["margins"]:
            make_room(pdf)
        write_plainly(pdf, Path(wanted["output"]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))

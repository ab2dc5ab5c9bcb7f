"""A program of its own: sets one volume of a paper as PDF and completes its tags.

The typesetter keeps what it has set in memory until its process ends; so a long paper is set in
volumes, each in a process. Called as ``python -m klarplan.papers.pdf.volume ORDER``; a refusal
is told in ``ORDER`` with the ending ``.refusal``.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import typst

from klarplan.papers.pdf.objects import make_room, plainly
from klarplan.papers.pdf.tags import complete_tags


def main(order: Path) -> int:
    """Carries out an order; returns 1 where the typesetter refuses."""
    wanted = json.loads(order.read_text(encoding="utf-8"))
    try:
        plain = _set(wanted)
    except typst.TypstError as error:
        told = {"message": error.message, "hints": error.hints, "place": str(error.diagnostic)}
        order.with_suffix(".refusal").write_text(json.dumps(told), encoding="utf-8")
        return 1
    complete = complete_tags(plain, wanted["tables"], wanted["prefix"])
    Path(wanted["output"]).write_bytes(complete)
    return 0


def _set(wanted: Mapping[str, Any]) -> bytes:
    """The volume, plainly written, with room for margins; its tags are not complete."""
    compiler = typst.Compiler(
        wanted["main"], root=wanted["root"], font_paths=wanted["fonts"], ignore_system_fonts=True
    )
    made, _ = compiler.compile_with_warnings(
        format="pdf", pdf_standards=wanted["standards"], timestamp=wanted["timestamp"]
    )
    assert isinstance(made, bytes)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        if wanted["margins"]:
            make_room(pdf)
        return plainly(pdf)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))

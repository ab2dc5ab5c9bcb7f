"""Sets one volume of a paper as PDF and completes its tags; as a program of its own, if wanted.

The typesetter keeps what it has set in memory until its process ends; so a long paper is set in
volumes, each in a process. Called as ``python -m klarplan.papers.pdf.volume ORDER``; a refusal
is told in ``ORDER`` with the ending ``.refusal``.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import typst

from klarplan.papers.pdf.languages import lift_languages
from klarplan.papers.pdf.link_lines import join_lines
from klarplan.papers.pdf.numbers import tag_numbers
from klarplan.papers.pdf.objects import make_room, plainly
from klarplan.papers.pdf.tags import complete_tags, without_lines


def main(order: Path) -> int:
    """Carries out an order; returns 1 where the typesetter refuses."""
    wanted = json.loads(order.read_text(encoding="utf-8"))
    try:
        set_as(wanted)
    except typst.TypstError as error:
        told = {"message": error.message, "hints": error.hints, "place": str(error.diagnostic)}
        order.with_suffix(".refusal").write_text(json.dumps(told), encoding="utf-8", newline="\n")
        return 1
    return 0


def set_as(wanted: Mapping[str, Any]) -> None:
    """Write the volume that an order of ``set_volume`` wants; raises ``TypstError``."""
    compiler = typst.Compiler(
        wanted["main"], root=wanted["root"], font_paths=wanted["fonts"], ignore_system_fonts=True
    )
    made, _ = compiler.compile_with_warnings(
        format="pdf", pdf_standards=wanted["standards"], timestamp=wanted["timestamp"]
    )
    assert isinstance(made, bytes)
    if not wanted["bare"]:
        # What has been set is kept: asking costs a fraction of setting it.
        entries = json.loads(compiler.query("<entry>", field="value")) if wanted["entries"] else ()
        made = complete_tags(_finished(made, entries, wanted), wanted["tables"], wanted["prefix"])
    Path(wanted["output"]).write_bytes(made)


def _finished(
    made: bytes, entries: Iterable[tuple[str, int, float, float]], wanted: Mapping[str, Any]
) -> bytes:
    """The volume, plainly written, with room for margins; its tags are not complete."""
    with pikepdf.open(io.BytesIO(without_lines(made))) as pdf:
        _name_places(pdf, entries)
        tag_numbers(pdf, join_lines(pdf))
        if wanted["languages"]:
            lift_languages(pdf)
        if wanted["margins"]:
            make_room(pdf)
        return plainly(pdf)


def _name_places(pdf: pikepdf.Pdf, entries: Iterable[tuple[str, int, float, float]]) -> None:
    """Names the places of entries: name, page from 1, points from the left and from the top."""
    places = [
        (name, pdf.pages[page - 1], left, float(pdf.pages[page - 1].mediabox[3]) - top)
        for name, page, left, top in entries
    ]
    if not places:
        return
    if "/Names" not in pdf.Root:
        pdf.Root.Names = pikepdf.Dictionary()
    names = pdf.Root.Names
    tree = pikepdf.NameTree(names.Dests) if "/Dests" in names else pikepdf.NameTree.new(pdf)
    for name, page, left, up in places:
        tree[name] = pikepdf.Array([page.obj, pikepdf.Name.XYZ, left, up, None])
    names.Dests = tree.obj


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))

"""Sets one volume of a paper as PDF and completes its tags; as a program of its own, if wanted.

The typesetter keeps what it has set in memory until its process ends; so a long paper is set in
volumes, each in a process. Called as ``python -m klarplan.papers.pdf.volume ORDER``; a refusal
is told in ``ORDER`` with the ending ``.refusal``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import typst

from klarplan.papers.pdf.languages import lift_languages
from klarplan.papers.pdf.link_lines import join_lines
from klarplan.papers.pdf.numbers import tag_numbers
from klarplan.papers.pdf.objects import Amended, make_room
from klarplan.papers.pdf.tags import complete_tags

Entry = tuple[str, int, float, float]
"""Where an entry is: its name, its page from 1, points from the left and from the top."""


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
        made = _finished(complete_tags(made, wanted["tables"], wanted["prefix"]), entries, wanted)
    Path(wanted["output"]).write_bytes(made)


def _finished(complete: bytes, entries: Sequence[Entry], wanted: Mapping[str, Any]) -> bytes:
    """The volume with all else that it gets behind its tags."""
    with Amended(complete) as amended:
        if entries:
            _name_places(amended, entries)
        tag_numbers(amended, join_lines(amended))
        if wanted["languages"]:
            for element in lift_languages(amended.pdf):
                amended.change(element)
        if wanted["margins"]:
            make_room(amended, len(amended.pdf.pages))
        return amended.written()


def _name_places(amended: Amended, entries: Iterable[Entry]) -> None:
    """Names the places of entries."""
    root, pages = amended.pdf.Root, amended.pdf.pages
    if "/Names" not in root:
        root.Names = pikepdf.Dictionary()
    known = root.Names.get("/Dests")
    listed = pikepdf.NameTree(known).items() if known is not None else ()
    places = {str(name): goal for name, goal in listed}
    for name, at, left, top in entries:
        page = pages[at - 1]
        up = float(page.mediabox[3]) - top
        places[name] = pikepdf.Array([page.obj, pikepdf.Name.XYZ, left, up, None])
    ordered = sorted(places.items(), key=lambda place: place[0].encode())
    names = pikepdf.Array(part for name, goal in ordered for part in (pikepdf.String(name), goal))
    root.Names.Dests = pikepdf.Dictionary(Names=names)
    amended.change(root)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))

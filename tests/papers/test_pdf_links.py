"""A link of a paper is one thing for who hears it: one element, one annotation for each line."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from klarplan.look.glyphs import Glyphs
from klarplan.papers.job import Entry
from klarplan.papers.pdf.cover import cover_values
from klarplan.papers.pdf.make import make_pdf
from tests.support.pdf_rules import failures
from tests.support.print_reading import plain, read
from tests.support.print_site import job, printed, write_site
from tests.support.project import BuiltSample

LONG = "eine Maßnahme mit einem sehr langen Namen, der über mehr als eine Zeile geht " * 2


def annotations(file: Path) -> list[list[tuple[int, float, float, str]]]:
    """Of each link's element its annotations: page from 1, bottom, top, what they say."""
    with pikepdf.open(file) as pdf:
        pages = {
            note.objgen: number
            for number, page in enumerate(pdf.pages, 1)
            for note in page.get("/Annots", ())
        }
        found = []
        for item in pdf.objects:
            if not isinstance(item, pikepdf.Dictionary) or item.get("/S") != "/Link":
                continue
            kids = item.K if isinstance(item.K, pikepdf.Array) else [item.K]
            notes = [
                kid.Obj
                for kid in kids
                if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
            ]
            found.append(
                [
                    (
                        pages.pop(note.objgen),
                        float(note.Rect[1]),
                        float(note.Rect[3]),
                        str(note.get("/Contents", "")),
                    )
                    for note in notes
                ]
            )
        assert pages == {}, "annotations that no element of the structure holds"
    return found


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("Ein Wort", 1),
        ("Mit <b>fetten</b> und <i>schrägen</i> <code>Zeichen</code> darin", 1),
        (LONG, 3),
    ],
    ids=["short", "mixed", "long"],
)
def test_a_reference_is_one_link(tmp_path: Path, words: str, lines: int) -> None:
    """Words and number of the page are one link, with an annotation for each line it takes."""
    pages = {
        "vision/": f'<h1>Vision</h1><p>Siehe <a href="../andere/">{words}</a>, oder nicht.</p>',
        "andere/": "<h1>Andere</h1><p>Text</p>",
    }
    write_site(tmp_path / "site", pages)
    made = job(tmp_path, tuple(Entry(level=1, title=p, page=p) for p in pages))
    make_pdf(made)
    (block,) = (p for p in read(made.target).find("P") if p.text.startswith("Siehe"))
    (link,) = block.find("Link")
    assert plain(link.text).endswith("(S.4)")
    assert plain(block.text).endswith("(S.4),odernicht.")
    (notes,) = (notes for notes in annotations(made.target) if notes[0][3] == "Seite 4")
    assert 1 <= len(notes) <= lines
    assert all(a[1] > b[1] for a, b in pairwise(notes))
    assert failures(made.target) == []


def test_links_to_the_web_are_one_each(tmp_path: Path) -> None:
    """An address with letters of several kinds is one link as well, also over two pages."""
    row = f"<p>{'<br>'.join(['Zeile'] * 37)}</p>"
    body = f'<h1>V</h1>{row}<p><a href="https://a.example/"><b>A</b> b <i>{LONG * 8}</i></a></p>'
    printed(tmp_path, body)
    file = tmp_path / "strategie.pdf"
    notes = max(annotations(file), key=len)
    assert {note[0] for note in notes} == {3, 4}
    for a, b in pairwise(notes):
        assert (a[0], -a[1]) < (b[0], -b[1])
    assert failures(file) == []


def test_every_link_of_the_sample_is_whole(sample: BuiltSample) -> None:
    """No link of any paper has two annotations in one line, and each says where it leads."""
    for file in sorted(sample.site.glob("*.pdf")):
        for notes in annotations(file):
            assert notes, file.name
            assert all(note[3] for note in notes), (file.name, notes)
            for a, b in pairwise(notes):
                shared = min(a[2], b[2]) - max(a[1], b[1])
                assert a[0] != b[0] or shared < 0.5 * min(a[2] - a[1], b[2] - b[1]), file.name


@pytest.mark.parametrize(("entries", "first", "last"), [(1, 1, 1), (60, 1, 2), (400, 1, 3)])
def test_early_pages_leave_room_for_short_numbers(
    tmp_path: Path, entries: int, first: int, last: int
) -> None:
    """In a long volume, a link to one of its first pages has no room for the number of its last
    one, and no page has less room than those before it."""
    listed = tuple(
        Entry(level=1, title=f"T {n}", page=f"massnahmen/m-{n}/") for n in range(1, entries + 1)
    )
    (tmp_path / "work").mkdir()
    values = cover_values(job(tmp_path, listed), Glyphs(tmp_path))
    rooms = [
        values["near"].get(f"massnahmen-m-{n}", values["digits"]) for n in range(1, entries + 1)
    ]
    assert rooms == sorted(rooms)
    assert (rooms[0], rooms[-1]) == (first, last)

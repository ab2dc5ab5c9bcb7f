"""Making the PDF: what it embeds, that it is the same every time, and what stops it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from klarplan.look.colour import legible
from klarplan.messages import KlarplanError
from klarplan.papers.job import Entry
from klarplan.papers.pdf.make import make_pdf
from tests.support.print_reading import read
from tests.support.print_site import (
    FIXTURES,
    TEMPLATE,
    job,
    made_elsewhere,
    printed,
    small_strategy,
    write_site,
)


def test_attachments_are_embedded_as_data(tmp_path: Path) -> None:
    """The CSV files and the data package are in the PDF, byte for byte, marked as its data."""
    files = {"measures.csv": b"id,title\r\nM-001,\xc3\x84mter\r\n", "datapackage.json": b"{}\n"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    made = small_strategy(tmp_path, attachments=tuple(tmp_path / name for name in files))
    make_pdf(made)
    with pikepdf.open(made.target) as pdf:
        found = {
            name: (
                spec.get_file().read_bytes(),
                str(spec.obj.AFRelationship),
                spec.get_file().mime_type,
            )
            for name, spec in pdf.attachments.items()
        }
        assert len(pdf.Root.AF) == 2
    assert found == {
        "measures.csv": (files["measures.csv"], "/Data", "text/csv"),
        "datapackage.json": (files["datapackage.json"], "/Data", "application/json"),
    }


AGAIN = """
import sys
from itertools import pairwise
from pathlib import Path
from klarplan.papers.pdf.make import make_pdf
from tests.support.print_site import small_strategy
folder = Path(sys.argv[1])
(folder / "a.csv").write_bytes(b"a,b")
make_pdf(small_strategy(folder, attachments=(folder / "a.csv",)))
"""


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two builds in other folders, time zones, languages and processes are equal byte by byte."""
    made = made_elsewhere(tmp_path, AGAIN, "strategie.pdf")
    assert made[0] == made[1]


def test_the_scratch_folder_is_emptied(tmp_path: Path) -> None:
    """What an earlier build left in the scratch folder does not reach the next PDF."""
    made = small_strategy(tmp_path)
    make_pdf(made)
    first = made.target.read_bytes()
    (made.work / "main.typ").write_text("#panic()")
    (made.work / "alt.typ").write_text("alt")
    make_pdf(made)
    assert made.target.read_bytes() == first
    assert not (made.work / "alt.typ").exists()


def _no_page(folder: Path) -> None:
    (folder / "site" / "massnahmen" / "m-002" / "index.html").unlink()


def _no_article(folder: Path) -> None:
    (folder / "site" / "massnahmen" / "m-002" / "index.html").write_text("<p>leer</p>")


def _empty(folder: Path) -> None:
    (folder / "site" / "massnahmen" / "m-002" / "index.html").write_text("")


def _no_alternative(folder: Path) -> None:
    write_site(folder / "site", {"massnahmen/m-002/": "<h1>M</h1><img src='x.png'>"})


def _no_label(folder: Path) -> None:
    write_site(
        folder / "site", {"massnahmen/m-002/": "<h1>M</h1><svg role='img'><path d=''/></svg>"}
    )


@pytest.mark.parametrize("spoil", [_no_page, _no_article, _empty, _no_alternative, _no_label])
def test_a_page_that_cannot_be_printed_is_named(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    """A missing or empty page, or a picture without alternative text, stops with page and cure."""
    made = small_strategy(tmp_path)
    spoil(tmp_path)
    with pytest.raises(KlarplanError) as caught:
        make_pdf(made)
    assert caught.value.file == "massnahmen/m-002/"
    assert "massnahmen/m-002/" in caught.value.problem.de
    assert caught.value.cure.de
    assert not made.target.exists()


def test_no_chapter_is_an_error(tmp_path: Path) -> None:
    """A print order without entries stops with a cure."""
    with pytest.raises(KlarplanError, match="no content"):
        make_pdf(job(tmp_path, ()))


def test_a_broken_template_is_an_error(tmp_path: Path) -> None:
    """A mistake in a fork's own template is told with the page and what the typesetter says."""
    template = shutil.copytree(TEMPLATE, tmp_path / "print")
    design = (template / "design.typ").read_text("utf-8").replace("#let badge(", "#let plakette(")
    (template / "design.typ").write_text(design, "utf-8")
    with pytest.raises(KlarplanError) as caught:
        make_pdf(small_strategy(tmp_path, template=template))
    assert caught.value.file == "massnahmen/m-001/"
    assert "unknown variable: badge" in caught.value.problem.de
    assert "overrides/print" in caught.value.cure.de


def test_a_missing_filter_is_an_error(tmp_path: Path) -> None:
    """A template folder without its filter is told, not traced."""
    template = shutil.copytree(TEMPLATE, tmp_path / "print")
    (template / "filter.lua").unlink()
    with pytest.raises(KlarplanError, match="pandoc"):
        make_pdf(small_strategy(tmp_path, template=template))


def test_an_unreadable_attachment_is_an_error(tmp_path: Path) -> None:
    """A file to embed that is not there is named."""
    with pytest.raises(KlarplanError) as caught:
        make_pdf(small_strategy(tmp_path, attachments=(tmp_path / "fehlt.csv",)))
    assert "fehlt.csv" in caught.value.problem.de


def test_a_broken_picture_does_not_stop_the_print(tmp_path: Path) -> None:
    """A picture that can't be read gives way to its alternative text, with a warning."""
    site = write_site(tmp_path / "site", {})
    site.mkdir(exist_ok=True)
    (site / "kaputt.png").write_bytes(b"kein PNG")
    (site / "gut.svg").write_bytes((FIXTURES / "balken.svg").read_bytes())
    result = printed(
        tmp_path,
        '<h1>V</h1><p><img src="../kaputt.png" alt="Das Rathaus"> '
        '<img src="../gut.svg" alt="Ein Balken"> <img src="../gibt/es/nicht.png" alt="Nichts"> '
        '<img src="https://example.org/fern.png" alt="Fern"></p>',
    )
    warned = [(w.rule, w.severity, w.file, w.value) for w in result.warnings]
    assert warned == [
        ("KP903", "warning", "vision/", "../gibt/es/nicht.png"),
        ("KP903", "warning", "vision/", "https://example.org/fern.png"),
        ("KP903", "warning", "vision/", "../kaputt.png"),
    ]
    tag = read(tmp_path / "strategie.pdf")
    for alternative in ("Das Rathaus", "Nichts", "Fern"):
        assert alternative in tag.text
    assert [f.attributes["Alt"] for f in tag.find("Figure")] == ["Ein Balken"]


def test_a_picture_outside_the_site_is_not_read(tmp_path: Path) -> None:
    """A path that climbs out of the site gives no picture."""
    shutil.copy(FIXTURES / "balken.svg", tmp_path / "geheim.svg")
    result = printed(tmp_path, '<h1>V</h1><img src="../../../geheim.svg" alt="Geheim">')
    assert [w.rule for w in result.warnings] == ["KP903"]


def test_a_lost_character_is_named_once_a_page(tmp_path: Path) -> None:
    """Characters that no font has become a box, with one warning each that names the page."""
    drawing = '<svg viewBox="0 0 9 9" role="img" aria-label="x"><text>🎉</text></svg>'
    body = f"<h1>V 😀</h1><p>😀 漢 漢 ✕ \ufe0f\u200d</p>{drawing}"
    result = printed(tmp_path, body)
    assert [(w.rule, w.file, w.value) for w in result.warnings] == [
        ("KP901", "vision/", "漢"),
        ("KP901", "vision/", "🎉"),
        ("KP901", "vision/", "😀"),
    ]
    assert "□ □ □ ✗" in read(tmp_path / "strategie.pdf").text


def test_a_logo_stands_on_the_cover(tmp_path: Path) -> None:
    """The logo has an alternative text; one that can't be read is an error with its cure."""
    logo = shutil.copy(FIXTURES / "balken.svg", tmp_path / "Wappen.svg")
    printed(tmp_path, "<h1>V</h1><p>Text</p>", logo=Path(logo))
    figures = list(read(tmp_path / "strategie.pdf").find("Figure"))
    assert [f.attributes["Alt"] for f in figures] == ["Logo: Stadt Musterstadt"]
    with pytest.raises(KlarplanError, match="logo"):
        printed(tmp_path, "<h1>V</h1>", logo=tmp_path / "fehlt.svg")
    (tmp_path / "kaputt.svg").write_text("kein SVG")
    with pytest.raises(KlarplanError):
        printed(tmp_path, "<h1>V</h1>", logo=tmp_path / "kaputt.svg")


def test_a_page_printed_twice_is_reached_at_its_first_place(tmp_path: Path) -> None:
    """A page may stand twice in the order, and pages whose paths look alike stay apart."""
    pages = {
        "a-b/": '<h1 id="x">Eins</h1><p><a href="../a/b/">Zwei</a></p>',
        "a/b/": '<h1 id="x">Zwei</h1><p id="y"><a href="../../a-b/#x">Eins</a></p>',
    }
    write_site(tmp_path / "site", pages)
    order = ["a-b/", "a/b/", "a-b/"]
    entries = tuple(Entry(level=1, title=path, page=path) for path in order)
    assert make_pdf(job(tmp_path, entries)).pages == 5


def test_levels_never_skip(tmp_path: Path) -> None:
    """Entries and headings that jump or go too deep are brought into a valid order."""
    write_site(tmp_path / "site", {"a/": "<h4>Vier</h4><h1>Eins</h1><h6>Sechs</h6><h2>Zwei</h2>"})
    entries = (
        Entry(level=3, title="Drei"),
        Entry(level=9, title="Neun"),
        *(Entry(level=n, title=f"Ebene {n}") for n in range(1, 7)),
        Entry(level=6, title="Seite", page="a/"),
    )
    make_pdf(job(tmp_path, entries))
    kinds = [h.kind for h in read(tmp_path / "strategie.pdf").find(*(f"H{n}" for n in range(1, 7)))]
    assert kinds[1:9] == ["H1", "H2", "H1", "H2", "H3", "H4", "H5", "H6"]
    assert all(int(b[1]) <= int(a[1]) + 1 for a, b in pairwise(kinds))


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ("#1f4e79", "#1f4e79"),
        ("#000", "#000000"),
        ("#ffee00", None),
        ("#ffffff", None),
        ("red", "#333333"),
        ("#12345", "#333333"),
    ],
)
def test_colours_can_be_read(colour: str, expected: str | None) -> None:
    """A colour too light for text on white is darkened; what is no colour becomes dark grey."""
    found = legible(colour)
    assert found == (expected or found)
    linear = [((int(found[i : i + 2], 16) / 255 + 0.055) / 1.055) ** 2.4 for i in (1, 3, 5)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 4.49

"""A PDF for each measure: only where it is switched on, small, valid and linked from its page."""

from __future__ import annotations

import io
import re
import shutil
import zlib
from pathlib import Path

import pikepdf
import pytest
from lxml import html

from klarplan.papers.job import Entry
from klarplan.papers.pdf.objects import write_whole
from klarplan.papers.pdf.single import make_sheets
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.strategy.settings import Settings
from klarplan.strategy.settings_file import read_settings
from klarplan.strategy.settings_text import settings_text
from tests.support import sites
from tests.support.drafts import draft
from tests.support.pdf_rules import failures, heads_without_scope
from tests.support.print_reading import page_texts, read
from tests.support.print_site import FIXTURES, job, measure, small_strategy, write_site
from tests.support.project import BuiltSample, copy_of_sample


def asking_for_sheets(root: Path) -> None:
    """A copy of the sample that asks for a PDF of each measure."""
    file = copy_of_sample(root) / "strategy" / "strategy.yml"
    text = file.read_text("utf-8").replace("measure_pdfs: false", "measure_pdfs: true")
    file.write_text(text, "utf-8")


@pytest.fixture(scope="module", params=["small", pytest.param("sample", marks=pytest.mark.long)])
def switched_on(request: pytest.FixtureRequest) -> BuiltSample:
    """A strategy that asks for a PDF of each measure, with its site."""
    if request.param == "sample":
        return sites.kept("sheets", asking_for_sheets)
    return draft()


def test_nothing_is_made_unless_switched_on(sample: BuiltSample) -> None:
    """Without the setting no measure has a PDF, and no page offers one."""
    assert list((sample.site / "massnahmen").rglob("*.pdf")) == []
    for page in (sample.site / "massnahmen").rglob("index.html"):
        assert "Diese Maßnahme als PDF" not in page.read_text("utf-8")


def test_every_measure_has_its_pdf(switched_on: BuiltSample) -> None:
    """Each page of a measure leads to its PDF and says how long and how large it is."""
    pages = sorted((switched_on.site / "massnahmen").glob("*/index.html"))
    assert len(pages) == len(public(load(switched_on.root)).strategy.measures)
    for page in pages:
        (link,) = html.parse(str(page)).getroot().xpath("//a[contains(., 'Maßnahme als PDF')]")
        file = page.parent / link.get("href")
        assert file == page.parent / f"{page.parent.name}.pdf"
        with pikepdf.open(file) as pdf:
            number = len(pdf.pages)
        told = f"Diese Maßnahme als PDF, {number}\u00a0{'Seite' if number == 1 else 'Seiten'}, "
        assert re.fullmatch(told + r"\d+\u00a0kB", link.text_content())


def test_the_pdf_of_a_measure_is_valid(switched_on: BuiltSample) -> None:
    """It has no failure by either standard, begins with the measure and says whose it is."""
    settings, _ = read_settings(switched_on.root)
    files = sorted((switched_on.site / "massnahmen").glob("*/*.pdf"))
    for file in (files[0], files[len(files) // 2], files[-1]):
        assert failures(file) == []
        assert heads_without_scope(file) == []
        heading = next(iter(read(file).find(*(f"H{n}" for n in range(1, 7)))))
        with pikepdf.open(file) as pdf, pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == f"{heading.text} – {settings.title}"
            assert "creativecommons.org/licenses/by/4.0" in metadata["dc:rights"]
            assert str(pdf.Root.Lang) == "de-DE"
        texts = page_texts(file)
        assert heading.kind == "H1"
        for number, text in enumerate(texts, 1):
            assert settings.municipality in text
            assert settings.title in text
            assert f"Seite {number} von {len(texts)}" in text


def test_a_link_to_another_page_leads_to_the_web(tmp_path: Path) -> None:
    """What the paper lacks is linked on the web; a place on the same page stays a link to it."""
    pages = {
        "a/": '<h1>A</h1><p><a href="../b/">zu B</a> <a href="#u">zu U</a></p><h2 id="u">U</h2>'
    }
    write_site(tmp_path / "site", pages)
    made = job(tmp_path, (Entry(level=1, title="A", page="a/"),))
    (result,) = make_sheets(made, [tmp_path / "a.pdf"])
    assert result.pages == 1
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        links = [note for note in pdf.pages[0].Annots if note.Subtype == "/Link"]
        found = [str(n.A.get("/URI", "hier")) if "/A" in n else "hier" for n in links]
    assert "https://strategie.musterstadt.example/b/" in found
    assert "hier" in found
    assert failures(tmp_path / "a.pdf") == []


def test_a_broken_picture_is_left_out(tmp_path: Path) -> None:
    """A picture that can't be read gives way to its alternative text; others stay."""
    body = '<h1>A</h1><img src="kaputt.png" alt="Kaputt"><img src="balken.svg" alt="Balken">'
    site = write_site(tmp_path / "site", {"a/": body, "b/": measure(2)})
    (site / "a" / "kaputt.png").write_bytes(b"kein PNG")
    shutil.copy(FIXTURES / "balken.svg", site / "a" / "balken.svg")
    entries = tuple(Entry(level=1, title=name, page=f"{name}/") for name in "ab")
    files = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    assert len(list(make_sheets(job(tmp_path, entries), files))) == 2
    tag = read(files[0])
    assert "Kaputt" in tag.text
    assert [figure.attributes["Alt"] for figure in tag.find("Figure")] == ["Balken"]
    assert failures(files[0]) == failures(files[1]) == []


def test_the_same_page_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two runs in different folders are equal byte by byte."""
    made = []
    for name in ("a", "b b"):
        strategy = small_strategy(tmp_path / name)
        order = job(tmp_path / name, strategy.entries[-1:])
        list(make_sheets(order, [tmp_path / f"{name}.pdf"]))
        made.append((tmp_path / f"{name}.pdf").read_bytes())
    assert made[0] == made[1]


def test_the_setting_is_read_and_written(tmp_path: Path) -> None:
    """The setting is off in a new file, true switches it on, anything else is an error."""
    file = tmp_path / "strategy" / "strategy.yml"
    file.parent.mkdir()
    for value, expected in (({}, False), ({"measure_pdfs": True}, True)):
        file.write_text(settings_text(value), "utf-8")
        settings, findings = read_settings(tmp_path)
        assert (settings.measure_pdfs, findings) == (expected, [])
    file.write_text('measure_pdfs: "vielleicht"\n', "utf-8")
    settings, (finding,) = read_settings(tmp_path)
    assert settings == Settings()
    assert finding.rule == "KP012"
    assert "true" in finding.cure.de


def test_a_stream_that_ends_like_a_line_is_not_cut_short() -> None:
    """Packed data may end with a carriage return; no reader takes it for the end of a line."""
    packed = next(
        data
        for number in range(10_000)
        if (data := zlib.compress(b"%" + b"!" * number)).endswith(b"\r")
    )
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pdf.make_stream(packed, Filter=pikepdf.Name.FlateDecode)
        pdf.docinfo["/Title"] = "Strom"
        write_whole(pdf, out)
    assert packed + b"\n\nendstream" in out.getvalue()
    with pikepdf.open(out) as pdf:
        assert pdf.pages[0].Contents.read_bytes() == zlib.decompress(packed)
        assert str(pdf.docinfo["/Title"]) == "Strom"

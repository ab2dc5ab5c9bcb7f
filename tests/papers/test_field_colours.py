"""Sheets of measures and fields of action are marked in the colour of the field, and name it."""

from __future__ import annotations

import pikepdf
import pypdfium2

from klarplan.look.colour import contrast
from klarplan.papers.field_colours import field_colours
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from tests.support.print_reading import page_texts, plain, runs
from tests.support.project import BuiltSample

BAR = 11
"""So many points left of its words the bar beside a heading is."""


def colour_at(page: pypdfium2.PdfPage, x: float, y: float) -> str:
    """The colour ``#rrggbb`` of a point of a page."""
    drawn = page.render().to_pil()
    return "#{:02x}{:02x}{:02x}".format(*drawn.getpixel((int(x), int(drawn.height - y)))[:3])


def test_a_sheet_shows_the_colour_of_its_field(sample: BuiltSample) -> None:
    """Each first and last sheet of a field has a bar in its colour; the head names the field."""
    strategy = public(load(sample.root)).strategy
    file = sample.site / "strategie.pdf"
    colours = field_colours(strategy)
    assert len(set(colours.values())) == len(strategy.fields_of_action)
    assert min(contrast(colour, "#ffffff") for colour in colours.values()) >= 4.5
    pages, texts = runs(file), page_texts(file)
    drawn = pypdfium2.PdfDocument(file)
    with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
        (chapter,) = (item for item in outline.root if item.title == "Maßnahmen")
        listed = {item.title: item.children for item in chapter.children}
        numbers = {page.objgen: at for at, page in enumerate(pdf.pages)}
        for field in strategy.fields_of_action:
            measures = strategy.measures_of_field[field.id]
            for at in (0, -1):
                goal = listed[field.title][at]
                number = numbers[goal.destination[0].objgen]
                head = f"{measures[at].number} "
                run = next(r for r in pages[number] if r.mark is not None and head in r.text + " ")
                place = run.left - BAR, run.base + 3
                assert colour_at(drawn[number], *place) == colours[field.id]
                assert plain(f"{field.title} · {measures[at].number}") in plain(texts[number])

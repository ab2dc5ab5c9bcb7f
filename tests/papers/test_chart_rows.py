"""Charts of rows go on on the next page; each part shows what stands there, and all show all."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from lxml.html import HtmlElement, tostring

from klarplan.articles.nodes import words
from klarplan.papers.chart_rows import TOGETHER, parts_of
from klarplan.words.catalogue import Words
from macros.bar_charts import bars
from tests.support.charts import drawn
from tests.support.print_reading import page_texts
from tests.support.print_site import printed

NAME = "Bürger & Bürgerinnen | „Ä“ "


def chart_of(rows: int, first: int = 7, name: str = NAME) -> HtmlElement:
    """A chart with so many bars, the first of which has a length of its own."""
    numbers = [(f"{name}{n}.", Decimal(n or first), f"{n} Stück") for n in range(rows)]
    return drawn(bars(Words("de"), numbers, "Zahlen"))


def texts(chart: HtmlElement) -> list[str]:
    """What stands in a chart, in its order."""
    return [words(text) for text in chart.iter("text")]


@pytest.mark.parametrize("rows", [1, 2 * TOGETHER - 1, 2 * TOGETHER, 12])
@pytest.mark.parametrize("name", [NAME, "Donaudampfschifffahrt " * 6])
@pytest.mark.parametrize("first", [7, -7])
def test_the_parts_of_a_chart_show_all_of_it(rows: int, name: str, first: int) -> None:
    """Each word stands in one part, in the old order; parts follow each other without a gap, at
    least two rows are at both ends, and a few rows stay one drawing."""
    chart = chart_of(rows, first, name)
    parts = parts_of(chart)
    assert len(parts) == (1 if rows < 2 * TOGETHER else rows - 2 * (TOGETHER - 1))
    assert [t for part in parts for t in texts(part)] == texts(chart)
    bars_of = [len(list(part.iter("rect"))) for part in parts]
    assert sum(bars_of) == rows
    if len(parts) > 1:
        assert (bars_of[0], bars_of[-1]) == (TOGETHER, TOGETHER)
        shown = [tuple(map(int, (part.get("viewbox") or "").split())) for part in parts]
        assert [top for _, top, _, _ in shown] == [0, *(t + h for _, t, _, h in shown[:-1])]
        assert shown[-1][1] + shown[-1][3] == int(chart.get("height") or 0)
        zero = [line for part in parts for line in part.iter("line")]
        assert len(zero) == (len(parts) if first < 0 else 0)


def test_a_chart_fills_the_page_and_goes_on(tmp_path: Path) -> None:
    """Above a chart that does not fit, no page stays empty: its heading, its key and its first
    rows stand there, the others on the next page, and nothing twice."""
    chart = tostring(chart_of(12, name="Amt "), encoding="unicode")
    text = "".join(f"<p>Absatz {n}.</p>" for n in range(19))
    figure = f'<figure class="chart">{chart}<figcaption>Zeichen.</figcaption></figure>'
    printed(tmp_path, f"<h1>V</h1>{text}<h2>Geld</h2>{figure}")
    first, second = page_texts(tmp_path / "strategie.pdf")[-2:]
    for told in ("Absatz 18.", "Geld", "Zeichen.", "Amt 0.", "Amt 1."):
        assert told in first
    assert "Amt 11." in second
    assert all((f"Amt {n}." in first) != (f"Amt {n}." in second) for n in range(12))


@pytest.mark.parametrize("paragraphs", [24, 26, 28])
def test_a_chart_stays_whole_where_that_leaves_little_empty(
    tmp_path: Path, paragraphs: int
) -> None:
    """Where less than a third of the page is left, heading, key and all rows go to the next one."""
    chart = tostring(chart_of(12, name="Amt "), encoding="unicode")
    text = "".join(f"<p>Absatz {n}.</p>" for n in range(paragraphs))
    figure = f'<figure class="chart">{chart}<figcaption>Zeichen.</figcaption></figure>'
    printed(tmp_path, f"<h1>V</h1>{text}<h2>Geld</h2>{figure}")
    first, second = page_texts(tmp_path / "strategie.pdf")[-2:]
    assert f"Absatz {paragraphs - 1}." in first
    assert "Geld" not in first
    assert all(told in second for told in ("Geld", "Zeichen.", "Amt 0.", "Amt 11."))

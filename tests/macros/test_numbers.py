"""Numbers of measures in texts of tables lead to the measure."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from lxml import html

from klarplan.strategy.load import load
from klarplan.strategy.public import public
from macros.numbers import numbered
from macros.registry import Context
from tests.support.project import REPOSITORY, BuiltSample

SAMPLE = public(load(REPOSITORY))
CONTEXT = Context(
    strategy=SAMPLE.strategy,
    descriptor=SAMPLE.descriptor,
    as_of=dt.date(2026, 11, 21),
    page_url="umsetzung/",
)


@pytest.mark.parametrize("word", ["M-031", "DS-30"])
def test_a_number_in_a_text_becomes_a_link(word: str) -> None:
    """The text of a cell leads to the measure it names, by the one number."""
    found = numbered(f"<p>Beraten wird dort ({word}).</p>", CONTEXT)
    link = '<a class="cited" href="../massnahmen/m-031/">DS-30</a>'
    assert found == f"<p>Beraten wird dort ({link}).</p>"


@pytest.mark.parametrize(
    "markup",
    [
        "<td>DS-30</td>",
        '<tr data-id="M-031"><th scope="row">Zu M-031</th></tr>',
        '<a href="x">Zu M-031</a>',
        "<p><code>M-031</code> <b>klein</b></p>",
        "<h3>M-031 und mehr</h3>",
        "<svg><text>Zu M-031</text></svg>",
    ],
)
def test_labels_links_and_tags_stay(markup: str) -> None:
    """A cell that is only a number, a heading, a link and an attribute are left alone."""
    assert numbered(markup, CONTEXT) == markup


@pytest.mark.parametrize("page", ["daten/measures/", "handbuch/felder/"])
def test_pages_that_show_tables_keep_what_stands_in_the_file(page: str) -> None:
    """The example of an id in the description of a column stays an id."""
    markup = "<td>Bleibende Kennung, zum Beispiel M-031.</td>"
    assert numbered(markup, replace(CONTEXT, page_url=page)) == markup


def test_no_page_says_an_id_where_there_is_an_official_number(sample: BuiltSample) -> None:
    """Citizens meet one number of a measure on all pages; its id stands among the facts alone."""
    ids = {m.id for m in SAMPLE.strategy.measures if m.official_id}
    found = set()
    for file in sample.site.rglob("index.html"):
        if {"handbuch", "daten"} & set(file.parts):
            continue
        article = html.parse(str(file)).getroot().find(".//article")
        for node in article.iter() if article is not None else ():
            if node.tag == "code" or not isinstance(node.tag, str):
                continue
            for text in (node.text or "", node.tail or ""):
                words = {word.strip(".,;:()") for word in text.split()}
                if words & ids and text.strip() not in ids:
                    found.add((file.parent.name, text.strip()))
    assert not found


def test_every_case_is_cited_by_its_number(sample: BuiltSample) -> None:
    """Wherever measures are told as cases, the number stands before the title."""
    page = html.parse(str(sample.site / "umsetzung/index.html")).getroot()
    heads = [head for head in page.find_class("cases__head") if head.findall(".//a")]
    assert len(heads) > 20
    plan = html.parse(str(sample.site / "zeitplan/index.html")).getroot()
    rows = plan.xpath("//*[contains(@class, 'schedule')]//th[@scope='row']")
    assert len(rows) == len(SAMPLE.strategy.measures)
    bare = [head for head in (*heads, *rows) if not head.find_class("cited")]
    assert [head.text_content() for head in bare] == []

"""One page made ready for paper: every step from the site's HTML to HTML for pandoc."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.html import Element, HtmlElement

from klarplan.articles.article import ECHO, is_bare
from klarplan.articles.selection import take
from klarplan.look.glyphs import Glyphs, told
from klarplan.messages import Finding, Text
from klarplan.papers.captions import Counts
from klarplan.papers.job import Page, PaperJob
from klarplan.papers.links import Links
from klarplan.papers.pdf.codes import put_codes
from klarplan.papers.pdf.convert import Marked, plain_html
from klarplan.papers.pdf.facts import put_now
from klarplan.papers.pdf.figures import number_captions, put_figures
from klarplan.papers.pdf.footnotes import put_footnotes
from klarplan.papers.pdf.forms import put_forms
from klarplan.papers.pdf.headings import Outline, Title
from klarplan.papers.pdf.lines import fold_calls, write_lines
from klarplan.papers.pdf.sheets import hold_together
from klarplan.papers.pdf.tables import put_tables
from klarplan.papers.pdf.tags import Rows
from klarplan.papers.pdf.tiles import put_tiles
from klarplan.papers.pictures import Pictures
from klarplan.papers.text import polish


@dataclass(slots=True)
class Paper:
    """What is gathered while pages are prepared, in the order of the paper."""

    job: PaperJob
    links: Links
    outline: Outline
    pictures: Pictures
    glyphs: Glyphs
    counts: Counts = field(default_factory=Counts)
    warnings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page for pandoc: the Typst it begins with, its HTML, the heads of its tables."""

    opening: str
    html: Marked
    tables: Sequence[Rows]
    is_bare: bool
    """Whether it is a title and nothing else, with which no page ends."""


def prepare(paper: Paper, page: Page, above: Sequence[Title] = ()) -> Prepared:
    """Makes a page of the site ready; ``above`` are the headings directly before it.

    Raises ``KlarplanError`` where the page can't be read or a picture has no alternative text.
    """
    article = paper.job.articles.read(page.path)
    # lxml makes a Python object for a node whenever none is alive; these stay for all steps.
    nodes = list(article.iter())
    last = take(article, page.entry.kind, page.entry.most)
    bare = is_bare(article)
    if last is not None:
        last.addnext(_continued(paper.job, page))
    put_footnotes(article, page.slug)
    put_now(article)
    put_codes(article, paper.job.words)
    paper.warnings += [_lost_element(page.path, tag) for tag in put_forms(article, paper.job.words)]
    put_tiles(article)
    lost = paper.pictures.put(article, page, paper.glyphs)
    paper.warnings += [lost_picture(page.path, source) for source in lost]
    opening = paper.outline.put(article, page)
    paper.links.anchors(article, page)
    paper.links.put(article, page)
    lost_characters = {*polish(article, paper.glyphs, paper.job.words.lang), *paper.pictures.lost}
    paper.pictures.lost.clear()
    paper.warnings += [_lost_character(page.path, char) for char in sorted(lost_characters)]
    put_figures(article)
    if paper.job.style == "brochure":  # its tables have no numbers
        for caption in article.xpath(f"descendant::caption[@{ECHO}]"):
            caption.drop_tree()
    tables = put_tables(article, paper.job.words.lang, paper.job.zoom)
    if paper.job.style != "brochure":
        number_captions(article, paper.counts, paper.job.words, paper.links, page.slug)
    own = paper.outline.titles[:1] if opening else ()
    hold_together(article, whole=page.entry.undivided, above=(*above, *own))
    write_lines(article)
    fold_calls(article)
    html = plain_html(article)
    nodes.clear()
    return Prepared(opening, html, tables, bare)


def _continued(job: PaperJob, page: Page) -> HtmlElement:
    """Says where a text stands whole that is cut here."""
    note: HtmlElement = Element("p", {"class": "quiet"})
    note.text = job.words("print.continued", number=page.entry.number)
    return note


def _warning(rule: str, page: str, value: str, problem: Text, cure: Text) -> Finding:
    return Finding(
        rule=rule, severity="warning", file=page, value=value, problem=problem, cure=cure
    )


def _lost_element(page: str, tag: str) -> Finding:
    return _warning(
        "KP902",
        page,
        tag,
        Text(
            f"Ein Element <{tag}> hat keine Form auf Papier; im PDF steht nur sein Text.",
            f"An element <{tag}> has no form on paper; the PDF has its text only.",
        ),
        Text(
            "Sagen Sie das Wichtige auch im Text der Seite.",
            "Say what matters in the text of the page as well.",
        ),
    )


def lost_picture(page: str, source: str) -> Finding:
    """A picture that print leaves out."""
    shown = source if len(source) <= 80 else source[:77] + "…"
    return _warning(
        "KP903",
        page,
        shown,
        Text(
            f"Das Bild „{shown}“ kann nicht gedruckt werden; im PDF steht sein Alternativtext.",
            f"The picture “{shown}” can't be printed; the PDF has its alternative text.",
        ),
        Text(
            "Legen Sie das Bild als PNG, JPEG, WebP oder SVG in den Ordner docs/.",
            "Put the picture into the folder docs/ as PNG, JPEG, WebP or SVG.",
        ),
    )


def _lost_character(page: str, char: str) -> Finding:
    return _warning("KP901", page, char, *told(char))

"""Makes a Word document of a page of the built site: prepare, convert by pandoc, finish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import pypandoc
from lxml.html import HtmlElement

from klarplan.articles.article import page_path, slug_of
from klarplan.articles.selection import take
from klarplan.look.colour import legible
from klarplan.look.glyphs import Glyphs
from klarplan.messages import KlarplanError, Text
from klarplan.moves import removed_if_possible
from klarplan.papers.docx.finish import finish, properties_of, text_width
from klarplan.papers.docx.images import images_of
from klarplan.papers.docx.letters import letters_of
from klarplan.papers.docx.parts import BODY_PART, parse
from klarplan.papers.docx.prepare import (
    STYLE,
    as_html,
    hold_units,
    put_headings,
    put_images,
    put_links,
    put_numbers,
    put_tables,
    put_texts,
)
from klarplan.papers.docx.reference import TEXT_WIDTH, reference, with_own_styles
from klarplan.papers.job import Entry, Page, PaperJob
from klarplan.papers.links import Links
from klarplan.papers.markup import element
from klarplan.papers.pictures import Pictures, drawing_colours
from klarplan.papers.text import held
from klarplan.papers.widths import PORTRAIT
from klarplan.words.catalogue import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxJob:
    """Everything a document depends on; the same job gives the same bytes."""

    look: PaperJob
    """The paper as it is printed: its site, target, texts and colours; it has one entry."""
    date: str = ""
    """What stands below the title on time, such as „Stand: 15. September 2026“."""
    template: Mapping[str, bytes] | None = None
    """The parts of the town's own template, in place of ours."""


def make_docx(job: DocxJob) -> int:
    """Writes the document of a job; returns its size in bytes.

    Raises ``KlarplanError`` where the page can't be read or converted.
    """
    look = job.look
    removed_if_possible(look.work)
    look.work.mkdir(parents=True)
    page = _page(look.entries[0])
    article = look.articles.read(page.path)
    take(article, page.entry.kind)
    nodes = list(article.iter())  # keeps the Python objects of nodes, which stand for them
    put_texts(article)
    hold_units(article)
    pictures = Pictures(look.site, look.work, drawing_colours(look))
    images = images_of(article, page, pictures, Glyphs(look.work))
    put_images(images)
    title = put_headings(article) or look.title
    put_links(article, page, Links(look.address, {}))
    put_tables(article, look.words.lang, _room(job))
    put_numbers(article, look.words)
    if look.contact:
        article.insert(0, _contact(look.words, look.contact))
    made = _converted(look, as_html(article), title, job)
    nodes.clear()
    shown = [image for image in images.values() if image and image.drawing]
    drawings = {image.content: image.drawing for image in shown if image.drawing}
    document = finish(made, properties_of(look, title), drawings)
    look.target.write_bytes(document)
    return len(document)


def _room(job: DocxJob) -> float:
    """How many characters of a table stand side by side between the margins."""
    if job.template is None:
        return PORTRAIT
    between = PORTRAIT * text_width(parse(job.template[BODY_PART])) / TEXT_WIDTH
    return between / letters_of(job.template)


def _page(entry: Entry) -> Page:
    path = page_path(entry.page or "")
    return Page(entry, path, slug_of(path))


def _contact(words: Words, lines: tuple[str, ...]) -> HtmlElement:
    holder = element("div")
    holder.set(STYLE, "Kontakt")
    paragraph = element("p")
    label = element("strong")
    label.text = words("print.contact")
    paragraph.append(label)
    label.tail = " "
    for number, line in enumerate(lines):
        if number:
            end = element("br")
            end.tail = line
            paragraph.append(end)
        else:
            label.tail += line
    holder.append(paragraph)
    return holder


def _styled(job: DocxJob) -> bytes:
    """The document that pandoc takes styles, page, header and footer from."""
    look = job.look
    colours = legible(look.primary_colour), legible(look.accent_colour)
    if job.template is not None:
        return with_own_styles(job.template, look.words, *colours)
    head = " · ".join(filter(None, (look.publisher, look.subtitle)))
    foot = look.words("print.as_of", day=look.dated(look.words.day(look.as_of)))
    return reference(look.words, *colours, head, foot)


def _converted(look: PaperJob, html: str, title: str, job: DocxJob) -> bytes:
    styles = look.work / "reference.docx"
    styles.write_bytes(_styled(job))
    output = look.work / "pandoc.docx"
    # Not as arguments: pandoc reads those in the character set of the system.
    stated = {"subtitle": look.subtitle, "author": look.publisher, "date": job.date}
    head_of_page = f"<title>{escape(held(title))}</title>" + "".join(
        f'<meta name="{name}" content="{escape(value)}">' for name, value in stated.items() if value
    )
    try:
        pypandoc.convert_text(
            f'<html lang="{look.words.tag}"><head>{head_of_page}</head><body>{html}</body></html>',
            "docx",
            format="html",
            outputfile=str(output),
            extra_args=[
                f"--reference-doc={styles}",
                "--syntax-highlighting=none",
            ],
            sandbox=True,
        )
        return output.read_bytes()
    except (RuntimeError, OSError) as error:
        raise KlarplanError(
            Text(
                f"pandoc konnte das Word-Dokument nicht erzeugen: {str(error)[:500]}",
                f"pandoc could not make the Word document: {str(error)[:500]}",
            )
        ) from error

"""What a screen reader and a reader of paper need of a PDF, beyond what the standards check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from lxml.html import HtmlElement

from klarplan.articles.article import ECHO, page_path, read_article
from klarplan.articles.nodes import drop_with_titles, words
from klarplan.articles.selection import take
from klarplan.papers.captions import LONG_KEY, title_of
from klarplan.papers.job import Entry
from tests.support.print_lines import line_faults
from tests.support.print_reading import Run, Tag, read, runs

HEADINGS = tuple(f"H{level}" for level in range(1, 7))
SMALLEST = 9.95
"""Points; ten, less what rounding takes."""
EDGE = 14
"""Points from the edge of the paper where no printer prints."""
CLOSE = 0.6
"""Lines of less than so much of their size apart touch each other."""
KERNING = 0.15
"""Letters side by side may share so much of the size of the larger."""
MARGINS = (50, 62)
"""Points on the right and the left of a page that stay white: rules reach a little into margins."""
HEAD = 70
"""Points in which head and foot of a page stand."""
PAPER = 250
"""Nothing on white paper is lighter, of 255."""
BACK = 40
"""So many letters back a word may stand: a figure is set above its name."""
AHEAD = 250
"""So many letters of the paper may stand between two words of a page: notes, addresses."""


def structure_faults(file: Path) -> list[str]:
    """What is wrong with language, title, headings, bookmarks, tables, pictures and layout."""
    tag = read(file)
    with pikepdf.open(file) as pdf:
        found = list(_document(pdf))
        sizes = [(float(page.mediabox[2]), float(page.mediabox[3])) for page in pdf.pages]
        marks = [str(item.Title) for item in _bookmarks(pdf.Root.get("/Outlines"))]
    headings = [(int(h.kind[1]), letters(h.text)) for h in tag.find(*HEADINGS)]
    levels = [0, *(level for level, _ in headings)]
    found += [f"heading skipped: {a} to {b}" for a, b in pairwise(levels) if b > a + 1]
    if [text for _, text in headings] != [letters(mark) for mark in marks]:
        found.append(f"bookmarks: {len(marks)} for {len(headings)} headings, or other words")
    found += [f"no scope: {h.text[:60]}" for h in tag.find("TH") if "Scope" not in h.attributes]
    found += ["figure without alt" for f in tag.find("Figure") if not _alternative(f)]
    for number, (page, size) in enumerate(zip(runs(file), sizes, strict=True), start=1):
        found += [f"page {number}: {fault}" for fault in _layout(page, *size)]
    return [*found, *line_faults(file)]


def _document(pdf: pikepdf.Pdf) -> Iterator[str]:
    if not str(pdf.Root.get("/Lang", "")).lower().startswith("de"):
        yield f"language: {pdf.Root.get('/Lang', '')}"
    if not bool(pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield "title not shown"
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "no title"
    with pdf.open_metadata() as metadata:
        if not metadata.get("dc:title"):
            yield "no title in XMP"


def _bookmarks(node: Any) -> Iterator[Any]:
    item = node.get("/First") if node is not None else None
    while item is not None:
        yield item
        yield from _bookmarks(item)
        item = item.get("/Next")


def _alternative(figure: Tag) -> str:
    return str(figure.attributes.get("Alt") or figure.attributes.get("ActualText") or "").strip()


def _layout(page: Sequence[Run], width: float, height: float) -> Iterator[str]:
    """What is small, cut off or overprinted on a page, or that it is empty."""
    painted = sorted((run for run in page if run.size and run.text.strip()), key=lambda r: -r.base)
    if not painted:
        yield "empty"
    for at, run in enumerate(painted):
        # The raised numbers of notes are no type to read.
        if run.size < SMALLEST and re.search(r"[^\W\d_]", run.text):
            yield f"small: {run.size:.1f} pt {run.text}"
        inside = run.left > EDGE and run.right < width - EDGE
        if not (inside and EDGE < run.base < height - EDGE):
            yield f"cut off: {run.text}"
        for other in painted[at + 1 :]:
            gap = run.base - other.base
            if gap >= CLOSE * run.size:
                break
            shared = min(run.right, other.right) - max(run.left, other.left)
            if gap < CLOSE * other.size and shared > KERNING * max(run.size, other.size):
                yield f"overprinted: {run.text} and {other.text}"


def painted_beside(file: Path) -> list[str]:
    """Pages behind the cover on which letters or lines stand beside the text."""
    right, left = MARGINS
    return [
        *(f"page {page}: left of the text" for page in painted_between(file, 0, left)),
        *(f"page {page}: right of the text" for page in painted_between(file, -right, 0)),
    ]


def painted_between(file: Path, left: float, right: float, top: float = HEAD) -> list[int]:
    """Pages behind the cover on which something is painted between head and foot, so many points
    from the left, or from the right where these are below 0 or end there."""
    found = []
    with pypdfium2.PdfDocument(file) as pdf:
        for number in range(1, len(pdf)):
            seen = pdf[number].render(scale=1, grayscale=True).to_pil()
            end = right if right > 0 else seen.width + right
            area = (left % seen.width, top, end, seen.height - HEAD)
            if seen.crop(tuple(map(round, area))).getextrema()[0] < PAPER:
                found.append(number + 1)
    return found


def lost_words(file: Path, site: Path, entries: Sequence[Entry]) -> list[str]:
    """Words of the pages that the paper lacks, or has elsewhere than in their order."""
    heard = letters("".join(_told(part) for part in read(file).find("Part")))
    lost: list[str] = []
    keys: set[str] = set()
    at = 0
    for entry in entries:
        if entry.page is None:
            continue
        path = page_path(entry.page)
        article = read_article(site, path)
        notes = _notes(article)
        take(article, entry.kind, entry.most)
        told = [notes.get(mark, "") for mark in _called(article)]
        for caption in article.xpath(".//figure[contains(@class, 'chart')]/figcaption"):
            title = title_of(caption)
            key = words(caption).removeprefix("" if title is None else words(title))
            if len(key) > LONG_KEY and key in keys:  # the paper refers to the first one
                caption.text = ""
                caption[:] = [] if title is None else [title]
                for kept in caption:
                    kept.tail = ""
            keys.add(key)
        for caption in article.xpath(f".//caption[@{ECHO}]"):  # the paper has its number alone
            caption.drop_tree()
        lost += [f"{path}: {note}" for note in told if letters(note) not in heard]
        text = shown_text(article)
        at = max(at, heard.find(letters(text)[:20], at))
        for word in re.findall(r"[^\W_]+", text):
            place = heard.find(letters(word), max(at - BACK, 0), at + AHEAD)
            if place < 0:
                lost.append(f"{path}: {word}")
            else:
                at = max(at, place + len(letters(word)))
    return lost


def unprinted(files: Sequence[Path], site: Path, entries: Sequence[Entry]) -> list[str]:
    """Words of the pages that none of the papers has, but what they say is for the screen alone."""
    parts = (part for file in files for part in read(file).find("Part"))
    heard = letters("".join(map(_told, parts)))
    lost = []
    for path in dict.fromkeys(page_path(entry.page) for entry in entries if entry.page):
        article = read_article(site, path)
        drop_with_titles(article.xpath(".//*[@data-papers='' or @data-papers='single']"))
        found = re.findall(r"[^\W_]+", shown_text(article))
        lost += [f"{path}: {word}" for word in found if letters(word) not in heard]
    return lost


def _told(tag: Tag) -> str:
    """The text of a paper without that of its pictures, which their alternatives tell."""
    if tag.kind == "Figure":
        return ""
    return "".join(part if isinstance(part, str) else _told(part) for part in tag.parts)


def _notes(article: HtmlElement) -> dict[str, str]:
    """Takes the notes from the end of a page: on paper each stands where it is called."""
    found = {}
    for box in article.xpath(".//div[@class='footnote']"):
        found |= {note.get("id", ""): str(note.text_content()) for note in box.iter("li")}
        box.drop_tree()
    return found


def _called(article: HtmlElement) -> list[str]:
    """Takes the marks of notes; returns the ids of the notes."""
    found = []
    for mark in article.xpath(".//a[@class='footnote-ref']"):
        found.append(mark.get("href", "").partition("#")[2])
        holder = mark.getparent()
        (holder if holder.tag == "sup" else mark).drop_tree()
    return found


def shown_text(article: HtmlElement) -> str:
    """The text of a page that paper shows: not what drawings say besides their alternative."""
    for node in article.xpath(".//svg | .//*[@aria-hidden='true'] | .//*[@data-qr]"):
        node.drop_tree()
    return " ".join(str(text) for text in article.itertext())


def letters(text: str) -> str:
    """The letters and digits of a text."""
    return re.sub(r"[\W_]+", "", text)


def all_faults(files: Iterable[Path]) -> dict[str, list[str]]:
    """The faults of several papers; only those that have some."""
    return {file.name: faults for file in files if (faults := structure_faults(file))}

"""Footnotes of Python-Markdown, which gathers them at the page's end, as footnotes of the paper."""

from __future__ import annotations

from lxml.html import HtmlElement

from klarplan.articles.nodes import (
    HEADINGS,
    append_text,
    is_inline,
    move_content,
    replace,
    with_class,
)
from klarplan.papers.markup import IN_HEADING, NOTE, element, inline


def put_footnotes(article: HtmlElement, slug: str) -> None:
    """Moves every note to its first mark; a second mark refers to the same note."""
    notes: dict[str, HtmlElement] = {}
    for box in with_class(article, "footnote"):
        for item in box.iter("li"):
            if item.get("id"):
                notes[item.get("id", "")] = item
        if box.getparent() is not None:
            box.drop_tree()
    placed: dict[str, str] = {}
    for link in with_class(article, "footnote-ref"):
        target = (link.get("href") or "").partition("#")[2]
        holder = link.getparent()
        mark = holder if holder is not None and holder.tag == "sup" else link
        titled = any(True for _ in link.iterancestors(*HEADINGS))
        opening, closing = IN_HEADING if titled else ("#", "")
        if target in placed:
            replace(mark, inline(f"{opening}footnote(<{placed[target]}>)", closing))
        elif target in notes:
            label = f"{slug}--fn_{len(placed) + 1}"
            note = element("span", f"{opening}{NOTE}", f"] <{label}>{closing}")
            _move_line(notes[target], note)
            replace(mark, note)
            placed[target] = label
        else:
            mark.drop_tree()


def _move_line(item: HtmlElement, note: HtmlElement) -> None:
    """The content of a note as one line, since it stands inside a line of text."""
    parts = [child for child in item if child.tag in ("p", "div", "pre", "ul", "ol", "blockquote")]
    if not parts:
        move_content(item, note)
        return
    for number, part in enumerate(parts):
        if number:
            note.append(element("br"))
        if is_inline(part):
            move_content(part, note)
        else:
            append_text(note, " ".join(str(part.text_content()).split()))

"""What stays together in print: the opening of a page; a line and the list that it announces."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from klarplan.articles.nodes import classes, is_inline, move_content, replace, with_class, words
from klarplan.papers.markup import OPENING, block, literal, wrap_content
from klarplan.papers.pdf.headings import Title
from klarplan.papers.pdf.tables import ACROSS_PAGE

MOST_TEXT = 2500
"""An opening with more text may break: it would leave too large a gap."""
MOST_PARTS = 6
ENTRY = ("__head", "__title")
"""Classes of the first line of an entry in a list end so."""
LISTS = ("ul", "ol", "dl")
LONGEST_ENTRY = 900
LONGEST_ANNOUNCEMENT = 320
"""A line with more characters is a paragraph of its own."""


def hold_together(
    article: HtmlElement, *, whole: bool = False, above: Sequence[Title] = ()
) -> None:
    """Holds together what a break of the page must not part, or the ``whole`` article.

    The headings ``above`` the article stay with it: what leaves them no room is parted.
    """
    _hold_headings(article)
    _hold_announcements(article)
    _hold_entries(article)
    if whole:
        wrap_content(article, block(f"#undivided({_told(above)})[", "]"))
    else:
        _hold_opening(article, above)


def _told(above: Sequence[Title]) -> str:
    """Headings as arguments of a call: the level and the words of each."""
    return ", ".join(f"({title.level}, {literal(title.text)})" for title in above)


def _hold_headings(article: HtmlElement) -> None:
    """A heading stays with the list behind it."""
    for heading in article.iter("div"):
        after = heading.getnext()
        if _is(heading, "#part-heading(") and after is not None and after.tag in LISTS:
            opening = heading.get(OPENING) or ""
            heading.set(OPENING, opening.replace("#part-heading(", "#list-heading(", 1))


def _hold_announcements(article: HtmlElement) -> None:
    """A short line that announces what follows stays on its page: a list, a table, an entry."""
    for line in list(article.iter("p")):
        after = line.getnext()
        if after is None or (line.tail or "").strip() or not is_inline(line):
            continue
        text = words(line)
        bold = len(line) == 1 and line[0].tag in ("strong", "b") and words(line[0]) == text
        announces = (bold or text.endswith(":")) and (
            after.tag in LISTS or _is(after, "#data-table(")
        )
        announces |= _is(after, "#illustration(")
        entry = any(name.endswith(ENTRY) for name in classes(line))
        if (announces or entry) and len(text) <= LONGEST_ANNOUNCEMENT:
            _call_block(line, "#announcement[")


def _is(node: HtmlElement, call: str) -> bool:
    return (node.get(OPENING) or "").startswith(call)


def _hold_entries(article: HtmlElement) -> None:
    """An entry of a list of cases stays whole, unless it is long; the last one stays with a short
    text behind the list, which tells what it leaves out."""
    for listed in with_class(article, "cases"):
        last = next((node for node in reversed(listed) if node.tag == "li"), None)
        for item in listed.iter("li"):
            if len(words(item)) > LONGEST_ENTRY:
                continue
            behind = _letters_behind(listed) if item is last else 0
            if behind:
                _call_block(listed.getnext(), f"#remainder({behind})[")
            wrap_content(item, block(f"#last-before({behind})[" if behind else "#whole[", "]"))


def _letters_behind(listed: HtmlElement) -> int:
    """How long the short paragraph behind a list is; 0 where there is no such."""
    after = listed.getnext()
    if after is None or after.tag != "p" or (listed.tail or "").strip() or not is_inline(after):
        return 0
    letters = len(words(after))
    return letters if letters <= LONGEST_ANNOUNCEMENT else 0


def _call_block(line: HtmlElement, opening: str) -> None:
    """Makes a paragraph the body of a call."""
    made = block(opening, "]")
    move_content(line, made)
    replace(line, made)


def _hold_opening(article: HtmlElement, above: Sequence[Title]) -> None:
    """The heading of a page, what follows it, and its small table of facts."""
    first = next(
        (n for n in article.iter("div") if (n.get(OPENING) or "").startswith("#entry-heading(")),
        None,
    )
    if first is None or any(_is(outer, ACROSS_PAGE) for outer in first.iterancestors()):
        return
    parts = [first]
    for node in first.itersiblings():
        parts.append(node)
        if _is(node, "#data-table(") or len(parts) > MOST_PARTS:
            break
    last = parts[-1]
    text = sum(len(str(node.text_content())) for node in parts)
    if "whole: true" not in (last.get(OPENING) or "") or text > MOST_TEXT:
        return
    holder = block(f"#opening({_told(above)})[", "]")
    replace(first, holder)
    holder.extend(parts)
    holder.tail, last.tail = last.tail, None

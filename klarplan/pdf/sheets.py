"""The opening of a page, from its heading to its table of facts, which stays together in print."""

from __future__ import annotations

from lxml.html import HtmlElement

from klarplan.pdf.markup import OPENING, block, classes, replace

MOST_TEXT = 2500
"""An opening with more text may break: it would leave too large a gap."""
MOST_PARTS = 6


def hold_together(article: HtmlElement) -> None:
    """Holds the heading, what follows it, and the small table of facts together."""
    first = next(
        (n for n in article.iter("div") if (n.get(OPENING) or "").startswith("#entry-heading(")),
        None,
    )
    if first is None:
        return
    parts = [first]
    for node in first.itersiblings():
        parts.append(node)
        if "facts" in classes(node) or len(parts) > MOST_PARTS:
            break
    last = parts[-1]
    text = sum(len(str(node.text_content())) for node in parts)
    if "whole: true" not in (last.get(OPENING) or "") or text > MOST_TEXT:
        return
    holder = block("#opening[", "]")
    replace(first, holder)
    holder.extend(parts)
    holder.tail, last.tail = last.tail, None

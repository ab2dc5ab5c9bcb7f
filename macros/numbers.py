"""Numbers of measures in what macros say: each is the one number of its measure, and a link."""

from __future__ import annotations

import html
import re

from klarplan.strategy.addresses import DATA, HANDBOOK, page_of
from klarplan.strategy.numbers import CITED, split
from macros.registry import Context

_PIECES = re.compile(
    r"(<(a|button|code|h[1-6]|kbd|pre|script|select|style|svg|textarea|th|time)\b.*?</\2>|<[^>]*>)",
    re.DOTALL,
)
"""Tags, and elements in which a number is no link."""
AS_WRITTEN = (DATA, HANDBOOK)
"""Pages that show tables as they are in their files."""
_STEP = 3
"""Text, the tag or element that follows it, and the name of that element."""


def numbered(markup: str, context: Context) -> str:
    """Markup of our own templates in which each number of a measure leads to its page.

    A text that is nothing but a number is a label and stays, and so do tags, links, headings and
    code. On the page of a measure its own number is no link. Pages that show tables as they are
    in their files stay as they are.
    """
    if context.page_url.startswith(AS_WRITTEN):
        return markup
    begins, known = context.strategy.number_beginnings, context.strategy.measure_by_number
    if not any(begin in markup for begin in begins):
        return markup  # most say none
    pieces = _PIECES.split(markup)
    for place in range(0, len(pieces), _STEP):
        text = pieces[place]
        if text.strip() in known or not any(begin in text for begin in begins):
            continue
        words = split(text, known)
        pieces[place] = "".join(_link(w, context) if known_one else w for w, known_one in words)
    return "".join(piece for n, piece in enumerate(pieces) if n % _STEP < _STEP - 1)


def _link(word: str, context: Context) -> str:
    measure = context.strategy.measure_by_number[word]
    page, number = page_of("measures", measure.id), html.escape(measure.number)
    if page == context.page_url:
        return number
    return f'<a class="{CITED}" href="{html.escape(context.url(page))}">{number}</a>'

"""The class names that papers look for in an article, and what each promises.

Whoever renames or drops one in a template sees here what depends on it.
"""

from __future__ import annotations

from collections.abc import Mapping

SCREEN_ONLY: Mapping[str, str] = {
    "no-print": "stays on the screen",
    "screen-only": "stays on the screen, with the heading above it if nothing else is below that",
    "site-only": "stays on the screen, as papers say the same in another way",
}
"""What papers leave out, of our templates."""

TEMPLATES: Mapping[str, str] = {
    **SCREEN_ONLY,
    "badge": "a status: symbol, hidden from readers, and word",
    "brief__back": "the back of the brochure",
    "brief__lead": "the opening words of the brochure",
    "brief__part": "a part of the brochure",
    "cases": "a list whose entries stay whole",
    "chart": "a figure drawn of data, whose caption explains its signs",
    "chart__picture": "the drawing of a chart, whose width may change",
    "chart__title": "what a chart shows, before its key",
    "chart__swatch": "how a part of a chart looks, before its name",
    "directory": "a list of names, which becomes a line with commas",
    "directory__role": "what the names below have in common",
    "facts": "a table of two columns: a fact and its value",
    "glance": "holds a list of terms with a number each",
    "late": "words about a delay",
    "lead": "the opening words of a page",
    "mailbox": "an address that accompanies the name of a row",
    "no-notes": "links inside it print no address",
    "nowrap": "stays in one line",
    "now": "a list of terms: how a measure stands, a table of facts on paper",
    "numbers": "a table whose columns of numbers stand right",
    "paper-link": "where a page is on the web, before the text of an author",
    "pictures": "pictures of a row, before the text of an author",
    "print-only": "is hidden on the screen, not in papers",
    "quiet": "words that only accompany others",
    "short-address": "an address to type in, which no hyphen enters",
    "sign": "a sign, hidden from readers, whose meaning the word behind it says",
    "table-scroll": "holds a table that a narrow screen moves sideways",
    "tile": "a card",
    "tile__kind": "the kind of a card, above its heading",
    "tile__foot": "the last line of a card, beside which the code of its page stands",
    "tile__picture": "the picture of a card, above its heading",
    "tiles": "cards side by side",
    "timeline": "an ordered list whose numbers say nothing",
}
"""Classes of our templates."""

TERM = "term"
"""The class of a term of the glossary where a text explains it."""

MAIN_CONTENT = "md-content__inner"
"""The class of the main content in the theme of the website."""

THEME_ONLY: Mapping[str, str] = {
    "footnote-backref": "leads back from a note, which stands on the same page in print",
    "headerlink": "leads to its own heading",
    "md-content__button": "a button above the text",
    "md-feedback": "asks whether the page was helpful",
    "md-source-file": "when the page was changed",
}
"""What papers leave out, of the generator and its theme."""

GENERATOR: Mapping[str, str] = {
    **THEME_ONLY,
    "admonition": "a box",
    "admonition-title": "its title",
    "bug": "a box that warns",
    "danger": "a box that warns",
    "failure": "a box that warns",
    "footnote": "the notes of a page",
    "footnote-ref": "the mark of a note",
    "highlight": "holds code",
    MAIN_CONTENT: "the article itself",
    "tabbed-block": "what a tab shows",
    "tabbed-content": "holds what tabs show",
    "tabbed-labels": "the names of tabs",
    "tabbed-set": "tabs",
    TERM: "a button that explains a term; in an article, a link to the glossary",
    "warning": "a box that warns",
}
"""Classes of the generator, its theme and the extensions of Markdown."""

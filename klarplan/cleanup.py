"""Mends, in the built pages, faults of the theme that none of its blocks and partials reach.

Each mend is a function named after what it changes; its docstring names the fault. All work on
the text of a page, never on a parsed tree, so that a thousand pages take well under a second.
Whoever replaces the theme drops the mends that its pages do not need.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

Mend = Callable[[str], str]

_TOGGLES = re.compile(r'\s*<input class="md-toggle" data-md-toggle="[^>]*>')
_OVERLAY = re.compile(r'\s*<label class="md-overlay"[^>]*></label>')
_SKIP = re.compile(r'<div data-md-component="skip">.*?</div>', re.DOTALL)
_ANNOUNCE = re.compile(r'\s*<div data-md-component="announce">\s*</div>')
_DIALOG = re.compile(r'\s*<div class="md-dialog"[^>]*>\s*<div class="[^"]*"></div>\s*</div>')
_BUNDLE = re.compile(
    r'\s*<script id="__config" type="application/json">.*?</script>'
    r'\s*<script src="[^"]*assets/javascripts/bundle\.[^"]*"></script>',
    re.DOTALL,
)
_GENERATOR = re.compile(r'\s*<meta name="generator"[^>]*>')
_BLANK = re.compile(r"\n(?:[ \t]*\n)+[ \t]*")
_VERBATIM = re.compile(r"<(?:pre|textarea)[\s>]")
_CONTENT = '<div class="md-content" data-md-component="content">'


def without_toggles(page: str) -> str:
    """Checkboxes that only style sheets read: ``autocomplete`` is invalid there, and no name."""
    return _OVERLAY.sub("", _TOGGLES.sub("", page, count=2), count=1)


def with_skip_link(page: str) -> str:
    """The theme's way to the content is missing on pages without headings in their contents."""
    page = _SKIP.sub('<a class="md-skip" href="#inhalt">Zum Inhalt</a>', page, count=1)
    return page.replace(_CONTENT, _CONTENT[:-1] + ' id="inhalt" tabindex="-1">', 1)


def without_empty_elements(page: str) -> str:
    """Empty boxes for announcements and messages: nothing ever fills them."""
    return _DIALOG.sub("", _ANNOUNCE.sub("", page, count=1), count=1)


def without_bundle(page: str) -> str:
    """The theme's script: 100 kB for what ``theme.js`` does, and it styles elements inline."""
    return _BUNDLE.sub("", page, count=1)


def without_generator(page: str) -> str:
    """The versions of the programs that made the page tell readers nothing, attackers a lot."""
    return _GENERATOR.sub("", page, count=1)


def without_blank_lines(page: str) -> str:
    """Templates leave a quarter of a page as blank lines; text that is set as typed keeps its."""
    verbatim = _VERBATIM.search(page)
    if verbatim is None:
        return _BLANK.sub("\n", page)
    head, rest = page[: verbatim.start()], page[verbatim.start() :]
    return _BLANK.sub("\n", head) + rest


MENDS: tuple[Mend, ...] = (
    without_toggles,
    with_skip_link,
    without_empty_elements,
    without_bundle,
    without_generator,
    without_blank_lines,
)
"""What is done to each page, in order."""


def mended(page: str) -> str:
    """A page after all mends."""
    for mend in MENDS:
        page = mend(page)
    return page


def clean_up(site: Path) -> int:
    """Mend every page below ``site`` in place; returns the number of pages."""
    number = 0
    for number, path in enumerate(site.rglob("*.html"), 1):
        path.write_text(mended(path.read_text("utf-8")), "utf-8", newline="\n")
    return number

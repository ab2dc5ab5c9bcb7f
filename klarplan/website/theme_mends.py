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

TOGGLE = re.compile(r'<input class="md-toggle" data-md-toggle="[^>]*>')
OVERLAY = re.compile(r'<label class="md-overlay"[^>]*></label>')
SKIP = re.compile(r'<div data-md-component="skip">.*?</div>', re.DOTALL)
ANNOUNCE = re.compile(r'<div data-md-component="announce">\s*</div>')
DIALOG = re.compile(r'<div class="md-dialog"[^>]*>\s*<div class="[^"]*"></div>\s*</div>')
GENERATOR = re.compile(r'<meta name="generator"[^>]*>')
BLANK = re.compile(r"\n\s*\n[ \t]*")
VERBATIM = re.compile(r"<(?:pre|textarea)[\s>]")
CONTENT = '<div class="md-content" data-md-component="content">'


def without_toggles(page: str) -> str:
    """Checkboxes and a label that style sheets read: ``autocomplete`` is invalid, names missing."""
    return OVERLAY.sub("", TOGGLE.sub("", page, count=2), count=1)


def with_goal_of_skip_link(page: str) -> str:
    """The theme's way to the content leads to the first heading, and is missing where there is
    none; ours, in ``main.html``, leads to the content itself."""
    page = SKIP.sub("", page, count=1)
    return page.replace(CONTENT, CONTENT[:-1] + ' id="inhalt" tabindex="-1">', 1)


def without_empty_elements(page: str) -> str:
    """Boxes for announcements and messages that nothing ever fills."""
    return DIALOG.sub("", ANNOUNCE.sub("", page, count=1), count=1)


def without_generator(page: str) -> str:
    """The versions of the programs that made the page: of no use to readers."""
    return GENERATOR.sub("", page, count=1)


def without_blank_lines(page: str) -> str:
    """Templates leave a quarter of a page as blank lines; code keeps those that it has."""
    verbatim = VERBATIM.search(page)
    end = verbatim.start() if verbatim else len(page)
    return BLANK.sub("\n", page[:end]) + page[end:]


MENDS: tuple[Mend, ...] = (
    without_toggles,
    with_goal_of_skip_link,
    without_empty_elements,
    without_generator,
    without_blank_lines,
)
"""What is done to each page, in order."""


def mended(page: str) -> str:
    """A page after all mends."""
    for mend in MENDS:
        page = mend(page)
    return page


def clean_up(site: Path) -> None:
    """Mend every page below ``site`` in place."""
    for path in site.rglob("*.html"):
        path.write_text(mended(path.read_text("utf-8")), "utf-8", newline="\n")

"""The style sheets of a page: ours become one file, which a phone fetches sooner than twelve."""

from __future__ import annotations

from collections.abc import MutableMapping

JOINED = "assets/site.css"
"""The place of the one file on the site."""

COLOURS = "assets/colours.css"
"""The place of the municipality's colours, before they are joined with the others."""

TYPEFACE = "assets/typeface.css"
"""The place of the typeface, a file of its own: it is made while pages are."""

SHEETS = (
    "base.css",
    "header_footer.css",
    "tables.css",
    "terms.css",
    "status.css",
    "cards.css",
    "charts_and_details.css",
    "measures_list.css",
    "search.css",
    "print.css",
)
"""The style sheets that are joined, below ``overrides/assets``, in the order in which they hold."""

LINKED = (TYPEFACE, JOINED)
"""What a page links, beside what ``mkdocs.yml`` lists."""


def join(files: MutableMapping[str, bytes], own: bytes = b"") -> None:
    """Put one file in place of ours among files by their place on the site.

    What a town adds as its ``own`` comes last, so that it holds.
    """
    names = [COLOURS, *(f"assets/{name}" for name in SHEETS)]
    sheets = [files.pop(name) for name in names]
    files[JOINED] = b"\n".join([*sheets, own] if own else sheets)

"""One page as the site generator reads it: front matter and Markdown."""

from __future__ import annotations

import html
import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from klarplan.strategy.addresses import page_url
from macros.seal import Seal


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """A page's properties to filter by and to show with a result; empty where it has none."""

    kind: str
    field: str = ""
    status: str = ""
    symbol: str = ""
    badge: str = ""
    """The classes that the status is shown with."""
    further: tuple[str, ...] = ()
    """Further fields of action; the search finds the page by them too."""

    def stated(self) -> dict[str, str | list[str]]:
        """The properties that the page has, safe as ``safe`` makes them."""
        return {
            name: safe(value) if isinstance(value, str) else [safe(v) for v in value]
            for name, value in asdict(self).items()
            if value
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its file below ``build/pages``, front matter and Markdown."""

    path: str
    title: str
    body: str
    source: str
    """The file, and the line of a table, that the page is made of."""
    text_file: str = ""
    """The file for its own text, which may be missing; empty where it can have none."""
    edit: str = ""
    """Where an editor changes it."""
    description: str = ""
    kind: str = "page"
    below: str = ""
    """The address of the page of the menu that it stands below; its tab and menu stay."""
    hide: tuple[str, ...] = ()
    """Sidebars that make room for the page: ``navigation``, ``toc``."""

    row: tuple[str, str] = ("", "")
    """The table and the id of the row that it is about."""
    linked: str = ""
    """What search engines are told of it, as JSON-LD."""
    facets: Facets | None = None
    """What the search knows of the page; a page without is not found."""

    @property
    def url(self) -> str:
        """The address of the page, relative to the site."""
        return page_url(self.path)

    def text(self, seal: Seal) -> str:
        """The file's text; data in the front matter is safe in HTML, as the theme prints it raw."""
        meta: dict[str, Any] = {
            "title": safe(self.title),
            "source": self.source,
            "kind": self.kind,
        }
        if seal.calls(self.body):
            meta["render_macros"] = True
        if self.hide:
            meta["hide"] = list(self.hide)
        if self.description:
            meta["description"] = safe(self.description)
        if self.facets:
            meta["facets"] = self.facets.stated()
        if self.below:
            meta["below"] = self.below
        if self.edit:
            meta["edit"] = self.edit
        if self.linked:
            meta["linked"] = self.linked
        lines = "".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in meta.items())
        file = f"{seal.source(self.source)}\n" if self.source.endswith(".md") else ""
        return f"---\n{lines}---\n\n{file}{self.body.strip()}\n"


_NO_LETTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
"""What YAML does not take (YAML 1.1, 5.1): a page with it would lose its front matter."""


def safe(text: str) -> str:
    """Data as one line that neither HTML, Markdown, YAML nor Jinja reads as its own."""
    line = _NO_LETTERS.sub("", " ".join(text.split()))
    line = html.escape(line)
    return re.sub(r"[`*_{}\[\]\\|~^$#<>!]", lambda m: f"&#{ord(m.group())};", line)

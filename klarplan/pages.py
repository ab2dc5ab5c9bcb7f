"""One page as the site generator reads it: front matter and Markdown."""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from klarplan.facets import Facets

FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
HEADING = re.compile(r"#{2,6}\s")
FENCE = re.compile(r"^\s{0,3}(```|~~~)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its file below ``build/pages``, front matter and Markdown."""

    path: str
    title: str
    body: str
    source: str
    """The file, and the line of a table, that an editor changes to change the page."""
    description: str = ""
    kind: str = "page"
    crumbs: tuple[tuple[str, str], ...] = ()
    """Titles and addresses of the pages above, start page first."""
    hide: tuple[str, ...] = ()
    """Sidebars that make room for the page: ``navigation``, ``toc``."""

    facets: Facets | None = None
    """What the search knows of the page; a page without is not found."""

    has_macros: bool = True
    """Whether an author's text calls macros, so that the site generator has to look."""

    @property
    def url(self) -> str:
        """The address of the page, relative to the site."""
        return page_url(self.path)

    def text(self) -> str:
        """The file's text; data in the front matter is safe in HTML, as the theme prints it raw."""
        meta: dict[str, Any] = {
            "title": safe(self.title),
            "source": self.source,
            "kind": self.kind,
        }
        if not self.has_macros:
            meta["render_macros"] = False
        if self.hide:
            meta["hide"] = list(self.hide)
        if self.description:
            meta["description"] = safe(self.description)
        if self.facets:
            meta["facets"] = {name: safe(v) for name, v in self.facets.stated().items()}
        if self.crumbs:
            meta["crumbs"] = [{"title": safe(t), "url": u} for t, u in self.crumbs]
        lines = "".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in meta.items())
        return f"---\n{lines}---\n\n{self.body.strip()}\n"


def page_url(path: str) -> str:
    """The address of the page that a Markdown file becomes, relative to the site."""
    if posixpath.basename(path) == "index.md":
        return path.removesuffix("index.md")
    return path.removesuffix(".md") + "/"


def has_macros(text: str) -> bool:
    """Whether Jinja would do anything with a text."""
    return any(mark in text for mark in ("{{", "{%", "{#"))


def safe(text: str) -> str:
    """Data as one line that neither HTML, Markdown nor Jinja reads as its own."""
    line = " ".join(text.split())
    line = html.escape(line)
    return re.sub(r"[`*_{}\[\]\\|~^$#<>!]", lambda m: f"&#{ord(m.group())};", line)


def split_front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """Front matter and body of a page; broken front matter counts as none."""
    match = FRONT_MATTER.match(text)
    if not match:
        return {}, text
    try:
        meta = yaml.safe_load(match.group(1))
    except yaml.YAMLError:
        meta = None
    return (meta if isinstance(meta, dict) else {}), text[match.end() :]


def parts(text: str) -> tuple[str, str]:
    """What stands before the first heading of a text, and the rest."""
    lines = text.splitlines(keepends=True)
    fenced = False
    for number, line in enumerate(lines):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced and HEADING.match(line):
            return "".join(lines[:number]), "".join(lines[number:])
    return text, ""

"""The settings that a site generator is given: what ``mkdocs.yml`` holds, and what a strategy adds.

One file serves MkDocs, ProperDocs and Zensical: paths are relative to it.
"""

from __future__ import annotations

import html
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from klarplan.look.colour import readable
from klarplan.look.logo import logo_file, logo_width
from klarplan.look.preview_pictures import SYMBOLS
from klarplan.look.typeface import Typeface
from klarplan.look.web_fonts import styles
from klarplan.own_files import upstream
from klarplan.pages.gather import Baker
from klarplan.pages.menu import navigation, ways
from klarplan.pages.page import safe
from klarplan.pages.rendering import PAGES, usual_settings
from klarplan.strategy.addresses import NEWS, page_url
from klarplan.strategy.contact import phone_link
from klarplan.strategy.subscriptions import has_news
from klarplan.website.policy import own_scripts, page_policy
from klarplan.website.style_sheets import LINKED
from klarplan.words.catalogue import Words, catalogue
from klarplan.words.hyphens import softened

USUAL_SETTINGS = "mkdocs.yml"
"""The file in the root with what is the same for every strategy."""

SETTINGS = "mkdocs.yml"
"""The file beside the baked pages."""

THEME_WORDS = ("site.", "menu.", "search.")
SEARCH_WORDS = "search.told."
"""Which sentences of the catalogue theme and search say, by the beginning of their keys."""

PLACES = "places.json"
TERMS = "terms.json"
NUMBERS = "numbers.json"
"""Files beside it: where texts of the repository are on the site, terms of the glossary, numbers
of measures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What is made of a strategy: from which commit, whether with notes to editors, Parquet and
    papers."""

    commit: str = ""
    preview: bool = False
    parquet: bool = False
    papers: bool = True


PLAIN = Edition()
"""From no commit, without notes."""


def generator_settings(  # noqa: PLR0913 (what the file depends on)
    baker: Baker,
    face: Typeface,
    titles: Mapping[str, str],
    folder: Path,
    *,
    theme: Path,
    edition: Edition,
) -> str:
    """The text of ``SETTINGS``, for pages with these files below ``folder`` and these titles.

    ``theme`` is the folder of their templates.
    """
    urls = [page_url(path) for path in titles]
    root, settings, words = baker.root, baker.strategy.settings, baker.strategy.words
    logo = logo_file(upstream(root, "docs").parent, settings.logo)
    menu = navigation(
        baker.chapters,
        {path: safe(title) for path, title in titles.items()},
        settings.menu,
        words,
    )
    made: dict[str, Any] = {
        "INHERIT": _seen_from(folder.parent, upstream(root, USUAL_SETTINGS)),
        "site_name": safe(settings.title),
        "site_description": safe(settings.summary),
        "site_author": safe(settings.municipality),
        "docs_dir": folder.name,
        "theme": {
            "custom_dir": _seen_from(folder.parent, theme),
            "favicon": SYMBOLS[-1],
            "language": settings.lang,
        },
        "nav": menu,
    }
    usual = usual_settings(root)
    own = usual.get("extra_css")
    made["extra_css"] = [*LINKED, *(own if isinstance(own, list) else ())]
    made["plugins"] = with_options(
        usual.get("plugins"), "macros", {**baker.seal.delimiters(), "render_by_default": False}
    )
    options = {
        "seal": baker.seal.word,
        "places": str((folder.parent / PLACES).resolve()),
        "lang": words.lang,
        "terms": str((folder.parent / TERMS).resolve()),
        "numbers": str((folder.parent / NUMBERS).resolve()),
        "more": words("glossary.more"),
        "table": words("tables.named", heading="{heading}"),
    }
    extensions = with_options(usual.get("markdown_extensions"), PAGES, options)
    told = {"permalink_title": words("site.permalink")}
    made["markdown_extensions"] = with_options(extensions, "toc", told)
    scripts = own_scripts(root)
    made["extra"] = {
        "klarplan": {
            "policy": page_policy(scripts.values()),
            "scripts": scripts,
            "seal": baker.seal.word,
            "root": str(root.resolve()),
            "as_of": baker.as_of.isoformat(),
            "as_of_text": words.day(baker.as_of),
            "locale": str(words.locale),
            "menu": ways(menu),
            "words": theme_words(words, settings.version),
            "search_words": html.escape(search_words(words)),
            "news": NEWS if has_news(baker.strategy, baker.as_of) else "",
            "news_title": safe(words("feed.news", strategy=settings.title)),
            "draft": not settings.published,
            "preview": edition.preview,
            "parquet": edition.parquet,
            "papers": edition.papers,
            "municipality": safe(settings.municipality),
            "brand": safe(softened(settings.title, words.lang)),
            "brand_who": safe(softened(settings.municipality, words.lang)),
            "version": safe(settings.version),
            "commit": edition.commit[:10],
            "colour": readable(settings.primary_colour),
            "contact": safe(settings.contact_email),
            "contact_name": safe(settings.contact_name),
            "phone": safe(settings.contact_phone),
            "dial": phone_link(settings.contact_phone, settings.country),
            "street": safe(settings.street),
            "place": safe(settings.place),
            "logo": settings.logo if logo else "",
            "logo_width": logo_width(logo),
            "fonts": [styles(face)[style][0] for style in ("regular", "bold")],
            "sign_language": safe(settings.sign_language_url),
            "licence_name": safe(settings.licence_name),
            "licence_url": settings.licence_url,
            "pages": sorted(f"{url[:-1]}.md" for url in urls if url.count("/") == 1),
        }
    }
    if settings.site_url:
        made["site_url"] = settings.site_url.rstrip("/") + "/"
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False)


def theme_words(words: Words, version: str) -> dict[str, str]:
    """What the theme says, by key of the catalogue; safe in HTML, as the theme prints it raw."""
    given = {"version": version, "key": "/"}
    return {
        key: html.escape(words(key, **given))
        for key in catalogue(words.lang)
        if key.startswith(THEME_WORDS) and not key.startswith(SEARCH_WORDS)
    }


def search_words(words: Words) -> str:
    """What the script of the search says, as JSON: by the last part of the key."""
    said = {
        key.removeprefix(SEARCH_WORDS): words.handed(key)
        for key in catalogue(words.lang)
        if key.startswith(SEARCH_WORDS)
    }
    said["any"] = words("search.any")
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def with_options(entries: Any, name: str, options: Mapping[str, Any]) -> list[Any]:
    """A list of plugins or extensions in which one of them is given more options."""
    listed = []
    for entry in entries if isinstance(entries, list) else []:
        if entry == name:
            listed.append({name: dict(options)})
        elif isinstance(entry, dict) and name in entry:
            listed.append({name: {**(entry[name] or {}), **options}})
        else:
            listed.append(entry)
    return listed


def _seen_from(folder: Path, place: Path) -> str:
    """A place as ``folder`` sees it, as Zensical wants it; other drives are named in full."""
    try:
        return Path(os.path.relpath(place.resolve(), folder.resolve())).as_posix()
    except ValueError:
        return str(place.resolve())

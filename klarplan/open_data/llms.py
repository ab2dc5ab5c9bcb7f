"""``llms.txt``: what language models are told of pages, tables and API (llmstxt.org)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from klarplan.open_data.offers import Offer, attribution_of
from klarplan.strategy.addresses import DATA, OPENAPI, on_web, page_of
from klarplan.strategy.chapters import CHAPTERS, ROW_CHAPTERS, chapters_present
from klarplan.strategy.load import Loaded

LLMS = "llms.txt"
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\[]<>*_`"})


def llms(loaded: Loaded, offers: Iterable[Offer]) -> dict[str, bytes]:
    """The file of a *public* strategy; none without an address, and none for a draft."""
    settings = loaded.strategy.settings
    if not settings.site_url or not settings.published:
        return {}
    return {LLMS: "\n".join(_lines(loaded, offers)).encode()}


def _lines(loaded: Loaded, offers: Iterable[Offer]) -> Iterator[str]:
    strategy = loaded.strategy
    settings, words = strategy.settings, strategy.words
    yield f"# {_text(settings.title)}"
    yield ""
    yield f"> {_text(settings.summary or settings.municipality)}"
    yield ""
    attribution = attribution_of(loaded)
    named = [words("data.named", attribution=attribution)] if attribution else []
    yield " ".join([words("data.llms.about", licence=settings.licence_name), *named])
    for name in chapters_present(strategy, loaded.root):
        chapter = CHAPTERS[name]
        yield ""
        title = words(f"chapter.{name}.title")
        yield f"## {title}"
        yield ""
        yield _link(loaded, title, chapter.address, words(f"chapter.{name}.blurb"))
        for row in strategy.entries(chapter.rows) if chapter.rows in ROW_CHAPTERS else ():
            about = getattr(row, "summary", None) or getattr(row, "definition", None) or ""
            yield _link(loaded, row.title or row.id, page_of(chapter.rows, row.id), about)
    yield ""
    listed = list(offers)
    if listed:
        yield f"## {words('data.llms.data')}"
        yield ""
        yield _link(loaded, words("data.llms.page"), DATA, "")
        yield _link(loaded, "OpenAPI", OPENAPI, words("data.api.text"))
    for offer in listed:
        yield _link(loaded, offer.title, offer.file, offer.text)
    if listed:
        yield ""


def _link(loaded: Loaded, title: str, place: str, about: str) -> str:
    address = on_web(loaded.strategy.settings.site_url, place)
    told = f": {_text(about)}" if about else ""
    return f"- [{_text(title)}]({address}){told}"


def _text(text: str) -> str:
    """A text on one line, without marks of Markdown."""
    return " ".join(text.split()).translate(_MARKS)
